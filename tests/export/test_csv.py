"""One row a report."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from dateline.export.csv import COLUMNS, lines
from dateline.records import Coded
from tests.cli.conftest import sample


def rows(*coded: Coded) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(lines(coded)))))


def test_header_alone_when_there_is_nothing() -> None:
    assert "".join(lines([])) == ",".join(COLUMNS) + "\n"


def test_values() -> None:
    seized, killed = rows(sample())
    wanted = {
        "report_id": "rep_aaaaaaaaaaaa", "published": "2021-07-26", "type": "COERCE", "mode": "seize",
        "actors": "Dorsa Front",
        "actor_countries": "AFG", "actor_sectors": "REB", "objects": "Dorsa", "place": "Dorsa",
        "lat": "1.5", "lon": "2.5",
        "admin1": "Hentzau", "geonameid": "7", "first_day": "2021-07-23", "sources": "officials", "trigger": "seized",
        "trigger_start": "49", "killed_low": "",
    }  # fmt: skip
    assert {k: seized[k] for k in wanted} == wanted
    assert (killed["recipients"], killed["lat"], killed["first_day"], killed["killed_low"]) == (
        "soldiers",
        "",
        "",
        "46",
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_a_formula(start: str) -> None:
    coded = sample()
    report = coded.reports[0]
    evil = replace(report.actors[0], name=f"{start}SUM(A1)")
    (row,) = rows(replace(coded, reports=(replace(report, actors=(evil,)),)))
    assert row["actors"] == f"'{start}SUM(A1)"
