"""Sentences of PLV as signs: words and their pairs around source and target, whose own words do not count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals import annotated

YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
_WORD = re.compile(r"\w+|[^\w\s]")
_MARK = re.compile(r"</?[st]>")
_SOURCE, _TARGET = "(source)", "(target)"
_ENDINGS = ("ing", "ed", "es", "s")
Bounds = tuple[int, int]


@dataclass(frozen=True)
class Question:
    """A sentence, where its source and target stand (``None`` where they do not), and the root that is right."""

    sentence: str
    source: Bounds | None
    target: Bounds | None
    root: str


def question(row: dict[str, str]) -> Question:
    """A row of PLV; the marks of ``marked_sentence`` say which of several like words are meant."""
    source, target = (_marked(row, mark, row[name].strip()) for mark, name in (("s", "source"), ("t", "target")))
    return Question(row["sentence"], source, target, row["gold_root"])


def _marked(row: dict[str, str], mark: str, words: str) -> Bounds | None:
    before, found, _ = row["marked_sentence"].partition(f"<{mark}>")
    at = len(_MARK.sub("", before))
    if not found or row["sentence"][at : at + len(words)] != words:
        at = row["sentence"].find(words)
    return (at, at + len(words)) if words and at >= 0 else None


def annotated_questions(folder: Path) -> Iterator[Question]:
    """The events of annotated documents that name an actor and a recipient or object in the trigger's sentence."""
    for document in annotated.read(folder):
        for event in document.gold["events"]:
            found = {role: _inside(document, event, role) for role in ("actor", "recipient", "object")}
            target = found["recipient"] or found["object"]
            if found["actor"] and target:
                root = YIELD.get(event["type"], event["type"])
                yield Question(document.sentences[event["s"]], found["actor"], target, root)


def _inside(document: annotated.Annotated, event: dict[str, object], role: str) -> Bounds | None:
    number = event["s"]
    assert isinstance(number, int)
    spans = event.get(role) or []
    assert isinstance(spans, list)
    located = (document.locate(span, number) for span in spans)
    return next(((at[1], at[2]) for at in located if at and at[0] == number), None)


def signs(asked: Question) -> list[str]:
    """What a linear model reads: words anywhere, before, between and behind source and target, and who comes first."""
    forms = _forms(asked)
    places = [forms.index(mark) for mark in (_SOURCE, _TARGET) if mark in forms]
    first, last = (min(places), max(places)) if len(places) == 2 else (0, len(forms))
    order = ">" if len(places) == 2 and places[0] < places[1] else "<"
    return [
        *_grams(forms, "", 2),
        *_grams(forms[first : last + 1], f"between{order}", 3),
        *_grams(forms[last + 1 : last + 6], f"behind{order}", 2),
        *_grams(forms[max(0, first - 4) : first], f"before{order}", 2),
    ]


def _forms(asked: Question) -> list[str]:
    out, at = list[str](), 0
    parties = [(b, mark) for b, mark in ((asked.source, _SOURCE), (asked.target, _TARGET)) if b]
    for (start, end), mark in sorted(parties):
        if start >= at:
            out += [*_stems(asked.sentence[at:start]), mark]
            at = end
    return out + _stems(asked.sentence[at:])


def _stems(text: str) -> list[str]:
    return [_stem(word) for word in _WORD.findall(text.lower())]


def _stem(word: str) -> str:
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) >= len(e) + 3), "")
    return word.removesuffix(ending)


def _grams(forms: Sequence[str], prefix: str, longest: int) -> Iterator[str]:
    for n in range(1, longest + 1):
        for at in range(len(forms) - n + 1):
            yield f"{prefix} {' '.join(forms[at : at + n])}"
