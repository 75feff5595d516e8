"""Events out of accounts: one report standing for itself, and an event whose reports people corrected or parted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from dateline.lexicon.plover import TYPES, cameo_root
from dateline.records import (
    Account,
    ActorRef,
    Claim,
    Count,
    Event,
    Location,
    Moment,
    Party,
    PlaceRef,
    StatusChange,
    Toll,
)

T = TypeVar("T")
Values = Callable[[Account], Iterable[str]]


def alone(account: Account) -> Event:
    """The event that a report stands for which no event holds; it has the report's id."""
    return event_of(account.report.id, (account,), account.report.coder)


def event_of(id_: str, accounts: Sequence[Account], merger: str, most_sources: int | None = None) -> Event:
    """The event that these reports tell of, the leading report first.

    Where people accepted or corrected some of them, those alone say what, when and where it was; what the others say
    stays among the claims. ``most_sources`` bounds the number of independent sources, which copies do not add to.
    Raises ValueError without a report.
    """
    if not accounts:
        raise ValueError("an event has at least one report")
    checked = [t for t in accounts if t.verdict] or list(accounts)
    lead = checked[0].report
    type_ = _most(t.report.type for t in checked)
    mode = _most(t.report.mode for t in checked if t.report.type == type_)
    days = sorted(t.published[:10] for t in accounts if t.published)
    kind = TYPES.get(type_)
    return Event(
        id=id_,
        type=type_,
        mode=mode,
        status=_most(t.report.status for t in checked),
        moment=_moment(checked),
        actors=_parties(t.report.actors for t in checked),
        recipients=_parties(t.report.recipients for t in checked),
        places=tuple(dict.fromkeys(_location(p) for t in checked for p in t.report.places)),
        counts=tuple(_tolls(checked)),
        claims=tuple(_claims(accounts)),
        statuses=tuple(_statuses(accounts)),
        reports=len(accounts),
        articles=len({t.report.article_id for t in accounts}),
        sources=_sources(accounts, most_sources),
        first_reported=days[0] if days else None,
        last_reported=days[-1] if days else None,
        lead=lead.id,
        sentence=lead.sentence.text,
        confidence=max(t.report.confidence for t in checked),
        quad=kind.quad if kind else lead.quad,
        score=kind.score if kind else lead.score,
        cameo=cameo_root(type_, mode) if kind else lead.cameo,
        merger=merger,
    )


def _most(values: Iterable[T]) -> T:
    """The most frequent value, the first among equals."""
    return Counter(values).most_common(1)[0][0]


def _moment(accounts: Sequence[Account]) -> Moment | None:
    """The most precise one, the first among equals."""
    return min((t.report.moment for t in accounts if t.report.moment), key=_width, default=None)


def _width(moment: Moment) -> int:
    from datetime import date

    if moment.first is None or moment.last is None:
        return 10**7
    return (date.fromisoformat(moment.last) - date.fromisoformat(moment.first)).days


def _parties(several: Iterable[Sequence[ActorRef]]) -> tuple[Party, ...]:
    """Each actor once, by lexicon entry or else by name, the one that most reports name first."""
    found: dict[str, Party] = {}
    for refs in several:
        for key, ref in {r.id or (r.name or r.text).casefold(): r for r in reversed(refs)}.items():
            known = found.get(key)
            found[key] = replace(known, reports=known.reports + 1) if known else _party(ref)
    return tuple(sorted(found.values(), key=lambda p: -p.reports))


def _party(ref: ActorRef) -> Party:
    return Party(ref.name or ref.text, ref.id, ref.kind, ref.country, ref.sector)


def _location(ref: PlaceRef) -> Location:
    return Location(
        ref.name or ref.text, ref.geonameid, ref.lat, ref.lon, ref.country, ref.admin1, ref.precision, ref.radius_km
    )


def _tolls(accounts: Sequence[Account]) -> Iterator[Toll]:
    kinds = dict.fromkeys(c.of for t in accounts for c in t.report.counts)
    for of in kinds:
        counts = [c for t in accounts for c in t.report.counts if c.of == of]
        lows, highs = [c.low for c in counts if c.low is not None], [c.high for c in counts if c.high is not None]
        yield Toll(of, min(lows, default=None), max(highs, default=None))


def _claims(accounts: Sequence[Account]) -> Iterator[Claim]:
    for field, values in _FIELDS.items():
        yield from _claims_of(field, values, accounts)
    for of in dict.fromkeys(c.of for t in accounts for c in t.report.counts):
        yield from _claims_of(of, _numbers(of), accounts)


_FIELDS: dict[str, Values] = {
    "type": lambda t: (t.report.type,),
    "mode": lambda t: (t.report.mode,) if t.report.mode else (),
    "status": lambda t: (t.report.status,),
    "moment": lambda t: (f"{t.report.moment.first or ''}..{t.report.moment.last or ''}",) if t.report.moment else (),
    "place": lambda t: [p.name or p.text for p in t.report.places[:1]],
    "actor": lambda t: [a.name or a.text for a in t.report.actors[:1]],
    "recipient": lambda t: [a.name or a.text for a in t.report.recipients[:1]],
}


def _claims_of(field: str, values: Values, accounts: Sequence[Account]) -> Iterator[Claim]:
    by_value: dict[str, list[Account]] = {}
    for account in accounts:
        for value in values(account):
            by_value.setdefault(value, []).append(account)
    for value, several in by_value.items():
        yield Claim(field, value, tuple(t.report.id for t in several), _sources(several, None))


def _numbers(of: str) -> Values:
    return lambda account: [_number(c) for c in account.report.counts if c.of == of]


def _number(count: Count) -> str:
    if count.low == count.high:
        return str(count.low)
    return f"{'' if count.low is None else count.low}..{'' if count.high is None else count.high}"


def _statuses(accounts: Sequence[Account]) -> Iterator[StatusChange]:
    """The status at each turn, by the day of publication."""
    last = None
    for account in sorted((t for t in accounts if t.published), key=lambda t: t.published or ""):
        if account.report.status != last:
            last = account.report.status
            yield StatusChange((account.published or "")[:10], last, account.report.id)


def _sources(accounts: Sequence[Account], most: int | None) -> int:
    """Outlets, an article without a known one for itself, but no more than are known to be independent."""
    outlets = {t.publisher or t.report.article_id for t in accounts}
    return len(outlets) if most is None else min(len(outlets), most)
