"""The gazetteer: its index, its builds, its names."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.lexicon import gazetteer as module
from dateline.lexicon.gazetteer import Gazetteer, alpha3, cache_folder
from dateline.lexicon.gazetteer_sources import (
    ADMIN1,
    CAPITAL,
    COUNTRY,
    TOWN,
    Entry,
    countries,
    normalise,
    standard_entries,
    table,
)

ENTRIES = (
    Entry(COUNTRY, ("Ruritania", "Kingdom of Ruritania"), 47.0, 15.0, 900, "RR", "", 2_000_000, 120.0),
    Entry(ADMIN1, ("Hentzau Province", "Hentzau"), 47.5, 15.5, 901, "RR", "01", 300_000, 40.0),
    Entry(CAPITAL, ("Strelsau",), 47.1, 15.1, 902, "RR", "02", 400_000, 12.0),
    Entry(TOWN, ("Zénda", "Zenda-am-See"), 47.6, 15.6, 903, "RR", "01", 9_000, 5.0),
    Entry(TOWN, ("Zenda",), -10.0, 20.0, 904, "AO", "01", 70_000, 8.0),
)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Indexes over our few invented places, built at once."""
    monkeypatch.setattr(module, "standard_entries", lambda: iter(ENTRIES))


def test_finds_by_any_name_most_populous_first() -> None:
    gazetteer = Gazetteer.of(ENTRIES)
    assert [p.geonameid for p in gazetteer.find("ZENDA")] == [904, 903]
    assert [p.main for p in gazetteer.find("zenda am see")] == [False]
    assert gazetteer.find("the Kingdom of Ruritania")[0].kind == "country"
    assert gazetteer.find("Nowhere") == ()
    assert len(gazetteer) == 5


def test_finds_by_id_code_and_capital() -> None:
    gazetteer = Gazetteer.of(ENTRIES)
    zenda, hentzau = gazetteer.by_id(903), gazetteer.admin1("RR", "01")
    country, capital = gazetteer.country("RR"), gazetteer.capital("RR")
    assert zenda is not None
    assert (zenda.name, zenda.lat, zenda.lon) == ("Zénda", 47.6, 15.6)
    assert hentzau is not None
    assert hentzau.name == "Hentzau Province"
    assert country is not None
    assert country.name == "Ruritania"
    assert capital is not None
    assert capital.name == "Strelsau"
    assert gazetteer.by_id(1) is None
    assert gazetteer.admin1("RR", "99") is None
    assert gazetteer.capital("AO") is None


@pytest.mark.usefixtures("small")
def test_index_is_built_once_and_opened_again(tmp_path: Path) -> None:
    first = Gazetteer.load(tmp_path)
    stamps = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*.npy")}
    second = Gazetteer.load(tmp_path)
    assert stamps
    assert stamps == {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*.npy")}
    assert [p.geonameid for p in second.find("Zenda")] == [p.geonameid for p in first.find("Zenda")] == [904, 903]
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.usefixtures("small")
def test_damaged_index_is_built_anew(tmp_path: Path) -> None:
    Gazetteer.load(tmp_path)
    keys = next(tmp_path.rglob("keys.npy"))
    keys.write_bytes(b"no numpy file")
    assert [p.geonameid for p in Gazetteer.load(tmp_path).find("Zenda")] == [904, 903]
    assert keys.read_bytes() != b"no numpy file"


@pytest.mark.usefixtures("small")
def test_other_version_gets_its_own_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Gazetteer.load(tmp_path)
    monkeypatch.setattr(module, "_FORMAT", 999)
    Gazetteer.load(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.usefixtures("small")
def test_unwritable_folder_falls_back_to_memory(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("no folder", encoding="utf-8")
    assert len(Gazetteer.load(blocked / "cache")) == 5


@pytest.mark.usefixtures("small")
def test_several_builds_at_once(tmp_path: Path) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(len(Gazetteer.load(tmp_path)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [5, 5, 5, 5]
    assert len(list(tmp_path.iterdir())) == 1


def test_cache_folder_is_given_by_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("DATELINE_CACHE")
    assert cache_folder().name in ("dateline", "cache")


def test_empty_gazetteer_finds_nothing() -> None:
    gazetteer = Gazetteer.empty()
    assert gazetteer.find("Paris") == ()
    assert gazetteer.by_id(1) is None
    assert gazetteer.country("FR") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sana'a", "Sanaa"), ("Deir ez-Zor", "deir  EZ ZOR"), ("St. Louis", "Saint Louis"), ("Kandahār", "kandahar")],
)
def test_spellings_that_are_one(one: str, other: str) -> None:
    assert normalise(one) == normalise(other) != ""


@given(st.text(max_size=200))
def test_find_never_raises(name: str) -> None:
    assert isinstance(Gazetteer.of(ENTRIES).find(name), tuple)


def test_tables_are_whole() -> None:
    columns = {"places_countries.tsv": 5, "places_admin1.tsv": 8, "places_admin2.tsv": 7, "places_regions.tsv": 8}
    for name, width in columns.items():
        assert {len(row) for row in table(name)} == {width}, name
    for row in table("places_regions.tsv"):
        assert -90 <= float(row[4]) <= 90, row
        assert -180 <= float(row[5]) <= 180, row
        assert row[2] in {"continent", "region", "water", "mountain", "island", "valley", "exact"}, row
    codes = countries()
    assert all(row[0] in codes for row in table("places_countries.tsv"))
    assert alpha3("AF") == "AFG"
    assert alpha3("??") is None


def test_standard_entries_are_valid() -> None:
    entries = list(standard_entries())
    assert len(entries) > 250_000
    assert all(-90 <= e.lat <= 90 and -180 <= e.lon <= 180 and e.names[0] and e.radius_km > 0 for e in entries)
    capitals = {e.country: e.names[0] for e in entries if e.kind == CAPITAL}
    assert capitals["AF"] == "Kabul"
    assert capitals["US"] == "Washington"
    assert len(capitals) > 190
