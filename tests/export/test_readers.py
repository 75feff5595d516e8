"""Every format opened by a program that others read it with."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from dateline.export import (
    acled_style,
    ftm,
    geojson,
    geoparquet,
    parquet,
    plover,
    rss,
    timemap,
    ucdp_style,
    xlsx,
)
from dateline.export import (
    csv as csv_format,
)
from dateline.export.columns import COLUMNS, TYPES
from dateline.export.formats import FORMATS
from tests.export.happenings import ALL, ATTACK, EVIL, HOSTILE, PROTEST, written


def rows(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_csv() -> None:
    found = rows(written(csv_format.happenings)[0])
    assert [r["id"] for r in found] == [h.event.id for h in ALL]
    assert list(found[0]) == [c.name for c in COLUMNS]
    attack = found[0]
    assert attack["disputed"] == "killed: 3 (1 source) / 5 (2 sources)"
    assert (attack["actor"], attack["recipients"]) == ("Gunmen of the Hills", "villagers; Zenda Police")
    assert (attack["lat"], attack["killed_low"], attack["injured_high"]) == ("47.1", "3", "")
    assert found[4]["actor"] == f"'{HOSTILE}"


def test_jsonl() -> None:
    found = [json.loads(line) for line in written(FORMATS["jsonl"].lines)[0].split("\n")[:-1]]  # type: ignore[arg-type]
    assert [t["report"]["id"] for t in found[0]["accounts"]] == ["rep_a", "rep_b"]
    assert found[4]["sentence"] == HOSTILE
    assert found[0]["judged"] == ["accept"]


def test_geojson_in_gdal(tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio", reason="GDAL is not installed: pip install pyogrio")
    path = tmp_path / "x.geojson"
    path.write_text(written(geojson.lines)[0], encoding="utf-8")
    about = pyogrio.read_info(path)
    assert (about["driver"], about["features"], about["geometry_type"]) == ("GeoJSON", len(ALL), "Point")
    assert about["crs"] == "EPSG:4326"
    assert about["total_bounds"] == (15.1, 47.1, 15.1, 47.1)
    meta, _, geometry, values = pyogrio.raw.read(path)
    table = dict(zip(meta["fields"], values, strict=True))
    assert [g is None for g in geometry] == [h is PROTEST for h in ALL]
    assert list(table["sentence"])[4] == HOSTILE
    assert table["first_day"].dtype.kind == "M"


@pytest.mark.parametrize("name", ["parquet", "geoparquet"])
def test_parquet_in_duckdb(name: str, tmp_path: Path) -> None:
    import duckdb

    path = str(tmp_path / "it's.parquet")
    FORMATS[name].write(iter(ALL), path, Counter())  # type: ignore[misc]
    found = duckdb.connect().from_parquet(path)
    types = dict(zip(found.columns, map(str, found.types), strict=True))
    geometry = types.pop("geometry", None)
    assert types == dict(TYPES)
    assert geometry in ((None,) if name == "parquet" else ("GEOMETRY('OGC:CRS84')", "BLOB"))  # the older DuckDB: bytes
    values = found.project("id, day, lat, killed_high, sentence").fetchall()
    assert values[0] == ("evt_attack", date(2021, 7, 14), 47.1, 5, "Gunmen shot three villagers in Strelsau.")
    assert values[4][4] == HOSTILE


def test_geoparquet_metadata(tmp_path: Path) -> None:
    import duckdb

    path = str(tmp_path / "x.parquet")
    geoparquet.write(iter(ALL), path, Counter())
    sql = "SELECT value FROM parquet_kv_metadata($path) WHERE decode(key) = 'geo'"
    (value,) = duckdb.connect().execute(sql, {"path": path}).fetchone() or ()
    geo = json.loads(value)
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    assert geo["columns"]["geometry"] == {"encoding": "WKB", "geometry_types": ["Point"], "bbox": [15.1, 47.1] * 2}


def test_geoparquet_in_geopandas(tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas", reason="too heavy for the extra dev: pip install geopandas pyarrow")
    pytest.importorskip("pyarrow", reason="too heavy for the extra dev: pip install geopandas pyarrow")
    path = str(tmp_path / "x.parquet")
    geoparquet.write(iter(ALL), path, Counter())
    frame = geopandas.read_parquet(path)
    assert [p is None for p in frame.geometry] == [h is PROTEST for h in ALL]
    assert (frame.geometry[0].x, frame.geometry[0].y, frame.crs.to_string()) == (15.1, 47.1, "OGC:CRS84")
    assert frame["killed_low"].sum() == 6


def test_xlsx_in_openpyxl(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed: pip install openpyxl")
    path = str(tmp_path / "x.xlsx")
    left_out: Counter[str] = Counter()
    xlsx.write(iter(ALL), path, left_out)
    book = openpyxl.load_workbook(path)
    assert tuple(book.sheetnames) == xlsx.SHEETS
    head, *table = book["happenings"].iter_rows(values_only=True)
    assert head == tuple(TYPES)
    first = dict(zip(head, table[0], strict=True))
    assert (first["day"], first["lat"], first["killed_low"]) == (datetime(2021, 7, 14), 47.1, 3)
    assert first["injured_high"] is None
    assert [r[0] for r in book["reports"].iter_rows(min_row=2, values_only=True)][:3] == ["evt_attack"] * 2 + ["rep_c"]
    assert [c.data_type for row in book["happenings"].iter_rows() for c in row if c.value == "f"] == []
    assert left_out == Counter()


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed: pip install openpyxl")
    from openpyxl.utils.escape import unescape

    path = str(tmp_path / "x.xlsx")
    xlsx.write(iter([EVIL]), path, Counter())
    cells = [c for row in openpyxl.load_workbook(path)["happenings"].iter_rows(min_row=2) for c in row]
    assert {c.data_type for c in cells} <= {"n", "d", "inlineStr", "s"}
    assert HOSTILE in {unescape(c.value) for c in cells if isinstance(c.value, str)}


def test_a_full_sheet_and_a_long_text_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROWS", 3)
    monkeypatch.setattr(xlsx, "CHARACTERS", 12)
    left_out: Counter[str] = Counter()
    xlsx.write(iter([ATTACK, PROTEST, PROTEST]), str(tmp_path / "x.xlsx"), left_out)
    assert left_out["rows beyond the 3 that a sheet holds; narrow the filters or take another format"] == 3
    assert left_out["texts cut at the 12 characters that a cell holds"] > 0


def test_plover() -> None:
    text, left_out = written(plover.lines)
    found = rows(text, "\t")
    assert [r["Event ID"] for r in found] == ["evt_attack", "rep_c", "rep_f"]
    assert len(found[0]) == 40
    assert (found[0]["Quad Code"], found[0]["Primary Recipient Sector"]) == ("MATERIAL CONFLICT", "CVL")
    assert set(left_out) == {plover.NOT_EVENTS["planned"], plover.NOT_EVENTS["negated"]}
    assert all("\n" not in value for row in found for value in row.values())


def test_acled_style() -> None:
    text, left_out = written(acled_style.lines)
    attack, protest, _ = rows(text)
    assert (attack["event_type"], attack["civilian_targeting"], attack["fatalities"]) == (
        "Violence against civilians", "Civilian targeting", "3",
    )  # fmt: skip
    assert (protest["actor1"], protest["inter1"], protest["time_precision"]) == ("Protesters", "Protesters", "3")
    assert left_out == {acled_style.NOT_DONE: 2}


def test_ucdp_style() -> None:
    text, left_out = written(ucdp_style.lines)
    attack = rows(text)[0]
    assert (attack["type_of_violence"], attack["dyad_name"]) == ("3", "Gunmen of the Hills - villagers")
    assert (attack["best"], attack["high"], attack["low"], attack["date_prec"]) == ("3", "5", "3", "2")
    assert left_out.total() == 3


_EVENT_KEYS = {
    "id", "description", "date", "time", "time_precision", "location", "latitude", "longitude", "type", "category",
    "category_full", "comments",
}  # fmt: skip


def test_timemap_has_what_its_schema_wants() -> None:
    """TimeMap is a web page: its rules, as its validators have them, are asked here."""
    text, left_out = written(timemap.lines)
    domain = json.loads(text)
    assert set(domain) == {"events", "sources", "associations", "sites", "regions", "shapes"}
    for event in domain["events"]:
        assert set(event) == _EVENT_KEYS | {"associations", "sources"}
        assert all(isinstance(event[key], str) for key in _EVENT_KEYS)
        assert datetime.strptime(event["date"], "%m/%d/%Y")
        assert set(event["sources"]) <= set(domain["sources"])
        assert set(event["associations"]) <= {a["id"] for a in domain["associations"]}
    assert all(source["id"] == key and isinstance(source["paths"], list) for key, source in domain["sources"].items())
    assert left_out == {timemap.NO_DAY: 1, timemap.NO_POINT: 1}
    assert json.loads(written(timemap.lines, [])[0])["events"] == []


def test_rss_in_feedparser() -> None:
    feedparser = pytest.importorskip("feedparser", reason="feedparser is not installed: pip install feedparser")
    feed = feedparser.parse(written(rss.lines)[0])
    assert not feed.bozo
    assert [e.id for e in feed.entries] == ["rep_e", "rep_d", "rep_c", "rep_f", "evt_attack"]
    attack = feed.entries[-1]
    assert attack.title == "ASSAULT firearms: Gunmen of the Hills → villagers, Zenda Police, Strelsau"
    assert attack.link == "https://zenda.example/a?a=1&b=2"
    assert attack.published_parsed[:3] == (2021, 7, 16)
    assert attack.where["coordinates"] == (15.1, 47.1)


def test_a_feed_runs_no_script() -> None:
    from html.parser import HTMLParser
    from xml.etree import ElementTree

    tags: Counter[str] = Counter()

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags[tag] += 1
            assert all((value or "").startswith("https://") for _, value in attrs)

    item = ElementTree.fromstring(written(rss.lines, [EVIL])[0]).find("channel/item")
    assert item is not None
    Tags().feed(item.findtext("description") or "")
    assert set(tags) <= {"p", "ul", "li", "a"}
    assert "<" not in (item.findtext("title") or "")
    assert item.find("link") is None


def test_a_feed_holds_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rss, "MOST", 2)
    text, left_out = written(rss.lines)
    assert text.count("<item>") == 2
    assert left_out == {"older than the newest 2, which is what a feed holds": 3}


def test_ftm_entities_refer_to_each_other() -> None:
    text, left_out = written(ftm.lines)
    entities = {e["id"]: e for e in map(json.loads, text.split("\n")[:-1])}
    attack = entities["evt-attack"]["properties"]
    assert {entities[i]["schema"] for i in attack["proof"]} == {"Article"}
    assert [entities[i]["schema"] for i in attack["involved"]] == ["Organization", "LegalEntity", "PublicBody"]
    assert left_out == {ftm.DENIED: 1}


def test_ftm_in_followthemoney() -> None:
    library: Any = pytest.importorskip(
        "followthemoney", reason="too heavy for the extra dev: pip install followthemoney"
    )
    for line in written(ftm.lines)[0].split("\n")[:-1]:
        given = json.loads(line)
        proxy = library.model.get_proxy(given, cleaned=False)
        kept = {name: set(values) for name, values in proxy.to_dict()["properties"].items()}
        assert proxy.schema.name == given["schema"]
        lost = {name: set(values) - kept.get(name, set()) for name, values in given["properties"].items()}
        hostile = "HYPERLINK" in line  # its control characters are cleaned away
        assert hostile or {n: v for n, v in lost.items() if v} == {}
        proxy.schema.validate(given)


def test_every_text_format_is_utf_8_without_lone_surrogates() -> None:
    for one in FORMATS.values():
        if one.lines:
            assert written(one.lines)[0].encode("utf-8").decode("utf-8")
    assert parquet.write is FORMATS["parquet"].write
