"""Weakly labelled sets: a sentence or story is known to tell of an event, but not with which words.

PLV (Hu et al. 2024, training part) names the type and who did it to whom; the synthetic stories of NGEC (Halterman
et al. 2023) a type and a mode; MUC-4 (Sundheim 1992) who attacked whom with what.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.lexicon.plover import EVENT_TYPES, MODES
from training.annotated import CharSpan, Example, Hint

_ROOTS = {"YIELD": ("CONCEDE", "RETREAT"), **{t: (t,) for t in EVENT_TYPES}}
_MODE_NAMES = {"BAN": "restrict", "PRIMATIVE": "primitive", "SIEZE": "seize", "ASSASSINATE": "targeted",
               "EXECUTE": "targeted", "RETURN": "withdraw"}  # fmt: skip


_SENTENCE = re.compile(r"\S(?:(?!\.\s{1,4}\S).){20,600}\.?")
_MUC_ROLES = {"PerpInd": "actor", "PerpOrg": "actor", "Victim": "recipient", "Target": "recipient",
              "Weapon": "instrument"}  # fmt: skip


def plv(path: Path) -> Iterator[Example]:
    """Sentences with source, target and PLOVER root."""
    for k, row in enumerate(_rows(path.read_text(encoding="utf-8"), "\t")):
        text = row["sentence"].strip()
        types = _ROOTS.get(row["gold_root"], ())
        if text and types:
            fillers = {"actor": _found(text, row["source"]), "recipient": _found(text, row["target"])}
            hint = Hint((0, len(text)), types, None, {r: s for r, s in fillers.items() if s})
            yield Example(f"plv-{k}", text, [(0, len(text))], [], [], frozenset(), hints=[hint])


def stories(path: Path, seed: int, n: int) -> Iterator[Example]:
    """``n`` of the synthetic stories: one of the type's events is told in the title or the first sentences."""
    for k, row in enumerate(_synthetic(path, seed, n)):
        title = row["prompt"].split("\n")[0].strip()
        body = " ".join(row["text"].split())
        sentences = [title, *re.split(r"(?<=[.!?])\s+(?=[A-Z\"“])", body)[:3]]
        if row["label"] in EVENT_TYPES and len(title) > 10:
            yield _story(f"story-{k}", sentences, row["label"], _mode(row["label"], row["mode"]))


def archives(data: Path) -> list[Path]:
    """The archive of synthetic stories under ``data``, or none."""
    return sorted((data / "ngec_actor_tests").glob("gpt_synthetic_events*.zip"))[:1]


def texts(path: Path, seed: int, n: int) -> Iterator[str]:
    """The texts of ``n`` of the synthetic stories."""
    for row in _synthetic(path, seed, n):
        yield " ".join(row["text"].split())


def _synthetic(path: Path, seed: int, n: int) -> list[dict[str, str]]:
    with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as stream:
        rows = _rows(io.TextIOWrapper(stream, encoding="utf-8").read(), ",")
    random.Random(seed).shuffle(rows)
    return rows[:n]


def _story(name: str, sentences: list[str], label: str, mode: str | None) -> Example:
    text, bounds = "", list[CharSpan]()
    for sentence in sentences:
        bounds.append((len(text), len(text) + len(sentence)))
        text += sentence + "\n"
    hint = Hint((0, bounds[min(1, len(bounds) - 1)][1]), (label,), mode, {})
    return Example(name, text, bounds, [], [], frozenset(), hints=[hint])


def muc(path: Path) -> Iterator[Example]:
    """MUC-4 development reports (as prepared by Du et al. 2021): sentences with the template's fillers.

    A sentence that holds a victim or target tells of an ASSAULT on it; perpetrators and weapons of that sentence are
    its actors and instruments. Sentences without one, and reports without a template, are left out.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text, extracts = row["doctext"], row["extracts"]
        kept = [(m.span(), f) for m in _SENTENCE.finditer(text) if (f := _fillers(m[0], extracts)).get("recipient")]
        for at in range(0, len(kept), 6):
            yield _sentences(f"{row['docid']}-{at}", text, kept[at : at + 6])


def _sentences(name: str, text: str, kept: list[tuple[CharSpan, dict[str, list[CharSpan]]]]) -> Example:
    joined = Example(name, "", [], [], [], frozenset())
    for (start, end), fillers in kept:
        at = len(joined.text)
        joined.text += text[start:end] + "\n"
        joined.sentences.append((at, at + end - start))
        moved = {r: [(at + a, at + b) for a, b in spans] for r, spans in fillers.items()}
        joined.hints.append(Hint((at, at + end - start), ("ASSAULT",), None, moved))
    return joined


def _fillers(sentence: str, extracts: dict[str, list[list[list[Any]]]]) -> dict[str, list[CharSpan]]:
    out: dict[str, list[CharSpan]] = {}
    for key, role in _MUC_ROLES.items():
        strings = [m[0] for entity in extracts.get(key, []) for m in entity]
        spans = [s for words in sorted(strings, key=len, reverse=True) for s in _found(sentence, words)]
        clear = [s for k, s in enumerate(spans) if not any(s[0] < o[1] and o[0] < s[1] for o in spans[:k])]
        if clear:
            out.setdefault(role, []).extend(clear)
    return out


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
    path = data / "muc4" / "grit_processed" / "train.json"
    if path.exists():
        out += muc(path)
    for path in archives(data):
        out += stories(path, seed, n_stories)
    return out
