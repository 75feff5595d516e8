"""Reviewed articles as annotated documents, asked by the rules of the format and by its checker where that is."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.lexicon.plover import KINDS, MODES, SECTORS, STATUSES, TYPES
from dateline.records import PlaceRef, Report
from dateline.review.annotated import Annotated, annotated
from tests.review.samples import TEXT, account, article, reports, span

CHECKER = Path(__file__).parents[3] / "shared" / "gold" / "check.py"
ROLES = ("actor", "recipient", "object", "instrument", "place", "time", "source")
COUNTS = ("killed", "injured", "detained", "released", "displaced", "missing", "troops", "other")
SHOT, CONDEMNED, BACK = reports()


def made(*given: Report, same: dict[str, str] | None = None) -> Annotated:
    return annotated(article(), [account(r) for r in given or (SHOT, CONDEMNED, BACK)], same or {})


def spans(value: Any, home: int) -> Iterator[tuple[int, str, int]]:
    """A span of any of its three forms, in full."""
    number, text, *nth = [home, value] if isinstance(value, str) else value
    yield number, text, nth[0] if nth else 1


def faults(one: Annotated) -> Iterator[str]:
    """What breaks the rules of the format."""
    sentences, gold = one.text["sentences"], one.gold
    ids = [e["id"] for e in gold["events"]]

    def standing(value: Any, home: int) -> Iterator[str]:
        for number, text, nth in spans(value, home):
            start = -1
            for _ in range(nth):
                start = sentences[number].find(text, start + 1)
            if not text or start < 0:
                yield f"{text!r} is not in sentence {number}"

    for entity in gold["entities"]:
        if entity["kind"] not in KINDS or entity["sector"] not in (*SECTORS, "") or not entity["mentions"]:
            yield f"entity {entity}"
        for mention in entity["mentions"]:
            yield from standing(mention, -1)
    for event in gold["events"]:
        if event["type"] not in TYPES or event["mode"] not in ("", *MODES.get(event["type"], ())):
            yield f"kind {event['type']}/{event['mode']}"
        if event["status"] not in STATUSES or event["same_as"] not in (None, *ids):
            yield f"event {event}"
        if event["date"] is not None and len(event["date"]) != 2:
            yield f"date {event['date']}"
        for value in (event["trigger"], *(v for role in ROLES for v in event[role])):
            yield from standing(value, event["s"])
        for count in event["counts"]:
            if count["of"] not in COUNTS:
                yield f"count {count}"
            yield from standing(count["text"], event["s"])
    if len(set(ids)) != len(ids):
        yield "event ids repeat"


def test_the_record() -> None:
    one = made()
    assert one.lost == ()
    assert one.text["sentences"] == [
        "Shots in Strelsau",
        "Gunmen shot three villagers in Strelsau on Wednesday, police said.",
        "The mayor condemned the attack.",
        "The Hill Front shot back, and the Hill Front fled.",
    ]
    shot, condemned, back = one.gold["events"]
    assert {k: shot[k] for k in ("s", "trigger", "type", "mode", "actor", "recipient", "place", "date", "counts")} == {
        "s": 1, "trigger": "shot", "type": "ASSAULT", "mode": "firearms", "actor": ["Gunmen"],
        "recipient": ["three villagers"], "place": ["Strelsau"], "date": ["2021-07-14", "2021-07-14"],
        "counts": [{"of": "killed", "text": "three villagers", "low": 3, "high": 3}],
    }  # fmt: skip
    assert (condemned["s"], condemned["date"], back["actor"]) == (2, None, [[3, "Hill Front", 2]])
    assert {e["name"]: (e["kind"], e["mentions"]) for e in one.gold["entities"]} == {
        "Gunmen": ("armed_group", [[1, "Gunmen"]]),
        "three villagers": ("population", [[1, "three villagers"]]),
        "Strelsau": ("place", [[1, "Strelsau"]]),
        "Hill Front": ("armed_group", [[3, "Hill Front", 2]]),
    }
    assert list(faults(one)) == []


def test_reports_of_one_happening_refer_to_the_first() -> None:
    one = made(same={SHOT.id: "evt_1", BACK.id: "evt_1"})
    assert [e["same_as"] for e in one.gold["events"]] == [None, None, "V1"]
    assert list(faults(one)) == []


def test_words_over_two_sentences_are_lost_and_told() -> None:
    across = span("said. The mayor")
    long = replace(SHOT, objects=(across,))
    assert made(long).lost == ("said. The mayor",)
    assert made(replace(SHOT, trigger=across)).gold["events"] == []


def test_what_a_reviewer_supplied_and_the_article_does_not_say_is_not_annotated() -> None:
    trigger = CONDEMNED.trigger
    supplied = PlaceRef(trigger.start, trigger.end, trigger.text, "Zenda", 903, 47.2, 15.2, "AUT", None, "town")
    one = made(replace(CONDEMNED, places=(supplied,)))
    assert (one.gold["events"][0]["place"], one.gold["entities"]) == ([], [])


def test_an_article_without_a_title_has_an_empty_first_sentence() -> None:
    bare = replace(article(), headline=None, headline_span=None, paragraphs=())
    one = annotated(bare, [account(SHOT)], {})
    assert one.text["sentences"][0] == ""
    assert one.text["sentences"][2].startswith("Gunmen")
    assert list(faults(one)) == []
    assert TEXT.startswith(one.text["sentences"][1])


@pytest.mark.skipif(not CHECKER.exists(), reason="the checker of the annotated corpus is not in this checkout")
def test_the_checker_finds_nothing(tmp_path: Path) -> None:
    one = made(same={SHOT.id: "evt_1", BACK.id: "evt_1"})
    for name, record in (("texts", one.text), ("gold", one.gold)):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    files = [str(tmp_path / "texts.jsonl"), str(tmp_path / "gold.jsonl")]
    done = subprocess.run([sys.executable, str(CHECKER), *files], capture_output=True, text=True, check=False)
    assert done.stdout == "1 documents, 3 events, 0 problems\n"
