"""Actors on annotated documents, given the annotated mentions: country and sector of entities, coreference.

usage: python -m evals.actors_gold FOLDER [-v]     (FOLDER holds *.texts.jsonl and *.gold.jsonl)

An entity's codes are those most of its mentions get; it counts as right when country and sector both are. Precision is
over the entities that got a sector or a country, recall over all. An entity annotated without a country asks for none.
Figures by kind and the commonest confusions follow.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.article.datelines import read_dateline
from dateline.records import ActorRef, Article, Mention, Span, Stamp
from dateline.resolving.actors import ActorResolver
from evals.annotated import Annotated, read
from evals.coreference import Tally
from evals.located import joined, span_in

ACTORS = frozenset((
    "person", "government", "military", "police", "armed_group", "igo", "organisation", "party", "media", "population",
))  # fmt: skip
Codes = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One annotated entity: its codes, the spans of its mentions, and what each of them was resolved to."""

    document: str
    name: str
    kind: str
    gold: Codes
    refs: tuple[ActorRef, ...]

    @property
    def found(self) -> Codes:
        """The codes that most mentions got, the first in case of a tie."""
        votes = Counter((r.country or "", r.sector or "") for r in self.refs)
        return max(votes, key=lambda c: (votes[c], c != ("", "")))

    @property
    def right(self) -> bool:
        """True when country and sector are both as annotated."""
        return self.found == self.gold


def article_of(document: Annotated) -> Article:
    """The annotated document as an article."""
    text = joined(document)
    stamp = Stamp(document.published, "given", document.published) if document.published else None
    return Article(document.id, text, publisher=document.source, published=stamp, dateline_place=_dateline(document))


def _dateline(document: Annotated) -> Span | None:
    """The place of a dateline at the head of the first sentence after the title."""
    found = read_dateline(document.sentences[1], document.published) if len(document.sentences) > 1 else None
    if found is None or found.place is None:
        return None
    offset = len(document.sentences[0]) + 1
    return Span.of(joined(document), offset + found.place[0], offset + found.place[1])


def entity_spans(document: Annotated) -> list[tuple[dict[str, str], tuple[Span, ...]]]:
    """Each annotated entity with the spans of its mentions that the text holds."""
    out = []
    for entity in document.gold.get("entities", []):
        spans = tuple(s for m in entity["mentions"] if (s := span_in(document, m, 0)))
        if spans:
            out.append((entity, spans))
    return out


def cases(document: Annotated, resolver: ActorResolver) -> Iterator[Case]:
    """The annotated actors of a document with their resolution."""
    entities = entity_spans(document)
    mentions = [Mention(s, e["kind"]) for e, spans in entities for s in spans]
    refs = resolver.resolve_all(article_of(document), [m.span for m in mentions], mentions)
    for entity, spans in entities:
        if entity["kind"] in ACTORS:
            gold = (entity.get("country") or "", entity.get("sector") or "")
            yield Case(document.id, entity["name"], entity["kind"], gold, tuple(refs[s] for s in spans))


def add_clusters(document: Annotated, resolver: ActorResolver, tally: Tally) -> None:
    """Add one document's clusters of actors to ``tally``; a span annotated twice is left out."""
    entities = entity_spans(document)
    mentions = [Mention(s, e["kind"]) for e, spans in entities for s in spans]
    twice = {s for s, n in Counter(m.span for m in mentions).items() if n > 1}
    gold = [[s for s in spans if s not in twice] for e, spans in entities if e["kind"] in ACTORS]
    kept = {s for c in gold for s in c}
    tally.add(gold, ([s for s in c if s in kept] for c in resolver.clusters(article_of(document), mentions)))


def f1(precision: float, recall: float) -> float:
    """The harmonic mean, 0 when both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def report(folder: Path, verbose: bool) -> None:
    """Print the figures of a folder."""
    resolver = ActorResolver.load()
    documents = read(folder)
    every = [c for d in documents for c in cases(d, resolver)]
    right = sum(c.right for c in every)
    said = sum(c.found != ("", "") for c in every)
    print(f"entities {len(every)}  country+sector F1 {f1(right / said, right / len(every)):.3f}", end="  ")
    print(f"country {sum(c.found[0] == c.gold[0] for c in every) / len(every):.3f}", end="  ")
    print(f"sector {sum(c.found[1] == c.gold[1] for c in every) / len(every):.3f}")
    tally = Tally()
    for d in documents:
        add_clusters(d, resolver, tally)
    print(f"mentions {tally.mentions}", end="")
    for name, (p, r, f) in tally.figures().items():
        print(f"  {name} {f:.3f}" + (f" (p {p:.3f} r {r:.3f})" if name != "CoNLL" else ""), end="")
    print()
    for kind, n in Counter(c.kind for c in every).most_common():
        print(f"  {kind:14} {n:4} {sum(c.right for c in every if c.kind == kind) / n:.3f}")
    if verbose:
        for c in every:
            if not c.right:
                words = "; ".join(f"{r.text} [{r.why[:90]}]" for r in c.refs[:3])
                print(f"{c.document}\t{c.kind}\t{c.gold}\t{c.found}\t{c.name}\t{words}")


if __name__ == "__main__":
    report(Path(sys.argv[1]), "-v" in sys.argv)
