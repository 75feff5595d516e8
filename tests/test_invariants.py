"""What holds for every input: nothing raises, every span is what it says, nothing is empty without a reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline import sources
from dateline.cli.workers import code_all
from dateline.export.csv import COLUMNS
from dateline.export.csv import lines as csv_lines
from dateline.export.json import encode, record
from dateline.pipeline import Coder, documents
from dateline.records import Coded, Document

_TEXT = (
    "the Taliban seized a border crossing near Spin Boldak on Wednesday . , \" ' Afghan troops killed at least 46 "
    "soldiers in Kandahar ; President Ashraf Ghani told reporters that NATO will withdraw its forces by August 31 — "
    "officials said “we condemn the attack” Mr. U.S. (AFP) protesters in Paris demanded talks ) police arrested two "
    "dozen people last month ’s 2021-07-27 Watch: Story highlights Photograph:(AFP) Kyiv Łódź São Paulo दिल्ली 北京 🙂 "
    "\u200b \u00ad <b> &amp;"
)
WORDS = _TEXT.split()
news = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)
anything = st.text(max_size=300)
paragraphs = st.lists(news | anything, min_size=1, max_size=6)
texts = st.tuples(paragraphs, st.sampled_from(["\n", "\n\n", "\r\n", " ", "\u2028"])).map(lambda t: t[1].join(t[0]))
pages = st.tuples(news, paragraphs).map(
    lambda t: (
        f"<!doctype html><html><head><title>{t[0]}</title></head><body><article>"
        + "".join(f"<p>{p}</p>" for p in t[1])
        + "</article></body></html>"
    )
)
records = st.fixed_dictionaries(
    {"text": texts},
    optional={
        "id": anything,
        "title": news,
        "published": anything | st.just("2021-07-27"),
        "url": anything,
        "html": pages,
    },
)
inputs = st.one_of(
    texts.map(lambda t: t.encode("utf-8", "replace")),
    pages.map(lambda t: t.encode("utf-8", "replace")),
    st.lists(records, min_size=1, max_size=3).map(lambda rs: "\n".join(map(json.dumps, rs)).encode()),
    st.binary(max_size=400),
    texts.map(lambda t: t.encode("utf-16")),
    texts.map(lambda t: t.encode("latin-1", "replace")),
)


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON value that has ``start``, ``end`` and ``text``, however deep."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def check(coded: Coded) -> None:
    """All that a tool may rely on."""
    out = json.loads(encode(record(coded)))
    assert set(out) == {"id", "text", "article", "reports", "quotes", "problems"}
    for span in spans(out):
        assert out["text"][span["start"] : span["end"]] == span["text"] != ""
    assert (out["article"] is None) == any(p["fatal"] for p in out["problems"])
    assert out["reports"] or out["problems"]
    ids = [r["id"] for r in out["reports"]]
    assert len(ids) == len(set(ids))
    for report in out["reports"]:
        assert 0 <= report["confidence"] <= 1
        types = report["type_probabilities"]
        assert next(iter(types)) == report["type"]
        assert list(types.values()) == sorted(types.values(), reverse=True)
        assert sum(types.values()) <= 1.01
        check_report(report)
    assert all(p["code"] and p["message"] and p["cure"] for p in out["problems"])


def check_report(report: dict[str, Any]) -> None:
    """Unknown values are null with a reason, never zero or empty."""
    for ref in (*report["actors"], *report["recipients"], *report["sources"], *report["places"]):
        assert ref["why"]
        assert "" not in (ref["name"], ref["country"])
    for place in report["places"]:
        assert (place["lat"] is None) == (place["lon"] is None)
        assert (place["lat"], place["lon"]) != (0.0, 0.0)
    moment = report["moment"]
    assert not moment or not (moment["first"] and moment["last"]) or moment["first"] <= moment["last"]


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=inputs)
def test_any_bytes(coder: Coder, data: bytes) -> None:
    for item in islice(sources.read(["-"], data), 10):
        if isinstance(item, Document):
            check(coder.code(item))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=texts)
def test_same_input_same_output(coder: Coder, text: str) -> None:
    data = text.encode("utf-8", "replace")
    once, again = (list(coder.code_all(["-"], data)) for _ in range(2))
    assert once == again


@pytest.mark.parametrize("jobs", [1, 2])
def test_processes_change_nothing(coder: Coder, jobs: int) -> None:
    lines = [
        json.dumps({"id": f"a{k}", "text": " ".join(WORDS[k:] + WORDS), "published": "2021-07-27"}) for k in range(6)
    ]
    data = "\n".join([*lines, '{"broken'])
    coded = list(code_all(documents(["-"], stdin=data.encode()), jobs))
    assert [c.id for c in coded[:-1]] == [f"a{k}" for k in range(6)]
    assert coded[-1].problems[0].code == "bad-line"
    assert coded == list(coder.code_all(["-"], data.encode()))


def test_csv_has_a_cell_for_every_column(coder: Coder) -> None:
    import csv

    coded = list(coder.code_all(["-"], " ".join(WORDS).encode()))
    rows = list(csv.reader("".join(csv_lines(coded)).splitlines()))
    assert tuple(rows[0]) == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert len(rows) == 1 + sum(len(c.reports) for c in coded)
