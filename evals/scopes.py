"""How often the place that an event takes from around it is right, by scope, on annotated documents.

usage: python -m evals.scopes FOLDER [FOLDER …]     (each holds *.texts.jsonl and *.gold.jsonl)

Asked are, as ``told again``, the events without a place of their own that are annotated as the same as one with a
place elsewhere in the document; and, as ``hidden``, the events with a place, whose own is taken away first: they are
harder, since a text gives the place where it differs. Right is the annotated place, one within 161 km of it, or, where
either is a country or region, one of the same country. Mentions, roles and countries of actors are the annotated ones.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dateline.records import Article, EventMention, Mention, PlaceRef, Reading, Span
from dateline.resolving.place_scene import distance_km
from dateline.resolving.places import PlaceResolver
from dateline.resolving.scopes import SCOPES, scope_of
from evals.actors_gold import article_of, entity_spans
from evals.annotated import Annotated, read
from evals.located import joined, span_in

_NEAR_KM = 161.0


@dataclass(frozen=True, slots=True)
class Case:
    """An event asked for: in which way, what it takes from around it, and the annotated places."""

    way: str
    got: PlaceRef | None
    wanted: list[PlaceRef]

    @property
    def scope(self) -> str:
        """The scope that gave its place."""
        return next((k for k, (words, _) in SCOPES.items() if self.got and words in self.got.why), "none")


def cases(document: Annotated, resolver: PlaceResolver) -> Iterator[Case]:
    """The events asked for of a document."""
    article, reading = _as_read(document)
    names = [m.span.text for m in reading.mentions if m.kind in ("place", "facility", "government")]

    def resolve(span: Span) -> PlaceRef:
        return resolver.resolve(span, article.text, context=names)

    groups = _groups(document.gold["events"])
    for event, gold in zip(reading.events, _kept(document), strict=True):
        own = event.roles.get("place", ())
        same = groups[gold["id"]]
        spans = own or [s for o in same for w in o["place"] if (s := span_in(document, w, o["s"]))]
        wanted = [ref for s in spans if (ref := resolve(s)).lat is not None]
        if wanted:
            got = scope_of(event, article, _without(reading, own), resolve, _parties(document, gold))
            yield Case("hidden" if own else "told again", got, wanted)


def _parties(document: Annotated, gold: dict[str, Any]) -> list[str]:
    """The annotated countries of an event's recipients and actors."""
    country = {(m[0], m[1]): e["country"] for e in document.gold["entities"] for m in e["mentions"]}
    words = [(gold["s"], w) if isinstance(w, str) else (w[0], w[1]) for r in ("recipient", "actor") for w in gold[r]]
    return [c for w in words if (c := country.get(w)) and c != "IGO"]


def _without(reading: Reading, own: Sequence[Span]) -> Reading:
    """The reading without the mentions of places at these spans."""
    kept = tuple(m for m in reading.mentions if not any(m.span.overlaps(s) for s in own))
    return replace(reading, mentions=kept)


def _as_read(document: Annotated) -> tuple[Article, Reading]:
    article = replace(article_of(document), headline_span=span_in(document, document.sentences[0], 0))
    sentences = tuple(s for k, w in enumerate(document.sentences) if (s := span_in(document, w, k)))
    mentions = tuple(Mention(s, e["kind"]) for e, spans in entity_spans(document) for s in spans)
    events = tuple(_event(document, e) for e in _kept(document))
    return article, Reading(sentences, tuple(sorted(mentions, key=lambda m: m.span)), events)


def _kept(document: Annotated) -> list[dict[str, Any]]:
    return [e for e in document.gold["events"] if span_in(document, e["trigger"], e["s"])]


def _event(document: Annotated, gold: dict[str, Any]) -> EventMention:
    at = sum(len(s) + 1 for s in document.sentences[: gold["s"]])
    sentence = Span.of(joined(document), at, at + len(document.sentences[gold["s"]]))
    trigger = span_in(document, gold["trigger"], gold["s"])
    found = {role: (span_in(document, w, gold["s"]) for w in gold[role]) for role in ("place", "actor")}
    roles = {role: tuple(s for s in spans if s) for role, spans in found.items()}
    return EventMention(trigger or sentence, sentence, gold["type"], gold["mode"] or None, gold["status"], roles)


def _groups(events: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The events annotated as the same as each, by its id."""
    first = {e["id"]: e.get("same_as") or e["id"] for e in events}
    for id_ in first:
        while first.get(first[id_], first[id_]) != first[id_]:
            first[id_] = first[first[id_]]
    return {id_: [e for e in events if first[e["id"]] == head] for id_, head in first.items()}


def right(got: PlaceRef, wanted: Sequence[PlaceRef]) -> bool:
    """True when one of the places is meant, holds what is meant, or is held by it."""
    return any(_agree(got, want) for want in wanted)


def _agree(one: PlaceRef, other: PlaceRef) -> bool:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    wide = {"country", "region"} & {one.precision, other.precision}
    if wide and one.country and one.country == other.country:
        return True
    return distance_km(one.lat, one.lon, other.lat, other.lon) <= _NEAR_KM


def main(folders: Sequence[Path]) -> None:
    """Print by scope how many were right of those it gave a place, and over all."""
    resolver = PlaceResolver.load()
    every = [case for folder in folders for d in read(folder) for case in cases(d, resolver)]
    for way in ("told again", "hidden"):
        asked = [c for c in every if c.way == way]
        for scope in (*SCOPES, "none"):
            _tell(f"{way}: {scope}", [c for c in asked if c.scope == scope])
        _tell(f"{way}: all", asked)


def _tell(name: str, asked: Sequence[Case]) -> None:
    hit = sum(c.got is not None and right(c.got, c.wanted) for c in asked)
    print(f"{name:22} {hit / max(1, len(asked)):.3f} of {len(asked)}")


if __name__ == "__main__":
    main([Path(a) for a in sys.argv[1:]])
