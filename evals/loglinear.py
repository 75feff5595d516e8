"""Fits log-linear models that choose among candidates: the weights that make the right ones likeliest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Features of the candidates (rows), and which of them are right.
Example = tuple[Floats, NDArray[np.bool_]]


def fit(cases: Sequence[Example], size: int, *, l2: float, steps: int = 500) -> Floats:
    """Weights of ``size`` features that maximise the likelihood of the right candidates (L2, full batch, Adam)."""
    x, right, there = _padded(cases, size)
    weights, m, v = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, steps + 1):
        gradient = _gradient(x, right, there, weights) + l2 * weights
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
        weights = weights - 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return weights


def _padded(cases: Sequence[Example], size: int) -> tuple[Floats, Floats, Floats]:
    """Features (cases × candidates × features), and 1 for the right candidates and for those that are there."""
    most = max((len(x) for x, _ in cases), default=1)
    shape = len(cases), most
    x, right, there = np.zeros((*shape, size)), np.zeros(shape), np.zeros(shape)
    for k, (features, good) in enumerate(cases):
        x[k, : len(features)], right[k, : len(features)], there[k, : len(features)] = features, good, 1.0
    return x, right, there


def _gradient(x: Floats, right: Floats, there: Floats, weights: Floats) -> Floats:
    scores = np.where(there > 0, x @ weights, -np.inf)
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    good = p * right
    weight = p / p.sum(axis=1, keepdims=True) - good / good.sum(axis=1, keepdims=True)
    result: Floats = np.einsum("nc,ncf->f", weight, x) / max(1, len(x))
    return result


def folded(
    documents: Sequence[Sequence[Example]], size: int, *, l2: float, folds: int = 5
) -> list[tuple[Example, int]]:
    """Each example with the candidate that a model fitted on the other documents' examples chooses."""
    out = []
    for held in range(folds):
        others = [e for k, examples in enumerate(documents) if k % folds != held for e in examples if e[1].any()]
        weights = fit(others, size, l2=l2)
        own = [e for k, examples in enumerate(documents) if k % folds == held for e in examples]
        out += [(e, int(np.argmax(e[0] @ weights))) for e in own]
    return out
