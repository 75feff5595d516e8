"""UCDP style: deadly organised violence under the names of UCDP GED, as the view ``events_ucdp_style``."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from dateline.export.columns import day, ends, place, toll
from dateline.export.csv import line
from dateline.export.sides import CIVILIANS, DONE, STATE, country_name, days, first, side
from dateline.records import Event, Happening, Location

COLUMNS = (
    "id", "year", "type_of_violence", "side_a", "side_b", "dyad_name", "number_of_sources", "source_original",
    "source_date", "where_prec", "where_coordinates", "adm_1", "latitude", "longitude", "geom_wkt", "priogrid_gid",
    "country", "date_prec", "date_start", "date_end", "best", "high", "low",
)  # fmt: skip
_PLACES = {"exact": 1, "town": 1, "admin2": 3, "admin1": 4, "country": 6, "region": 7}


def lines(stream: Iterable[Happening], left_out: Counter[str]) -> Iterator[str]:
    """The line of column names, then one line for each happening that UCDP GED would have."""
    yield line(COLUMNS)
    for happening in stream:
        if reason := _not_coded(happening.event):
            left_out[reason] += 1
        else:
            values = _values(happening.event)
            yield line([values[name] for name in COLUMNS])


def _not_coded(event: Event) -> str | None:
    if event.status not in DONE:
        return "planned, possible or denied, and UCDP codes what occurred"
    if event.type != "ASSAULT":
        return "no violence"
    if side(first(event.actors)) in (None, CIVILIANS):
        return "not done by an organised actor that is known"
    count = toll(event, "killed")
    return None if count and max(count.low or 0, count.high or 0) > 0 else "without a death that is told"


def _values(event: Event) -> dict[str, Any]:
    actor, recipient, count = first(event.actors), first(event.recipients), toll(event, "killed")
    when, (start, end) = day(event), ends(event)
    low, high = (count.low, count.high) if count else (None, None)
    return {
        "id": event.id,
        "year": int(when[:4]) if when else None,
        "type_of_violence": _violence(side(actor), side(recipient)),
        "side_a": actor.name if actor else None,
        "side_b": recipient.name if recipient else None,
        "dyad_name": f"{actor.name} - {recipient.name}" if actor and recipient else None,
        "number_of_sources": event.sources,
        "source_original": event.sentence,
        "source_date": event.last_reported,
        **_where(place(event)),
        "date_prec": _date_precision(event),
        "date_start": start,
        "date_end": end,
        "best": high if low is None else low,
        "high": high,
        "low": low,
    }


def _violence(one: str | None, other: str | None) -> int:
    """State-based 1, non-state 2, one-sided 3."""
    return 3 if other == CIVILIANS else 1 if STATE in (one, other) else 2


def _date_precision(event: Event) -> int:
    length = days(event.moment)
    if length is None or length > 31:
        return 5
    return 1 if length == 1 else 2 if length < 7 else 3 if length == 7 else 4


def _where(where: Location | None) -> dict[str, Any]:
    lat, lon = (where.lat, where.lon) if where else (None, None)
    known = lat is not None and lon is not None
    return {
        "where_prec": _PLACES.get(where.precision or "") if where else None,
        "where_coordinates": where.name if where else None,
        "adm_1": where.admin1 if where else None,
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": f"POINT ({lon} {lat})" if known else None,
        "priogrid_gid": _cell(lat, lon) if lat is not None and lon is not None else None,
        "country": country_name(where.country) if where else None,
    }


def _cell(lat: float, lon: float) -> int:
    """The cell of PRIO-GRID: half degrees, counted from the south-west corner of the world."""
    return math.floor((lat + 90) * 2) * 720 + math.floor((lon + 180) * 2) + 1
