"""TimeMap (Forensic Architecture, Bellingcat): one JSON object with the keys of its domain.

``events``, ``sources`` and ``associations`` are what its three addresses serve; ``sites``, ``regions`` and ``shapes``
are empty, as a casebook has none. TimeMap wants every value as text and days as month/day/year.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO, Any

from dateline.export.columns import day, place
from dateline.export.json import encode
from dateline.export.wording import facts, title
from dateline.records import Account, Happening, Location

NO_DAY = "without a day, and TimeMap draws by time"
NO_POINT = "without a resolved place, and TimeMap draws on a map"


def lines(stream: Iterable[Happening], left_out: Counter[str]) -> Iterator[str]:
    """The object, one event a line. The sources, which come after all events, wait on disk."""
    kinds: set[str] = set()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        sources, mark = _Sources(file), '{"events":[\n'
        for happening in stream:
            when, where = day(happening.event), place(happening.event)
            if when is None:
                left_out[NO_DAY] += 1
            elif where is None or where.lat is None or where.lon is None:
                left_out[NO_POINT] += 1
            else:
                sources.add(happening.accounts)
                kinds.add(happening.event.type)
                yield mark + encode(_event(happening, when, where))
                mark = ",\n"
        yield "\n]" if mark == ",\n" else mark + "]"
        yield from sources.lines()
    associations = encode([_filter(k) for k in sorted(kinds)])
    yield f',"associations":{associations},\n"sites":[],"regions":[],"shapes":[]}}\n'


class _Sources:
    """The articles by id, each once, as the first report of it has them."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._written: set[str] = set()

    def add(self, accounts: Iterable[Account]) -> None:
        """Keep the articles of some reports."""
        for account in accounts:
            id_ = account.report.article_id
            if id_ not in self._written:
                self._file.write(f"{',' if self._written else ''}{encode(id_)}:{encode(_source(account))}\n")
                self._written.add(id_)

    def lines(self) -> Iterator[str]:
        """The key ``sources`` of the object."""
        self._file.seek(0)
        yield ',\n"sources":{'
        yield from (line.rstrip("\n") for line in self._file)
        yield "}"


def _event(happening: Happening, when: str, where: Location) -> dict[str, Any]:
    event = happening.event
    year, month, dom = when.split("-")
    return {
        "id": event.id,
        "description": f"{title(event)}. {event.sentence or ''}".strip(),
        "date": f"{int(month)}/{int(dom)}/{year}",
        "time": "",
        "time_precision": event.moment.precision if event.moment else "",
        "location": where.name,
        "latitude": str(where.lat),
        "longitude": str(where.lon),
        "type": event.status,
        "category": event.type,
        "category_full": f"{event.type} {event.mode}" if event.mode else event.type,
        "associations": [event.type],
        "sources": list(dict.fromkeys(t.report.article_id for t in happening.accounts)),
        "comments": "; ".join(facts(event)),
    }


def _source(account: Account) -> dict[str, Any]:
    return {
        "id": account.report.article_id,
        "title": account.headline or account.report.sentence.text,
        "type": "Article",
        "url": account.url or "",
        "paths": [],
        "author": account.publisher or "",
        "date": (account.published or "")[:10],
        "description": account.report.sentence.text,
    }


def _filter(type_: str) -> dict[str, Any]:
    return {"id": type_, "title": type_, "desc": f"PLOVER {type_}", "mode": "FILTER", "filter_paths": ["Type", type_]}
