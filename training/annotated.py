"""Annotated documents (texts + gold JSONL, joined by id) as character-level training examples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROLES = ("actor", "recipient", "object", "instrument", "place", "time", "source", "count")
CharSpan = tuple[int, int]


@dataclass(slots=True)
class TrainEvent:
    """One event (or quote, type ``QUOTE``) with its spans as character offsets into the example's text."""

    trigger: CharSpan
    type: str
    mode: str
    status: str
    roles: dict[str, list[CharSpan]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dependency:
    """A word, the word it depends on (itself when it is the root), and the relation (Universal Dependencies)."""

    word: CharSpan
    governor: CharSpan
    relation: str


@dataclass(frozen=True, slots=True)
class Hint:
    """A weak label: somewhere within ``bounds`` stands an event of one of ``types``.

    ``mode`` is a label of ``MODE_LABELS``, ``None`` when it is not known; ``fillers`` holds the roles that are known.
    """

    bounds: CharSpan
    types: tuple[str, ...]
    mode: str | None
    fillers: dict[str, list[CharSpan]]


@dataclass(slots=True)
class Example:
    """A text with sentences, mentions and events; ``tasks`` names the layers that are annotated completely.

    Layers are ``mention``, ``event`` (triggers with type, mode and status), ``type`` (the same without status),
    ``role``, ``quote`` and ``syntax``. Nobody has said what events or quotes stand in the ``open`` stretches.
    """

    id: str
    text: str
    sentences: list[CharSpan]
    mentions: list[tuple[int, int, str]]
    events: list[TrainEvent]
    tasks: frozenset[str] = frozenset({"mention", "event", "role", "quote"})
    words: list[Dependency] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)
    open: list[CharSpan] = field(default_factory=list)


def locate(sentences: list[str], span: Any, s: int) -> tuple[int, int, int] | None:
    """Sentence, start, end of an annotated span; ``None`` when it does not stand there."""
    if isinstance(span, str):
        span = [s, span]
    i, words, n = span[0], span[1], span[2] if len(span) == 3 else 1
    start = -1
    for _ in range(n):
        start = sentences[i].find(words, start + 1)
        if start < 0:
            return None
    return i, start, start + len(words)


def example(doc: dict[str, Any], gold: dict[str, Any]) -> Example:
    """One annotated document; spans that are not found in its sentences are left out."""
    sentences: list[str] = doc["sentences"]
    bounds: list[CharSpan] = []
    at = 0
    for sentence in sentences:
        bounds.append((at, at + len(sentence)))
        at += len(sentence) + 1

    def chars(span: Any, s: int) -> CharSpan | None:
        got = locate(sentences, span, s) if span else None
        return None if got is None else (bounds[got[0]][0] + got[1], bounds[got[0]][0] + got[2])

    mentions = [
        (*c, e["kind"]) for e in gold.get("entities", []) for m in e["mentions"] if (c := chars(m, 0)) is not None
    ]
    events = []
    for v in gold["events"]:
        trigger = chars(v["trigger"], v["s"])
        if trigger is None:
            continue
        roles = {r: [c for x in v.get(r, []) if (c := chars(x, v["s"]))] for r in ROLES if r != "count"}
        roles["count"] = [c for x in v.get("counts", []) if (c := chars(x["text"], v["s"]))]
        events.append(TrainEvent(trigger, v["type"], v.get("mode") or "", v["status"], roles))
    events += [e for q in gold.get("quotes", []) if (e := _quote(q, chars))]
    return Example(doc["id"], "\n".join(sentences), bounds, mentions, events)


def _quote(q: dict[str, Any], chars: Any) -> TrainEvent | None:
    """A quote is an event of type QUOTE on its cue; without a cue, on the first word of its content."""
    content = chars(q["content"], q["s"])
    if content is None:
        return None
    cue = chars(q.get("cue"), q["s"])
    speaker = chars(q.get("speaker"), q["s"])
    roles = {"content": [content], "speaker": [speaker] if speaker else []}
    return TrainEvent(cue or (content[0], content[0] + 1), "QUOTE", "", "", roles)


def read(folder: Path) -> list[Example]:
    """All annotated documents of a folder, in file order; raises FileNotFoundError when there are none."""
    out = list(_read(folder))
    if not out:
        raise FileNotFoundError(f"no *.texts.jsonl with *.gold.jsonl in {folder}")
    return out


def _read(folder: Path) -> Iterator[Example]:
    for path in sorted(folder.glob("*.texts.jsonl")):
        gold = {g["id"]: g for g in map(json.loads, _lines(path.with_name(path.name.replace(".texts.", ".gold."))))}
        for doc in map(json.loads, _lines(path)):
            yield example(doc, gold[doc["id"]])


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
