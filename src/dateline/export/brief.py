"""A situation report on one country and period, made of what reports say and of nothing else.

``brief`` picks and orders; ``brief_markdown`` and ``brief_html`` write it down. Every sentence is a phrase of
``brief_words`` with names and values of reports, and carries the numbers of the sources that it was read from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from dateline.export.brief_words import (
    NOTES,
    UNMERGED,
    act,
    clean,
    moment_name,
    named,
    number,
    place_words,
    span_name,
    state_words,
)
from dateline.export.sides import country_name
from dateline.export.wording import principal
from dateline.lexicon.plover import MATERIAL_CONFLICT, MATERIAL_COOPERATION, VERBAL_COOPERATION
from dateline.merging.situation import Evidence, State, situation
from dateline.merging.situation_signals import is_itself, name_key, names_a_place
from dateline.records import Account, Event, Happening, Location, Party

_DONE = ("occurred", "ongoing")
_WEEK = 7
_RANKED = 10
_LATEST = 2
_COUNTED = ("killed", "injured", "detained", "released", "displaced", "missing", "troops")
Bounds = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered source: outlet, headline, day, address, and the sentence as it stands there.

    ``origin`` as in ``Article``.
    """

    number: int
    outlet: str
    headline: str
    day: str | None
    url: str | None
    quote: str
    origin: str | None


@dataclass(frozen=True, slots=True)
class Said:
    """Words with the numbers of their sources."""

    text: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Toll:
    """A number of one kind (``of`` as in ``Count``) over all reports, and each value that is given, with its sources.

    ``disputed`` when two values exclude each other.
    """

    of: str
    low: int | None
    high: int | None
    values: tuple[Said, ...]
    disputed: bool

    @property
    def sources(self) -> tuple[int, ...]:
        """The numbers of all sources, ascending."""
        return tuple(sorted({n for value in self.values for n in value.sources}))


@dataclass(frozen=True, slots=True)
class Item:
    """One event: what, when in words, its status where that is not plain, its best words, numbers, contradictions."""

    title: Said
    when: str
    status: str | None
    quote: Said | None
    tolls: tuple[Toll, ...]
    denials: tuple[Said, ...]
    rivals: tuple[Said, ...]
    verbal: bool
    dated: bool
    outlets: int

    @property
    def killed(self) -> int:
        """The highest number of dead that a report gives, 0 where none does."""
        return max((t.high or t.low or 0 for t in self.tolls if t.of == "killed"), default=0)

    @property
    def disputed(self) -> bool:
        """True when its reports contradict each other."""
        return bool(self.denials or self.rivals or any(t.disputed for t in self.tolls))


@dataclass(frozen=True, slots=True)
class Day:
    """A day and what happened on it."""

    day: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a party, or a pair of parties, is in the events: in all, in conflict, in cooperation."""

    names: tuple[str, ...]
    events: int
    conflict: int
    cooperation: int


@dataclass(frozen=True, slots=True)
class Point:
    """A place of events: degrees, how many, how many of them killed somebody; ``inside`` the country."""

    name: str
    lat: float
    lon: float
    events: int
    deadly: int
    inside: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A running state of affairs: its kind, what it is in words, since when and until when, and what speaks against."""

    kind: str
    text: Said
    since: str
    until: str
    status: str
    against: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """All that a brief says; ``country`` is ISO alpha-3, ``since`` and ``until`` ISO days, both included.

    ``elsewhere`` counts the events that no map can show; ``merged`` tells whether any event has several reports.
    """

    country: str
    name: str
    since: str
    until: str
    figures: tuple[tuple[str, int], ...]
    days: tuple[Day, ...]
    longer: tuple[Item, ...]
    disputed: tuple[Item, ...]
    denied: tuple[Item, ...]
    announced: tuple[Item, ...]
    lines: tuple[Line, ...]
    actors: tuple[Tally, ...]
    dyads: tuple[Tally, ...]
    points: tuple[Point, ...]
    elsewhere: int
    merged: bool
    sources: tuple[Source, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """How to read it."""
        return NOTES if self.merged else (UNMERGED, *NOTES)

    @property
    def items(self) -> tuple[Item, ...]:
        """What happened, by day."""
        return (*(item for day in self.days for item in day.items), *self.longer)

    @property
    def empty(self) -> bool:
        """True when no report tells of anything."""
        return not (self.items or self.denied or self.announced or self.lines)


def brief(happenings: Iterable[Happening], *, country: str, name: str, since: str, until: str) -> Brief:
    """The brief on a country (ISO alpha-3) whose English name is ``name``, from one ISO day to another.

    An event concerns the country when one of its places lies there or one of its parties is from there. What has a
    day belongs to the period by that day, what has none by the day of its first report.
    """
    ours = [h for h in happenings if _concerns(h, country)]
    writer = _Writer(country, since, until)
    told = sorted((h for h in ours if writer.placed(h)), key=_order)
    by_day: dict[str, list[Happening]] = defaultdict(list)
    for happening in told:
        by_day[writer.placed(happening)].append(happening)
    over = by_day.pop(_LONGER, [])
    days = tuple(Day(day, tuple(map(writer.item, by_day[day]))) for day in sorted(by_day))
    longer = tuple(map(writer.item, over))
    denied = tuple(writer.item(h) for h in sorted(filter(writer.denied, ours), key=_order))
    announced = tuple(writer.plan(h) for h in sorted(filter(writer.ahead, ours), key=writer.due))
    found = situation(ours, at=date.fromisoformat(until), known_by=date.max).states
    lines = tuple(writer.line(s) for s in found if s.running and s.kind not in ("announced", "deadline"))
    items = [*(i for day in days for i in day.items), *longer]
    points, elsewhere = _points(told, country)
    return Brief(
        country=country,
        name=name,
        since=since,
        until=until,
        figures=_figures(told, items),
        days=days,
        longer=longer,
        disputed=tuple(i for i in items if i.disputed),
        denied=denied,
        announced=announced,
        lines=lines,
        actors=_ranked(told, lambda e: [(p,) for p in e.actors]),
        dyads=_ranked(told, lambda e: [(a, r) for a in e.actors for r in e.recipients]),
        points=points,
        elsewhere=elsewhere,
        merged=len(ours) < 2 or any(len(h.accounts) > 1 for h in ours),
        sources=tuple(writer.sources),
    )


_LONGER = "longer"


@dataclass(slots=True)
class _Writer:
    """Turns happenings into items and numbers the sources in the order in which they are first used."""

    country: str
    since: str
    until: str
    sources: list[Source] = field(default_factory=list)
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def placed(self, happening: Happening) -> str:
        """The day under which it stands, ``longer`` for what takes more than a week, "" when not of the period."""
        event = happening.event
        if event.status not in (*_DONE, "possible"):
            return ""
        first, last = _ends(event)
        if first is None or last is None:
            reported = event.first_reported or ""
            return reported if self.since <= reported <= self.until else ""
        if last < self.since or first > self.until:
            return ""
        return max(first, self.since) if _length(first, last) <= _WEEK else _LONGER

    def denied(self, happening: Happening) -> bool:
        event = happening.event
        if event.status != "negated":
            return False
        first, last = _ends(event)
        reported = event.first_reported or ""
        first, last = first or reported, last or reported
        return first <= self.until and last >= self.since

    def ahead(self, happening: Happening) -> bool:
        """True for what was announced by the end of the period and has not come by then."""
        first, _ = _ends(happening.event)
        if happening.event.status in _DONE and (first is None or first <= self.until):
            return False
        plans = self._plans(happening)
        if not plans or happening.event.status == "negated":
            return False
        if any(self._due(p) > self.until for p in plans):
            return True
        open_ = [p for p in plans if self._due(p) == ""]
        return any(self.since <= _published(p) for p in open_)

    def due(self, happening: Happening) -> tuple[str, str]:
        return max(map(self._due, self._plans(happening))) or "9999", happening.event.id

    def _plans(self, happening: Happening) -> list[Account]:
        known = [a for a in happening.accounts if a.report.status == "planned" and _published(a) <= self.until]
        return sorted(known, key=lambda a: (_published(a), a.report.id))

    def _due(self, account: Account) -> str:
        moment = account.report.moment
        return (moment.last or "") if moment and moment.precision != "open" else ""

    def item(self, happening: Happening) -> Item:
        event = happening.event
        first, last = _ends(event)
        happened = [a for a in happening.accounts if a.report.status != "negated"] or list(happening.accounts)
        return Item(
            title=Said(self._title(happening), self._cite(_one_an_article(happened))),
            when=moment_name(event.moment) if first and last else _reported(event),
            status=None if event.status == "occurred" else event.status,
            quote=self._quote(happened[0]),
            tolls=self._tolls(happening),
            denials=self._denials(happening),
            rivals=self._rivals(happening),
            verbal=event.quad not in (MATERIAL_COOPERATION, MATERIAL_CONFLICT),
            dated=bool(first and last),
            outlets=len({a.publisher for a in happening.accounts}),
        )

    def plan(self, happening: Happening) -> Item:
        plans = self._plans(happening)
        latest = max(plans, key=self._due)
        due = self._due(latest)
        return Item(
            title=Said(self._title(happening), self._cite(_one_an_article(plans))),
            when=moment_name(latest.report.moment) if due else "day not told",
            status=None,
            quote=self._quote(plans[-1]),
            tolls=(),
            denials=self._denials(happening),
            rivals=(),
            verbal=False,
            dated=bool(due),
            outlets=len({a.publisher for a in plans}),
        )

    def line(self, state: State) -> Line:
        telling = (*state.evidence[:1], *state.evidence[1:][-_LATEST:])
        return Line(
            kind=state.kind,
            text=Said(state_words(state), tuple(sorted({self._number(*_of_evidence(e)) for e in telling}))),
            since=moment_name(state.since),
            until=moment_name(state.until) if state.until else "",
            status=state.status,
            against=tuple(sorted({self._number(*_of_evidence(e)) for e in state.against[-_LATEST:]})),
        )

    def _title(self, happening: Happening) -> str:
        """What, by whom, to whom, where: our noun, the reports' names."""
        event = happening.event
        noun, by, to = act(event.type, event.mode)
        thing = next((clean(s.text) for s in happening.accounts[0].report.objects), "")
        actors, recipients = (named(principal(parties)) for parties in (event.actors, event.recipients))
        if recipients == actors:
            recipients = ""
        where = self._where(happening)
        if where and name_key(thing) in name_key(where):
            thing = ""
        if event.mode == "seize" and not recipients and (thing or where):
            parts = [noun, "of", f"“{thing}”" if thing else where]
            where, thing = where if thing else "", ""
        else:
            parts = [noun]
        parts += [by, actors] if actors else []
        parts += [to, recipients] if recipients else []
        title = " ".join(parts) + (f", {where}" if where and where.split(" (")[0] != recipients else "")
        return title + (f": “{thing}”" if thing else "")

    def _where(self, happening: Happening) -> str:
        """Where in words, with the province, or the country where that is another."""
        place = _place(happening)
        if place is None:
            return ""
        name = _name_of(place, happening)
        foreign = place.country and place.country != self.country
        within = country_name(place.country) if foreign else place.admin1
        if not within or place.precision == "country" or within in (name, place.name):
            return name
        return f"{name} ({clean(within)})"

    def _denials(self, happening: Happening) -> tuple[Said, ...]:
        """The words of each denial once, with all articles that print them."""
        printed: dict[str, list[Account]] = defaultdict(list)
        for account in happening.accounts:
            if account.report.status == "negated":
                printed[clean(account.report.sentence.text)].append(account)
        return tuple(Said(words, self._cite(_one_an_article(told))) for words, told in printed.items())

    def _tolls(self, happening: Happening) -> tuple[Toll, ...]:
        given: dict[str, dict[Bounds, list[Account]]] = defaultdict(lambda: defaultdict(list))
        for account in (a for a in happening.accounts if a.report.status != "negated"):
            for of, bounds in _largest(account).items():
                given[of][bounds].append(account)
        return tuple(self._toll(of, given[of]) for of in _COUNTED if of in given)

    def _toll(self, of: str, given: dict[Bounds, list[Account]]) -> Toll:
        ordered = sorted(given, key=lambda b: (b[0] if b[0] is not None else b[1] or 0, b[1] or 0))
        values = tuple(Said(number(*b), self._cite(_one_an_article(given[b]))) for b in ordered)
        numbers = [n for bounds in ordered for n in bounds if n is not None]
        open_top = all(high is None for _, high in ordered)
        low, high = (
            min(numbers, default=None),
            None if open_top and len(set(numbers)) == 1 else max(numbers, default=None),
        )
        return Toll(of, low, high, values, any(_exclude(a, b) for a in ordered for b in ordered))

    def _rivals(self, happening: Happening) -> tuple[Said, ...]:
        """Who did it, where reports name different parties of the lexicon and none names both."""
        given: dict[str, list[Account]] = defaultdict(list)
        names: dict[str, str] = {}
        together: set[frozenset[str]] = set()
        for account in (a for a in happening.accounts if a.report.status in _DONE):
            known = {r.id: clean(r.name or r.text) for r in account.report.actors if r.id}
            names |= known
            together.add(frozenset(known))
            for id_ in known:
                given[id_].append(account)
        apart = [i for i in given if any(not any({i, j} <= t for t in together) for j in given if j != i)]
        if happening.event.type != "ASSAULT" or len(apart) < 2:
            return ()
        return tuple(Said(names[i], self._cite(_one_an_article(given[i]))) for i in sorted(apart))

    def _cite(self, accounts: Iterable[Account]) -> tuple[int, ...]:
        return tuple(sorted({self._number(*_of_account(a)) for a in accounts}))

    def _quote(self, account: Account) -> Said:
        return Said(clean(account.report.sentence.text), self._cite([account]))

    def _number(self, article: str, outlet: str | None, headline: str | None, published: str | None,
                url: str | None, quote: str, origin: str | None) -> int:  # fmt: skip
        key = (article, quote)
        if key not in self._numbers:
            self._numbers[key] = len(self.sources) + 1
            self.sources.append(
                Source(
                    self._numbers[key],
                    clean(outlet or "outlet not told"),
                    clean(headline or "without a headline"),
                    published[:10] if published else None,
                    url,
                    quote,
                    origin,
                )
            )
        return self._numbers[key]


def _concerns(happening: Happening, country: str) -> bool:
    event, place = happening.event, _place(happening)
    involved: tuple[Location | Party | None, ...] = (place, *event.actors, *event.recipients)
    return any(x is not None and x.country == country for x in involved)


def _name_of(place: Location, happening: Happening) -> str:
    """What the event's reports call its place most often."""
    said = [p for a in happening.accounts for p in a.report.places if (p.lat, p.lon) == (place.lat, place.lon)]
    return _commonest(map(place_words, said)) or clean(place.name)


def _commonest(names: Iterable[str]) -> str:
    counts = Counter(names)
    return max(sorted(counts), key=counts.__getitem__, default="")


Cited = tuple[str, str | None, str | None, str | None, str | None, str, str | None]


def _of_account(a: Account) -> Cited:
    return a.report.article_id, a.publisher, a.headline, a.published, a.url, clean(a.report.sentence.text), a.origin


def _of_evidence(e: Evidence) -> Cited:
    return e.article, e.publisher, e.headline, e.published, e.url, clean(e.quote), None


def _one_an_article(accounts: Iterable[Account]) -> list[Account]:
    """The first account of each article."""
    return list({a.report.article_id: a for a in reversed(list(accounts))}.values())[::-1]


def _published(account: Account) -> str:
    return (account.published or "")[:10]


def _ends(event: Event) -> tuple[str | None, str | None]:
    return (event.moment.first, event.moment.last) if event.moment else (None, None)


def _length(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _reported(event: Event) -> str:
    return f"day not told, reported {span_name(event.first_reported, event.first_reported)}"


def _order(happening: Happening) -> tuple[object, ...]:
    """What was done before what was said, what has a day before what has none, what more sources tell first."""
    event = happening.event
    first, last = _ends(event)
    verbal = event.quad not in (MATERIAL_COOPERATION, MATERIAL_CONFLICT)
    return not (first and last), verbal, -event.sources, -event.reports, event.id


def _place(happening: Happening) -> Location | None:
    """The first place that is resolved, else the first; of those that reports name with a name."""
    said = {(p.lat, p.lon, p.name or p.text) for a in happening.accounts for p in a.report.places if names_a_place(p)}
    named = [p for p in happening.event.places if (p.lat, p.lon, p.name) in said]
    return next((p for p in named if p.lat is not None), named[0] if named else None)


def _largest(account: Account) -> dict[str, Bounds]:
    """The largest number of each kind that a report gives; smaller ones beside it are parts of it, or other groups."""
    found: dict[str, Bounds] = {}
    for count in sorted(account.report.counts, key=lambda c: (c.low or c.high or 0, c.high or 0)):
        if count.of in _COUNTED:
            found[count.of] = count.low, count.high
    return found


def _exclude(a: Bounds, b: Bounds) -> bool:
    low = max(a[0] or 0, b[0] or 0)
    return any(high is not None and high < low for high in (a[1], b[1]))


def _figures(told: Sequence[Happening], items: Sequence[Item]) -> tuple[tuple[str, int], ...]:
    accounts = [a for h in told for a in h.accounts]
    return (
        ("event", len(items)),
        ("event with deaths", sum(i.killed > 0 for i in items)),
        ("event in dispute", sum(i.disputed for i in items)),
        ("report", len({a.report.id for a in accounts})),
        ("article", len({a.report.article_id for a in accounts})),
        ("outlet", len({a.publisher for a in accounts})),
    )


def _ranked(told: Iterable[Happening], parties: Callable[[Event], list[tuple[Party, ...]]]) -> tuple[Tally, ...]:
    """The ten most frequent parties or pairs of those that have a lexicon entry, in what occurred."""
    quads: dict[tuple[str, ...], Counter[int]] = defaultdict(Counter)
    names: dict[tuple[str, ...], tuple[str, ...]] = {}
    for event in (h.event for h in told if h.event.status in _DONE):
        for group in {tuple(p.id or "" for p in g): g for g in parties(event)}.items():
            key, found = group
            if all(key) and len(set(key)) == len(key):
                quads[key][event.quad or 0] += 1
                names.setdefault(key, tuple(clean(p.name) for p in found))
    best = sorted(quads, key=lambda k: (-quads[k].total(), k))[:_RANKED]
    return tuple(_tally(names[k], quads[k]) for k in best)


def _tally(names: tuple[str, ...], quads: Counter[int]) -> Tally:
    cooperation = quads[VERBAL_COOPERATION] + quads[MATERIAL_COOPERATION]
    return Tally(names, quads.total(), quads.total() - cooperation - quads[0], cooperation)


def _points(told: Iterable[Happening], country: str) -> tuple[tuple[Point, ...], int]:
    """The places more precise than a country, those with most events first; and how many events have none."""
    groups: dict[tuple[float, float], list[tuple[Location, Happening]]] = defaultdict(list)
    without = 0
    for happening in told:
        place = _place(happening)
        if place is None or place.lat is None or place.lon is None or place.precision in ("country", "region"):
            without += 1
        else:
            groups[_spot(place.lat, place.lon)].append((place, happening))
    found = (_point(at, group, country) for at, group in groups.items())
    return tuple(sorted(found, key=lambda p: (-p.events, p.name))), without


def _spot(lat: float, lon: float) -> tuple[float, float]:
    """A point to about a kilometre, so that a town and its district of one name are one."""
    return round(lat, 2), round(lon, 2)


def _point(at: tuple[float, float], group: Sequence[tuple[Location, Happening]], country: str) -> Point:
    told = [p for _, h in group for a in h.accounts for p in a.report.places if is_itself(p)]
    said = [p for p in told if p.lat is not None and p.lon is not None and _spot(p.lat, p.lon) == at]
    place = group[0][0]
    deadly = sum(_deadly(h.event) for _, h in group)
    return Point(
        _commonest(map(place_words, said)) or clean(place.name), *at, len(group), deadly, place.country == country
    )


def _deadly(event: Event) -> bool:
    return any(t.of == "killed" and (t.high or t.low) for t in event.counts)
