"""Annotated spans as spans of one text."""

from __future__ import annotations

from typing import Any

from dateline.records import Span
from evals.annotated import Annotated


def joined(document: Annotated) -> str:
    """The sentences joined by line breaks: the text that the spans of ``span_in`` refer to."""
    return "\n".join(document.sentences)


def span_in(document: Annotated, written: Any, sentence: int) -> Span | None:
    """The annotated span in ``joined(document)``, or ``None`` when the document does not hold it."""
    found = document.locate(written, sentence)
    if found is None:
        return None
    number, start, end = found
    offset = sum(len(s) + 1 for s in document.sentences[:number])
    return Span.of(joined(document), offset + start, offset + end)
