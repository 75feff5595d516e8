"""Fits the weights of the pronoun model on annotated documents, and says how often it is right.

usage: python -m evals.pronouns FOLDER [FOLDER …]     (each holds *.texts.jsonl and *.gold.jsonl)

Antecedents are given as annotated while fitting. Accuracy is over documents held out (five folds): the share of
annotated pronouns with an antecedent before them whose entity is found among those that the model ranks.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from dateline.records import Mention, Span
from dateline.resolving.actor_phrase import Phrase
from dateline.resolving.actor_scene import survey
from dateline.resolving.actors import ActorResolver, units_of
from dateline.resolving.coreference import Linker
from dateline.resolving.entities import Entity
from dateline.resolving.pronouns import CLASSES, FEATURES, Pronouns
from evals.actors_gold import article_of, entity_spans
from evals.annotated import Annotated, read
from evals.loglinear import Example, fit, folded

_L2 = 0.002


class _Recording(Pronouns):
    """Gives the annotated antecedent and keeps the features of all candidates."""

    def __init__(self, text: str, phrases: Sequence[Phrase], entity_of: dict[Span, int]) -> None:
        super().__init__(text, phrases)
        self.entity_of = entity_of
        self.examples: list[tuple[str, Example]] = []

    def best(self, at: int, asked: str, word: str, entities: Iterable[Entity]) -> Entity | None:
        meant = self.entity_of.get(self.phrases[at].span)
        found = self.candidates(at, asked, word, entities) if asked in CLASSES else []
        right = np.array([self._means(c.entity, meant) for c in found])
        if not right.any():
            return None
        self.examples.append((CLASSES[asked], (np.array([c.features for c in found]), right)))
        latest = max((c for c, ok in zip(found, right, strict=True) if ok), key=lambda c: max(c.entity.members))
        return latest.entity

    def _means(self, entity: Entity, meant: int | None) -> bool:
        votes = Counter(self.entity_of.get(self.phrases[m].span) for m in entity.members)
        return meant is not None and votes.most_common(1)[0][0] == meant


def examples(document: Annotated, resolver: ActorResolver) -> list[tuple[str, Example]]:
    """The class of each annotated pronoun with an antecedent, and its example."""
    entities = entity_spans(document)
    mentions = [Mention(s, e["kind"]) for e, spans in entities for s in spans]
    article = article_of(document)
    phrases, alone = resolver.alone(
        units_of((), mentions), survey(article, mentions, resolver.lexicon, resolver.gazetteer)
    )
    recording = _Recording(article.text, phrases, {s: k for k, (_, spans) in enumerate(entities) for s in spans})
    Linker(article.text, phrases, alone, recording)
    return recording.examples


def main(folders: Sequence[Path]) -> None:
    """Print accuracy over the folds and the weights fitted on all documents."""
    resolver = ActorResolver.load()
    by_document = [examples(d, resolver) for folder in folders for d in read(folder)]
    for name in dict.fromkeys(CLASSES.values()):
        cases = [[example for group, example in found if group == name] for found in by_document]
        chosen = folded(cases, len(FEATURES), l2=_L2)
        right = sum(bool(ok[best]) for (_, ok), best in chosen)
        print(f"# {name}: {right / max(1, len(chosen)):.3f} of {len(chosen)}")
        weights = fit([e for found in cases for e in found], len(FEATURES), l2=_L2)
        print(f"    {name!r}: {tuple(round(float(w), 2) for w in weights)},")


if __name__ == "__main__":
    main([Path(a) for a in sys.argv[1:]])
