"""What speaks for and against two reports telling of the same happening, as named numbers from 0 to 1."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from dateline.merging.profile import Parties, Point, Profile
from dateline.merging.vectors import Vectors
from dateline.merging.words import Frequencies, cosine
from dateline.records import Count, Report

Features = Mapping[str, float]
"""Values by name; a name that is missing is 0."""
Named = Iterator[tuple[str, float]]

_EARTH_KM = 6371.0
_NEAR_KM = 20.0
_WIDE = ("country", "region")
_PLACES = (
    "place_far",
    "place_country_differs",
    "place_words_differ",
    "place_country_same",
    "place_within",
    "place_near",
    "place_words_same",
    "place_same",
)
"""How two places can relate, from what speaks least for one happening to what speaks most."""
_HAPPENED = frozenset(("occurred", "ongoing"))


class Pairing:
    """Compares pairs of profiles with fixed word counts and word vectors."""

    def __init__(self, frequencies: Frequencies, vectors: Vectors) -> None:
        self._rarity = frequencies.rarity
        self._vectors = vectors
        self._stories: dict[tuple[str, str], tuple[float, float, float]] = {}

    def features(self, a: Profile, b: Profile) -> dict[str, float]:
        """The features of an unordered pair; the result does not depend on which comes first."""
        if b.id < a.id:
            a, b = b, a
        out: dict[str, float] = {"bias": 1.0}
        parts = (_kinds, _likelihoods, self._triggers, self._who, _where, _when, _numbers, self._words, self._around)
        for part in parts:
            out.update((name, value) for name, value in part(a, b) if value)
        for one, other in _CROSSED:
            if one in out and other in out:
                out[f"{one}*{other}"] = out[one] * out[other]
        return out

    def _triggers(self, a: Profile, b: Profile) -> Named:
        shared = set(a.triggers) & set(b.triggers)
        if shared:
            yield "trigger_same", 1.0
            yield "trigger_part", 1.0 - len(shared) / min(len(a.triggers), len(b.triggers))
            yield "trigger_rare", max(map(self._rarity, shared))
        else:
            alike = self._vectors.similarity(a.triggers, b.triggers)
            yield "trigger_alike", alike
            yield "trigger_close", max(0.0, alike - 0.5)
        yield "trigger_named", float(bool(b.terms.keys() & set(a.triggers) or a.terms.keys() & set(b.triggers)))
        if len(a.triggers) > 1 or len(b.triggers) > 1:
            yield "triggers_mean", (self._mean(a.triggers, b.triggers) + self._mean(b.triggers, a.triggers)) / 2

    def _mean(self, one: tuple[str, ...], other: tuple[str, ...]) -> float:
        return math.fsum(self._vectors.similarity((word,), other) for word in one) / len(one)

    def _who(self, a: Profile, b: Profile) -> Named:
        yield from self._role("actor", a.actors, b.actors)
        yield from self._role("recipient", a.recipients, b.recipients)
        one, other = a.actors.words, b.actors.words
        yield "crossed", max(self._overlap(one, b.recipients.words), self._overlap(other, a.recipients.words))
        mine, theirs = one | a.recipients.words, other | b.recipients.words
        yield "participants", self._jaccard(mine, theirs)
        yield "participants_differ", float(bool(mine and theirs and not mine & theirs))
        yield "object_shared", self._overlap(a.objects, b.objects)
        yield "object_differs", float(bool(a.objects and b.objects and not a.objects & b.objects))

    def _role(self, role: str, a: Parties, b: Parties) -> Named:
        if a.ids and b.ids:
            yield f"{role}_same_id" if a.ids & b.ids else f"{role}_other_id", 1.0
        if a.words and b.words:
            shared = self._overlap(a.words, b.words)
            yield f"{role}_shared", shared
            yield f"{role}_differs", float(shared == 0.0)
        if a.countries and b.countries:
            yield f"{role}_country_same" if a.countries & b.countries else f"{role}_country_differs", 1.0
        if a.sectors and b.sectors:
            yield f"{role}_sector_same" if a.sectors & b.sectors else f"{role}_sector_differs", 1.0

    def _words(self, a: Profile, b: Profile) -> Named:
        if a.story.id == b.story.id and a.report.sentence == b.report.sentence:
            yield "same_sentence", 1.0
            return
        sentence = cosine(a.terms, b.terms)
        yield "sentence", sentence
        yield "sentence_close", max(0.0, sentence - 0.4)
        yield "names", self._jaccard(a.names, b.names)
        yield "names_differ", float(bool(a.names and b.names and not a.names & b.names))

    def _around(self, a: Profile, b: Profile) -> Named:
        yield "both_lead", float(a.lead and b.lead)
        yield "one_lead", float(a.lead != b.lead)
        if a.story.id == b.story.id:
            yield "same_article", 1.0
            yield from _apart(a, b)
            return
        yield "one_another", float(a.another or b.another)
        yield "name_rare", self._rarest(a.names & b.names)
        yield "near_rare", self._rarest((a.names | a.near) & (b.names | b.near))
        yield "one_definite", float(a.definite or b.definite)
        yield "near", self._jaccard(a.names | a.near, b.names | b.near)
        yield "named_near", max(self._overlap(a.names, b.names | b.near), self._overlap(b.names, a.names | a.near))
        words, names, headlines = self._story(a, b)
        yield "story", words
        yield "story_close", max(0.0, words - 0.3)
        yield "story_other", float(words < 0.08)
        yield "story_names", names
        yield "story_names_other", float(names < 0.15)
        yield "headline", headlines
        yield "same_publisher", float(bool(a.story.publisher) and a.story.publisher == b.story.publisher)

    def _story(self, a: Profile, b: Profile) -> tuple[float, float, float]:
        one, other = (a.story, b.story) if a.story.id < b.story.id else (b.story, a.story)
        found = self._stories.get((one.id, other.id))
        if found is None:
            found = (
                cosine(one.terms, other.terms),
                cosine(one.names, other.names),
                cosine(one.headline, other.headline),
            )
            self._stories[one.id, other.id] = found
        return found

    def _overlap(self, a: frozenset[str], b: frozenset[str]) -> float:
        """The rarity of what both have, over that of the poorer side."""
        shared = a & b
        return self._weight(shared) / min(self._weight(a), self._weight(b)) if shared else 0.0

    def _jaccard(self, a: frozenset[str], b: frozenset[str]) -> float:
        shared = a & b
        return self._weight(shared) / self._weight(a | b) if shared else 0.0

    def _rarest(self, words: frozenset[str]) -> float:
        """How rare the rarest word is beyond what is common."""
        return max(0.0, max(map(self._rarity, words), default=0.0) - 0.5) * 2

    def _weight(self, words: frozenset[str]) -> float:
        return math.fsum(map(self._rarity, words)) + 1e-6


def _apart(a: Profile, b: Profile) -> Named:
    """How two reports of one article lie to each other, and how the later one is brought in."""
    later = max(a, b, key=lambda p: p.report.trigger)
    gap = abs(a.report.trigger.start - b.report.trigger.start)
    yield "distance", min(1.0, math.log1p(gap) / math.log(3000))
    kind = int(a.report.type == b.report.type)
    between = abs(a.rank[kind] - b.rank[kind])
    yield "between", min(1.0, math.log1p(between) / math.log(20))
    yield "next_to", float(between <= 1)
    yield "later_definite", float(later.definite)
    yield "later_another", float(later.another)


def _kinds(a: Profile, b: Profile) -> Named:
    one, other = a.report, b.report
    if one.type != other.type:
        yield "type_differs", 1.0
        yield "quad_differs", float(one.quad != other.quad)
    if one.mode and other.mode:
        yield "mode_same" if one.mode == other.mode else "mode_differs", 1.0
    if one.status != other.status:
        yield "status_differs", 1.0
        statuses = (one.status, other.status)
        for status in ("negated", "planned", "possible"):
            yield f"one_{status}", float(status in statuses)
        yield "one_happened", float((one.status in _HAPPENED) != (other.status in _HAPPENED))


def likelihoods(report: Report) -> Mapping[str, float]:
    """The probability of each type; a report of an older casebook has its own type's alone."""
    told = report.type_probabilities
    return {report.type: report.confidence} if told is None else told


def _likelihoods(a: Profile, b: Profile) -> Named:
    """How alike the probabilities of all types are at the two triggers (Bhattacharyya 1943), beyond the likeliest."""
    one, other = likelihoods(a.report), likelihoods(b.report)
    event, event_too = min(1.0, math.fsum(one.values())), min(1.0, math.fsum(other.values()))
    shared = math.fsum(math.sqrt(p * other.get(kind, 0.0)) for kind, p in one.items())
    both = event * event_too
    alike = min(1.0, shared / math.sqrt(both)) if both else 0.0
    yield "likely_same", shared + math.sqrt((1.0 - event) * (1.0 - event_too))
    yield "likely_events", both
    yield "likely_alike", both * alike
    yield "likely_unlike", both * (1.0 - alike)
    yield "likely_one", abs(event - event_too)


def _where(a: Profile, b: Profile) -> Named:
    found = [_nearness(p, q) for p in a.places for q in b.places]
    yield (_PLACES[max(found)] if found else "place_unknown"), 1.0


def _nearness(p: Point, q: Point) -> int:
    """Rank of the relation of two places in ``_PLACES``."""
    if p.id is not None and p.id == q.id:
        return _PLACES.index("place_country_same" if p.precision in _WIDE else "place_same")
    if p.lat is None or q.lat is None or p.lon is None or q.lon is None:
        return _PLACES.index("place_words_same" if p.words & q.words else "place_words_differ")
    if p.country != q.country:
        return _PLACES.index("place_country_differs")
    if p.precision in _WIDE or q.precision in _WIDE:
        return _PLACES.index("place_country_same")
    if p.admin1 and p.admin1 == q.admin1 and "admin1" in (p.precision, q.precision):
        return _PLACES.index("place_within")
    return _PLACES.index("place_near" if kilometres(p.lat, p.lon, q.lat, q.lon) <= _NEAR_KM else "place_far")


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance of two points in degrees."""
    f1, f2 = math.radians(lat1), math.radians(lat2)
    h = math.sin((f2 - f1) / 2) ** 2 + math.cos(f1) * math.cos(f2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def _when(a: Profile, b: Profile) -> Named:
    if a.times and b.times:
        yield "time_words_same" if a.times & b.times else "time_words_differ", 1.0
    if a.story.day is not None and b.story.day is not None:
        yield "published_apart", min(1.0, math.log1p(abs(a.story.day - b.story.day)) / math.log(60))
    if a.days is None or b.days is None:
        yield "day_unknown", 1.0
        return
    gap = max(a.days.first, b.days.first) - min(a.days.last, b.days.last)
    apart = min(1.0, math.log1p(max(0, gap)) / math.log(30))
    if a.days.exact and b.days.exact:
        yield ("day_same", 1.0) if gap == 0 else ("days_apart", apart)
        yield "day_next", float(gap == 1)
    elif a.days.dated and b.days.dated:
        yield ("days_overlap", 1.0) if gap <= 0 else ("spans_apart", apart)
    else:
        yield ("days_open", 1.0) if gap <= 0 else ("open_apart", apart)


def _numbers(a: Profile, b: Profile) -> Named:
    kinds = {c.of for c in a.counts} & {c.of for c in b.counts}
    for of in sorted(kinds):
        yield "count_same" if _agree(a.counts, b.counts, of) else "count_differs", 1.0
    yield "number_shared", float(bool(a.numbers & b.numbers))


def _agree(mine: Iterable[Count], theirs: Iterable[Count], of: str) -> bool:
    return any(_overlapping(x, y) for x in mine if x.of == of for y in theirs if y.of == of)


def _overlapping(a: Count, b: Count) -> bool:
    highs = [x for x in (a.high, b.high) if x is not None]
    return not highs or max(a.low or 0, b.low or 0) <= min(highs)


_CROSSED = (
    ("name_rare", "trigger_same"),
    ("name_rare", "trigger_alike"),
    ("name_rare", "type_differs"),
    ("name_rare", "open_apart"),
    ("name_rare", "mode_same"),
    ("near_rare", "trigger_same"),
    ("near_rare", "trigger_alike"),
    ("near_rare", "open_apart"),
    ("near_rare", "published_apart"),
    ("one_definite", "open_apart"),
    ("one_definite", "near_rare"),
    ("one_definite", "story"),
    ("story", "published_apart"),
    ("likely_same", "trigger_same"),
    ("trigger_same", "sentence"),
    ("trigger_same", "story"),
    ("trigger_same", "story_names"),
    ("trigger_same", "participants"),
    ("trigger_same", "same_article"),
    ("trigger_same", "near"),
    ("trigger_same", "place_words_differ"),
    ("trigger_same", "both_lead"),
    ("trigger_rare", "story"),
    ("trigger_alike", "sentence"),
    ("trigger_alike", "story"),
    ("trigger_alike", "story_names"),
    ("trigger_alike", "participants"),
    ("trigger_alike", "same_article"),
    ("trigger_alike", "near"),
    ("trigger_alike", "both_lead"),
    ("type_differs", "story"),
    ("type_differs", "trigger_same"),
    ("type_differs", "same_article"),
    ("same_sentence", "trigger_alike"),
    ("same_sentence", "mode_same"),
    ("same_sentence", "type_differs"),
    ("later_definite", "trigger_same"),
    ("later_definite", "trigger_alike"),
    ("later_definite", "type_differs"),
    ("mode_same", "same_article"),
    ("both_lead", "story"),
    ("place_same", "days_open"),
    ("place_same", "day_same"),
    ("place_same", "story"),
    ("place_unknown", "story"),
    ("place_unknown", "near"),
    ("days_open", "published_apart"),
    ("days_open", "story"),
)
