"""Words judged one by one: whether they trigger an event, and of which type and mode; and sentences with their quotes.

Where a reader is unsure, a label teaches it most (Settles 2009, "Active learning literature survey"). The sentences
are drawn from unlabelled news by how unsure a reader is of their words; somebody who reads them says what each such
word is. The other words of a judged sentence trigger nothing. In the same way sentences are drawn by how unsure a
reader is of what is quoted, and somebody marks all quotes. As with ``standoff``, texts stay with their owners: files
hold offsets and labels only. Articles of ``corpus/happenings`` and the press statements beside the files are ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from dateline.text import split_sentences
from training.annotated import CharSpan, Example, TrainEvent
from training.standoff import digest, source_text

JUDGEMENTS = Path(__file__).parent / "judgements"
SECOND = JUDGEMENTS / "second" / "opinions.jsonl"
STATEMENTS = JUDGEMENTS / "statements"
OWN = Path(__file__).parents[1] / "corpus" / "happenings"
MEASURED = frozenset({"horn", "west"})
UNDECIDED, NOTHING = "?", "-"


def read(path: Path, data: Path) -> Iterator[Example]:
    """Examples of a file whose sources lie under ``data`` or ``OWN``; absent or changed sources are left out.

    A row has ``origin`` and ``sha256`` of the source, its ``sentences``, those of them that are ``context`` only, and
    ``words``: [start, end, ``TYPE``, ``TYPE/mode`` or ``?``], where the roles were judged too with the status and the
    fillers of each role that was asked for. Or instead of words it has ``quotes``: content, cue and speaker, each a
    span, the last two ``null`` where the sentence has none.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = text_of(row["origin"], data)
        if text is not None and digest(text) == row["sha256"]:
            yield example(row, text)


def text_of(origin: str, data: Path) -> str | None:
    """A source's text, ``None`` where it is absent.

    ``happenings/PART/ARTICLE`` and ``statements/NUMBER`` are ours, others are as ``standoff.source_text`` says.
    """
    name, _, key = origin.partition("/")
    if name == "statements":
        path = STATEMENTS / f"{key}.txt"
        return path.read_text(encoding="utf-8") if path.exists() else None
    if name != "happenings":
        return source_text(origin, data)
    part, _, article = key.partition("/")
    return _own(OWN / part / "articles.jsonl").get(article)


@lru_cache(maxsize=8)
def _own(path: Path) -> dict[str, str]:
    """Headline and text of each article of a part, by id."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {a["id"]: f"{a['title']}\n\n{a['text']}" for a in map(json.loads, lines)}


def own_articles() -> Iterator[Example]:
    """Our own articles, no layer annotated; merging is measured on two of the parts, so they are left out."""
    for path in sorted(OWN.glob("*/articles.jsonl")):
        if path.parent.name not in MEASURED:
            for article, text in _own(path).items():
                title = text.index("\n\n")
                bounds = [*split_sentences(text, 0, title), *split_sentences(text, title + 2, len(text))]
                sentences = [(s.start, s.end) for s in bounds]
                yield Example(f"happenings/{path.parent.name}/{article}#0", text, sentences, [], [], frozenset())


def example(row: dict[str, Any], text: str) -> Example:
    """The text from the first sentence to the last; nobody judged the ``context`` sentences."""
    first, last = row["sentences"][0][0], row["sentences"][-1][1]

    def moved(span: Sequence[int]) -> CharSpan:
        return span[0] - first, span[1] - first

    events, undecided = [], []
    for start, end, label, *further in row.get("words", ()):
        word = moved((start, end))
        if label == UNDECIDED:
            undecided.append(word)
            continue
        kind, _, mode = label.partition("/")
        status, fillers = further or ("", {})
        events.append(TrainEvent(word, kind, mode, status, {r: [moved(x) for x in v] for r, v in fillers.items()}))
    for content, cue, speaker in row.get("quotes", ()):
        # A quote without a cue has the first character of its content for one.
        trigger = moved(cue) if cue else (moved(content)[0], moved(content)[0] + 1)
        roles = {"content": [moved(content)], "speaker": [moved(speaker)] if speaker else []}
        events.append(TrainEvent(trigger, "QUOTE", "", "", roles))
    return Example(
        f"{row['origin']}#{first}",
        text[first:last],
        [moved(x) for x in row["sentences"]],
        [],
        events,
        frozenset({"type"} if "words" in row else {"quote"}),
        open=[*(moved(x) for x in row["context"]), *undecided],
    )


def second_opinions(path: Path) -> dict[str, list[tuple[int, int, str]]]:
    """Words of annotated documents that were judged again, by document: start, end and label.

    Offsets are those of ``annotated.example``, whose text is the document's sentences on a line each.
    """
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {row["id"]: [tuple(word) for word in row["words"]] for row in map(json.loads, lines)}


def revised(example: Example, words: Sequence[tuple[int, int, str]]) -> Example:
    """The document with the second opinions on its words: events retyped, taken out, put in, or left open.

    An event that is put in has no status and no roles that anybody told.
    """
    labels = {start: (end, label) for start, end, label in words}
    events = [e for event in example.events if (e := _retyped(event, labels)) is not None]
    known = {e.trigger[0] for e in example.events if e.type != "QUOTE"}
    for start, (end, label) in labels.items():
        if start not in known and label not in (NOTHING, UNDECIDED):
            kind, _, mode = label.partition("/")
            events.append(TrainEvent((start, end), kind, mode, ""))
    undecided = [(start, end) for start, (end, label) in labels.items() if label == UNDECIDED]
    return replace(example, events=events, open=[*example.open, *undecided])


def _retyped(event: TrainEvent, labels: Mapping[int, tuple[int, str]]) -> TrainEvent | None:
    """The event with its second label; ``None`` when there is no event after all, or nobody knows."""
    _, label = labels.get(event.trigger[0], (0, ""))
    if event.type == "QUOTE" or not label:
        return event
    kind, _, mode = label.partition("/")
    return None if kind in (NOTHING, UNDECIDED) else replace(event, type=kind, mode=mode)
