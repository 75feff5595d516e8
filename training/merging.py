"""Fit the weights of merging: what makes two reports be of one happening, within an article and across articles.

usage: python -m training.merging CASEBOOK ANNOTATED... [--further FOLDER...] [--held FOLDER...] [-o FILE] [--folds N]

CASEBOOK is a folder with articles.jsonl and happenings.jsonl (the demo casebook); so are those that are named with
``--further``, which are only learnt from, and those with ``--held``, which are only measured on. ANNOTATED are folders
of annotated documents, whose ``same_as`` trains the comparison within an article. The coder reads all of them with the
weights that are in the package, so fit again when those change. ``--folds`` measures first: the happenings of CASEBOOK
are dealt into N parts, each is left out in turn, all its articles are merged with weights fitted on everything else,
and those pairs of reports are scored of which the one with the lesser id is in the part left out: every pair once. The
weights that are written are fitted on everything but what is held.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.merging.features import Features, Pairing
from dateline.merging.model import WEIGHTS, Comparison, Weights
from dateline.merging.profile import Profile, profiles
from dateline.merging.vectors import Vectors
from dateline.merging.words import Frequencies
from dateline.pipeline import Coder
from dateline.records import Article, Report, Span
from dateline.resolving.reports import resolve
from evals.actors_gold import article_of
from evals.annotated import Annotated, read
from evals.events_gold import Corpus, Figures, coder, covering, load, predicted
from evals.located import span_in

PENALTY = 2.0
ELSEWHERE = "annotated elsewhere"
"""A feature that only pairs of one article outside the demo casebook have, so that how rare a pair of one happening is
there does not count: which mentions have gold differs between the sets. It is dropped from the weights."""
THRESHOLD = 0.35
FAR_DAYS = 60
APART_KEPT = 4
"""Of the pairs of two articles that are of two happenings every fourth trains, and counts for four."""
_TRIGGERS = {True: "every trigger found", False: "as the reader finds them"}
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A pair of reports: its features, the happenings that they are of, and for how many pairs it counts."""

    features: Features
    one: str
    other: str
    weight: float = 1.0


@dataclass(frozen=True)
class Examples:
    """Pairs of the demo casebook ``inside`` an article and ``outside`` one; those from elsewhere, ``more`` inside an
    article and ``beyond`` one."""

    inside: tuple[Example, ...]
    outside: tuple[Example, ...]
    more: tuple[Example, ...]
    beyond: tuple[Example, ...]


@dataclass(frozen=True)
class Told:
    """Reports made ready for comparing, and the happening that each tells of."""

    profiles: tuple[Profile, ...]
    happening: Mapping[str, str]


def fit(examples: Sequence[Example], penalty: float = PENALTY, steps: int = 12) -> dict[str, float]:
    """Weights by feature of a logistic regression with an L2 penalty, by Newton's method."""
    names = sorted({name for example in examples for name in example.features})
    column = {name: at for at, name in enumerate(names)}
    x = np.zeros((len(examples), len(names)), np.float32)
    for row, example in enumerate(examples):
        for name, value in example.features.items():
            x[row, column[name]] = value
    y = np.array([float(e.one == e.other) for e in examples])
    counts = np.array([e.weight for e in examples])
    weights = np.zeros(len(names))
    for _ in range(steps):
        weights = _step(x, y, counts, weights, penalty)
    return {name: round(float(weights[at]), 4) for name, at in column.items() if name != ELSEWHERE}


def _step(x: npt.NDArray[np.float32], y: Floats, counts: Floats, weights: Floats, penalty: float) -> Floats:
    p = 1.0 / (1.0 + np.exp(-np.clip(x @ weights, -30, 30)))
    slope = x.T @ (counts * (p - y)) + penalty * weights
    curve = (x * (counts * p * (1 - p)).astype(np.float32)[:, None]).T @ x + penalty * np.eye(len(weights))
    out: Floats = weights - np.linalg.solve(curve, slope)
    return out


def within(told: Told, pairing: Pairing) -> list[Example]:
    """The pairs of reports of one article."""
    articles: dict[str, list[Profile]] = defaultdict(list)
    for profile in told.profiles:
        articles[profile.story.id].append(profile)
    couples = ((a, b) for several in articles.values() for a, b in combinations(several, 2))
    return [Example(pairing.features(a, b), told.happening[a.id], told.happening[b.id]) for a, b in couples]


def elsewhere(examples: Iterable[Example]) -> list[Example]:
    """The pairs marked as not from the demo casebook."""
    return [replace(e, features={**e.features, ELSEWHERE: 1.0}) for e in examples]


def across(told: Told, pairing: Pairing) -> list[Example]:
    """The pairs of reports of two articles that are not very far apart in time."""
    couples = ((a, b) for a, b in combinations(told.profiles, 2) if a.story.id != b.story.id and near(a, b))
    return list(_thinned(told, pairing, couples))


def _thinned(told: Told, pairing: Pairing, couples: Iterable[tuple[Profile, Profile]]) -> Iterator[Example]:
    for at, (a, b) in enumerate(couples):
        one, other = told.happening[a.id], told.happening[b.id]
        if one == other or at % APART_KEPT == 0:
            yield Example(pairing.features(a, b), one, other, 1.0 if one == other else float(APART_KEPT))


def near(a: Profile, b: Profile) -> bool:
    """True unless both have days, and those are more than ``FAR_DAYS`` apart."""
    if a.days is None or b.days is None:
        return True
    return max(a.days.first, b.days.first) - min(a.days.last, b.days.last) <= FAR_DAYS


def annotated(folders: Iterable[Path], found: Coder, frequencies: Frequencies) -> Told:
    """What the coder reports of annotated documents, where an annotated event is; ``same_as`` tells the happening."""
    happening: dict[str, str] = {}
    made: list[Profile] = []
    for document in (d for folder in folders for d in read(folder)):
        article = _article(document)
        reports, _ = resolve(article, found.reader.read(article), found, found.version)
        told = dict(_labelled(document, reports))
        happening.update(told)
        made += profiles([r for r in reports if r.id in told], {article.id: article}, frequencies)
    return Told(tuple(made), happening)


def _article(document: Annotated) -> Article:
    article = article_of(document)
    starts = [0]
    for sentence in document.sentences:
        starts.append(starts[-1] + len(sentence) + 1)
    spans = [Span(at, at + len(s), s) for at, s in zip(starts, document.sentences, strict=False) if s]
    return replace(article, headline=document.sentences[0], headline_span=spans[0], paragraphs=tuple(spans[1:]))


def _labelled(document: Annotated, reports: Sequence[Report]) -> Iterator[tuple[str, str]]:
    events = {v["id"]: v for v in document.gold["events"]}
    for id_, event in events.items():
        span = span_in(document, event["trigger"], event["s"])
        report = covering(span.start, span.end, reports) if span else None
        if report is not None:
            yield report.id, f"{document.id} {_first(id_, events)}"


def _first(id_: str, events: Mapping[str, Any]) -> str:
    """The event that a chain of ``same_as`` leads to."""
    seen = {id_}
    while (before := events[id_].get("same_as")) in events and before not in seen:
        seen.add(before)
        id_ = before
    return id_


def of_corpus(corpus: Corpus, frequencies: Frequencies) -> Told:
    """The reports of the demo casebook that are gold mentions."""
    reports = [r for r in corpus.reports if r.id in corpus.happening]
    return Told(profiles(reports, {a.id: a for a in corpus.articles.values()}, frequencies), corpus.happening)


def comparison(
    inside: Sequence[Example], outside: Sequence[Example], pairing: Pairing, words: Frequencies
) -> Comparison:
    """Weights fitted on pairs within an article and across articles."""
    weights = {"within": fit(inside), "across": fit(outside)}
    text = json.dumps({"threshold": THRESHOLD, **weights}, sort_keys=True)
    version = f"merger-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    made = {name: Weights(weights[name]) for name in weights}
    return Comparison(version, made["within"], made["across"], THRESHOLD, pairing, words)


def write(found: Comparison, path: Path) -> None:
    """Write weights as ``Comparison.load`` reads them."""
    weights = {name: dict(sorted(getattr(found, name).by_feature.items())) for name in ("within", "across")}
    path.write_text(
        json.dumps({"version": found.version, "threshold": found.threshold, **weights}, indent=1) + "\n",
        encoding="utf-8",
    )


def folds(happenings: Iterable[str], number: int) -> dict[str, int]:
    """The part of each happening."""
    return {happening: at % number for at, happening in enumerate(sorted(set(happenings)))}


def cross_validate(
    corpora: Mapping[bool, Corpus], number: int, examples: Examples, pairing: Pairing, words: Frequencies
) -> dict[bool, Figures]:
    """The figures of what was left out, added up over the parts: with every trigger found, and with those that the
    reader finds for users."""
    part = folds((h for corpus in corpora.values() for h in (*corpus.happening.values(), *corpus.missed)), number)
    out = {of_gold: Figures() for of_gold in corpora}
    for left in range(number):
        inside, outside = (_without(left, part, some) for some in (examples.inside, examples.outside))
        made = comparison([*inside, *examples.more], [*outside, *examples.beyond], pairing, words)
        only = {happening for happening, at in part.items() if at == left}
        for of_gold, corpus in corpora.items():
            out[of_gold].add(corpus, predicted(corpus, made, of_gold), missed=not of_gold, only=only)
    return out


def train(options: argparse.Namespace) -> Comparison:
    """Fit on the demo casebook, further ones and annotated documents, after measuring where folds are asked for."""
    words = Frequencies.load()
    pairing = Pairing(words, Vectors.load())
    corpus = load(options.casebook, faint=True)
    told = of_corpus(corpus, words)
    inside, outside = within(told, pairing), across(told, pairing)
    more = elsewhere(within(annotated(options.annotated, coder(faint=True), words), pairing))
    beyond: list[Example] = []
    for folder in options.further:
        told = of_corpus(load(folder, faint=True), words)
        more += elsewhere(within(told, pairing))
        beyond += across(told, pairing)
    print(f"{len(inside)} + {len(more)} pairs within articles, {len(outside)} + {len(beyond)} across")
    if options.folds:
        corpora = {True: corpus, False: load(options.casebook, faint=False)}
        examples = Examples(tuple(inside), tuple(outside), tuple(more), tuple(beyond))
        for of_gold, figures in cross_validate(corpora, options.folds, examples, pairing, words).items():
            _tell(f"{options.folds} parts, {_TRIGGERS[of_gold]}", figures)
    made = comparison([*inside, *more], [*outside, *beyond], pairing, words)
    for folder in options.held:
        _measure(folder, made)
    return made


def _measure(folder: Path, made: Comparison) -> None:
    for of_gold, triggers in _TRIGGERS.items():
        figures, held = Figures(), load(folder, faint=of_gold)
        figures.add(held, predicted(held, made, of_gold), missed=not of_gold)
        _tell(f"{folder}, held out, {triggers}", figures)


def _without(left: int, part: Mapping[str, int], examples: Iterable[Example]) -> list[Example]:
    """The pairs of which neither report tells of a happening of the part left out."""
    return [e for e in examples if left not in (part[e.one], part[e.other])]


def _tell(what: str, figures: Figures) -> None:
    print(f"{what}:", *figures.lines(), sep="\n", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write."""
    parser = argparse.ArgumentParser(prog="training.merging", description=__doc__.partition("\n")[0])
    parser.add_argument("casebook", type=Path)
    parser.add_argument("annotated", type=Path, nargs="*")
    parser.add_argument("--further", type=Path, nargs="*", default=())
    parser.add_argument("--held", type=Path, nargs="*", default=())
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("-o", "--output", type=Path, default=WEIGHTS)
    options = parser.parse_args(arguments)
    write(train(options), options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
