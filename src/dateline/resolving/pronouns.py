"""Whom a pronoun stands for: the entities spoken of before it, ranked by nearness, role and kind.

A log-linear model for each class of pronouns; its weights are learnt on annotated documents (``evals.pronouns``).
Roles are read from order alone: the first actor of a sentence is mostly its subject.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from dateline.records import Span
from dateline.resolving.actor_phrase import Phrase
from dateline.resolving.entities import Entity

_SENTENCE = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])|\n+")
_QUOTED = re.compile(r"“[^”\n]{2,}[”\n]|(?<!\w)\"[^\"\n]{2,}\"|(?<!\w)‘[^’\n]{12,}’(?!\w)")
_SAYING = re.compile(
    r"\b(?:said|says|say|told|tells|added|adds|wrote|writes|declared|warned|stated|asked|insisted|announced|argued|"
    r"explained|replied|claimed|noted|recalled|vowed|according to|tweeted|continued|concluded|admitted|thundered)\b"
)
_POSSESSIVE = frozenset(("his", "her", "its", "their", "our", "my", "whose", "hers", "theirs", "ours", "mine"))
_OBJECT = frozenset(("him", "them", "us", "me", "himself", "herself", "itself", "themselves", "ourselves", "myself"))
CLASSES = {"man": "person", "woman": "person", "thing": "thing", "several": "several"}
CLASSES |= {"speakers": "speakers", "speaker": "speaker"}
_OFFICIAL = ("government", "military", "police", "party")

FEATURES = (
    *("same sentence", "one sentence before", "two sentences before", "distance"),
    *("leads its sentence", "leads, possessive", "leads, object", "nearest", "nearest, possessive", "nearest, object"),
    *("pronoun opens, leads", "same as the last pronoun", "how often", "has a name", "is a pronoun there"),
    *("several", "population", "armed group", "official", "organisation", "person", "gender known"),
    *("speaks", "country of the speaker", "in the quotation"),
)
WEIGHTS: dict[str, tuple[float, ...]] = {
    'person': (1.5, 0.6, -0.21, -2.32, 0.64, -1.14, -1.4, -0.07, 0.38, 0.15, 0.55, 0.43, 0.22, 0.54, -0.15, 0.0,
        -0.25, -0.65, -0.77, 0.0, 1.66, 0.83, -0.37, 0.0, -0.11),
    'thing': (2.07, 0.16, -0.73, -2.07, 0.86, -0.59, 0.07, 0.97, 0.5, 0.14, 0.99, 1.62, 0.05, 0.3, -0.56, -0.97,
        0.0, 0.41, 0.26, -0.67, 0.0, -0.01, 0.02, 0.02, 0.0),
    'several': (1.8, -0.01, -1.56, -1.95, 0.59, 0.01, -0.45, 0.17, 1.12, -0.64, 1.04, 2.59, -0.49, -0.01, -0.82,
        0.93, 0.63, -0.13, -0.73, -0.37, 0.6, -0.0, -0.06, -0.0, -0.15),
    'speakers': (1.52, 1.2, 0.32, 0.36, 0.81, 0.1, -0.32, 0.02, 0.05, -0.43, 1.38, 4.16, 1.12, 1.31, -0.47,
        -1.01, 0.01, -0.94, -0.19, 0.21, 0.88, 0.0, 0.86, 0.0, 0.2),
    'speaker': (1.79, 2.09, -1.61, -3.08, 0.2, 0.26, 0.0, -2.64, 0.02, 0.79, -0.24, 0.74, 1.81, -1.74, 0.43,
        0.0, -0.71, -0.21, -0.01, 0.0, 0.93, 0.0, 1.16, 0.0, 0.74),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a pronoun may stand for, with its features (see FEATURES)."""

    entity: Entity
    features: tuple[float, ...]


class Pronouns:
    """Ranks antecedents in one article. ``statements`` are quoted without quotation marks: what is said, by whom."""

    def __init__(self, text: str, phrases: Sequence[Phrase], statements: Sequence[tuple[Span, Span]] = ()) -> None:
        self.text, self.phrases = text, phrases
        self._stated = {(content.start, content.end): speaker for content, speaker in statements}
        self._breaks = [m.end() for m in _SENTENCE.finditer(text)]
        self._sentences = [self.sentence(p.span.start) for p in phrases]
        self._last: dict[str, Entity] = {}

    def sentence(self, at: int) -> int:
        """The number of the sentence that holds an offset."""
        return bisect_right(self._breaks, at)

    def remember(self, at: int, entity: Entity) -> None:
        """Tell whom the pronoun at ``at`` was taken to stand for."""
        self._last[CLASSES.get(self.phrases[at].pronoun or "", "")] = entity

    def best(self, at: int, asked: str, word: str, entities: Iterable[Entity]) -> Entity | None:
        """The likeliest antecedent of a pronoun ``word`` that stands at mention ``at``; ``None`` when there is none."""
        weights = WEIGHTS.get(CLASSES.get(asked, ""))
        if weights is None:
            return None
        scored = [
            (sum(w * f for w, f in zip(weights, c.features, strict=True)), -k, c.entity)
            for k, c in enumerate(self.candidates(at, asked, word, entities))
        ]
        return max(scored, key=lambda s: s[:2])[2] if scored else None

    def candidates(self, at: int, asked: str, word: str, entities: Iterable[Entity]) -> list[Candidate]:
        """The entities of fitting kind and number that were spoken of before mention ``at``."""
        out = []
        for entity in entities:
            past = self._past(entity, at)
            if past and answers(entity, asked):
                out.append(Candidate(entity, self._features(at, asked, word.lower(), entity, past)))
        return out

    def _past(self, entity: Entity, at: int) -> list[int]:
        start = self.phrases[at].span.start
        return [m for m in entity.members if self.phrases[m].span.end <= start]

    def _features(self, at: int, asked: str, word: str, entity: Entity, past: list[int]) -> tuple[float, ...]:
        last, here = max(past), self._sentences[at]
        distance = here - self._sentences[last]
        near = [m for m in past if self._sentences[m] == self._sentences[last]]
        leads = float(self._leads(min(near)))
        nearest = float(not any(self._actor(m) for m in range(last + 1, at)))
        owned, object_ = float(word in _POSSESSIVE), float(word in _OBJECT)
        opens = float(self._leads(at))
        speaker = self.speaker(self.phrases[at].span.start)
        return (
            float(distance == 0),
            float(distance == 1),
            float(distance == 2),
            math.log1p(min(distance, 12)),
            leads,
            leads * owned,
            leads * object_ * (distance == 0),
            nearest,
            nearest * owned,
            nearest * object_,
            leads * opens,
            float(self._last.get(CLASSES[asked]) is entity),
            math.log(len(past)),
            float(bool(entity.names)),
            float(self.phrases[last].pronoun is not None),
            float(entity.several),
            float(entity.kind == "population"),
            float(entity.kind == "armed_group"),
            float(entity.kind in _OFFICIAL),
            float(entity.kind in ("organisation", "igo", "media")),
            float(entity.kind == "person"),
            float(entity.gender is not None),
            float(speaker is not None and speaker in entity.members),
            float(speaker is not None and _of_one_country(entity, self.phrases[speaker])),
            float(self._within(at) is not None and self._within(at) == self._within(last)),
        )

    def _actor(self, at: int) -> bool:
        return self.phrases[at].kind not in ("place", "facility", "weapon")

    def _leads(self, at: int) -> bool:
        """True when no other actor comes before the mention in its sentence."""
        number, before = self._sentences[at], at - 1
        while before >= 0 and self._sentences[before] == number:
            if self._actor(before):
                return False
            before -= 1
        return True

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        return [*(m.span() for m in _QUOTED.finditer(self.text)), *self._stated]

    def _within(self, at: int) -> tuple[int, int] | None:
        return self.quotation(self.phrases[at].span.start)

    def quotation(self, offset: int) -> tuple[int, int] | None:
        """The quotation that holds an offset."""
        return next((q for q in self._quotations if q[0] <= offset < q[1]), None)

    def speaker(self, offset: int) -> int | None:
        """The mention that speaks the quotation around an offset, by a verb of saying beside it."""
        quotation = self.quotation(offset)
        if quotation is None:
            return None
        if quotation not in self._spoken:
            self._spoken[quotation] = self._find_speaker(quotation)
        return self._spoken[quotation]

    @cached_property
    def _spoken(self) -> dict[tuple[int, int], int | None]:
        return {}

    def _find_speaker(self, quotation: tuple[int, int]) -> int | None:
        """Who makes a statement; else the actor nearest to a verb of saying in the rest of a quotation's sentence, else
        in the sentence before."""
        if quotation in self._stated:
            speaker = self._stated[quotation]
            return next((k for k, phrase in enumerate(self.phrases) if phrase.span.overlaps(speaker)), None)
        first, last = self.sentence(quotation[0]), self.sentence(quotation[1] - 1)
        for number in (last, first, last + 1, first - 1):
            start, end = self._bounds(number)
            for cue in _SAYING.finditer(self.text, start, end):
                if (
                    self.quotation(cue.start()) is None
                    and (found := self._beside(cue.start(), cue.end(), number)) is not None
                ):
                    return found
        return None

    def _bounds(self, number: int) -> tuple[int, int]:
        start = self._breaks[number - 1] if 0 < number <= len(self._breaks) else 0
        end = self._breaks[number] if 0 <= number < len(self._breaks) else len(self.text)
        return (start, end) if number >= 0 else (0, 0)

    def _beside(self, start: int, end: int, number: int) -> int | None:
        gaps = [
            (gap, k)
            for k, phrase in enumerate(self.phrases)
            if self._sentences[k] == number and self._actor(k) and self._within(k) is None
            for gap in [max(phrase.span.start - end, start - phrase.span.end)]
            if gap <= 60
        ]
        return min(gaps)[1] if gaps else None


def _of_one_country(entity: Entity, speaker: Phrase) -> bool:
    return any(n.country and n.country.id == entity.country for m in speaker.names for n in m.named)


def answers(entity: Entity, asked: str) -> bool:
    """True when an entity's kind, number and gender are those that a pronoun asks for."""
    kind = entity.family
    if asked in ("man", "woman", "speaker"):
        single = (kind == "person" and not entity.several) or (
            kind in ("people", "collective")
            and not entity.several
            and entity.kind in ("population", "military", "police", "armed_group")
            and not entity.entry
        )
        return single and entity.gender in (None, asked, "speaker" if asked == "speaker" else asked)
    if asked == "thing":
        return kind == "collective" and not (entity.several and not entity.names)
    if asked == "several":
        return kind in ("collective", "people") or (kind == "person" and entity.several)
    return kind in ("collective", "people") or (kind == "person" and entity.several)
