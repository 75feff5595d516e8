"""SQL over a casebook: the views, versions, and what a query cannot do."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dateline.errors import CasebookError, QueryError
from dateline.records import Coded, Count, Document, Moment, PlaceRef, Report
from dateline.store import Casebook
from dateline.store.tables import TABLES
from tests.store.samples import CODER, Coders, code, document, with_reports

VIEWS = (
    "actors", "article_versions", "articles", "country_month", "documents", "dyad_week", "event_members",
    "event_merges", "event_scopes", "events", "events_acled_style", "events_ucdp_style", "judgements", "merged_events",
    "places", "problems", "quotes", "reports", "versions",
)  # fmt: skip


@pytest.fixture
def book(book: Casebook) -> Casebook:
    """A casebook of three versions: an article, another, and the first one corrected."""
    for coded in (document("a"), document("b"), document("a", "Now 4 were killed.")):
        book.code([coded], Coders(), CODER)
    return book


def documented() -> dict[str, set[str]]:
    """The views of docs/casebook.md, and what stands as code in their last cells."""
    text = (Path(__file__).parent.parent.parent / "docs" / "casebook.md").read_text(encoding="utf-8")
    lines = text.split("\n## Views\n")[1].split("\n## ")[0].splitlines()
    cells = [line.strip("| ").split(" | ") for line in lines if line.startswith("| `")]
    return {view.strip("`"): set(re.findall(r"`(\w+)`", columns)) for view, _, columns in cells}


@pytest.mark.parametrize("view", VIEWS)
def test_every_column_is_documented(book: Casebook, view: str) -> None:
    columns = set(book.query(f"SELECT * FROM {view}").columns)
    shared = ("reports", "articles", "quotes", "merged_events")
    table = TABLES.get("events" if view == "merged_events" else view)
    flat = set(table.derived) if table and view in ("reports", "merged_events") else set()
    record = {f.name for f in fields(table.record)} if table else set()
    assert columns - documented()[view] == ((record | flat) - documented()[view] if view in shared else set())
    extra = {"events"} if view in ("reports", "merged_events") else set()
    assert documented()[view] - columns <= extra


def test_every_view_is_documented() -> None:
    assert documented().keys() == set(VIEWS)


def one(book: Casebook, sql: str, as_of: int | str | None = None) -> Any:
    ((value,),) = book.query(sql, as_of)
    return value


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_answers(book: Casebook, view: str) -> None:
    rows = book.query(f"SELECT * FROM {view}")
    assert all(len(row) == len(rows.columns) for row in rows)
    assert not any(name.startswith("_") for name in rows.columns)


@pytest.mark.parametrize(
    "sql",
    [
        "FROM events",
        "WITH e AS (SELECT * FROM events) SELECT count(*) FROM e;",
        "DESCRIBE events",
        "SHOW TABLES",
        "SUMMARIZE reports",
        "SELECT 1 -- a comment",
        "SELECT * FROM (PIVOT events ON type IN ('ASSAULT', 'AID') USING count(*) GROUP BY country)",
        "SELECT actors[1].name, list_transform(counts, lambda c: c.low) FROM reports",
    ],
)
def test_ways_to_ask(book: Casebook, sql: str) -> None:
    assert list(book.query(sql))


def test_a_query_sees_one_version(book: Casebook) -> None:
    sql = "SELECT string_agg(article_id, ' ' ORDER BY article_id) FROM reports"
    assert [one(book, sql, version) for version in (0, 1, 2, 3)] == [None, "a", "a b", "a b"]
    newest = "SELECT max(trigger.start) FROM reports WHERE article_id = 'a'"
    assert one(book, newest, 2) != one(book, newest)
    assert one(book, "SELECT max(version) FROM versions", "2") == 2
    assert one(book, "SELECT count(*) FROM article_versions WHERE lineage = 'a'") == 2


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM read_parquet('{folder}/*/*.parquet')",
        "SELECT * FROM read_json('https://example.org/x.json')",
        "COPY (SELECT 1) TO '{folder}/x.csv'",
        "COPY (SELECT 1) TO '{file}'",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '{file}'",
        "EXPORT DATABASE '{folder}/x'",
        "ATTACH '{folder}/x.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "RESET allowed_paths",
        "PRAGMA enable_profiling",
        "CREATE TABLE t AS SELECT 1",
        "CREATE SECRET s (TYPE s3)",
        "DROP VIEW events",
        "INSERT INTO _parts VALUES ('x', 1, 1)",
        "DELETE FROM _superseded",
        "UPDATE _parts SET version = 0",
        "CALL pragma_version()",
        "SELECT 1; SELECT 2",
        "",
        "-- nothing",
        "selekt",
        "SELECT nothing FROM events",
        "SELECT * FROM nowhere",
        "SELECT CAST(id AS INTEGER) FROM events",
    ],
)
def test_what_a_query_cannot_do(book: Casebook, sql: str, tmp_path: Path) -> None:
    file = next(Path(book.uri).glob("reports/*.parquet"))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    with pytest.raises(QueryError) as caught:
        list(book.query(sql.format(folder=book.uri, file=file)))
    assert str(caught.value).endswith((".", ")."))
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_python_values_are_out_of_reach(book: Casebook) -> None:
    secret = duckdb.connect().sql("SELECT 42 AS answer")
    with pytest.raises(QueryError):
        list(book.query("SELECT * FROM secret"))
    assert secret.fetchall() == [(42,)]


def test_columns_of_one_name_are_told_apart(book: Casebook) -> None:
    assert book.query("SELECT 1 AS a, 2 AS a, 3 AS b").columns == ("a", "a_2", "b")


def test_parquet_is_read_back(book: Casebook, tmp_path: Path) -> None:
    path = str(tmp_path / "it's events.parquet")
    assert book.query_to_parquet("SELECT id, day, killed_low FROM events ORDER BY id; ", path) == 2
    found = duckdb.connect().read_parquet(path).fetchall()
    assert found == list(book.query("SELECT id, day, killed_low FROM events ORDER BY id"))
    with pytest.raises(QueryError):
        book.query_to_parquet("SELECT 1) TO 'other.csv' (FORMAT csv) --", path)


def altered(name: str, **values: Any) -> tuple[Document, Coded]:
    """An article whose one report has other values."""
    made = document(name)

    def alter(report: Report) -> Report:
        actors = tuple(replace(a, **values.get("actor", {})) for a in report.actors)
        recipients = tuple(replace(a, **values.get("recipient", {})) for a in report.recipients)
        places = tuple(replace(p, **values.get("place", {})) for p in report.places)
        plain = {k: v for k, v in values.items() if k not in ("actor", "recipient", "place")}
        return replace(report, actors=actors, recipients=recipients, places=places, **plain)

    return made, with_reports(code(made), alter)


SOLDIERS = {"kind": "military", "sector": "MIL", "country": "AFG", "name": "Army"}
WEEK = Moment("2021-07-12", "2021-07-18", "week")


@pytest.mark.parametrize(
    ("values", "acled"),
    [
        ({}, ("Political violence", "Violence against civilians", "Attack", "Rebel Group", "Civilians", 1, 1)),
        (
            {"recipient": SOLDIERS},
            ("Political violence", "Battles", "Armed clash", "Rebel Group", "State Forces", 1, 1),
        ),
        (
            {"mode": "drone", "actor": SOLDIERS, "moment": WEEK},
            ("Political violence", "Explosions/Remote violence", "Air/drone strike", "State Forces", "Civilians", 2, 1),
        ),
        (
            {"type": "PROTEST", "mode": "riot", "place": {"precision": "admin1"}},
            ("Demonstrations", "Riots", "Violent demonstration", "Rioters", "Civilians", 1, 3),
        ),
        (
            {"type": "RETREAT", "mode": "ceasefire", "moment": Moment(None, "2021-07-14", "open")},
            ("Strategic developments", "Strategic developments", "Agreement", "Rebel Group", "Civilians", 3, 1),
        ),
        ({"type": "ACCUSE", "mode": None}, None),
        ({"status": "planned"}, None),
        ({"status": "negated"}, None),
    ],
)
def test_events_in_the_style_of_acled(book: Casebook, values: dict[str, Any], acled: tuple[Any, ...] | None) -> None:
    book.commit([altered("x", **values)], coder="by hand")
    rows = list(
        book.query(
            "SELECT disorder_type, event_type, sub_event_type, inter1, inter2, time_precision, geo_precision "
            "FROM events_acled_style JOIN reports ON id = event_id_cnty WHERE article_id = 'x'"
        )
    )
    assert rows == ([acled] if acled else [])


@pytest.mark.parametrize(
    ("values", "ucdp"),
    [
        ({}, (3, 1, 1, 3, 5, 3)),
        ({"recipient": SOLDIERS, "place": {"precision": "admin1"}}, (1, 4, 1, 3, 5, 3)),
        ({"recipient": {"kind": "armed_group", "sector": "REB"}, "moment": WEEK}, (2, 1, 3, 3, 5, 3)),
        ({"counts": (Count("killed", 0, 6, "Gunmen", 7, None),)}, (3, 1, 1, 7, None, 7)),
        ({"counts": ()}, None),
        ({"actor": {"kind": "population", "sector": "CVL"}}, None),
        ({"status": "possible"}, None),
    ],
)
def test_events_in_the_style_of_ucdp(book: Casebook, values: dict[str, Any], ucdp: tuple[Any, ...] | None) -> None:
    book.commit([altered("x", **values)], coder="by hand")
    rows = list(
        book.query(
            "SELECT type_of_violence, where_prec, date_prec, best, high, low "
            "FROM events_ucdp_style u JOIN reports r ON r.id = u.id WHERE article_id = 'x'"
        )
    )
    assert rows == ([ucdp] if ucdp else [])


def test_prio_grid_cells(book: Casebook) -> None:
    """Cell 1 is at the south pole and the date line; each row of half a degree has 720 cells."""
    assert one(book, "SELECT DISTINCT priogrid_gid FROM events_ucdp_style") == int((47.1 + 90) * 2) * 720 + 390 + 1


def test_counts_by_dyad_and_week_and_by_country_and_month(book: Casebook) -> None:
    book.commit([altered("x", quad=1, type="CONSULT", score=1.0, counts=())], coder="by hand")
    (week,) = book.query("SELECT * FROM dyad_week")
    assert [str(v) for v in week[:5]] == ["2021-07-12", "RUR", "REB", "RUR", "CVL"]
    assert week[5:] == (3, 1, 0, 0, 2, pytest.approx(-17 / 3), 6, 10)
    (month,) = book.query("SELECT country, month, events, assaults, protests, killed_high FROM country_month")
    assert [str(v) for v in month] == ["AUT", "2021-07-01", "3", "2", "0", "10"]


def test_an_event_without_a_place_has_the_scope_of_its_report(book: Casebook) -> None:
    scope = PlaceRef(
        0, 3, "Zen", "Zenda", lat=47.0, lon=15.0, country="AUT", precision="town", score=0.3, why="dateline"
    )
    unknown = {"lat": None, "lon": None, "precision": None}
    book.commit([altered("x", place=unknown, scope=scope), altered("y", scope=scope)], coder="by hand")
    (row,) = book.query("SELECT place, lat, lon, country, place_precision, score, why FROM event_scopes")
    assert row == ("Zenda", 47.0, 15.0, "AUT", "town", 0.3, "dateline")
    (row,) = book.query(
        "SELECT e.lat, coalesce(e.lat, s.lat), coalesce(e.place_precision, s.place_precision) "
        "FROM events e JOIN event_scopes s USING (id)"
    )
    assert row == (None, 47.0, "town")


def test_actors_and_places_are_counted_over_reports(book: Casebook) -> None:
    actors = set(book.query("SELECT id, name, as_actor, as_recipient, articles FROM actors"))
    assert ("gunmen", "Gunmen", 2, 0, 2) in actors
    assert {(row[2], row[3]) for row in actors if row[0] is None} == {(0, 1)}
    assert list(book.query("SELECT geonameid, name, reports, articles FROM places")) == [(902, "Strelsau", 2, 2)]


def test_a_query_on_a_wrong_version_says_so(book: Casebook) -> None:
    with pytest.raises(CasebookError, match="no version 9; the versions go from 0 \\(empty\\) to 3"):
        book.query("SELECT 1", 9)
