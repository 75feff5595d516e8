"""A learnt extractor of MUC-4 role fillers over the reader's evidence, in two levels of scikit-learn models.

The first level reads words: for each role linear models of the signs of a candidate and of the encoder's projections,
how often its string and its last word filled the role in the keys, and of the report's words whether a report fills
the role at all (and whether it has any template: MUC's relevance). The second level, gradient boosting for each role,
weighs their scores and the reader's numbers. It learns from scores that the first level gave to reports it had not
seen. A role keeps the strings above its threshold, the likeliest first, and none that names an entity already kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, SGDClassifier

from dateline.reading.network import Floats
from evals.muc4_candidates import ROLES, Keys, Report
from evals.muc4_score import figures
from evals.score import prf

FOLDS = 4
_SIGNS = 2**18
_FAINT = -5.0
_THRESHOLDS = tuple(n / 100 for n in range(8, 72, 4))
Numbers = npt.NDArray[np.float64]
Found = dict[str, list[str]]
Pairs = frozenset[tuple[str, str]]


class Candidates:
    """All candidates of some reports, as arrays; ``report`` is the number of each one's report."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = reports
        flat = [c for r in reports for c in r.candidates]
        self.words = [c.words for c in flat]
        self.report = np.repeat(np.arange(len(reports)), [len(r.candidates) for r in reports])
        self.values = np.stack([c.values for c in flat])
        self.projections = np.stack([c.projections for c in flat]).astype(np.float32) * 0.1
        self.signs = _hashed([c.signs for c in flat])
        self.right = np.array(
            [[_fills(w, reports[int(k)].key, r) for r in ROLES] for w, k in zip(self.words, self.report, strict=True)]
        )
        self.whole = np.stack([r.values for r in reports])
        filled = np.array([[bool(r.key[role]) for role in ROLES] for r in reports])
        self.filled = np.concatenate([filled, filled.any(1, keepdims=True)], 1)

    def of(self, reports: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The candidates of these reports."""
        return np.flatnonzero(np.isin(self.report, reports))


def _hashed(signs: Sequence[Sequence[str]]) -> sparse.csr_matrix:
    rows = FeatureHasher(_SIGNS, input_type="string", alternate_sign=False).transform(signs).tocsr()
    rows.data = 1 / np.sqrt(np.repeat(np.maximum(np.diff(rows.indptr), 1), np.diff(rows.indptr)))
    return rows


def _fills(words: str, key: Keys, role: str) -> bool:
    return any(words in entity for entity in key[role])


class _FirstLevel:
    """Linear models and counts, fitted on some reports."""

    def __init__(self, known: Candidates, reports: npt.NDArray[np.int64]) -> None:
        rows = known.of(reports)
        self._by_signs = [_linear(known.signs[rows], known.right[rows, r], 3e-6) for r in range(len(ROLES))]
        self._by_projections = [_linear(known.projections[rows], known.right[rows, r], 1e-4) for r in range(len(ROLES))]
        self._counts = Counter[tuple[str, int]]()
        for k in rows:
            for name in _names(known.words[k]):
                self._counts[name, -1] += 1
                self._counts.update((name, r) for r in np.flatnonzero(known.right[k]).tolist())
        self._vocabulary = TfidfVectorizer(analyzer=_words, min_df=3, sublinear_tf=True)
        texts = self._vocabulary.fit_transform([known.reports[k] for k in reports])
        self._filled = [
            LogisticRegression(C=4, max_iter=60).fit(texts, known.filled[reports, r]) for r in range(len(ROLES) + 1)
        ]

    def scores(self, of: Candidates, reports: npt.NDArray[np.int64]) -> Floats:
        """What is said of the candidates of some reports (candidates, scores); by signs in the first columns."""
        rows = of.of(reports)
        texts = self._vocabulary.transform([of.reports[k] for k in reports])
        filled = np.stack([m.decision_function(texts) for m in self._filled], 1)
        columns = [m.decision_function(of.signs[rows]) for m in self._by_signs]
        columns += [m.decision_function(of.projections[rows]) for m in self._by_projections]
        shares = np.array([self._shares(of.words[k]) for k in rows])
        at = np.searchsorted(reports, of.report[rows])
        return np.concatenate([np.stack(columns, 1), shares, filled[at]], 1).astype(np.float32)

    def _shares(self, words: str) -> list[float]:
        """How often the string and its last word came, and in which share of these they filled each role."""
        out = list[float]()
        for name in _names(words):
            n = self._counts[name, -1]
            out += [min(n, 50), *((self._counts[name, r] + 0.02) / (n + 1) for r in range(len(ROLES)))]
        return out


def _linear(x: Any, right: npt.NDArray[np.bool_], penalty: float) -> SGDClassifier:
    model = SGDClassifier(loss="log_loss", alpha=penalty, max_iter=6, tol=None, random_state=0, average=True)
    return model.fit(x, right)


def _names(words: str) -> tuple[str, str]:
    return words, f"…{words.split()[-1]}"


def _words(report: Report) -> Sequence[str]:
    return report.words


class Extractor:
    """Both levels, fitted on reports with their keys."""

    def __init__(self, reports: Sequence[Report], told: Callable[[str], None] = lambda step: None) -> None:
        known = Candidates(reports)
        everything = np.arange(len(reports))
        fold = np.random.default_rng(0).permutation(len(reports)) % FOLDS
        scores = _crossed(fold, known, lambda some: _FirstLevel(known, some).scores)
        told("first level")
        design = _design(known, scores)
        self._first = _FirstLevel(known, everything)
        everyone = np.arange(len(known.words))
        self._second = [_boosted(design, scores, known, r, everyone) for r in range(len(ROLES))]
        told("second level")
        self._aliases = aliases([r.key for r in reports])
        chances = _crossed(fold % 2, known, lambda some: _second_of(known, design, scores, some))
        self._thresholds = self._chosen(known, chances)
        self.development = figures([r.key for r in reports], list(self._kept(known, chances, self._thresholds)))

    def find(self, reports: Sequence[Report]) -> list[Found]:
        """The role fillers of each report."""
        of = Candidates(reports)
        scores = self._first.scores(of, np.arange(len(reports)))
        design = _design(of, scores)
        chances = np.stack([_chance(model, design, scores, r) for r, model in enumerate(self._second)], 1)
        return list(self._kept(of, chances, self._thresholds))

    def _kept(self, of: Candidates, chances: Numbers, thresholds: Mapping[str, float]) -> Iterator[Found]:
        rows = np.split(np.arange(len(of.words)), np.searchsorted(of.report, np.arange(1, len(of.reports))))
        for some in rows:
            yield {
                role: self._distinct([(chances[k, r], of.words[k]) for k in some if chances[k, r] >= thresholds[role]])
                for r, role in enumerate(ROLES)
            }

    def _distinct(self, likely: Iterable[tuple[float, str]]) -> list[str]:
        """The strings, the likeliest first, without those that name an entity named before."""
        kept = list[str]()
        for _, words in sorted(likely, reverse=True):
            if not any(_same(words, other, self._aliases) for other in kept):
                kept.append(words)
        return kept

    def _chosen(self, known: Candidates, chances: Numbers) -> dict[str, float]:
        """Thresholds that are best together for the F1 over all roles."""
        keys = [r.key for r in known.reports]
        tried = {
            t: figures(keys, list(self._kept(known, chances, dict.fromkeys(ROLES, t))))["counts"] for t in _THRESHOLDS
        }
        chosen = dict.fromkeys(ROLES, _THRESHOLDS[5])
        for role in ROLES * 3:
            scores = {t: _overall(tried, {**chosen, role: t}) for t in _THRESHOLDS}
            chosen[role] = max(_THRESHOLDS, key=scores.__getitem__)
        return chosen


def _overall(tried: Mapping[float, Mapping[str, float]], chosen: Mapping[str, float]) -> float:
    hit, said, true = (
        int(sum(tried[t][f"{name} {role}"] for role, t in chosen.items())) for name in ("hit", "said", "key")
    )
    return prf(hit, said, true)["f1"]


def _crossed(
    fold: npt.NDArray[np.int64],
    known: Candidates,
    fitted: Callable[[npt.NDArray[np.int64]], Callable[[Candidates, npt.NDArray[np.int64]], Any]],
) -> Any:
    """Scores of each fold's candidates by what is fitted on the other folds."""
    parts = {k: fitted(np.flatnonzero(fold != k))(known, np.flatnonzero(fold == k)) for k in np.unique(fold)}
    first = next(iter(parts.values()))
    out = np.zeros((len(known.words), first.shape[1]), first.dtype)
    for k, part in parts.items():
        out[known.of(np.flatnonzero(fold == k))] = part
    return out


def _design(of: Candidates, scores: Floats) -> Floats:
    """All that the second level sees: also how far each candidate falls short of its report's best by signs."""
    signs = scores[:, : len(ROLES)]
    best = np.full((len(of.reports), len(ROLES)), -99, np.float32)
    np.maximum.at(best, of.report, signs)
    best = best[of.report]
    return np.concatenate([of.values, scores, signs - best, best, of.whole[of.report]], 1)


def _likely(scores: Floats, role: int) -> npt.NDArray[np.bool_]:
    """Candidates that a first level does not rule out."""
    likely: npt.NDArray[np.bool_] = np.maximum(scores[:, role], scores[:, len(ROLES) + role]) > _FAINT
    return likely


def _boosted(
    design: Floats, scores: Floats, known: Candidates, role: int, rows: npt.NDArray[np.int64]
) -> HistGradientBoostingClassifier:
    rows = rows[_likely(scores[rows], role)]
    model = HistGradientBoostingClassifier(
        max_iter=120, learning_rate=0.06, max_leaf_nodes=12, min_samples_leaf=15, l2_regularization=3.0,
        max_features=0.3, early_stopping=False, random_state=0,
    )  # fmt: skip
    return model.fit(design[rows], known.right[rows, role])


def _chance(model: HistGradientBoostingClassifier, design: Floats, scores: Floats, role: int) -> Numbers:
    out = np.zeros(len(design))
    likely = _likely(scores, role)
    out[likely] = model.predict_proba(design[likely])[:, 1]
    return out


def _second_of(
    known: Candidates, design: Floats, scores: Floats, reports: npt.NDArray[np.int64]
) -> Callable[[Candidates, npt.NDArray[np.int64]], Numbers]:
    models = [_boosted(design, scores, known, r, known.of(reports)) for r in range(len(ROLES))]

    def chances(of: Candidates, some: npt.NDArray[np.int64]) -> Numbers:
        rows = of.of(some)
        return np.stack([_chance(m, design[rows], scores[rows], r) for r, m in enumerate(models)], 1)

    return chances


def aliases(keys: Iterable[Keys]) -> Pairs:
    """Pairs of strings that keys give more often for one entity than for two."""
    balance = Counter[tuple[str, str]]()
    for key in keys:
        for entities in key.values():
            for entity in entities:
                balance.update((a, b) for a in entity for b in entity if a != b)
                for other in entities:
                    if other is not entity:
                        balance.subtract((a, b) for a in entity for b in other)
    return frozenset(pair for pair, n in balance.items() if n > 0)


def _same(a: str, b: str, known: Pairs) -> bool:
    """Whether two strings of a role name one entity: the words of one are all in the other, or keys say so."""
    one, other = set(a.split()), set(b.split())
    return one <= other or other <= one or (a, b) in known
