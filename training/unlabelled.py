"""News texts without annotations, to pass on what several readers agree on (Hinton et al. 2015)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from dateline.text import split_sentences
from training import standoff
from training.annotated import Example

_SENTENCES = 12


def read_all(data: Path, seed: int, n: int) -> list[Example]:
    """``n`` stretches of a dozen sentences, drawn from all texts under ``data``; no layer is annotated."""
    found = [example for origin in _origins(data) for example in _stretches(origin, data)]
    return random.Random(seed).sample(found, min(n, len(found)))


def _origins(data: Path) -> Iterator[str]:
    for path in sorted((data / "polnear" / "train" / "text").glob("*.txt")):
        yield f"polnear/{path.name}"
    for path in sorted((data / "tempeval3" / "TBAQ-cleaned").glob("*/*.tml")):
        yield f"tbaq/{path.parent.name}/{path.name}"
    for path in sorted((data / "muc4" / "grit_processed").glob("train.json")):
        yield from (f"muc4/{k}" for k in range(len(path.read_text(encoding="utf-8").splitlines())))
    yield from (f"{name}/{k}" for name in ("geovirus", "lgl") for k in range(0, 300, 2))


def _stretches(origin: str, data: Path) -> Iterator[Example]:
    text = standoff.source_text(origin, data)
    bounds = [(s.start, s.end) for s in split_sentences(text, 0, len(text))] if text else []
    for at in range(0, len(bounds), _SENTENCES):
        yield Example(f"{origin}#{at}", text or "", bounds[at : at + _SENTENCES], [], [], frozenset())
