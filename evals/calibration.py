"""Is a confidence of .8 right eight times in ten? Expected calibration error and the precision-recall curve.

usage: python -m evals.calibration FOLDER [--development] [--weights FOLDER] [--fit]

A report is right when it finds an annotated event and gives its type. The expected calibration error (Naeini et al.
2015) is taken over ten bins of equal count. ``--fit`` prints the two numbers of a logistic recalibration (Platt 1999)
for the weights' meta.json; fit it on documents that training did not see.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from pathlib import Path

from dateline.reading.reader import Reader
from evals.annotated import read
from evals.gate import Resolvers, code_with
from evals.score import verdicts
from training.heldout import development

Judged = tuple[float, bool]


def calibration_error(judged: Sequence[Judged], bins: int = 10) -> float:
    """Mean distance between confidence and share of right reports, over bins of equal count; 0 for no reports."""
    ranked = sorted(judged, key=lambda pair: pair[0])
    total = 0.0
    for k in range(bins):
        part = ranked[len(ranked) * k // bins : len(ranked) * (k + 1) // bins]
        if part:
            total += abs(sum(c for c, _ in part) - sum(r for _, r in part))
    return total / len(ranked) if ranked else 0.0


def curve(judged: Sequence[Judged], gold: int) -> list[tuple[float, float, float]]:
    """(least confidence, precision, recall) at 0.3, 0.4 … 0.9."""
    out = []
    for tenth in range(3, 10):
        kept = [right for confidence, right in judged if confidence >= tenth / 10]
        hit = sum(kept)
        out.append((tenth / 10, hit / len(kept) if kept else 1.0, hit / gold if gold else 0.0))
    return out


def platt(judged: Sequence[Judged], steps: int = 4000, rate: float = 0.05) -> tuple[float, float]:
    """Slope and offset of a logistic curve over the confidence's log-odds, by gradient descent on log-loss."""
    slope, offset = 1.0, 0.0
    points = [(math.log(c / (1 - c)), right) for confidence, right in judged if (c := min(confidence, 1 - 1e-6)) > 0]
    for _ in range(steps):
        errors = [1 / (1 + math.exp(-slope * x - offset)) - right for x, right in points]
        slope -= rate * sum(e * x for e, (x, _) in zip(errors, points, strict=True)) / len(points)
        offset -= rate * sum(errors) / len(points)
    return slope, offset


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(prog="python -m evals.calibration", description=(__doc__ or "").split("\n")[0])
    p.add_argument("folder", type=Path)
    p.add_argument("--development", action="store_true")
    p.add_argument("--weights", type=Path)
    p.add_argument("--fit", action="store_true")
    a = p.parse_args()
    documents = read(a.folder)
    documents = development(documents) if a.development else documents
    out = code_with(Reader.load(a.weights), documents, Resolvers())
    judged = [
        (report["confidence"], right)
        for d in documents
        for report, right in zip(out[d.id]["reports"], verdicts(d, out[d.id]), strict=True)
    ]
    print(f"{len(judged)} reports  calibration error {calibration_error(judged):.3f}")
    for least, precision, recall in curve(judged, sum(len(d.gold["events"]) for d in documents)):
        print(f"  confidence >= {least:.1f}  precision {precision:.3f}  recall {recall:.3f}")
    if a.fit:
        slope, offset = platt(judged)
        print(f'"calibration": [{slope:.3f}, {offset:.3f}]')


if __name__ == "__main__":
    main()
