"""Annotated documents: texts and gold JSONL joined by id, with spans as (sentence, start, end)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Annotated:
    """One document: its sentences (the title is sentence 0), publication date, annotation record and publisher."""

    id: str
    sentences: tuple[str, ...]
    published: str | None
    gold: dict[str, Any]
    source: str | None = None

    def document(self) -> dict[str, str]:
        """The document as a JSON Lines record that ``dateline code`` reads."""
        record = {"id": self.id, "text": "\n".join(self.sentences)}
        given = {"published": self.published, "source": self.source}
        return {**record, **{k: v for k, v in given.items() if v}}

    def locate(self, span: Any, sentence: int) -> tuple[int, int, int] | None:
        """Sentence, start and end of an annotated span: text, or [sentence, text, nth]; ``None`` if absent."""
        if not span:
            return None
        if isinstance(span, str):
            span = [sentence, span]
        number, words, nth = span[0], span[1], span[2] if len(span) > 2 else 1
        at = -1
        for _ in range(nth):
            at = self.sentences[number].find(words, at + 1)
            if at < 0:
                return None
        return number, at, at + len(words)


def read(folder: Path) -> list[Annotated]:
    """All documents of a folder in file order; raises FileNotFoundError when there are none."""
    documents = [d for path in sorted(folder.glob("*.texts.jsonl")) for d in _pair(path)]
    if not documents:
        raise FileNotFoundError(f"{folder} holds no *.texts.jsonl with its *.gold.jsonl")
    return documents


def _pair(path: Path) -> Iterator[Annotated]:
    gold = {g["id"]: g for g in _rows(path.with_name(path.name.replace(".texts.", ".gold.")))}
    for row in _rows(path):
        yield Annotated(row["id"], tuple(row["sentences"]), row.get("published"), gold[row["id"]], source_of(row))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def source_of(row: dict[str, Any]) -> str | None:
    """Who published a document, without a note in brackets that it is invented."""
    return str(row.get("source") or "").removesuffix(" (invented)").strip() or None
