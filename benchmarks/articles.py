"""Articles of a given length, put together from the sentences of our own corpus; the same for the same seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from dateline.records import Document

CORPUS = Path(__file__).parent.parent / "corpus"
_SHORTEST, _LONGEST = 400, 600


def documents(number: int, seed: int = 1) -> list[Document]:
    """Plain-text documents of 400 to 600 words. Raises FileNotFoundError when the corpus is not there."""
    sources = list(_sources())
    if not sources:
        raise FileNotFoundError(f"{CORPUS} holds no *.texts.jsonl: run the benchmark in a checkout")
    choose = random.Random(seed)
    return [_document(k, sources, choose) for k in range(number)]


def _document(number: int, sources: list[list[str]], choose: random.Random) -> Document:
    wanted = choose.randint(_SHORTEST, _LONGEST)
    title, *sentences = choose.choice(sources)
    text, words = [title], len(title.split())
    while words < wanted:
        for sentence in sentences:
            if words < wanted:
                text.append(sentence)
                words += len(sentence.split())
        sentences = choose.choice(sources)[1:]
    given = {"published": "2021-07-27"}
    return Document(f"generated-{number}", "\n\n".join(text).encode(), "text/plain", charset="utf-8", given=given)


def _sources() -> Iterator[list[str]]:
    """The sentences of each document, its title first."""
    for path in sorted(CORPUS.glob("*.texts.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["sentences"]
