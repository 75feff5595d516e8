"""The tables: their columns are the records' fields, and every record comes back as it went in."""

from __future__ import annotations

import dataclasses
import typing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.records import Document, Report
from dateline.store import Casebook, encoding
from dateline.store.folder import Folder
from dateline.store.tables import RUN_COLUMNS, RUNS, TABLES

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(codec="utf-8"), max_size=8),
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    bytes: st.binary(max_size=8),
}


def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        return st.builds(hint, **{f.name: anything(hints[f.name]) for f in dataclasses.fields(hint)})
    if origin is tuple:
        return st.lists(anything(inner[0]), max_size=2).map(tuple)
    if origin is dict:
        return st.dictionaries(anything(inner[0]), anything(inner[1]), max_size=2)
    assert type(None) in inner, hint
    return st.none() | anything(next(i for i in inner if i is not type(None)))


@pytest.mark.parametrize("name", TABLES)
def test_delta_tables_have_the_fields_of_the_records(tmp_path: Path, name: str) -> None:
    Casebook.create(tmp_path / "book")
    fields = [f.name for f in Folder(tmp_path / "book").open(name).schema().fields]
    wanted = [f.name for f in dataclasses.fields(TABLES[name].record)]
    assert tuple(fields) == TABLES[name].columns
    assert [f for f in fields if f in wanted] == wanted
    assert len(set(fields)) == len(fields)


def test_delta_types_follow_the_records(tmp_path: Path) -> None:
    Casebook.create(tmp_path / "book")
    types = {f.name: str(f.type) for f in Folder(tmp_path / "book").open("reports").schema().fields}
    assert "long" in types["quad"]
    assert "double" in types["confidence"]
    assert "date" in types["first_day"]
    assert types["actors"].startswith("ArrayType(StructType(")
    runs = Folder(tmp_path / "book").open(RUNS).schema().fields
    assert tuple(f.name for f in runs) == tuple(RUN_COLUMNS)


@pytest.mark.parametrize("name", TABLES)
def test_every_record_comes_back_as_it_went_in(name: str) -> None:
    table = TABLES[name]
    con = encoding.connect()

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.lists(anything(table.record), min_size=1, max_size=3))
    def check(records: list[Any]) -> None:
        own: dict[str, Any] = dict.fromkeys(table.own)
        rows = encoding.relation(con, table, [{"part": "p", **own, "record": record} for record in records])
        back = list(encoding.records(con, name, f"SELECT * FROM {rows.alias}", {}))
        assert sorted(map(repr, back)) == sorted(map(repr, records))

    check()


@pytest.mark.parametrize(
    ("url", "ordinal", "why"),
    [("half \ud83d", 1, "surrogate"), (None, 2**70, "cast"), (None, 2**63, "value")],
)
def test_what_cannot_be_stored_is_told(url: str | None, ordinal: int, why: str) -> None:
    own = {**dict.fromkeys(TABLES["documents"].own), "ordinal": ordinal}
    row = {"part": "p", **own, "record": Document("d", b"", "text/plain", url=url)}
    told = encoding.storable(encoding.connect(), TABLES["documents"], row)
    assert told is not None
    assert why in told


def test_derived_columns_take_the_first_resolved_place_and_the_tolls() -> None:
    table = TABLES["reports"]
    con = encoding.connect()
    from tests.store.samples import code, document

    report = code(document("a")).reports[0]
    unresolved = dataclasses.replace(report.places[0], lat=None, lon=None, name="Nowhere", geonameid=None)
    report = dataclasses.replace(report, places=(unresolved, report.places[0]))
    row = {"part": "p", **dict.fromkeys(table.own), "published": "2021-07-14T10:00:00+04:30", "record": report}
    found = encoding.relation(con, table, [row]).project(
        "place, lat, geonameid, killed_low, killed_high, injured_low, first_day, published_day, actor, recipient"
    )
    place, lat, geonameid, low, high, injured, day, published, actor, recipient = found.fetchall()[0]
    assert (place, lat, geonameid) == ("Strelsau", 47.1, 902)
    assert (low, high, injured) == (3, 5, None)
    assert (str(day), str(published)) == ("2021-07-14", "2021-07-14")
    assert (actor, recipient) == ("Gunmen", "Gunmen")


def test_a_moment_that_is_no_day_stays_empty() -> None:
    table = TABLES["reports"]
    from tests.store.samples import code, document

    report: Report = code(document("a")).reports[0]
    assert report.moment is not None
    report = dataclasses.replace(report, moment=dataclasses.replace(report.moment, first="2021-07", last=None))
    row = {"part": "p", **dict.fromkeys(table.own), "record": report}
    found = encoding.relation(encoding.connect(), table, [row]).project("first_day, last_day").fetchall()
    assert found == [(None, None)]
