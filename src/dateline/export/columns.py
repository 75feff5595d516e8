"""The common row of all tabular exports: one happening, its values under the names of the view ``events``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.records import Claim, Event, Happening, Location, Party, Toll

TEXT, WHOLE, NUMBER, DAY = "VARCHAR", "BIGINT", "DOUBLE", "DATE"
"""The types of columns, by their SQL names. Days are ISO text in Python."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, type and the value that it takes from a happening (``None`` where unknown)."""

    name: str
    type: str
    value: Callable[[Happening], Any]


def row(happening: Happening) -> dict[str, Any]:
    """The values of all columns by name."""
    return {column.name: column.value(happening) for column in COLUMNS}


def day(event: Event) -> str | None:
    """The first possible day, or the last where the first is open."""
    moment = event.moment
    return (moment.first or moment.last) if moment else None


def ends(event: Event) -> tuple[str | None, str | None]:
    """First and last possible day."""
    return (event.moment.first, event.moment.last) if event.moment else (None, None)


def place(event: Event) -> Location | None:
    """The first place that is resolved, else the first."""
    return next((p for p in event.places if p.lat is not None), event.places[0] if event.places else None)


def toll(event: Event, of: str) -> Toll | None:
    """The first number of that kind."""
    return next((t for t in event.counts if t.of == of), None)


def disputed(event: Event) -> dict[str, list[Claim]]:
    """The fields that have several values, with their claims."""
    claims: dict[str, list[Claim]] = {}
    for claim in event.claims:
        claims.setdefault(claim.field, []).append(claim)
    return {field: several for field, several in claims.items() if len(several) > 1}


def said(claim: Claim) -> str:
    """A claim in words: the value and how many sources give it."""
    return f"{claim.value} ({claim.sources} source{'s' * (claim.sources != 1)})"


def publishers(happening: Happening) -> list[str]:
    """The outlets that tell of it, each once."""
    return list(dict.fromkeys(t.publisher for t in happening.accounts if t.publisher))


def urls(happening: Happening) -> list[str]:
    """The addresses of its articles, each once."""
    return list(dict.fromkeys(t.url for t in happening.accounts if t.url))


def joined(values: Sequence[str]) -> str | None:
    """Several values of one cell, parted by ``; ``; ``None`` when there are none."""
    return "; ".join(values) or None


def _of_event(name: str, type_: str) -> Column:
    return Column(name, type_, lambda happening: getattr(happening.event, name))


def _moment(name: str, field: str, type_: str) -> Column:
    return Column(name, type_, lambda happening: getattr(happening.event.moment, field, None))


def _party(role: str) -> tuple[Column, ...]:
    names = {role: "name", **{f"{role}_{field}": field for field in ("id", "kind", "country", "sector")}}
    return tuple(Column(name, TEXT, _of_first(f"{role}s", field)) for name, field in names.items())


def _of_first(roles: str, field: str) -> Callable[[Happening], Any]:
    def value(happening: Happening) -> Any:
        parties: tuple[Party, ...] = getattr(happening.event, roles)
        return getattr(parties[0], field) if parties else None

    return value


def _place(name: str, field: str, type_: str) -> Column:
    return Column(name, type_, lambda happening: getattr(place(happening.event), field, None))


def _toll(of: str, end: str) -> Column:
    return Column(f"{of}_{end}", WHOLE, lambda happening: getattr(toll(happening.event, of), end, None))


def _names(parties: Sequence[Party]) -> str | None:
    return joined([p.name for p in parties])


def _disputes(happening: Happening) -> str | None:
    fields = disputed(happening.event)
    return joined([f"{field}: {' / '.join(map(said, claims))}" for field, claims in fields.items()])


COLUMNS: tuple[Column, ...] = (
    _of_event("id", TEXT),
    _of_event("type", TEXT),
    _of_event("mode", TEXT),
    _of_event("status", TEXT),
    _of_event("quad", WHOLE),
    _of_event("score", NUMBER),
    _of_event("cameo", TEXT),
    Column("day", DAY, lambda happening: day(happening.event)),
    _moment("first_day", "first", DAY),
    _moment("last_day", "last", DAY),
    _moment("date_precision", "precision", TEXT),
    *_party("actor"),
    *_party("recipient"),
    Column("actors", TEXT, lambda happening: _names(happening.event.actors)),
    Column("recipients", TEXT, lambda happening: _names(happening.event.recipients)),
    _place("place", "name", TEXT),
    _place("geonameid", "geonameid", WHOLE),
    _place("lat", "lat", NUMBER),
    _place("lon", "lon", NUMBER),
    _place("country", "country", TEXT),
    _place("admin1", "admin1", TEXT),
    _place("place_precision", "precision", TEXT),
    _place("radius_km", "radius_km", NUMBER),
    _toll("killed", "low"),
    _toll("killed", "high"),
    _toll("injured", "low"),
    _toll("injured", "high"),
    _of_event("reports", WHOLE),
    _of_event("articles", WHOLE),
    _of_event("sources", WHOLE),
    _of_event("first_reported", DAY),
    _of_event("last_reported", DAY),
    Column("disputed", TEXT, _disputes),
    _of_event("confidence", NUMBER),
    _of_event("sentence", TEXT),
    Column("publishers", TEXT, lambda happening: joined(publishers(happening))),
    Column("urls", TEXT, lambda happening: joined(urls(happening))),
    Column("report_id", TEXT, lambda happening: happening.event.lead),
    Column("made_by", TEXT, lambda happening: happening.event.merger),
    Column("judged", TEXT, lambda happening: joined(happening.judged)),
)
TYPES: Mapping[str, str] = {column.name: column.type for column in COLUMNS}
