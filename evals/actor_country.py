"""Fits the weights by which an actor whose words tell no country gets one of the article's, and says how well.

usage: python -m evals.actor_country FOLDER [FOLDER …]     (each holds *.texts.jsonl and *.gold.jsonl)

An example is an annotated actor that the words leave without a country, given all annotated mentions. Accuracy is over
documents held out (five folds).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from dateline.records import Mention
from dateline.resolving.actor_country import COUNTRY_FEATURES, NOWHERE_FEATURES, Atlas, Options
from dateline.resolving.actor_phrase import Phrase
from dateline.resolving.actors import ActorResolver
from evals.actors_gold import ACTORS, article_of, entity_spans
from evals.annotated import Annotated, read
from evals.loglinear import Example, fit, folded

_L2 = 0.003
_SIZE = len(COUNTRY_FEATURES) + len(NOWHERE_FEATURES)


class _Recorder:
    """Notes what the resolver asks an Atlas."""

    def __init__(self) -> None:
        self.asked: list[tuple[Phrase, Options]] = []
        self._choose = Atlas.choose

    def __enter__(self) -> _Recorder:
        recorder, choose = self, self._choose

        def noting(
            self: Atlas, phrases: Sequence[Phrase], kind: str | None, sector: str | None
        ) -> tuple[str | None, float]:
            recorder.asked.append((phrases[0], self.options(phrases, kind, sector)))
            return choose(self, phrases, kind, sector)

        Atlas.choose = noting  # type: ignore[method-assign]
        return self

    def __exit__(self, *_: object) -> None:
        Atlas.choose = self._choose  # type: ignore[method-assign]


def examples(document: Annotated, resolver: ActorResolver) -> Iterator[Example]:
    """Features of the choices, no country last, and which of them is annotated."""
    entities = entity_spans(document)
    mentions = [Mention(s, e["kind"]) for e, spans in entities for s in spans]
    meant = {s: e.get("country") or "" for e, spans in entities if e["kind"] in ACTORS for s in spans}
    with _Recorder() as recorder:
        resolver.resolve_all(article_of(document), [m.span for m in mentions], mentions)
    for phrase, options in recorder.asked:
        if phrase.span in meant:
            yield _example(options, meant[phrase.span])


def _example(options: Options, meant: str) -> Example:
    codes = list(options.countries)
    x = np.zeros((len(codes) + 1, _SIZE))
    for k, code in enumerate(codes):
        x[k, : len(COUNTRY_FEATURES)] = options.countries[code]
    x[-1, len(COUNTRY_FEATURES) :] = options.nowhere
    return x, np.array([code == meant for code in (*codes, "")])


def main(folders: Sequence[Path]) -> None:
    """Print accuracy over the folds and the weights fitted on all documents."""
    resolver = ActorResolver.load()
    cases = [list(examples(d, resolver)) for folder in folders for d in read(folder)]
    right: Counter[tuple[bool, bool]] = Counter()
    for (_, ok), best in folded(cases, _SIZE, l2=_L2):
        right[bool(ok[-1]), bool(ok[best])] += 1
    for nowhere, name in ((False, "country"), (True, "no country")):
        hit, miss = right[nowhere, True], right[nowhere, False]
        print(f"# {name}: {hit / max(1, hit + miss):.3f} of {hit + miss}")
    fitted = [round(float(w), 2) for w in fit([e for es in cases for e in es if e[1].any()], _SIZE, l2=_L2)]
    print(f"COUNTRY_WEIGHTS = {tuple(fitted[: len(COUNTRY_FEATURES)])}")
    print(f"NOWHERE_WEIGHTS = {tuple(fitted[len(COUNTRY_FEATURES) :])}")


if __name__ == "__main__":
    main([Path(a) for a in sys.argv[1:]])
