"""Where sentences end in news text, and where full stops do not end them."""

from __future__ import annotations

import pytest

from dateline.text import split_sentences

CASES = [
    ["The army left on Monday.", "The rebels came."],
    ["Gen. Ali Khan and Lt. Col. Roe met in St. Petersburg on Jan. 5.", "Talks failed."],
    ["President George W. Bush spoke to the U.S. Congress.", "It was late."],
    ["He flew to the U.S.", "The talks had failed."],
    ['"We will not leave," he said.', '"Never."', "They left."],
    ["Is it over?", "Nobody knows!", "It is."],
    ["Prices rose 3.5 per cent.", "Wages did not."],
    ["The U.N. envoy met Mr. Hadi at 5 p.m. local time.", "They parted at 6 p.m.", "No deal was made."],
    ["He said “we are done.”", "Then he left."],
    ["It fell on Aug. 9 and 10.", "Nine died."],
    ["Acme Inc. said it would leave.", "Its staff of No. 5 Street agreed."],
    ["The town (pop. 900) fell.", "So did the next."],
    ["OAKLAND, Calif. - Some 3,000 teachers struck.", "Schools closed."],
    ["They waited...", "Nobody came."],
    ["A line without an end", "Another line"],
]


@pytest.mark.parametrize("sentences", CASES, ids=lambda case: case[0][:24])
def test_split(sentences: list[str]) -> None:
    text = ("\n" if sentences[0][-1].isalpha() else " ").join(sentences)
    found = split_sentences(text, 0, len(text))
    assert [span.text for span in found] == sentences
    assert all(text[span.start : span.end] == span.text for span in found)


def test_only_the_stretch_is_split() -> None:
    text = "One ends. Two ends. Three ends."
    assert [span.text for span in split_sentences(text, 10, 19)] == ["Two ends."]
    assert split_sentences(text, 5, 5) == []


@pytest.mark.parametrize("text", ["Mr. " * 20_000, "a" * 200_000 + ". B", ". " * 50_000, "(.) " * 20_000])
def test_long_runs_are_split_in_linear_work(text: str) -> None:
    """The work on one full stop does not grow with the text before it."""
    assert "".join(span.text for span in split_sentences(text, 0, len(text))).count(".") == text.count(".")
