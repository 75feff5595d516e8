"""MUC-4 role fillers from the reader's evidence, scored entity by entity (CEAF-REE, Du et al. 2021).

usage: python -m evals.muc4 FOLDER [--limit N] [--weights FOLDER] [--work FOLDER]

FOLDER holds train.json (dev-muc3, 1,300 reports) and dev.json (tst1 and tst2, 200 reports), as GRIT prepared them.

MUC's roles are not dateline's: it counts attacks on certain targets, leaves most clashes out, and parts perpetrators
into individuals and organisations. So the way from the one to the other is learnt, from train.json and the reader as
it is shipped: candidates are its mentions and faint role fillers (``evals.muc4_candidates``), and two levels of models
choose among them (``evals.muc4_extractor``). Thresholds are chosen on reports of train.json that the models in question
have not seen; dev.json is read once, at the end. The texts are in lower case, which hides the ends of sentences from
dateline, so the first letter of each sentence is made a capital. What the reader says of the texts is kept in --work
for the next time. Published for systems trained on these roles, on tst3 and tst4: 54 to 57 F1.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dateline.reading.network import WEIGHTS
from dateline.reading.reader import sentences_of
from evals.evidence import EvidenceReader, Tokens, kept
from evals.muc4_candidates import ROLES, Report, article, key, report
from evals.muc4_score import figures

Row = dict[str, Any]


def known_strings(rows: Sequence[Row]) -> frozenset[str]:
    """Strings of up to six words that the keys of at least two reports hold."""
    count = Counter(words for row in rows for words in {w for es in key(row).values() for e in es for w in e})
    return frozenset(words for words, n in count.items() if n > 1 and 0 < len(words.split()) <= 6)


def reports(rows: Sequence[Row], tokens: Sequence[Tokens], known: frozenset[str]) -> list[Report]:
    """The reports with what the reader says of them; of rows as many as are asked for."""
    return [report(row, t, known) for row, t in zip(rows, tokens, strict=False)]


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(prog="python -m evals.muc4", description=(__doc__ or "").split("\n")[0])
    p.add_argument("folder", type=Path)
    p.add_argument("--weights", type=Path, default=WEIGHTS)
    p.add_argument("--limit", type=int, help="learn from the first N reports of train.json")
    p.add_argument("--work", type=Path, default=Path("build/evals"), help="where the reader's evidence is kept")
    a = p.parse_args()
    from evals.muc4_extractor import Extractor

    begun = time.process_time()

    def told(step: str) -> None:
        print(f"{time.process_time() - begun:4.0f} s  {step}", file=sys.stderr)

    reader = EvidenceReader(a.weights)
    rows = {name: _rows(a.folder / f"{name}.json") for name in ("train", "dev")}
    tokens = {name: _tokens(reader, some, a.work / f"muc4-{name}-{reader.version}") for name, some in rows.items()}
    told("evidence")
    train = rows["train"][: a.limit]
    known = known_strings(train)
    learnt, asked = reports(train, tokens["train"], known), reports(rows["dev"], tokens["dev"], known)
    told("candidates")
    extractor = Extractor(learnt, told)
    made = figures([r.key for r in asked], extractor.find(asked))
    print(f"all roles, {len(train)} reports of train.json, by models that had not seen them: ", end="")
    print(_line(extractor.development["all"]))
    for role in (*ROLES, "all"):
        print(f"{role:8s}", _line(made[role]))


def _tokens(reader: EvidenceReader, rows: Sequence[Row], folder: Path) -> list[Tokens]:
    return kept(folder, lambda: [reader.tokens(sentences_of(article(row["doctext"]))) for row in rows])


def _line(figures: dict[str, float]) -> str:
    return "  ".join(f"{k} {v:.3f}" for k, v in figures.items())


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
