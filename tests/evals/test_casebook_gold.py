"""The demo casebook's gold is sound, and the checker sees what is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evals.casebook_gold import faults, locate, main, rows, visible

FOLDER = Path(__file__).parents[2] / "corpus" / "casebook"
ARTICLE = {
    "id": "a1",
    "title": "Blast in Quetta",
    "text": "A blast and a blast hit two.",
    "published": "2021-08-08T10:00Z",
}
MENTION = {
    "article": "a1",
    "trigger": "blast",
    "nth": 2,
    "sentence_contains": "A blast and a blast hit",
    "status": "occurred",
}
MENTION |= {"role": "report"}


def happening(*changes: dict[str, Any], **fields: Any) -> dict[str, Any]:
    first = {**MENTION, "nth": 1}
    mentions = [first, *({**MENTION, **change} for change in changes)]
    return {"id": "H1", "first": "2021-08-08", "tolls": {"killed": {"printed": [2]}}, "mentions": mentions, **fields}


def test_the_demo_casebook_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(FOLDER) == 0, capsys.readouterr().out


@pytest.mark.parametrize("folder", sorted(p.parent for p in FOLDER.parent.glob("happenings/*/articles.jsonl")))
def test_further_happenings_are_sound(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(folder) == 0, capsys.readouterr().out


def test_the_demo_casebook_is_what_its_card_says() -> None:
    articles, happenings = rows(FOLDER / "articles.jsonl"), rows(FOLDER / "happenings.jsonl")
    card = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert f"{len(articles)} reports" in card
    assert f"{sum('html' in a for a in articles)} HTML" in card
    assert len({a["source"] for a in articles}) == 6
    assert sum(len({m["article"] for m in h["mentions"]}) >= 3 for h in happenings) >= 22


def test_sound_gold_has_no_faults() -> None:
    assert list(faults([ARTICLE], [happening({})], [{"id": "C1", "base": "a1", "copies": {"a1": "near"}}])) == []


@pytest.mark.parametrize(
    ("gold", "copies", "fault"),
    [
        (happening({"trigger": "bang"}), [], "is not found"),
        (happening({"nth": 3}), [], "is not found"),
        (happening({"article": "a2"}), [], "is not found"),
        (happening({"sentence_contains": "last"}), [], "is not found"),
        (happening({"nth": 1}), [], "is given twice"),
        (happening({"role": "rumour"}), [], "unknown status or role"),
        (happening({}, first="2021-08-09"), [], "before its first day"),
        (happening(), [], "fewer than two mentions"),
        (happening({}, tolls={"killed": {"printed": [12]}}), [], "no article prints 12 killed"),
        (happening({}, id="a1"), [], "given 2 times"),
        (happening({}), [{"id": "C1", "base": "a9", "copies": {}}], "C1: a9"),
        (happening({}), [{"id": "C1", "base": "a1", "copies": {"a1": "alike"}}], "alike"),
    ],
)
def test_a_fault_is_told(gold: dict[str, Any], copies: list[dict[str, Any]], fault: str) -> None:
    assert any(fault in line for line in faults([ARTICLE], [gold], copies))


def test_the_nth_trigger_is_located_in_the_whole_text() -> None:
    text = visible(ARTICLE)
    at = locate(text, MENTION)
    assert at is not None
    assert text[at:].startswith("blast hit")


def test_what_a_browser_does_not_show_is_no_text() -> None:
    page = {
        "title": "T & U",
        "html": "<html><head><title>x</title></head><body><h1>T &amp; U</h1><p>Seen.</p></body></html>",
    }
    assert visible(page).split() == ["T", "&", "USeen."]
