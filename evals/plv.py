"""PLV (Hu et al. 2024): the PLOVER root of a sentence, given who did it to whom.

usage: python -m evals.plv TEST.tsv [--fit TRAIN.tsv] [--annotated FOLDER]... [--weights FOLDER] [-v]

The task names source and target, so the root is read off the reader's own probabilities: over all tokens of the
sentence, the type's probability times how strongly the token takes the source's words as its actor and the target's
as its recipient, summed over tokens. PLV's YIELD is PLOVER's CONCEDE and RETREAT together. That needs no fitting.

With ``--fit`` two models fitted on PLV's training part decide together. One weighs the reader's evidence: those sums,
the same for modes and statuses, and the types' probabilities between source and target and elsewhere. The other reads
words around source and target (``evals.plv_words``), and learns from annotated documents too where ``--annotated``
names folders of them. How much each counts is chosen by five-fold cross-validation within the training part.
Published: .824 macro-F1 (zero-shot, RoBERTa-large). The training part of PLV is also a weak label in the reader's
training; the test part is in none of these.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.reading.labels import EVENT_TYPES, TABLE_ROLES
from dateline.reading.network import WEIGHTS, Floats, Network, Window
from dateline.reading.windows import BUDGET
from dateline.reading.wordpiece import WordPiece
from evals.plv_words import YIELD, Bounds, Question, annotated_questions, question, signs

ROOTS = tuple(dict.fromkeys(YIELD.get(t, t) for t in EVENT_TYPES))
_ACTOR, _RECIPIENT = (2 * TABLE_ROLES.index(role) + 1 for role in ("actor", "recipient"))
_FLOOR = 1e-4
_ANNOTATED_WEIGHT = 0.3
_SHARES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
_FOLDS = 5
Mask = npt.NDArray[np.bool_]


class RootReader:
    """Network and tokenizer of the reader, asked for one root a sentence."""

    def __init__(self, weights: Path) -> None:
        self._network = Network(weights)
        self._tokenizer = WordPiece.load(weights / "tokenizer.json")

    def evidence(self, asked: Question) -> Floats:
        """What the reader says of the sentence (features,): first the types by role fit, in the order of the labels."""
        encoded = self._tokenizer.encode(asked.sentence)
        ids, offsets = list(encoded.ids[:BUDGET]), list(encoded.offsets[:BUDGET])
        window = self._network.window(ids)
        source, target = (_mask(bounds, offsets) for bounds in (asked.source, asked.target))
        fit = np.array([self._fit(window, at, source, target) for at in range(len(ids))], np.float32)
        events = window.trigger[:, 1:]
        some = events.sum(-1)
        parts = [fit @ events, (fit * some) @ window.mode, (fit * some) @ window.status, some @ events]
        parts += list(_told(window.trigger, source, target, _between(asked, offsets)))
        order = [float(_begins(asked.source) < _begins(asked.target))]
        return np.concatenate([*(np.log(p + _FLOOR) for p in parts), order]).astype(np.float32)

    def _fit(self, window: Window, at: int, source: Mask, target: Mask) -> float:
        """How well source and target fill the roles of an event at this token; 0 within their own words."""
        if source[at] or target[at]:
            return 0.0
        table = self._network.table(window, at, (0, len(source)))
        return _mean(table[:, _ACTOR], source) * _mean(table[:, _RECIPIENT], target)


def _told(trigger: Floats, source: Mask, target: Mask, between: Mask) -> tuple[Floats, ...]:
    """Probabilities of the types: between source and target (mean, most), where events are, and most anywhere."""
    share = (1 - trigger[:, 0]) * ~source * ~target
    inside = share * between
    zero = np.zeros(trigger.shape[1], np.float32)
    middle = trigger[between]
    return (
        middle.mean(0) if len(middle) else zero,
        middle.max(0) if len(middle) else zero,
        share @ trigger / (share.sum() + 0.1),
        inside @ trigger / (inside.sum() + 0.1),
        trigger.max(0),
    )


def _begins(bounds: Bounds | None) -> int:
    return bounds[0] if bounds else 0


def _mask(bounds: Bounds | None, offsets: Sequence[Bounds]) -> Mask:
    return np.array([bounds is not None and s < bounds[1] and bounds[0] < e for s, e in offsets], np.bool_)


def _between(asked: Question, offsets: Sequence[Bounds]) -> Mask:
    if asked.source is None or asked.target is None:
        return np.zeros(len(offsets), np.bool_)
    (_, low), (high, _) = sorted((asked.source, asked.target))
    return np.array([low <= s and e <= high for s, e in offsets], np.bool_)


def _mean(column: Floats, mask: Mask) -> float:
    """How strongly the masked tokens fill the role; a floor keeps a sentence whose roles are misread in play."""
    return 0.02 + float(np.mean(column[mask])) if mask.any() else 1.0


def summed(evidence: Floats) -> str:
    """The likeliest root (with YIELD for CONCEDE and RETREAT) from the types by role fit alone."""
    total = dict.fromkeys(ROOTS, 0.0)
    for k, name in enumerate(EVENT_TYPES):
        total[YIELD.get(name, name)] += float(np.exp(evidence[k]))
    return max(total, key=lambda name: total[name])


class Fitted:
    """A model of the evidence and one of the words, fitted on questions whose roots are known.

    ``share`` is how much the words count: what is best for questions of the training part that other folds decide.
    """

    def __init__(self, evidence: Floats, asked: Sequence[Question], others: Sequence[Question]) -> None:
        said = np.zeros((2, len(asked), len(ROOTS)))
        fold = np.random.default_rng(0).permutation(len(asked)) % _FOLDS
        for k in range(_FOLDS):
            rest, these = ([int(n) for n in np.flatnonzero(part)] for part in (fold != k, fold == k))
            models = _models(evidence[rest], [asked[n] for n in rest], others)
            said[:, these] = _both(models, evidence[these], [asked[n] for n in these])
        roots = [q.root for q in asked]
        scores = {share: macro_f1(list(zip(roots, _roots(said, share), strict=True))) for share in _SHARES}
        self.share = max(_SHARES, key=lambda share: scores[share])
        self.development = scores[self.share]
        self._models = _models(evidence, asked, others)

    def roots(self, evidence: Floats, asked: Sequence[Question]) -> list[str]:
        """The likeliest root of each question."""
        return _roots(_both(self._models, evidence, asked), self.share)


def _models(evidence: Floats, asked: Sequence[Question], others: Sequence[Question]) -> tuple[Any, Any]:
    """Logistic regressions of the evidence and of the words."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    told = make_pipeline(StandardScaler(), LogisticRegression(C=18 / evidence.shape[1], max_iter=300))
    told.fit(evidence, [q.root for q in asked])
    vocabulary = TfidfVectorizer(analyzer=signs, min_df=2, sublinear_tf=True)
    words = make_pipeline(vocabulary, LogisticRegression(C=10, max_iter=300))
    weights = np.repeat([1.0, _ANNOTATED_WEIGHT], [len(asked), len(others)])
    both = [*asked, *others]
    words.fit(both, [q.root for q in both], logisticregression__sample_weight=weights)
    return told, words


def _both(models: tuple[Any, Any], evidence: Floats, asked: Sequence[Question]) -> npt.NDArray[np.float64]:
    return np.stack([_logs(models[0], evidence), _logs(models[1], asked)])


def _roots(said: npt.NDArray[np.float64], share: float) -> list[str]:
    """The likeliest roots by log probabilities (2, questions, roots) of evidence and words."""
    return [ROOTS[k] for k in ((1 - share) * said[0] + share * said[1]).argmax(-1)]


def _logs(model: Any, rows: Any) -> npt.NDArray[np.float64]:
    """Log probabilities (rows, roots)."""
    out = np.full((len(rows), len(ROOTS)), _FLOOR)
    out[:, [ROOTS.index(root) for root in model.classes_]] += model.predict_proba(rows)
    logs: npt.NDArray[np.float64] = np.log(out)
    return logs


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Mean over the roots of the gold part of the F1 of each; ``pairs`` are (gold, predicted)."""
    hit, said, true = (
        Counter(g for g, p in pairs if g == p),
        Counter(p for _, p in pairs),
        Counter(g for g, _ in pairs),
    )
    return sum(2 * hit[root] / (said[root] + true[root]) for root in true) / len(true)


def _questions(path: Path) -> list[Question]:
    csv.field_size_limit(sys.maxsize)
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t")
    return [question(row) for row in rows]


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(prog="python -m evals.plv", description=(__doc__ or "").split("\n")[0])
    p.add_argument("file", type=Path)
    p.add_argument("--fit", type=Path, help="PLV's training part")
    p.add_argument("--annotated", type=Path, action="append", default=[], help="a folder of annotated documents")
    p.add_argument("--weights", type=Path, default=WEIGHTS)
    p.add_argument("-v", action="store_true", help="print the confusions")
    a = p.parse_args()
    reader = RootReader(a.weights)

    def evidence(asked: Sequence[Question]) -> Floats:
        return np.stack([reader.evidence(q) for q in asked])

    asked = _questions(a.file)
    found = evidence(asked)
    said = [summed(row) for row in found]
    if a.fit:
        train = [q for q in _questions(a.fit) if q.root in ROOTS]
        others = [q for folder in a.annotated for q in annotated_questions(folder)]
        fitted = Fitted(evidence(train), train, others)
        print(
            f"within the training part: macro-F1 {fitted.development:.3f}, words count {fitted.share:.1f}", flush=True
        )
        said = fitted.roots(found, asked)
    pairs = [(q.root, root) for q, root in zip(asked, said, strict=True)]
    right = sum(g == p for g, p in pairs)
    print(f"{len(pairs)} sentences  macro-F1 {macro_f1(pairs):.3f}  accuracy {right / len(pairs):.3f}")
    if a.v:
        for (gold, root), n in Counter((g, p) for g, p in pairs if g != p).most_common(20):
            print(f"  {gold:10s} read as {root:10s} {n}")


if __name__ == "__main__":
    main()
