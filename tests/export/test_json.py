"""Machine output: the contract for tools."""

from __future__ import annotations

import json

import pytest

from dateline.export.json import document, encode, lines, record
from dateline.records import Coded, Problem
from tests.cli.conftest import TEXT, sample

FAILED = Coded("x", None, problems=(Problem("empty", "the input is empty", "Give another.", "x", fatal=True),))


def test_record() -> None:
    out = json.loads(encode(record(sample())))
    assert list(out) == ["id", "text", "article", "reports", "quotes", "problems"]
    assert out["text"] == TEXT
    assert "text" not in out["article"]
    assert out["article"]["published"] == {"value": "2021-07-26", "how": "given", "raw": "2021-07-26"}
    report = out["reports"][0]
    assert report["objects"] == [{"start": 56, "end": 61, "text": "Dorsa"}]
    assert report["actors"][0]["name"] == "Dorsa Front"
    assert out["quotes"][0]["speaker"]["text"] == "their chief"


def test_a_failed_input_is_a_record_too() -> None:
    out = json.loads(encode(record(FAILED)))
    assert (out["text"], out["article"], out["reports"]) == ("", None, [])
    assert out["problems"][0]["fatal"] is True


@pytest.mark.parametrize(
    ("stream", "shape"),
    [
        ([], []),
        ([sample()], record(sample())),
        ([sample(), FAILED, FAILED], [record(c) for c in (sample(), FAILED, FAILED)]),
    ],
)
def test_document(stream: list[Coded], shape: object) -> None:
    text = "".join(document(iter(stream)))
    assert text.endswith("\n")
    assert json.loads(text) == json.loads(encode(shape))


def test_lines() -> None:
    first, second = lines(iter([sample(), FAILED]))
    assert first.count("\n") == second.count("\n") == 1
    assert json.loads(first)["id"] == "sample"
