"""The tables of a casebook, their columns derived from the records: one definition, no second schema to keep."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from dateline.records import Article, Document, Event, Judgement, Member, Merge, Problem, Quote, Report

FORMAT = 1
"""The layout of casebooks that this version writes, and the newest that it reads."""

RUNS = "runs"
RUN_COLUMNS: Mapping[str, str] = {
    "id": "VARCHAR",
    "version": "BIGINT",
    "kind": "VARCHAR",
    "coder": "VARCHAR",
    "started": "TIMESTAMPTZ",
    "committed": "TIMESTAMPTZ",
    "inputs": "VARCHAR[]",
    "parts": "VARCHAR[]",
    "counts": "MAP(VARCHAR, BIGINT)",
    "dateline": "VARCHAR",
}
"""The table whose rows make the others' rows visible; see ``runs``."""

_SCALARS: dict[Any, str] = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE", bool: "BOOLEAN", bytes: "VARCHAR"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of rows that are never altered.

    ``own`` are columns of the store that come before the record's: ``part``, the staged piece of a run that the row
    came with, and ``coding``, one coding of one document. ``derived`` are SQL expressions over the other columns,
    stored because readers filter by them. ``order`` sorts the rows of a file, so that readers can skip files.
    Rows are looked up by ``keys``, whose Bloom filters let readers skip the groups of rows that lack a value.
    """

    name: str
    record: type
    own: Mapping[str, str]
    derived: Mapping[str, str]
    order: str
    keys: tuple[str, ...] = ("id",)

    @property
    def shape(self) -> dict[str, Any]:
        """The JSON shape of one row as the writer is given it: the store's own columns, and ``record``."""
        return {"part": "VARCHAR", **self.own, "record": shape_of(self.record)}

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns in order."""
        return ("part", *self.own, *(f.name for f in fields(self.record)), *self.derived)

    def select(self, source: str) -> str:
        """SQL for the table's columns over ``source``, rows with one STRUCT column ``r`` of the table's shape."""
        own = [f'r."{name}" AS "{name}"' for name in ("part", *self.own)]
        inner = ", ".join([*own, *(_field(f.name, f.type) for f in fields(self.record))])
        extra = "".join(f', {sql} AS "{name}"' for name, sql in self.derived.items())
        return f"SELECT *{extra} FROM (SELECT {inner} FROM {source}) ORDER BY {self.order}"


def _field(name: str, type_: object) -> str:
    value = f'r.record."{name}"'
    return f'from_base64({value}) AS "{name}"' if type_ in (bytes, "bytes") else f'{value} AS "{name}"'


@cache
def shape_of(record: type) -> dict[str, Any]:
    """The JSON shape of a record (as DuckDB's ``from_json`` reads it), from the types of its fields."""
    hints = typing.get_type_hints(record)
    return {f.name: _shape(hints[f.name]) for f in fields(record)}


def _shape(hint: Any) -> Any:
    arguments = [a for a in typing.get_args(hint) if a is not type(None)]
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return _shape(arguments[0])
    if origin is tuple:
        return [_shape(arguments[0])]
    if origin is dict:
        return f"MAP({_SCALARS[arguments[0]]}, {_SCALARS[arguments[1]]})"
    if is_dataclass(hint):
        return shape_of(typing.cast(type, hint))
    return _SCALARS[hint]


def _day(value: str) -> str:
    return f"TRY_CAST({value} AS DATE)"


def _toll(of: str) -> dict[str, str]:
    found = f"list_filter(counts, lambda c: c.of = '{of}')[1]"
    return {f"{of}_low": f"{found}.low", f"{of}_high": f"{found}.high"}


def _party(role: str, *, words: str) -> dict[str, str]:
    first = f"{role}s[1]"
    return {
        role: f"coalesce({first}.name, {first}.{words})",
        f"{role}_id": f"{first}.id",
        f"{role}_kind": f"{first}.kind",
        f"{role}_country": f"{first}.country",
        f"{role}_sector": f"{first}.sector",
    }


def _where(words: str) -> dict[str, str]:
    """The first place that is resolved, else the words of the first: as the CSV export has it."""
    best = "coalesce(list_filter(places, lambda p: p.lat IS NOT NULL)[1], places[1])"
    names = ("geonameid", "lat", "lon", "country", "admin1")
    return {
        "place": f"coalesce({best}.name, {best}.{words})",
        **{name: f"{best}.{name}" for name in names},
        "place_precision": f'{best}."precision"',
        "radius_km": f"{best}.radius_km",
    }


def _flat(words: str) -> dict[str, str]:
    """The values that tables and maps are made of: first actor, first place, days and tolls."""
    return {
        "first_day": _day('moment."first"'),
        "last_day": _day('moment."last"'),
        "date_precision": 'moment."precision"',
        **_party("actor", words=words),
        **_party("recipient", words=words),
        **_where(words),
        **_toll("killed"),
        **_toll("injured"),
    }


_CODING = {"coding": "VARCHAR"}
_DOCUMENT = {
    "coding": "VARCHAR",
    "ordinal": "BIGINT",
    "lineage": "VARCHAR",
    "fingerprint": "VARCHAR",
    "coder": "VARCHAR",
    "change": "VARCHAR",
}
_REPORT = {"coding": "VARCHAR", "published": "VARCHAR", "publisher": "VARCHAR", "url": "VARCHAR", "origin": "VARCHAR"}
_BY_DAY = "first_day, last_day, id"

TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        Table("articles", Article, _CODING, {"published_day": _day("published.value[:10]")}, "published_day, id"),
        Table(
            "reports",
            Report,
            _REPORT,
            {"published_day": _day("published[:10]"), **_flat("text")},
            _BY_DAY,
            ("id", "article_id"),
        ),
        Table("quotes", Quote, _CODING, {}, "article_id, content.start", ("article_id",)),
        Table(
            "problems",
            Problem,
            {"coding": "VARCHAR", "document_id": "VARCHAR"},
            {},
            "document_id, code",
            ("document_id",),
        ),
        Table("events", Event, {"ordinal": "BIGINT", "removed": "BOOLEAN"}, _flat("name"), _BY_DAY),
        Table("event_members", Member, {}, {}, "event_id, report_id", ("event_id", "report_id")),
        Table("event_merges", Merge, {}, {}, "old", ("old",)),
        Table("judgements", Judgement, {"ordinal": "BIGINT"}, {}, "ordinal"),
        # Last, because a part counts as staged once its documents are there.
        Table("documents", Document, _DOCUMENT, {}, "ordinal"),
    )
}
