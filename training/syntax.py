"""Universal Dependencies as an auxiliary layer: what each word is to which other word."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from training.annotated import Dependency, Example

RELATIONS = (
    "root", "nsubj", "obj", "iobj", "csubj", "ccomp", "xcomp", "obl", "vocative", "expl", "dislocated", "advcl",
    "advmod", "discourse", "aux", "cop", "mark", "nmod", "appos", "nummod", "acl", "amod", "det", "clf", "case",
    "conj", "cc", "fixed", "flat", "list", "parataxis", "compound", "orphan", "goeswith", "reparandum", "punct",
    "dep", "nsubj:pass", "aux:pass", "obl:agent", "nmod:poss", "acl:relcl", "compound:prt",
)  # fmt: skip


def read(paths: list[Path]) -> Iterator[Example]:
    """Sentences of CoNLL-U files (plain or gzip) as examples of one sentence each, with only the syntax layer."""
    for path in paths:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for k, block in enumerate(data.decode("utf-8").split("\n\n")):
            example = _sentence(f"{path.stem}-{k}", block)
            if example is not None:
                yield example


def _sentence(name: str, block: str) -> Example | None:
    rows = [r for line in block.splitlines() if len(r := line.split("\t")) == 10 and r[0].isdigit()]
    if not 3 <= len(rows) <= 60:
        return None
    text, bounds = "", list[tuple[int, int]]()
    for row in rows:
        start = len(text)
        text += row[1]
        bounds.append((start, len(text)))
        text += "" if "SpaceAfter=No" in row[9] else " "
    text = text.rstrip()
    words = [_dependency(bounds, k, row) for k, row in enumerate(rows)]
    return Example(name, text, [(0, len(text))], [], [], frozenset({"syntax"}), words)


def _dependency(bounds: list[tuple[int, int]], k: int, row: list[str]) -> Dependency:
    relation = row[7] if row[7] in RELATIONS else row[7].split(":")[0]
    governor = int(row[6]) - 1 if row[6].isdigit() else -1
    return Dependency(bounds[k], bounds[governor if governor >= 0 else k], relation)
