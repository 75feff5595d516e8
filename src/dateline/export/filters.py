"""Which happenings an export holds: by day, type, actor, country, bounding box and number of sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateline.export.columns import ends, place
from dateline.records import Event, Location, Party

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees; west is greater than east where the box crosses the 180th meridian."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a happening must be like; what is ``None``, empty or 0 asks nothing.

    ``since`` and ``until`` are ISO days, both included: its days must reach into them, and one without a day is left
    out. ``types`` are PLOVER types, or a type and a mode (``ASSAULT/aerial``). ``actor`` is the lexicon id, or words of
    the name, of an actor or recipient. ``country`` (ISO alpha-3) is one of its places'. ``box`` holds the place that
    maps show. ``sources`` is the least number of independent ones.
    """

    since: str | None = None
    until: str | None = None
    types: tuple[str, ...] = ()
    actor: str | None = None
    country: str | None = None
    box: Box | None = None
    sources: int = 0

    def matches(self, event: Event) -> bool:
        """True when the event is as asked."""
        return (
            self._in_time(event)
            and (not self.types or event.type in self.types or f"{event.type}/{event.mode}" in self.types)
            and (self.actor is None or any(self._is_actor(p) for p in (*event.actors, *event.recipients)))
            and (self.country is None or any(p.country == self.country for p in event.places))
            and (self.box is None or _inside(self.box, place(event)))
            and event.sources >= self.sources
        )

    def _in_time(self, event: Event) -> bool:
        if self.since is None and self.until is None:
            return True
        first, last = ends(event)
        first, last = first or last, last or first
        if first is None or last is None:
            return False
        return (self.since is None or last >= self.since) and (self.until is None or first <= self.until)

    def _is_actor(self, party: Party) -> bool:
        wanted = (self.actor or "").casefold()
        return wanted in party.name.casefold() or wanted == (party.id or "").casefold()

    def sql(self) -> tuple[str, dict[str, Any]]:
        """A condition over the view ``events``, with its parameters, that is true of all that can match.

        It is a first sieve for large casebooks: what it lets through is still to be asked with ``matches``. Filters
        by what the view holds only the first value of (actors, countries) are not in it.
        """
        parts = list(self._conditions())
        where = " AND ".join(condition for condition, _, _ in parts) or "true"
        return where, {name: value for _, name, value in parts}

    def _conditions(self) -> Iterator[tuple[str, str, Any]]:
        if self.since is not None:
            yield "coalesce(last_day, first_day) >= CAST($since AS DATE)", "since", self.since
        if self.until is not None:
            yield "coalesce(first_day, last_day) <= CAST($until AS DATE)", "until", self.until
        if self.types:
            yield "type IN (SELECT unnest($types))", "types", [t.partition("/")[0] for t in self.types]
        if self.box is not None:
            yield "lat BETWEEN $box[1] AND $box[2]", "box", [self.box[1], self.box[3]]
        if self.sources > 1:
            yield "sources >= $sources", "sources", self.sources


def _inside(box: Box, where: Location | None) -> bool:
    west, south, east, north = box
    if where is None or where.lat is None or where.lon is None or not south <= where.lat <= north:
        return False
    return west <= where.lon <= east if west <= east else where.lon >= west or where.lon <= east
