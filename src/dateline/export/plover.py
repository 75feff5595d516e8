"""PLOVER as POLECAT publishes it: tab-separated, in the 40 columns of that data set and their order.

Columns that an article's text does not tell (contexts, Correlates of War codes, titles, Wikipedia ids, city and
district, the story's lists) stay empty; the documentation names them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dateline.export.columns import day, joined, place, publishers
from dateline.export.csv import line
from dateline.records import Event, Happening, Party

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations",
    "Language", "Version",
)  # fmt: skip
_QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
NOT_EVENTS = {
    "planned": "planned, and PLOVER rows are of what happened",
    "possible": "not certain, and PLOVER rows are of what happened",
    "negated": "denied, and PLOVER rows are of what happened",
}


def lines(stream: Iterable[Happening], left_out: Counter[str]) -> Iterator[str]:
    """The line of column names, then one line a happening that occurred or goes on."""
    yield line(COLUMNS, "\t")
    for happening in stream:
        if reason := NOT_EVENTS.get(happening.event.status):
            left_out[reason] += 1
            continue
        values = _values(happening)
        yield line([_flat(values.get(name)) for name in COLUMNS], "\t")


def _values(happening: Happening) -> dict[str, Any]:
    event, first = happening.event, happening.accounts[0]
    return {
        "Event ID": event.id,
        "Event Date": day(event),
        "Event Type": event.type,
        "Event Mode": event.mode,
        "Intensity": event.score,
        "Quad Code": _QUADS.get(event.quad or 0),
        **_party("Actor", event.actors, [r.text for r in first.report.actors]),
        **_party("Recipient", event.recipients, [r.text for r in first.report.recipients]),
        **_where(event, [p.text for p in first.report.places]),
        "Source": joined(publishers(happening)),
        "Publication Date": event.first_reported,
        "Language": "en",
        "Version": event.merger,
    }


def _party(role: str, parties: Sequence[Party], words: Sequence[str]) -> dict[str, Any]:
    sectors = list(dict.fromkeys(p.sector for p in parties if p.sector))
    return {
        f"{role} Name": joined([p.name for p in parties]),
        f"{role} Country": joined(list(dict.fromkeys(p.country for p in parties if p.country))),
        f"Primary {role} Sector": sectors[0] if sectors else None,
        f"{role} Sectors": joined(sectors),
        f"{role} Name Raw": joined(words),
    }


def _where(event: Event, words: Sequence[str]) -> dict[str, Any]:
    where = place(event)
    if where is None:
        return {}
    return {
        "Placename": where.name,
        "Province": where.admin1,
        "Country": where.country,
        "Latitude": where.lat,
        "Longitude": where.lon,
        "GeoNames ID": where.geonameid,
        "Raw Placename": joined(words),
        "Feature Type": where.precision,
    }


def _flat(value: object) -> object:
    """Text on one line, without tabs: not every reader of this data knows quotation marks."""
    return " ".join(value.split()) if isinstance(value, str) else value
