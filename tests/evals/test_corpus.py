"""The documents of our own corpus: every span is in its text, every label known, every reference leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.reading.labels import EVENT_TYPES, STATUSES
from evals.annotated import Annotated, read

CORPUS = Path(__file__).parents[2] / "corpus"
FOLDERS = [folder for folder in (CORPUS, CORPUS / "later") if folder.exists()]
ROLES = ("actor", "recipient", "object", "instrument", "place", "time", "source")
pytestmark = pytest.mark.skipif(not FOLDERS, reason="the annotated corpus is not in this checkout")


def spans(document: Annotated) -> Iterator[tuple[Any, int]]:
    """Every span of a document's record with the sentence it belongs to."""
    for entity in document.gold["entities"]:
        yield from ((mention, 0) for mention in entity["mentions"])
    for event in document.gold["events"]:
        yield event["trigger"], event["s"]
        yield from ((span, event["s"]) for role in ROLES for span in event.get(role, []))
        yield from ((count["text"], event["s"]) for count in event.get("counts", []))
    for quote in document.gold["quotes"]:
        yield from ((quote[part], quote["s"]) for part in ("speaker", "cue", "content") if quote.get(part))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_span_is_in_its_text(folder: Path) -> None:
    for document in read(folder):
        for span, sentence in spans(document):
            found = document.locate(span, sentence)
            assert found is not None, (document.id, span)
            number, start, end = found
            assert document.sentences[number][start:end] == (span if isinstance(span, str) else span[1])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_labels_and_references_are_known(folder: Path) -> None:
    for document in read(folder):
        ids = {event["id"] for event in document.gold["events"]}
        for event in document.gold["events"]:
            assert event["type"] in EVENT_TYPES
            assert event["status"] in STATUSES
            assert event.get("same_as") is None or event["same_as"] in ids, (document.id, event["id"])


def test_no_document_stands_twice() -> None:
    documents = [document for folder in FOLDERS for document in read(folder)]
    assert len({document.id for document in documents}) == len(documents)
    assert len({document.sentences for document in documents}) == len(documents)
