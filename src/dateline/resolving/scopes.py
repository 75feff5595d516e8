"""Where an event was when no word ties a place to it: the nearest sensible scope, or none.

In this order, in which they were right on annotated documents (``evals.scopes``): the place of the nearest event of
its type by the same actors; the headline's or its sentence's place that no other event has for its own; that of the
nearest event of its type by others; the country of those who take part, or that most places are in; the dateline; a
place in the sentence before. Headline, dateline, its sentence and the one before count only if their place is in a
country of those who take part, where these are known: elsewhere it was right in one case of five. What is found is
kept apart from the reader's own places, with the scope it comes from and a score, the share of such places that were
right, so that nobody takes it for what the text says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from dateline.lexicon.gazetteer import alpha3
from dateline.lexicon.gazetteer_sources import normalise
from dateline.records import Article, EventMention, PlaceRef, Reading, Span
from dateline.resolving.place_scene import demonyms

_KINDS = ("place", "facility")
_NAMES = (*_KINDS, "government")
# How each scope is told, and how often it was right.
SCOPES = {
    "type": ("that of the nearest event of its type", 0.7),
    "headline": ("one of the headline that no other event has", 0.6),
    "sentence": ("one in its sentence that no other event has", 0.7),
    "others": ("where others did the like", 0.5),
    "country": ("the country of those who take part, or of most places", 0.55),
    "dateline": ("the dateline's", 0.4),
    "before": ("one in the sentence before", 0.4),
}
# "The region" is no town.
_WIDE = ("region", "country", "nation", "continent")
_LOOSE = ("headline", "sentence", "dateline", "before")
Resolve = Callable[[Span], PlaceRef]


def scope_of(
    event: EventMention, article: Article, reading: Reading, resolve: Resolve, parties: Sequence[str] = ()
) -> PlaceRef | None:
    """The place that an event takes from around it; ``None`` when the text names none that is known.

    ``parties`` are the countries (alpha-3) of its recipients and actors, as far as known.
    """
    own = event.roles.get("place", ())
    told, wide = _nations(own), any(s.text.split()[-1].lower() in _WIDE for s in own)
    for span, how in _candidates(event, article, reading, resolve, sorted(told) or parties):
        ref = resolve(span)
        loose = how in _LOOSE and parties and ref.country not in parties
        narrow = wide and ref.precision not in ("country", "region")
        if ref.lat is not None and not (loose or narrow) and (not told or ref.country in told):
            words, share = SCOPES[how]
            score = round(share * (ref.score or 0.0), 3)
            return replace(ref, score=score, why=f"no known place is tied to it; {words}: {ref.why}")
    return None


def _of_country(event: EventMention, reading: Reading, resolve: Resolve, parties: Sequence[str]) -> Iterator[Span]:
    """The nearest name of the country that it was likeliest in."""
    named = Counter(c for m in reading.mentions if m.kind == "place" and (c := resolve(m.span).country))
    country = _likely(parties, named)
    spans = _nearest((m.span for m in reading.mentions if m.kind in _NAMES), event.trigger)
    refs = ((s, resolve(s)) for s in spans)
    yield from (s for s, ref in refs if country and ref.country == country and ref.precision == "country")


def _likely(parties: Sequence[str], named: Counter[str]) -> str | None:
    """The party's country that most places are in; else the country of most places; else a party's."""
    party = max(parties, key=lambda c: named[c], default=None)
    if party and named[party]:
        return party
    most = max(named, key=lambda c: named[c], default=None)
    return most if most and 2 * named[most] > named.total() else party


def _may_be_one(event: EventMention, other: EventMention) -> bool:
    """No other actors: one army's withdrawal says little of where another's was."""
    ours, theirs = (_words(e.roles.get("actor", ())) for e in (event, other))
    return not ours or not theirs or bool(ours & theirs)


def _words(spans: Iterable[Span]) -> set[str]:
    return {w for s in spans for w in normalise(s.text).split() if len(w) > 2}


def _nations(places: Iterable[Span]) -> set[str]:
    """Countries (alpha-3) that the words for unknown places tell: "a key Afghan crossing"."""
    words = (normalise(w) for s in places for w in s.text.split())
    return {code for w in words for iso2 in demonyms().get(w, ()) if (code := alpha3(iso2))}


def _candidates(
    event: EventMention, article: Article, reading: Reading, resolve: Resolve, parties: Sequence[str]
) -> Iterator[tuple[Span, str]]:
    filed = article.dateline_place
    places = [m.span for m in reading.mentions if m.kind in _KINDS and not (filed and m.span.overlaps(filed))]
    headline = article.headline_span
    others = [other for other in reading.events if other is not event]
    typed = [other for other in others if other.type == event.type]
    alike, unlike = (
        [s for other in typed if _may_be_one(event, other) is one for s in other.roles.get("place", ())]
        for one in (True, False)
    )
    yield from ((s, "type") for s in _nearest(alike, event.trigger))
    claimed = [s for other in others for s in other.roles.get("place", ())]
    if headline is not None:
        yield from ((s, "headline") for s in _free(_in(places, headline), claimed))
    here = _free(_in(places, event.sentence), claimed)
    yield from ((s, "sentence") for s in _nearest(here, event.trigger))
    yield from ((s, "others") for s in _nearest(unlike, event.trigger))
    yield from ((s, "country") for s in _of_country(event, reading, resolve, parties))
    if filed is not None:
        yield filed, "dateline"
    before = max((s for s in reading.sentences if s.end <= event.sentence.start), default=None)
    if before is not None:
        yield from ((s, "before") for s in _nearest(_in(places, before), event.trigger))


def _nearest(spans: Iterable[Span], trigger: Span) -> list[Span]:
    return sorted(spans, key=lambda s: (_gap(s, trigger), s.start))


def _in(spans: Iterable[Span], outer: Span) -> list[Span]:
    return [s for s in spans if outer.start <= s.start and s.end <= outer.end]


def _free(spans: Iterable[Span], claimed: Sequence[Span]) -> list[Span]:
    return [s for s in spans if not any(s.overlaps(c) for c in claimed)]


def _gap(span: Span, trigger: Span) -> int:
    return max(span.start - trigger.end, trigger.start - span.end, 0)
