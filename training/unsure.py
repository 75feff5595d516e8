"""Sheets of the words that a reader is unsure of, for people to judge; what they judge is read by ``training.judged``.

``python -m training.unsure draw DATA SHEETS`` writes sheets of numbered sentences, ``001.txt`` and on; their words in
braces are to be judged. Whoever judges writes a line for each sentence into ``001.ans``:
``17 1=CONSULT 2=- 3=ASSAULT/explosives +raid=ASSAULT``. A hyphen says that the word triggers nothing, ``?`` that it
cannot be told, ``+word#2`` names a trigger that has no number by the second place where it stands.
``python -m training.unsure collect SHEETS DATA FILE`` checks the lines and writes the rows that are trained on.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.errors import DatelineError
from dateline.lexicon.plover import MODES
from dateline.reading.labels import EVENT_TYPES
from dateline.reading.network import WEIGHTS, Floats, Network
from dateline.reading.windows import BUDGET, Piece, groups, pieces
from dateline.reading.wordpiece import WordPiece
from dateline.records import Span
from training import judged, standoff, unlabelled
from training.annotated import CharSpan, Example

_LEAST = 0.04
"""A word is asked about when it is at least this likely to trigger something."""

_LONGEST = 420
_ANSWER = re.compile(r"(\+?)(.+?)=([A-Z]+|-|\?)(?:/([a-z-]+))?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence of an example, the bounds of its unsure words, and how unsure they are for what reading them costs."""

    example: Example
    sentence: int
    words: tuple[CharSpan, ...]
    worth: float


def asked(examples: Sequence[Example], network: Network, tokenizer: WordPiece) -> Iterator[Asked]:
    """Every sentence of at most ``_LONGEST`` characters with a word that the reader is unsure of."""
    for example in examples:
        parts = pieces(tokenizer, [Span.of(example.text, a, b) for a, b in example.sentences])
        done = 0
        for group in groups([len(p.ids) for p in parts], lambda: BUDGET):
            window = [parts[k] for k in group]
            ids = [i for p in window for i in p.ids]
            trigger = network.window(ids).trigger if ids else None
            at = 0
            for k, part in zip(group, window, strict=True):
                if trigger is not None and k >= done:
                    yield from _asked(example, part, trigger[at : at + len(part.ids)])
                at += len(part.ids)
            done = group.stop


def _asked(example: Example, part: Piece, types: Floats) -> Iterator[Asked]:
    start, end = example.sentences[part.sentence]
    words, doubt = list[CharSpan](), 0.0
    for at, probabilities in zip(part.starts, types, strict=True):
        begins = example.text[at].isalnum() and not example.text[at - 1 : at].isalnum()
        if begins and 1 - probabilities[0] > _LEAST:
            words.append((at, _word_end(example.text, at)))
            doubt += 1 - float(probabilities.max())
    if words and end - start <= _LONGEST:
        yield Asked(example, part.sentence, tuple(words), doubt / (50 + (end - start) / 4 + 6 * len(words)))


def _word_end(text: str, at: int) -> int:
    found = re.compile(r"\w+(?:['’-]\w+)*").match(text, at)
    return found.end() if found else at + 1


def sheet(items: Sequence[Asked]) -> tuple[str, list[dict[str, Any]]]:
    """A sheet's words for people, and what is needed to read their answers."""
    lines, records = [], []
    for number, item in enumerate(items, 1):
        start, end = item.example.sentences[item.sentence]
        text = item.example.text[start:end]
        shown = text
        for k, (_, stop) in reversed(list(enumerate(item.words, 1))):
            shown = f"{shown[: stop - start]}{{{k}}}{shown[stop - start :]}"
        if item.sentence:
            before = " ".join(item.example.text[slice(*item.example.sentences[item.sentence - 1])].split())
            lines.append(f"   << {before[-180:]}")
        lines.append(f"{number}. {' '.join(shown.split())}")
        records.append(
            {
                "origin": item.example.id.rpartition("#")[0],
                "context": item.example.sentences[item.sentence - 1] if item.sentence else None,
                "sentence": [start, end],
                "text": text,
                "words": [list(word) for word in item.words],
            }
        )
    return "\n".join(lines) + "\n", records


def answers(records: Sequence[dict[str, Any]], lines: Sequence[str]) -> dict[int, list[list[Any]]]:
    """Judged words, [start, end, label], by the number of the sentence; raises DatelineError for what cannot be read.

    Words that trigger nothing are left out: all words of a judged sentence that are not named trigger nothing.
    """
    out: dict[int, list[list[Any]]] = {}
    for line in filter(str.strip, lines):
        number, *given = line.split()
        if not number.isdigit() or not 1 <= int(number) <= len(records):
            raise DatelineError(f"{line!r}: no such sentence; begin the line with the sentence's number")
        record = records[int(number) - 1]
        labels = dict(_answer(record, item, line) for item in given)
        missing = [k for k, word in enumerate(record["words"], 1) if tuple(word) not in labels]
        if missing:
            raise DatelineError(f"{line!r}: the words {missing} are not judged")
        out[int(number)] = [[*word, label] for word, label in sorted(labels.items()) if label != judged.NOTHING]
    return out


def _answer(record: dict[str, Any], item: str, line: str) -> tuple[CharSpan, str]:
    """The word that an item of an answer names, and its label."""
    found = _ANSWER.fullmatch(item)
    if not found:
        raise DatelineError(f"{line!r}: {item!r} is not NUMBER=TYPE, NUMBER=TYPE/mode, NUMBER=- or +WORD=TYPE")
    further, word, label, mode = found.groups()
    if label not in (*EVENT_TYPES, judged.NOTHING, judged.UNDECIDED) or (mode and mode not in MODES.get(label, ())):
        raise DatelineError(f"{line!r}: PLOVER has no {item.partition('=')[2]}")
    return _place(record, bool(further), word, line), f"{label}/{mode}" if mode else label


def _place(record: dict[str, Any], further: bool, word: str, line: str) -> CharSpan:
    if not further:
        if not word.isdigit() or not 1 <= int(word) <= len(record["words"]):
            raise DatelineError(f"{line!r}: the sentence has no word {word}")
        start, end = record["words"][int(word) - 1]
        return start, end
    words, _, nth = word.partition("#")
    places = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", record["text"])]
    k = int(nth) if nth.isdigit() else 1
    if not 1 <= k <= len(places):
        raise DatelineError(f"{line!r}: {words!r} does not stand in the sentence so often")
    first = record["sentence"][0]
    return first + places[k - 1][0], first + places[k - 1][1]


def rows(sheets: Path, data: Path) -> Iterator[dict[str, Any]]:
    """One row for each judged sentence of all answered sheets, in the order of sheets."""
    for path in sorted(sheets.glob("*.ans")):
        records = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        for number, words in answers(records, path.read_text(encoding="utf-8").splitlines()).items():
            record = records[number - 1]
            text = judged.text_of(record["origin"], data)
            context = [record["context"]] if record["context"] else []
            yield {
                "origin": record["origin"],
                "sha256": standoff.digest(text or ""),
                "sentences": [*context, record["sentence"]],
                "context": context,
                "words": words,
            }


def draw(data: Path, sheets: Path, number: int, size: int, seed: int) -> None:
    """Write the sheets with the sentences that are most worth judging, in random order."""
    network, tokenizer = Network(), WordPiece.load(WEIGHTS / "tokenizer.json")
    examples = [*unlabelled.read_all(data, seed, 10**9, 0), *judged.own_articles()]
    known = {e.text[a:b] for e in _annotated(data) for a, b in e.sentences}
    found = {a.example.text[slice(*a.example.sentences[a.sentence])]: a for a in asked(examples, network, tokenizer)}
    best = sorted((a for text, a in found.items() if text not in known), key=lambda a: -a.worth)[: number * size]
    random.Random(seed).shuffle(best)
    sheets.mkdir(parents=True, exist_ok=True)
    for k in range(0, len(best), size):
        text, records = sheet(best[k : k + size])
        path = sheets / f"{k // size + 1:03d}.txt"
        path.write_text(text, encoding="utf-8")
        path.with_suffix(".json").write_text(json.dumps(records), encoding="utf-8")


def _annotated(data: Path) -> Iterator[Example]:
    """What has been annotated, or judged word by word, already."""
    for path in sorted(standoff.ANNOTATIONS.glob("*.jsonl")):
        yield from standoff.read(path, data)
    for path in sorted(judged.JUDGEMENTS.glob("*.jsonl")):
        yield from (example for example in judged.read(path, data) if "type" in example.tasks)


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(prog="python -m training.unsure", description=(__doc__ or "").split("\n")[0])
    kinds = p.add_subparsers(dest="kind", required=True)
    d = kinds.add_parser("draw", help="write sheets")
    d.add_argument("data", type=Path, help="folder of third-party sets")
    d.add_argument("sheets", type=Path, help="folder to write to")
    d.add_argument("--number", type=int, default=50, help="sheets")
    d.add_argument("--size", type=int, default=60, help="sentences a sheet")
    d.add_argument("--seed", type=int, default=1)
    c = kinds.add_parser("collect", help="read the answers")
    c.add_argument("sheets", type=Path)
    c.add_argument("data", type=Path)
    c.add_argument("file", type=Path, help="rows to write")
    a = p.parse_args()
    if a.kind == "draw":
        draw(a.data, a.sheets, a.number, a.size, a.seed)
        return
    lines = [json.dumps(row, ensure_ascii=False) for row in rows(a.sheets, a.data)]
    a.file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} sentences")


if __name__ == "__main__":
    main()
