"""The situation on a day: which states of affairs that reports opened were still running, and on whose word.

Pure functions over reports. A state begins with a report that says so (a town is taken, a crossing closed, a truce
declared) and runs until a report says that it ended or that another took its place. Nothing is inferred beyond that:
a state without a report is not listed, and one that a report denies is listed with the denial beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dateline.merging.features import kilometres
from dateline.merging.situation_signals import (
    BEGIN,
    DENY,
    END,
    Key,
    Signal,
    deadline,
    is_itself,
    name_key,
    party_key,
    party_name,
    place_called,
    signals,
)
from dateline.records import Account, ActorRef, Happening, Moment, PlaceRef, Report

KINDS = (
    "holds", "closed", "open", "siege", "curfew", "emergency", "ceasefire", "talks", "deadline", "announced",
    "sanctions", "suspended", "restriction", "cut off", "detained", "abducted",
)  # fmt: skip
"""What kinds of states there are, in the order in which they are listed."""
STATUSES = ("reported", "disputed", "denied", "possible", "announced", "ended", "broken", "passed")
"""``reported``: nothing speaks against it; ``disputed``: the last word is a denial, or two claims exclude each other;
``denied``: only denials; ``possible``: reports only say that it may be; ``announced``: it lies ahead; ``ended``,
``broken`` (a truce after an attack by a party), ``passed`` (a term that is over, with no word on what came of it)."""
_EXCLUSIVE = ("holds", "access")
_WEEK = 7
_NEAR_KM = 50.0
_SHARE = 0.5
OVER = frozenset(("ended", "broken", "passed"))
RELEVANT = ("AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "PROTEST", "RETREAT", "SANCTION", "SUPPORT")
"""The types of event that can open or end a state; of others only plans matter."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A report behind a line: ids of report, article and happening, what the article says of itself, and the sentence.

    ``published`` is an ISO day. Blanks and line breaks of the sentence are single blanks in ``quote``.
    """

    report: str
    article: str
    event: str
    published: str | None
    publisher: str | None
    headline: str | None
    url: str | None
    status: str
    quote: str


@dataclass(frozen=True, slots=True)
class State:
    """One line of a situation.

    ``who`` holds, closed, imposed, talks; ``whom`` it is about; ``what`` names the thing in a report's words.
    ``since`` and ``until`` are days as far as reports tell them (``first`` ``None``: on or before ``last``).
    ``last_told`` is the last day on which a report said so. ``ending`` are the reports that tell of the end,
    ``against`` those that deny it or claim otherwise. ``countries`` (ISO alpha-3) are the place's, or where no place
    is known those of the parties.
    """

    kind: str
    status: str
    who: tuple[str, ...]
    whom: tuple[str, ...]
    what: str
    place: PlaceRef | None
    since: Moment | None
    until: Moment | None
    last_told: str | None
    countries: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    ending: tuple[Evidence, ...] = ()
    against: tuple[Evidence, ...] = ()

    @property
    def running(self) -> bool:
        """True unless it is over."""
        return self.status not in OVER


@dataclass(frozen=True, slots=True)
class Situation:
    """The states by kind and place; ``passed_over`` are reports that tell of one without saying of what, and why."""

    at: str
    states: tuple[State, ...]
    passed_over: tuple[tuple[str, str], ...]


def situation(happenings: Iterable[Happening], *, at: date, known_by: date | None = None) -> Situation:
    """The situation at the end of a day, as reports published up to ``known_by`` (by default that day) tell it.

    Reports of articles without a day of publication count. The reports of one happening are about one thing, even
    where only one of them names it.
    """
    known = _Known(happenings, (known_by or at).isoformat())
    heard = [account.report for account in known.accounts.values()]
    placed, passed_over = _keyed([s for r in heard for s in signals(r)], known)
    day = at.isoformat()
    groups: dict[tuple[str, Key], list[Signal]] = defaultdict(list)
    for signal in placed:
        groups[signal.family, signal.key].append(signal)
    drafts = [d for key in sorted(groups) for d in _timeline(groups[key], day, known)]
    _break_truces(drafts, heard, day)
    states = [*(_state(d, day, known) for d in drafts), *_ahead(heard, day, known)]
    return Situation(day, tuple(sorted(states, key=_order)), tuple(passed_over))


class _Known:
    """The accounts published up to a day, by report, and which happening they are of."""

    def __init__(self, happenings: Iterable[Happening], known_by: str) -> None:
        self.accounts: dict[str, Account] = {}
        self._events: dict[str, str] = {}
        for happening in happenings:
            for account in happening.accounts:
                if (account.published or "")[:10] <= known_by:
                    self.accounts[account.report.id] = account
                    self._events[account.report.id] = happening.event.id

    def day(self, report: Report) -> str | None:
        published = self.accounts[report.id].published
        return published[:10] if published else None

    def event(self, report: Report) -> str:
        return self._events[report.id]

    def evidence(self, report: Report) -> Evidence:
        account = self.accounts[report.id]
        return Evidence(
            report=report.id,
            article=report.article_id,
            event=self.event(report),
            published=self.day(report),
            publisher=account.publisher,
            headline=account.headline,
            url=account.url,
            status=report.status,
            quote=" ".join(report.sentence.text.split()),
        )


@dataclass(slots=True)
class _Draft:
    """A state while its reports are gathered."""

    first: Signal
    since: Moment | None
    until: Moment | None = None
    begun: list[Signal] = field(default_factory=list)
    ended: list[Signal] = field(default_factory=list)
    against: list[Signal] = field(default_factory=list)
    broken: list[Report] = field(default_factory=list)
    rivals: list[Signal] = field(default_factory=list)

    @property
    def identity(self) -> str | None:
        return next((s.identity for s in self.told if s.identity), self.first.identity)

    @property
    def start(self) -> str:
        return _day(self.since) or ""

    @property
    def family(self) -> str:
        return self.first.family

    @property
    def told(self) -> list[Signal]:
        """The reports that say it is so; else those that say it is over, or that it is not so."""
        return self.begun or self.ended or self.against

    @property
    def thing(self) -> str:
        """What the reports call it; of a place that is held, the place."""
        if self.family == "holds" and self.first.key[-1] == "":
            names = Counter(place_called(s.place) for s in self.told if s.place)
            return names.most_common(1)[0][0] if names else self.first.what
        return next((s.what for s in self.told if s.what), "")

    @property
    def own_end(self) -> str | None:
        """The last day that its reports give themselves."""
        return max((s.own_end for s in self.begun if s.own_end), default=None)

    def end(self, signal: Signal, when: Moment) -> None:
        self.ended.append(signal)
        self.until = when


def _keyed(found: Sequence[Signal], known: _Known) -> tuple[list[Signal], list[tuple[str, str]]]:
    """The signals with the key that their event's reports agree on; and the reports that stay without one."""
    agreed = _agreed(found, known)
    ids = _ids(found)
    placed: list[Signal] = []
    passed_over: dict[str, str] = {}
    for s in found:
        key = agreed.get((known.event(s.report), s.family), s.key)
        if key:
            placed.append(replace(s, key=(ids.get(key[0], key[0]), *key[1:])))
        elif s.verb == BEGIN:
            passed_over.setdefault(s.report.id, f"it tells of a state ({s.kind}) without saying of what or whom")
    return _one_thing(placed), sorted(passed_over.items())


def _one_thing(placed: list[Signal]) -> list[Signal]:
    """What is closed or opened without a word on what is the only thing of which others say so at that place."""
    things: dict[str, set[str]] = defaultdict(set)
    for s in placed:
        if s.family == "access" and s.key[1]:
            things[s.key[0]].add(s.key[1])
    only = {place: next(iter(found)) for place, found in things.items() if len(found) == 1}
    return [
        replace(s, key=(s.key[0], s.key[1] or only.get(s.key[0], ""))) if s.family == "access" else s for s in placed
    ]


def _agreed(found: Sequence[Signal], known: _Known) -> dict[tuple[str, str], Key]:
    """For each event and family the key that most of its reports give.

    One with a resolved place goes before others, and the place itself before a thing there: who took the palace and
    the town has the town.
    """
    votes: dict[tuple[str, str], Counter[Key]] = defaultdict(Counter)
    for s in found:
        if s.key:
            votes[known.event(s.report), s.family][s.key] += 1
    return {
        about: max(
            keys.items(), key=lambda pair: (pair[0][0].startswith("#"), _whole(*about, pair[0]), pair[1], pair[0])
        )[0]
        for about, keys in votes.items()
    }


def _whole(event: str, family: str, key: Key) -> bool:
    return family == "holds" and key[-1] == ""


def _ids(found: Sequence[Signal]) -> dict[str, str]:
    """What a place's key is in full: a bare name to the one place that reports resolve it to, and a place to the one
    of its name close by, so that a town and its district are one."""
    named: dict[str, list[PlaceRef]] = defaultdict(list)
    for place in (s.place for s in found):
        if place is not None and is_itself(place):
            for name in {place.text, place.name or place.text}:
                named[name_key(name)].append(place)
    return {key: value for name, places in sorted(named.items()) for key, value in _one_place(name, places).items()}


def _one_place(name: str, places: Sequence[PlaceRef]) -> dict[str, str]:
    by_id = {p.geonameid: p for p in places if p.geonameid is not None}
    seats: list[PlaceRef] = []
    out: dict[str, str] = {}
    for id_ in sorted(by_id):
        place = by_id[id_]
        seat = next((s for s in seats if _near(s, place)), place)
        if seat is place:
            seats.append(place)
        out[f"#{id_}"] = f"#{seat.geonameid}"
    return out | {name: f"#{seats[0].geonameid}"} if len(seats) == 1 else out


def _near(a: PlaceRef, b: PlaceRef) -> bool:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None or a.country != b.country:
        return False
    return kilometres(a.lat, a.lon, b.lat, b.lon) <= _NEAR_KM


def _timeline(group: Sequence[Signal], day: str, known: _Known) -> list[_Draft]:
    """The states of one thing, one after the other."""
    drafts: list[_Draft] = []
    dated = [(when, s) for s in group if s.report.status != "planned" and (when := _when(s.report, known)) is not None]
    told = sorted(((when, s) for when, s in dated if _come(s, when) <= day), key=lambda pair: _rank(*pair))
    for when, signal in told:
        if signal.report.status != "possible":
            _APPLY[signal.verb](drafts, signal, when)
    for when, signal in told:
        if signal.report.status == "possible" and not _matching(drafts, signal):
            drafts.append(_Draft(signal, when, begun=[signal]))
    return drafts


def _come(signal: Signal, when: Moment) -> str:
    """The day from which it counts: a state from its first day, an end from its last."""
    return (_day(when) if signal.verb == END else when.first or when.last) or ""


def _rank(when: Moment, signal: Signal) -> tuple[object, ...]:
    r = signal.report
    return (_day(when) or "", not _firm(when), signal.again, signal.verb != BEGIN, r.article_id, r.trigger.start, r.id)


def _when(report: Report, known: _Known) -> Moment | None:
    """The moment of a report, else "by the day that it was published"."""
    if report.moment is not None and _day(report.moment):
        return report.moment
    published = known.day(report)
    return Moment(None, published, "open") if published else None


def _day(moment: Moment | None) -> str | None:
    """The day by which a moment had come."""
    return (moment.last or moment.first) if moment else None


def _firm(moment: Moment) -> bool:
    """True when a report says when, to a week or better."""
    if moment.first is None or moment.last is None:
        return False
    return (date.fromisoformat(moment.last) - date.fromisoformat(moment.first)).days <= _WEEK


def _same(draft: _Draft, signal: Signal) -> bool:
    if draft.family != signal.family:
        return False
    if draft.identity is None or signal.identity is None:
        return True
    return bool(set(draft.identity.split(" + ")) & set(signal.identity.split(" + ")))


def _matching(drafts: Sequence[_Draft], signal: Signal) -> list[_Draft]:
    return [d for d in drafts if _same(d, signal)]


def _begin(drafts: list[_Draft], signal: Signal, when: Moment) -> None:
    day = _day(when) or ""
    same = _matching(drafts, signal)
    current = [d for d in same if d.until is None] if _firm(when) else same
    if current and not _taken_again(current[-1], signal, when):
        current[-1].begun.append(signal)
        return
    for former in (d for d in current if d.until is None):
        former.end(signal, Moment(None, when.first, "open", "it began again on that day"))
    new = _Draft(signal, when, begun=[signal])
    for other in (d for d in drafts if d.until is None and d.begun and signal.family in _EXCLUSIVE):
        if other.start < day or signal.again:
            other.end(signal, when)
        else:
            other.rivals.append(signal)
            new.rivals += other.begun
    drafts.append(new)


def _taken_again(draft: _Draft, signal: Signal, when: Moment) -> bool:
    """True when what is taken or closed was so before, long enough ago to have been lost or opened in between."""
    since = draft.since
    if signal.family not in _EXCLUSIVE or not _firm(when) or since is None or None in (since.first, since.last):
        return False
    gap = date.fromisoformat(when.first or "") - date.fromisoformat(draft.start)
    return gap.days > _WEEK and draft.identity is not None


def _end(drafts: list[_Draft], signal: Signal, when: Moment) -> None:
    running = [d for d in _matching(drafts, signal) if d.until is None]
    for draft in running:
        draft.end(signal, when)
    if not running and signal.family == "holds" and signal.identity and not _matching(drafts, signal):
        drafts.append(_Draft(signal, None, until=when, ended=[signal]))


def _deny(drafts: list[_Draft], signal: Signal, when: Moment) -> None:
    same = [d for d in _matching(drafts, signal) if d.until is None]
    if same:
        same[-1].against.append(signal)
    else:
        drafts.append(_Draft(signal, when, against=[signal]))


_APPLY = {BEGIN: _begin, END: _end, DENY: _deny}


def _break_truces(drafts: Iterable[_Draft], heard: Iterable[Report], day: str) -> None:
    """A truce lasts until a party to it attacks the other, on a day that is told."""
    truces = [d for d in drafts if d.family == "ceasefire" and d.until is None and d.begun]
    if not truces:
        return
    attacks = [r for r in heard if r.type == "ASSAULT" and r.status in ("occurred", "ongoing")]
    for report, attacked in [(r, r.moment) for r in attacks if r.moment and _firm(r.moment)]:
        for truce in truces:
            if truce.start < (attacked.first or "") <= day and _by_party(report, truce.first.key):
                truce.broken.append(report)


def _by_party(report: Report, parties: Key) -> bool:
    actors, recipients = ({party_key(p) for p in side} & set(parties) for side in (report.actors, report.recipients))
    return bool(actors) and (len(parties) == 1 or bool(recipients - actors))


def _state(draft: _Draft, day: str, known: _Known) -> State:
    until: Moment | None = draft.until
    status = _status(draft, day, known)
    if status == "broken":
        until = min((r.moment for r in draft.broken if r.moment), key=lambda m: m.first or "", default=None)
    elif until is None and (own := draft.own_end):
        until = Moment(own, own, "day", "the end that the report gives")
    against = [*draft.against, *draft.rivals]
    return State(
        kind=draft.first.kind,
        status=status,
        who=_names((s.who for s in draft.told), agreed=draft.family in _EXCLUSIVE),
        whom=_names(s.whom for s in draft.told),
        what=draft.thing,
        place=next((s.place for s in draft.told if s.place and s.place.lat is not None), draft.first.place),
        since=draft.since,
        until=until,
        last_told=max(filter(None, (known.day(s.report) for s in draft.begun)), default=None),
        countries=_countries([s.report for s in draft.told]),
        evidence=_evidence([s.report for s in draft.begun], known),
        ending=_evidence([*(s.report for s in draft.ended), *draft.broken], known),
        against=_evidence([s.report for s in against], known),
    )


def _status(draft: _Draft, day: str, known: _Known) -> str:
    if not draft.begun and not draft.ended:
        return "denied"
    if draft.until is not None or (draft.own_end or day) < day:
        return "ended"
    if draft.broken:
        return "broken"
    if all(s.report.status == "possible" for s in draft.begun):
        return "possible"
    said = max((known.day(s.report) or "" for s in draft.begun), default="")
    denied = max((known.day(s.report) or "" for s in draft.against), default="")
    return "disputed" if draft.rivals or (draft.against and denied >= said) else "reported"


def _ahead(heard: Iterable[Report], day: str, known: _Known) -> list[State]:
    """Deadlines and dated plans: one line for each event, or for plans of one kind, party and day."""
    groups: dict[tuple[object, ...], list[Report]] = defaultdict(list)
    occurred = {known.event(r) for r in heard if r.status in ("occurred", "ongoing")}
    size = Counter(known.event(r) for r in heard)
    for r in heard:
        event = known.event(r)
        if r.status == "planned" and r.moment is not None and _firm_end(r.moment) and event not in occurred:
            groups[(event,) if size[event] > 1 else _plan_key(r)].append(r)
    denials = [r for r in heard if r.status == "negated"]
    return [_plan(groups[key], denials, day, known) for key in sorted(groups, key=repr)]


def _firm_end(moment: Moment) -> bool:
    return moment.last is not None and moment.precision not in ("open", "year")


def _plan_key(r: Report) -> tuple[object, ...]:
    moment = r.moment
    return (r.type, r.mode, *sorted(party_key(a) for a in r.actors), moment and moment.first, moment and moment.last)


def _plan(reports: Sequence[Report], denials: Iterable[Report], day: str, known: _Known) -> State:
    last = max(reports, key=lambda r: (known.day(r) or "", r.id))
    events = {known.event(r) for r in reports}
    against = [r for r in denials if known.event(r) in events]
    over = (_day(last.moment) or "") < day
    status = "passed" if over else "disputed" if against else "announced"
    return State(
        kind="deadline" if any(deadline(r) for r in reports) else "announced",
        status=status,
        who=_names(r.actors for r in reports),
        whom=_names(r.recipients for r in reports),
        what=" ".join((last.trigger.text, *(s.text for s in last.objects[:1]))),
        place=next((p for r in reports for p in r.places if p.lat is not None), None),
        since=None,
        until=last.moment,
        last_told=known.day(last),
        countries=_countries(reports),
        evidence=_evidence(reports, known),
        against=_evidence(against, known),
    )


def _names(groups: Iterable[Iterable[ActorRef]], *, agreed: bool = False) -> tuple[str, ...]:
    """Each party once, those with a lexicon entry first, by how often they are named.

    ``agreed`` are one side: those named less than half as often as the first are left out, and so are words that could
    be anyone ("rebels") beside a party that the lexicon knows.
    """
    counted: Counter[tuple[bool, str]] = Counter()
    names: dict[str, str] = {}
    for ref in (ref for group in groups for ref in group):
        key = party_key(ref)
        counted[ref.id is None, key] += 1
        names.setdefault(key, party_name(ref))
    ordered = sorted(counted, key=lambda party: (party[0], -counted[party], party[1]))
    if agreed and ordered:
        first = ordered[0]
        ordered = [p for p in ordered if p[0] == first[0] and counted[p] >= _SHARE * counted[first]]
    return tuple(names[key] for _, key in ordered)


def _countries(reports: Sequence[Report]) -> tuple[str, ...]:
    places = {p.country for r in reports for p in r.places if p.country}
    parties = {a.country for r in reports for a in (*r.actors, *r.recipients) if a.country}
    return tuple(sorted(places or parties))


def _evidence(reports: Iterable[Report], known: _Known) -> tuple[Evidence, ...]:
    """By day of publication, each report once."""
    once = {r.id: r for r in reports}
    return tuple(sorted(map(known.evidence, once.values()), key=lambda e: (e.published or "", e.report)))


def _order(state: State) -> tuple[object, ...]:
    where = state.place.name or state.place.text if state.place else ""
    until = _day(state.until) if state.kind in ("deadline", "announced") else ""
    return (KINDS.index(state.kind), until or "", where, _day(state.since) or "", state.who, state.what)
