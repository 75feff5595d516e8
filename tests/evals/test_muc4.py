"""The scoring of MUC-4 fillers, and the candidates that a report gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from dateline.reading.labels import EVENT_ROLES, EVENT_TYPES, MENTION_TAGS, MODE_LABELS, STATUSES
from dateline.reading.reader import sentences_of
from evals.evidence import Tokens
from evals.muc4 import known_strings
from evals.muc4_candidates import ROLES, article, normal, report
from evals.muc4_score import figures, matched

TEXT = 'the rebels of the "blue river" front burned three buses.  a guard of the depot was hurt.'
ROW: dict[str, Any] = {
    "doctext": TEXT,
    "extracts": {"PerpInd": [[["rebels", 4]]], "Target": [[["three buses", 44], ["buses", 50]]], "Weapon": []},
}


def entities(*several: str) -> list[frozenset[str]]:
    return [frozenset(names.split("/")) for names in several]


@pytest.mark.parametrize(
    ("key", "found", "right"),
    [
        ((), ("a",), 0),
        (("bus/buses",), ("buses",), 1),
        (("bus/buses",), ("bus", "buses"), 1),
        (("bus/buses", "bus"), ("bus", "buses"), 2),
        (("bus/buses", "bus"), ("bus", "bus"), 2),
        (("bus", "depot"), ("depot", "mast"), 1),
    ],
)
def test_matched(key: Sequence[str], found: Sequence[str], right: int) -> None:
    assert matched(entities(*key), found) == right


def test_figures_are_over_all_reports() -> None:
    empty: dict[str, list[frozenset[str]]] = {role: [] for role in ROLES}
    keys = [{**empty, "Target": entities("bus"), "Victim": entities("guard")}, empty]
    found = [{**dict.fromkeys(ROLES, ()), "Target": ("bus",)}, {**dict.fromkeys(ROLES, ()), "Target": ("depot",)}]
    made = figures(keys, found)
    assert (made["Target"]["p"], made["Target"]["r"]) == (0.5, 1.0)
    assert (made["all"]["p"], made["all"]["r"]) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("words", "said"), [('The "Blue River" front', "blue river front"), ("a guard's", "guards"), ("an A-4", "a4")]
)
def test_normal(words: str, said: str) -> None:
    assert normal(words) == said


def test_sentences_of_lower_case_texts_are_told_apart() -> None:
    made = article(f"{TEXT}    it was calm later.")
    assert len(made.text) == len(TEXT) + 22
    assert [s.text.split()[0] for s in sentences_of(made)] == ["The", "A", "It"]


def test_strings_of_one_key_are_not_known() -> None:
    other = {"doctext": "", "extracts": {"Victim": [[["the buses", 0]]]}}
    assert known_strings([ROW, other]) == {"buses"}


def test_candidates_are_mentions_parts_of_them_and_known_strings() -> None:
    words = [(m, TEXT.index(m)) for m in ("rebels", "of", "the", "blue", "river", "front", "three", "buses", "guard")]
    evidence = tokens(words, {"blue", "river", "front", "rebels"})
    made = {c.words: c for c in report(ROW, evidence, frozenset(["guard"])).candidates}
    assert {"rebels", "blue river front", "rebels of blue river front", "front", "guard"} <= made.keys()
    assert "buses" not in made
    assert "-1=of the" not in made["guard"].signs
    assert "w=blue" in made["blue river front"].signs
    assert len({len(c.values) for c in made.values()}) == 1


def tokens(words: Sequence[tuple[str, int]], mentions: set[str]) -> Tokens:
    """Evidence of some words of the text, of which some begin or continue a mention and none tells of an event."""
    widths = {"tags": len(MENTION_TAGS), "types": len(EVENT_TYPES) + 1}
    rest = 4 + len(MODE_LABELS) + len(STATUSES) + len(EVENT_TYPES) * len(EVENT_ROLES)
    values = np.zeros((len(words), 8 + sum(widths.values()) + rest), np.float16)
    before = False
    for k, (word, _) in enumerate(words):
        values[k, 8 + (0 if word not in mentions else 2 if before else 1)] = 1
        values[k, 8 + widths["tags"]] = 1
        before = word in mentions
    bounds = np.array([(at, at + len(word)) for word, at in words])
    number = np.array([int(at > TEXT.index(".")) for _, at in words])
    return Tokens(np.arange(len(words)), number, bounds, values)
