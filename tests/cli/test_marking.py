"""Evidence marked in text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.cli.marking import Mark, marked
from dateline.cli.terminal import STYLES

TEXT = "Rebels seized the town of Dorsa on Friday."
LABELS = st.sampled_from(sorted(STYLES))
BOUNDS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).filter(lambda b: b[0] < b[1])
MARK = st.builds(lambda b, label, n: Mark(b[0], b[1], label, n), BOUNDS, LABELS, st.none() | st.integers(1, 9))
MARKS = st.lists(MARK)


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        ([], TEXT),
        ([Mark(0, 6, "who")], "[who: Rebels] seized the town of Dorsa on Friday."),
        (
            [Mark(7, 13, "did", 3), Mark(0, 6, "who"), Mark(0, 6, "said by")],
            "[who+said by: Rebels] [3 did: seized] the town of Dorsa on Friday.",
        ),
        (
            [Mark(26, 31, "where"), Mark(14, 31, "what")],
            "Rebels seized [what: the town of [where: Dorsa]] on Friday.",
        ),
        (
            [Mark(14, 31, "what"), Mark(26, 41, "where")],
            "Rebels seized [what: the town of [where: Dorsa]][where:  on Friday].",
        ),
        ([Mark(40, 60, "where")], TEXT),
    ],
)
def test_brackets(marks: list[Mark], shown: str) -> None:
    assert marked(TEXT, 0, len(TEXT), marks, colour=False).plain == shown


def test_a_stretch_takes_only_its_own_marks() -> None:
    assert marked(TEXT, 7, 13, [Mark(0, 6, "who"), Mark(7, 13, "did")], colour=False).plain == "[did: seized]"


@given(MARKS)
def test_marks_never_change_the_words(marks: list[Mark]) -> None:
    plain = marked(TEXT, 0, len(TEXT), marks, colour=False).plain
    assert re.sub(r"\[(?:\d )?[a-z+ ]+: |\]", "", plain) == TEXT
    unnumbered = [Mark(m.start, m.end, m.label) for m in marks]
    assert marked(TEXT, 0, len(TEXT), unnumbered, colour=True).plain == TEXT


def test_colours_mark_what_the_labels_say() -> None:
    text = marked(TEXT, 0, len(TEXT), [Mark(0, 6, "who"), Mark(7, 13, "did", 2)], colour=True)
    assert text.plain == "Rebels seized 2 the town of Dorsa on Friday."
    styled = {text.plain[s.start : s.end]: str(s.style) for s in text.spans}
    assert styled["Rebels"] == STYLES["who"]
    assert styled["seized"] == STYLES["did"]
