"""Weakly labelled sets: a sentence or story is known to tell of an event, but not with which words.

PLV (Hu et al. 2024, training part) names the type and who did it to whom; the synthetic stories of NGEC (Halterman
et al. 2023) a type and a mode; the CAMEO sentences of ConfliBERT (Hu et al. 2022) who and whom.
"""

from __future__ import annotations

import csv
import io
import random
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from dateline.lexicon.plover import EVENT_TYPES, MODES
from training.annotated import CharSpan, Example, Hint

_ROOTS = {"YIELD": ("CONCEDE", "RETREAT"), **{t: (t,) for t in EVENT_TYPES}}
_MODE_NAMES = {"BAN": "restrict", "PRIMATIVE": "primitive", "SIEZE": "seize", "ASSASSINATE": "targeted",
               "EXECUTE": "targeted", "RETURN": "withdraw"}  # fmt: skip


def plv(path: Path) -> Iterator[Example]:
    """Sentences with source, target and PLOVER root."""
    for k, row in enumerate(_rows(path.read_text(encoding="utf-8"), "\t")):
        text = row["sentence"].strip()
        types = _ROOTS.get(row["gold_root"], ())
        if text and types:
            hint = Hint((0, len(text)), types, None, _found(text, row["source"]), _found(text, row["target"]))
            yield Example(f"plv-{k}", text, [(0, len(text))], [], [], frozenset(), hints=[hint])


def stories(path: Path, seed: int, n: int) -> Iterator[Example]:
    """``n`` of the synthetic stories: one of the type's events is told in the title or the first sentences."""
    with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as stream:
        rows = _rows(io.TextIOWrapper(stream, encoding="utf-8").read(), ",")
    random.Random(seed).shuffle(rows)
    for k, row in enumerate(rows[:n]):
        title = row["prompt"].split("\n")[0].strip()
        body = " ".join(row["text"].split())
        sentences = [title, *re.split(r"(?<=[.!?])\s+(?=[A-Z\"“])", body)[:3]]
        if row["label"] in EVENT_TYPES and len(title) > 10:
            yield _story(f"story-{k}", sentences, row["label"], _mode(row["label"], row["mode"]))


def _story(name: str, sentences: list[str], label: str, mode: str | None) -> Example:
    text, bounds = "", list[CharSpan]()
    for sentence in sentences:
        bounds.append((len(text), len(text) + len(sentence)))
        text += sentence + "\n"
    hint = Hint((0, bounds[min(1, len(bounds) - 1)][1]), (label,), mode, [], [])
    return Example(name, text, bounds, [], [], frozenset(), hints=[hint])


def _mode(label: str, mode: str) -> str | None:
    name = _MODE_NAMES.get(mode, mode.lower())
    return f"{label}/{name}" if name in MODES.get(label, ()) else None


def _found(text: str, words: str) -> list[CharSpan]:
    words = (words or "").strip()
    at = text.find(words) if words else -1
    return [(at, at + len(words))] if at >= 0 else []


def _rows(text: str, delimiter: str) -> list[dict[str, str]]:
    csv.field_size_limit(sys.maxsize)
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def read_all(data: Path, seed: int, n_stories: int = 2400) -> list[Example]:
    """All weakly labelled examples found under ``data``; absent sets are left out."""
    out: list[Example] = []
    path = data / "zsp_plover" / "PLV_train.tsv"
    if path.exists():
        out += plv(path)
    found = sorted((data / "ngec_actor_tests").glob("gpt_synthetic_events*.zip"))
    if found:
        out += stories(found[0], seed, n_stories)
    return out
