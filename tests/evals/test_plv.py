"""PLV's questions: where source and target stand, and what a linear model reads of a sentence."""

from __future__ import annotations

import pytest

from evals.plv import macro_f1
from evals.plv_words import Question, question, signs

SENTENCE = "Ruritania warned Strelsau, and Strelsau warned Ruritania back."


def row(marked: str, source: str, target: str) -> dict[str, str]:
    return {
        "sentence": SENTENCE,
        "marked_sentence": marked,
        "source": source,
        "target": target,
        "gold_root": "THREATEN",
    }


def test_marks_tell_like_words_apart() -> None:
    marked = "Ruritania warned Strelsau, and <s>Strelsau</s> warned <t>Ruritania</t> back."
    asked = question(row(marked, "Strelsau", "Ruritania"))
    assert (asked.source, asked.target) == ((31, 39), (47, 56))


def test_words_without_marks_are_looked_for() -> None:
    assert question(row(SENTENCE, "Strelsau", "nobody")) == Question(SENTENCE, (17, 25), None, "THREATEN")


def test_signs_tell_who_comes_first_and_leave_their_words_out() -> None:
    there = signs(Question(SENTENCE, (0, 9), (17, 25), ""))
    back = signs(Question(SENTENCE, (17, 25), (0, 9), ""))
    assert "between> (source) warn (target)" in there
    assert "between< (target) warn (source)" in back
    assert "behind> ," in there
    assert not any("ruritania warn" in sign for sign in there)


def test_signs_of_a_sentence_without_source() -> None:
    assert " warn (target)" in signs(Question(SENTENCE, None, (17, 25), ""))


@pytest.mark.parametrize(
    ("pairs", "figure"),
    [
        ([("AID", "AID"), ("AGREE", "AGREE")], 1.0),
        ([("AID", "AID"), ("AGREE", "AID")], (2 / 3 + 0) / 2),
        ([("AID", "AGREE")], 0.0),
    ],
)
def test_macro_f1_is_over_the_roots_of_the_gold_part(pairs: list[tuple[str, str]], figure: float) -> None:
    assert macro_f1(pairs) == pytest.approx(figure)
