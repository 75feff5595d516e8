"""ACLED style: what occurred and ACLED would code, under ACLED's column names, as the view ``events_acled_style``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from dateline.export.columns import day, place, toll
from dateline.export.csv import line
from dateline.export.sides import CIVILIANS, DONE, country_name, days, first, side
from dateline.lexicon.crosswalks import acled
from dateline.records import Event, Happening, Location

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "inter1", "actor2", "inter2", "civilian_targeting", "iso3", "country", "admin1", "location",
    "latitude", "longitude", "geo_precision", "source_count", "notes", "fatalities", "timestamp",
)  # fmt: skip
_CROWDS = {"Protests": "Protesters", "Riots": "Rioters"}
_NO_TARGETING = ("Protests", "Riots", "Strategic developments")
_PRECISION = {"exact": 1, "town": 1, "admin2": 2}
NOT_DONE = "planned, possible or denied, and ACLED codes what occurred"
NO_CATEGORY = "of a type that ACLED does not code"


def lines(stream: Iterable[Happening], left_out: Counter[str]) -> Iterator[str]:
    """The line of column names, then one line for each happening that ACLED has a category for."""
    yield line(COLUMNS)
    for happening in stream:
        event = happening.event
        if event.status not in DONE:
            left_out[NOT_DONE] += 1
        elif category := _category(event):
            values = _values(event, *category)
            yield line([values[name] for name in COLUMNS])
        else:
            left_out[NO_CATEGORY] += 1


def _category(event: Event) -> tuple[str, str] | None:
    return acled(event.type, event.mode, side(first(event.recipients)) == CIVILIANS)


def _values(event: Event, event_type: str, sub_event_type: str) -> dict[str, Any]:
    actor, recipient, when = first(event.actors), first(event.recipients), day(event)
    crowd = _CROWDS.get(event_type)
    targeted = side(recipient) == CIVILIANS and event_type not in _NO_TARGETING
    count = toll(event, "killed")
    return {
        "event_id_cnty": event.id,
        "event_date": when,
        "year": int(when[:4]) if when else None,
        "time_precision": _time_precision(event),
        "disorder_type": _disorder(event_type),
        "event_type": event_type,
        "sub_event_type": sub_event_type,
        "actor1": actor.name if actor else crowd,
        "inter1": (crowd or "Rioters") if event.type == "PROTEST" else side(actor),
        "actor2": recipient.name if recipient else None,
        "inter2": side(recipient),
        "civilian_targeting": "Civilian targeting" if targeted else None,
        **_where(place(event)),
        "source_count": event.sources,
        "notes": event.sentence,
        "fatalities": count.low if count else None,
        "timestamp": event.last_reported,
    }


def _disorder(event_type: str) -> str:
    if event_type in _CROWDS:
        return "Demonstrations"
    return event_type if event_type == "Strategic developments" else "Political violence"


def _time_precision(event: Event) -> int:
    length = days(event.moment)
    return 3 if length is None or length > 7 else 1 if length == 1 else 2


def _where(where: Location | None) -> dict[str, Any]:
    precision = where.precision if where else None
    return {
        "iso3": where.country if where else None,
        "country": country_name(where.country) if where else None,
        "admin1": where.admin1 if where else None,
        "location": where.name if where else None,
        "latitude": where.lat if where else None,
        "longitude": where.lon if where else None,
        "geo_precision": _PRECISION.get(precision, 3) if precision else None,
    }
