"""``dateline gazetteer``: builds from dumps and tables of our own making."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from dateline.cli import exits
from dateline.cli.app import run
from dateline.errors import LexiconError
from dateline.lexicon import gazetteer_index
from dateline.lexicon.gazetteer import Gazetteer
from dateline.lexicon.gazetteer_imports import build
from dateline.lexicon.gazetteer_sources import CAPITAL, COUNTRY, TOWN, Entry
from dateline.lexicon.own import Own

Captured = pytest.CaptureFixture[str]
BASE = Gazetteer.of((
    Entry(COUNTRY, ("Afghanistan",), 33.0, 66.0, 1149361, "AF", "", 37_000_000, 650.0),
    Entry(CAPITAL, ("Kabul",), 34.5, 69.2, 1138958, "AF", "13", 3_000_000, 20.0),
    Entry(TOWN, ("Zenda",), 47.6, 15.6, 903, "AT", "01", 9_000, 5.0, "1991-06-25", "2003-02-04"),
))  # fmt: skip
TABLE = """name,names,lat,lon,kind,country,admin1,population,first,last
Old Strelsau,Strelsau|Strelsawa,47.1,15.1,town,AUT,02,4000,1815,1918-10
New Strelsau,Strelsau,47.2,15.2,town,AT,02,90000,1918-11,
Marsh,,95,15,town,AT,,,,
Fen,,47,15,swamp,AT,,,,
Moor,,47,15,town,ZZZ,,,,
Heath,47
"""


def dump_line(id_: int, name: str, *, code: str = "P.PPL", others: str = "", country: str = "AF", people: int = 0,
              point: tuple[float, float] = (34.0, 66.0), admin1: str = "13") -> str:  # fmt: skip
    """A line as GeoNames has it."""
    class_, feature = code.split(".")
    cells = (id_, name, name, others, *point, class_, feature, country, "", admin1, "", "", "", people, "", 100,
             "Asia/Kabul", "2024-01-01")  # fmt: skip
    return "\t".join(map(str, cells)) + "\n"


DUMP = (
    dump_line(1138958, "Kabul", code="P.PPLC", others="Caubul,کابل")
    + dump_line(50, "Dorsa", people=12, others="Dorsah")
    + dump_line(51, "Dorsa", people=70_000, point=(35.0, 67.0))
    + dump_line(52, "Hentzau Province", code="A.ADM1", admin1="99")
    + dump_line(53, "Black Fort", code="S.FT")
    + dump_line(54, "Reed River", code="H.STM")
    + "no dump line\n"
    + dump_line(55, "Off The Map", point=(134.0, 66.0))
    + dump_line(56, "Afghanistan", code="A.PCLI")
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder of its own, and few places shipped."""
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(Gazetteer, "load", classmethod(lambda cls: BASE))
    return tmp_path / "home"


def a_file(tmp_path: Path, text: str, name: str = "dump.txt") -> Path:
    """A file with this text."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_dump_is_built_into_the_users_folder(tmp_path: Path, home: Path, capsys: Captured) -> None:
    assert run(["gazetteer", "build", "--geonames", str(a_file(tmp_path, DUMP))]) == exits.OK
    told = capsys.readouterr()
    assert "3 places as shipped, 5 added, 1 given further names, 2 lines left out" in told.out
    assert "line 7: 1 columns where a dump has 19" in told.err
    assert "line 8: 134.0, 66.0 is no point in degrees" in told.err
    assert Own.found().gazetteer == home / "gazetteer"
    assert sorted(p.name for p in (home / "gazetteer").iterdir()) == sorted(
        [*(f"{name}.npy" for name in gazetteer_index.ARRAYS), "codes.json", "dates.npy"]
    )
    places = Gazetteer.open(home / "gazetteer")
    assert [p.geonameid for p in places.find("dorsa")] == [51, 50]
    assert [p.geonameid for p in places.find("Caubul")] == [p.geonameid for p in places.find("کابل")] == [1138958]
    assert [(p.kind, p.main) for p in places.find("black fort")] == [("spot", True)]
    assert [p.kind for p in places.find("Reed River")] == ["feature"]
    assert [p.geonameid for p in places.find("Afghanistan")] == [1149361]
    capital, division, dorsa = places.capital("AF"), places.admin1("AF", "99"), places.by_id(50)
    assert (capital and capital.name, division and division.name) == ("Kabul", "Hentzau Province")
    assert dorsa is not None
    assert (dorsa.name, dorsa.country, dorsa.admin1, dorsa.lat) == ("Dorsa", "AF", "13", 34.0)
    assert places.find("Zenda", "2010-01-01") == ()


def test_a_table_with_dates(tmp_path: Path, home: Path, capsys: Captured) -> None:
    assert run(["gazetteer", "build", "--table", str(a_file(tmp_path, TABLE, "old.csv")), "--only"]) == exits.OK
    told = capsys.readouterr()
    assert "0 places as shipped, 2 added" in told.out
    for words in ("line 4: 95, 15 is no point", "line 5: kind 'swamp'", "line 6: country 'ZZZ'", "line 7: the line"):
        assert words in told.err
    places = Gazetteer.open(home / "gazetteer")
    assert [p.name for p in places.find("Strelsau")] == ["New Strelsau", "Old Strelsau"]
    assert [p.name for p in places.find("Strelsau", "1900-01-01")] == ["Old Strelsau"]
    assert [p.name for p in places.find("Strelsau", "1918-10-31")] == ["Old Strelsau"]
    assert [p.name for p in places.find("Strelsau", "2021-07-01")] == ["New Strelsau"]
    assert run(["gazetteer", "search", "strelsau", "--on", "1900-01-01"]) == exits.OK
    assert "Old Strelsau  town in AT  47.1000 15.1000" in capsys.readouterr().out
    assert run(["gazetteer", "search", "Kabul"]) == exits.SOME_FAILED
    assert "no place of the name 'Kabul' among 2" in capsys.readouterr().err


def test_both_at_once_into_a_folder_of_choice(tmp_path: Path, capsys: Captured) -> None:
    files = ["--geonames", str(a_file(tmp_path, DUMP)), "--table", str(a_file(tmp_path, TABLE, "t.csv"))]
    assert run(["gazetteer", "build", *files, "-o", str(tmp_path / "index")]) == exits.OK
    assert Own.found().gazetteer is None
    assert run(["gazetteer", "search", "--gazetteer", str(tmp_path / "index"), "dorsah"]) == exits.OK
    assert "12 people" in capsys.readouterr().out
    places = Gazetteer.open(tmp_path / "index")
    assert len(places) == 3 + 5 + 2
    zenda, old = places.find("Zenda")[0], places.find("Strelsawa")[0]
    assert (zenda.first, zenda.last) == ("1991-06-25", "2003-02-04")
    assert (old.first, old.last, old.country) == ("1815-01-01", "1918-10-31", "AT")


def test_a_failed_build_leaves_the_old_one(tmp_path: Path, home: Path, capsys: Captured) -> None:
    run(["gazetteer", "build", "--geonames", str(a_file(tmp_path, DUMP))])
    for text, said in (("PK\x03\x04", "zip archive"), ("a b c\n" * 2000, "no place in it"), ("", "no place in it")):
        assert run(["gazetteer", "build", "--geonames", str(a_file(tmp_path, text, "odd.txt"))]) == exits.NOT_FIT
        assert said in capsys.readouterr().err
    for text in ("", "place,where\nX,1\n"):
        assert run(["gazetteer", "build", "--table", str(a_file(tmp_path, text, "odd.csv"))]) == exits.NOT_FIT
        assert "must name name, lat and lon" in capsys.readouterr().err
    assert len(Gazetteer.open(home / "gazetteer").find("dorsa")) == 2
    assert [p.name for p in home.iterdir()] == ["gazetteer"]


def test_wrong_use(tmp_path: Path, capsys: Captured) -> None:
    assert run(["gazetteer", "build"]) == exits.USAGE
    (tmp_path / "full").mkdir()
    a_file(tmp_path / "full", "precious", "thesis.txt")
    table = str(a_file(tmp_path, TABLE, "t.csv"))
    assert run(["gazetteer", "build", "--table", table, "-o", str(tmp_path / "full")]) == exits.USAGE
    assert "no gazetteer" in capsys.readouterr().err
    assert run(["gazetteer", "search", "x", "--gazetteer", str(tmp_path / "none")]) == exits.NOT_FIT
    assert "gazetteer build" in capsys.readouterr().err


def test_memory_does_not_grow_with_the_dump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer_index, "_FLUSH", 200)

    def peak(lines: int) -> int:
        path = a_file(tmp_path, "".join(dump_line(k * 97 + 1, f"Place {k}") for k in range(lines)))
        tracemalloc.start()
        build(tmp_path / "index", Gazetteer.empty(), [path], [])
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(10)
    assert peak(12_000) < 1.5 * peak(3_000)
    places = Gazetteer.open(tmp_path / "index")
    assert len(places) == 3_000
    assert [p.geonameid for p in places.find("place 2999")] == [2999 * 97 + 1]


def test_too_many_codes_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer_index, "_MOST_CODES", 3)
    path = a_file(tmp_path, "".join(dump_line(k + 1, f"Place {k}", admin1=f"A{k}") for k in range(9)))
    with pytest.raises(LexiconError, match="3 different codes"):
        build(tmp_path / "index", Gazetteer.empty(), [path], [])
