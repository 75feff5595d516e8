"""Values of several reports side by side: days, places, parties and numbers, and which of them exclude each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import combinations
from typing import TypeVar

from dateline.lexicon.naming import key_of
from dateline.merging.features import kilometres
from dateline.merging.profile import LONG_DAYS, PRONOUNS, ordinal
from dateline.merging.sourced import Grouped, Sourced, claim, grouped, ranked
from dateline.records import ActorRef, Claim, Location, Moment, Party, PlaceRef, Report, Toll

V = TypeVar("V", bound=Hashable)
_PRECISIONS = ("exact", "town", "admin2", "admin1", "country", "region")
_SAME_KM = 25.0
_HAPPENED = ("occurred", "ongoing")
Interval = tuple[int, int]
Refs = Callable[[Report], Sequence[ActorRef]]


def joined(values: Sequence[V], found: Grouped[V], agree: Callable[[V, V], bool]) -> list[list[V]]:
    """The values in groups: those that agree, and those that one report gives together, contradict nothing."""
    groups = [[value] for value in values]
    given = {value: {t.report.id for t in found[value]} for value in values}
    for one, other in combinations(values, 2):
        if agree(one, other) or given[one] & given[other]:
            mine = next(g for g in groups if one in g)
            theirs = next(g for g in groups if other in g)
            if mine is not theirs:
                mine += theirs
                groups.remove(theirs)
    return groups


def claims_of(field: str, found: Grouped[V], agree: Callable[[V, V], bool], name: Callable[[V], str]) -> list[Claim]:
    """One claim for each group of values that do not exclude each other, the best supported first."""
    out = []
    for group in joined(ranked(found), found, agree):
        told = {t.report.id: t for value in group for t in found[value]}
        words = "; ".join(dict.fromkeys(name(value) for value in group))
        out.append(claim(field, words, sorted(told.values(), key=lambda t: t.order)))
    return sorted(out, key=lambda c: (-c.sources, -len(c.reports)))


def plain_claims(field: str, told: Sequence[Sourced], value: Callable[[Report], str | None]) -> list[Claim]:
    """A claim for each value that any report gives."""
    found = grouped(told, lambda r: [v] if (v := value(r)) is not None else [])
    return [claim(field, v, found[v]) for v in ranked(found)]


def status_claims(told: Sequence[Sourced]) -> list[Claim]:
    """The statuses that reports give. What is planned and then occurs is in no dispute; what is denied is."""
    return claims_of("status", grouped(told, lambda r: [r.status]), lambda a, b: "negated" not in (a, b), str)


def moment_of(told: Sequence[Sourced]) -> Moment | None:
    """When it was: of the days that time expressions give, those that most sources agree with, the narrowest of them.

    Reports of what has happened outrank announcements. Where none gives a date, the tightest bound by the day of a
    report stands.
    """
    happened = [t for t in told if t.report.status in _HAPPENED]
    dated = [t for t in happened if _dated(t)] or [t for t in told if _dated(t)]
    if not dated:
        return _bound(happened or told)
    found = grouped(dated, lambda r: [_interval(r)])
    best = min(found, key=lambda v: (-_support(v, dated), v[1] - v[0], ranked(found).index(v)))
    return found[best][0].report.moment


def _dated(one: Sourced) -> bool:
    moment = one.report.moment
    return moment is not None and moment.first is not None and moment.last is not None


def _interval(report: Report) -> Interval:
    assert report.moment is not None
    first, last = ordinal(report.moment.first), ordinal(report.moment.last)
    assert first is not None
    assert last is not None
    return first, last


def _support(value: Interval, told: Sequence[Sourced]) -> int:
    return len({t.source for t in told if _overlap(value, _interval(t.report))})


def _overlap(one: Interval, other: Interval) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _bound(told: Sequence[Sourced]) -> Moment | None:
    """The earliest end that a report leaves open to before it, else the latest beginning."""
    moments = [t.report.moment for t in sorted(told, key=lambda t: t.order) if t.report.moment is not None]
    until = [m for m in moments if m.last is not None]
    since = [m for m in moments if m.first is not None]
    if until:
        return min(until, key=lambda m: m.last or "")
    return max(since, key=lambda m: m.first or "") if since else None


def moment_claims(told: Sequence[Sourced]) -> list[Claim]:
    """The days that reports give, each a claim; a span that holds a claimed day says nothing else than that day."""
    dated = [t for t in told if _dated(t)]
    found = grouped(dated, lambda r: [_interval(r)])
    narrow = [v for v in ranked(found) if v[1] - v[0] <= LONG_DAYS]
    claimed: dict[Interval, list[Sourced]] = {}
    for value in sorted(narrow, key=lambda v: v[1] - v[0]):
        home = next((v for v in claimed if _overlap(v, value)), value)
        claimed.setdefault(home, []).extend(found[value])
    return [claim("moment", _iso(claimed[v][0]), sorted(claimed[v], key=lambda t: t.order)) for v in ranked(claimed)]


def _iso(one: Sourced) -> str:
    moment = one.report.moment
    assert moment is not None
    return str(moment.first) if moment.first == moment.last else f"{moment.first}/{moment.last}"


def places_of(told: Sequence[Sourced]) -> tuple[list[Location], list[Claim]]:
    """Where it was, the most precise of the best supported places first, and the claims.

    A place and the province or country it lies in agree, and so do places less than 25 km apart.
    """
    found = grouped(told, lambda r: [_location(p) for p in r.places if p.lat is not None])
    if not found:
        named = grouped(told, lambda r: [_location(p) for p in r.places])
        return ranked(named), []
    groups = joined(ranked(found), found, _same_place)
    places = [place for group in groups for place in sorted(group, key=lambda p: _PRECISIONS.index(_precision(p)))]
    return places, claims_of("place", found, _same_place, lambda p: p.name)


def _precision(place: Location) -> str:
    return place.precision if place.precision in _PRECISIONS else "region"


def _location(place: PlaceRef) -> Location:
    return Location(
        place.name or place.text,
        place.geonameid,
        place.lat,
        place.lon,
        place.country,
        place.admin1,
        place.precision,
        place.radius_km,
    )


def _same_place(one: Location, other: Location) -> bool:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    for wide, narrow in ((one, other), (other, one)):
        if wide.precision == "country" and wide.country == narrow.country:
            return True
        if wide.precision == "admin1" and (wide.country, wide.admin1) == (narrow.country, narrow.admin1):
            return True
    return kilometres(one.lat, one.lon, other.lat, other.lon) <= _SAME_KM


def parties_of(told: Sequence[Sourced], refs: Refs) -> list[Party]:
    """Who fills a role: those with a name first, then by how many reports name them."""
    found = grouped(told, lambda r: [key for ref in refs(r) if (key := _key(ref))])
    parties = [_party(key, found[key], refs) for key in ranked(found)]
    return sorted(parties, key=lambda p: (p.id is None, -p.reports))


def _key(ref: ActorRef) -> str:
    """By the lexicon's id, else by what it is called; a pronoun alone stands for nobody."""
    if ref.id is not None:
        return ref.id
    return "" if ref.name is None and ref.text.casefold() in PRONOUNS else key_of(ref.name or ref.text)


def _party(key: str, told: Sequence[Sourced], refs: Refs) -> Party:
    ref = next(ref for t in told for ref in refs(t.report) if _key(ref) == key)
    return Party(ref.name or ref.text, ref.id, ref.kind, ref.country, ref.sector, len(told))


def party_claims(field: str, told: Sequence[Sourced], refs: Refs) -> list[Claim]:
    """Claims on who it was, of actors that the lexicon knows. Those of one country's state are not held against each
    other, nor are those that one report names together."""
    found = grouped(told, lambda r: [_known(ref) for ref in refs(r) if ref.id is not None])
    return claims_of(field, found, _same_side, lambda party: party.name)


def _known(ref: ActorRef) -> Party:
    return Party(ref.name or ref.text, ref.id, ref.kind, ref.country, ref.sector)


def _same_side(one: Party, other: Party) -> bool:
    if one.id == other.id:
        return True
    state = "GOV" in (one.sector, other.sector) or one.sector == other.sector
    return one.country is not None and one.country == other.country and state


def tolls_of(told: Sequence[Sourced]) -> tuple[list[Toll], list[Claim]]:
    """The numbers of each kind, lowest and highest of all reports, and a claim for each number that is given."""
    tolls, claims = [], []
    for of in dict.fromkeys(c.of for t in sorted(told, key=lambda t: t.order) for c in t.report.counts):
        found = grouped(told, lambda r, of=of: [(c.low, c.high) for c in r.counts if c.of == of])  # type: ignore[misc]
        lows = [low if low is not None else high for low, high in found]
        highs = [high if high is not None else low for low, high in found]
        tolls.append(Toll(of, min(_numbers(lows), default=None), max(_numbers(highs), default=None)))
        claims += [claim(of, _number(value), found[value]) for value in ranked(found)]
    return tolls, claims


def _numbers(values: Sequence[int | None]) -> list[int]:
    return [value for value in values if value is not None]


def _number(value: tuple[int | None, int | None]) -> str:
    low, high = value
    if low == high:
        return str(low)
    if high is None:
        return f"at least {low}"
    return f"at most {high}" if low is None else f"{low}-{high}"
