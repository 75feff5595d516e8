"""``dateline actors``: asking, bringing and checking actors, over files of our own making."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dateline.cli import exits
from dateline.cli.app import run
from dateline.lexicon.actors import ActorLexicon
from dateline.lexicon.own import Own, actor_files

Captured = pytest.CaptureFixture[str]
PLAIN = """name,aliases,country,sector,first,last
Hentzau Front,HZF|Front of Hentzau,AFG,REB,,
Rudolf Elphberg,King Rudolf,AFG,GOV,2019,2022-05
Nobody,,AFG,XXX,,
,,AFG,REB,,
"""
DICTIONARY = """# made for this test
RED_MARSH_ARMY_(RMA)_ [PALMUSREB]  # remark
+ARMY_OF_THE_RED_MARSH_
BLACK_MICHAEL_
+DUKE_MICHAEL_
\t[AFGGOV 010116-140929]
\t[AFGELI >140930]
MARSHLAND_ [AFG]
BROKEN_DAYS_ [AFGGOV 141301-150101]

BOATMAN [~BUS]
REED!PERSON! [~AGR]
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder of its own."""
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def a_file(tmp_path: Path, text: str, name: str = "mine.csv") -> str:
    """A file with this text."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Hamid", "Karzai", "--on", "2010-05-01"), "Hamid Karzai  AFG GOV"),
        (("hamid karzai", "--on", "2021-05-01"), "Hamid Karzai  AFG ELI"),
        (("taleban", "--on", "2021-07-01"), "Taliban  AFG REB"),
        (("TALIBAN", "--on", "2021-09-01T10:00"), "Taliban  AFG GOV"),
        (("Kabul",), "Afghanistan  AFG GOV  (country, by its capital)"),
        (("karzai",), "Hamid Karzai  AFG"),
    ],
)
def test_search(capsys: Captured, arguments: tuple[str, ...], said: str) -> None:
    assert run(["actors", "search", *arguments]) == exits.OK
    assert said in capsys.readouterr().out


def test_search_for_nobody_says_what_to_do(capsys: Captured) -> None:
    assert run(["actors", "search", "Zzyzx", "Qwop"]) == exits.SOME_FAILED
    assert "actors add FILE" in capsys.readouterr().err


def test_search_asks_for_a_day(capsys: Captured) -> None:
    assert run(["actors", "search", "Taliban", "--on", "yesterday"]) == exits.USAGE
    assert "ISO date" in capsys.readouterr().err


def test_a_plain_csv_is_added_and_found(tmp_path: Path, home: Path, capsys: Captured) -> None:
    assert run(["actors", "add", a_file(tmp_path, PLAIN)]) == exits.OK
    told = capsys.readouterr()
    assert "2 entries" in told.out
    assert "line 4: sector 'XXX'" in told.err or "line 4: role 'XXX'" in told.err
    assert "line 5: an entry needs an id and a name" in told.err
    assert [p.name for p in actor_files()] == ["mine.csv"]
    assert actor_files()[0].parent == home / "actors"
    run(["actors", "search", "king", "rudolf", "--on", "2020-01-01"])
    assert "Rudolf Elphberg  AFG GOV" in capsys.readouterr().out
    run(["actors", "search", "HZF"])
    assert "Hentzau Front  AFG REB  (armed_group, own-hentzau-front-afg)" in capsys.readouterr().out


def test_a_dictionary_is_added_in_the_lexicons_shape(tmp_path: Path, home: Path, capsys: Captured) -> None:
    assert run(["actors", "add", a_file(tmp_path, DICTIONARY, "marsh.txt")]) == exits.OK
    err = capsys.readouterr().err
    assert "MARSHLAND_: AFG tells no role" in err
    assert "REED!PERSON!" in err
    assert [p.name for p in actor_files()] == ["marsh-agents.csv", "marsh.csv"]
    with (home / "actors" / "marsh.csv").open(encoding="utf-8") as stream:
        rows = {row["name"]: row for row in csv.DictReader(stream)}
    army = rows["Red Marsh Army"]
    assert (army["country"], army["sector"], army["kind"]) == ("PSE", "REB", "armed_group")
    assert army["aliases"] == "RMA|Army Of The Red Marsh"
    duke = rows["Black Michael"]
    assert duke["sector"] == "GOV 2001-01-16..2014-09-29; ELI 2014-09-30.."
    assert duke["kind"] == "person"
    lexicon = ActorLexicon.load(*actor_files())
    boatman = lexicon.term("boatmen")
    assert boatman is not None
    assert boatman.sector == "BUS"
    assert lexicon.named("duke michael")[0].name == "Black Michael"


def test_own_actors_outrank_ours(tmp_path: Path) -> None:
    text = "id,name,aliases,kind,country,sector,source\nmine,Taliban,,armed_group,PAK,REB,own\n"
    run(["actors", "add", a_file(tmp_path, text)])
    assert ActorLexicon.load(*actor_files()).named("Taliban")[0].id == "mine"


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (PLAIN, exits.SOME_FAILED, "2 entries, 2 lines left out"),
        ("name,sector\nMarsh Front,REB\n", exits.OK, "1 entries, 0 lines left out"),
        ("name,sector\nTaliban,REB\n", exits.OK, "1 entries, 0 lines left out"),
        ("name,sector\nA Front,REB\nA Front,REB\n", exits.OK, "2 entries"),
    ],
)
def test_check(tmp_path: Path, capsys: Captured, text: str, code: int, said: str) -> None:
    assert run(["actors", "check", a_file(tmp_path, text)]) == code
    told = capsys.readouterr()
    assert said in told.out
    assert ("is also a name of Taliban" in told.err) == ("Taliban" in text)
    assert ("stands twice" in told.err) == (text.count("A Front") == 2)


def test_check_without_a_file_checks_what_was_added(tmp_path: Path, capsys: Captured) -> None:
    assert run(["actors", "check"]) == exits.OK
    assert "no actors of your own" in capsys.readouterr().err
    run(["actors", "add", a_file(tmp_path, PLAIN)])
    assert run(["actors", "check"]) == exits.OK
    assert "2 entries, 0 lines left out" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "once upon a time", "\x00\x01", "a,b\n1,2\n"])
def test_what_is_no_list_of_actors_is_refused(tmp_path: Path, capsys: Captured, text: str) -> None:
    assert run(["actors", "add", a_file(tmp_path, text, "odd.txt")]) == exits.NOT_FIT
    assert "neither a CSV with a column 'name' nor a dictionary" in capsys.readouterr().err


def test_the_version_changes_with_what_the_user_brings(tmp_path: Path) -> None:
    assert Own.found().version == ""
    path = Path(a_file(tmp_path, "name,sector\nMarsh Front,REB\n"))
    run(["actors", "add", str(path)])
    first = Own.found()
    assert first.actors == actor_files()
    path.write_text("name,sector\nMarsh Front,GOV\n")
    version = first.version
    run(["actors", "add", str(path)])
    assert Own.found().version not in ("", version)
