"""Cues, speakers and contents joined into quotes."""

from __future__ import annotations

import pytest

from dateline.reading.quotes import assemble, introductions
from dateline.records import QuoteMention, Span

TEXT = 'The mayor said the bridge was safe. "Nobody will close it while I am here," she said. "It stays open."'
SENTENCES = [Span.of(TEXT, 0, 35), Span.of(TEXT, 36, 85), Span.of(TEXT, 86, len(TEXT))]


def _span(words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return Span.of(TEXT, at, at + len(words))


def test_an_indirect_statement_keeps_cue_and_speaker() -> None:
    content = _span("the bridge was safe")
    cued = [(_span("said"), [(_span("The mayor"), 0.9)], [(content, 0.9)])]
    assert assemble(TEXT, SENTENCES, cued, []) == [QuoteMention(content, _span("The mayor"), _span("said"), False)]


@pytest.mark.parametrize("speaker", ["she", None])
def test_words_in_quotation_marks_are_direct(speaker: str | None) -> None:
    content = _span("Nobody will close it while I am here")
    speakers = [(_span(speaker), 0.8)] if speaker else []
    (quote,) = assemble(TEXT, SENTENCES, [(_span("said", 1), speakers, [(content, 0.9)])], [])
    assert quote.direct
    assert (quote.speaker.text if quote.speaker else None) == speaker


def test_a_quotation_that_goes_on_takes_the_speaker_before() -> None:
    first, second = _span("Nobody will close it while I am here"), _span("It stays open")
    cued = [(_span("said", 1), [(_span("she"), 0.8)], [(first, 0.9)])]
    quotes = assemble(TEXT, SENTENCES, cued, [(second, [])])
    assert [q.speaker.text if q.speaker else None for q in quotes] == ["she", "she"]


def test_reported_words_outside_marks_need_a_cue() -> None:
    assert assemble(TEXT, SENTENCES, [], [(_span("the bridge was safe"), [])]) == []


def test_of_two_readings_of_one_content_the_one_with_a_speaker_stands() -> None:
    longer, shorter = _span("Nobody will close it while I am here"), _span("Nobody will close it")
    cued = [(None, [], [(longer, 0.9)]), (_span("said", 1), [(_span("she"), 0.9)], [(shorter, 0.9)])]
    assert [q.content for q in assemble(TEXT, SENTENCES, cued, [])] == [shorter]


RELEASE = (
    "Ferry aid sent\nThe Minister said:\nWe have sent two ferries. I thank the crews.\nThe ferries sail on Monday."
)


def _release(words: str) -> Span:
    at = RELEASE.index(words)
    return Span.of(RELEASE, at, at + len(words))


STATED = [_release("We have sent two ferries."), _release("I thank the crews.")]
LINES = [_release("Ferry aid sent"), _release("The Minister said:"), *STATED, _release("The ferries sail on Monday.")]


def test_a_statement_without_marks_is_quoted_sentence_by_sentence() -> None:
    cued = [(_release("said"), [(_release("The Minister"), 0.9)], [])]
    quotes = assemble(RELEASE, LINES, cued, [(s, []) for s in STATED])
    assert quotes == [QuoteMention(s, _release("The Minister"), None, False) for s in STATED]


def test_a_statement_ends_where_a_sentence_does_not_read_as_reported() -> None:
    contents = [(STATED[0], []), (LINES[4], [])]
    assert [q.content for q in assemble(RELEASE, LINES, [], contents)] == [STATED[0]]


def test_within_a_statement_a_sentence_stands_whole() -> None:
    inner = (_release("thank"), [(_release("I"), 0.9)], [(_release("the crews"), 0.9)])
    assert [q.content for q in assemble(RELEASE, LINES, [inner], [(s, []) for s in STATED])] == STATED


@pytest.mark.parametrize(("at", "said"), [(2, 1), (3, 1), (1, None), (4, None)])
def test_what_introduces_a_statement(at: int, said: int | None) -> None:
    assert introductions(LINES, [(s, []) for s in STATED]).get(at) == said
