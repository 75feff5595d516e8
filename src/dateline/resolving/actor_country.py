"""The country of an actor whose words tell none: one of those that the article speaks of, or none.

A log-linear model over the countries of the article and "no country"; its weights are learnt on annotated documents
(``evals.actor_country``). It weighs how much of the article speaks of a country, how near, in the title or before the
actor in its sentence, and how likely an actor of this kind is of no one country ("jihadists", "investors").
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.resolving.actor_phrase import Phrase

if TYPE_CHECKING:
    from dateline.resolving.actor_scene import Evidence

_SENTENCE = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])|\n+")
_REACH = 250.0
_INSTITUTIONS = frozenset(("government", "police", "person", "party"))
_STATE = frozenset(("GOV", "LEG", "JUD", "COP", "MIL", "SPY"))
_FORCES = frozenset(("military", "armed_group"))
# Those of whom a state has one at a time: several of them are of several states.
_SINGULAR = frozenset((
    "head of state", "heads of state", "head of government", "president", "prime minister", "foreign minister",
    "defence minister", "defense minister", "interior minister", "ministry", "defence ministry",
    "foreign ministry", "army", "navy", "coast guard", "intelligence service", "government", "parliament", "embassy",
    "nation", "country", "state", "member state", "member nation", "member country", "leader", "world leader",
    "superpower", "power", "ambassador", "ally", "partner", "backer", "neighbour", "neighbor", "side", "capital",
    "party to the conflict", "delegation", "donor", "head of mission", "envoy", "monarchy", "guarantor", "regime",
))  # fmt: skip
# Envoys of states: which state is seldom told.
ENVOYS = frozenset(("diplomat", "envoy", "ambassador", "emissary", "mediator", "special envoy", "negotiator"))
# Forces and groups of several states.
_JOINT = frozenset((
    "coalition", "alliance", "task force", "joint force", "joint patrol", "joint command", "joint brigade", "bloc",
    "international coalition", "us-led coalition", "multinational force", "regional force", "global coalition",
))  # fmt: skip
# Offices that are mostly, or only, of these states.
_HOMES: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("assistant secretary", "assistant secretary of state", "deputy assistant secretary", "secretary of state",
         "deputy assistant secretary of state", "under secretary", "under secretary of state", "undersecretary",
         "undersecretary of state", "deputy secretary", "deputy secretary of state", "secretary of defense",
         "special presidential envoy", "presidential envoy", "treasury secretary", "commerce secretary", "congressman",
         "homeland security secretary", "congresswoman", "district attorney", "sheriff", "state department", "treasury",
         "house speaker", "national guard", "national guardsman", "press secretary", "state trooper", "marine",
         "federal agent", "border patrol", "congressional committee", "defense secretary", "us attorney", "senator"),
        frozenset(("USA",)),
    ),
    **dict.fromkeys(
        ("foreign secretary", "home secretary", "chancellor of the exchequer", "home office", "foreign office",
         "defence secretary", "health secretary", "justice secretary", "chief whip", "backbencher", "peer",
         "minister for africa", "shadow minister"),
        frozenset(("GBR",)),
    ),
    **dict.fromkeys(("taoiseach", "garda", "gardai"), frozenset(("IRL",))),
    **dict.fromkeys(("chief minister", "home minister", "external affairs minister"), frozenset(("IND", "PAK"))),
    **dict.fromkeys(("cabinet secretary", "principal secretary"), frozenset(("KEN",))),
    **dict.fromkeys(("carabiniere",), frozenset(("ITA",))),
    **dict.fromkeys(("supreme leader",), frozenset(("IRN", "AFG", "PRK"))),
}  # fmt: skip
# Words for people and states from several countries.
_FOREIGN = frozenset((
    "foreign", "international", "foreigner", "foreigners", "western", "european", "overseas", "multinational", "global",
    "regional", "arab", "gulf", "baltic", "nordic", "scandinavian", "african", "asian", "latin", "world", "allied",
))  # fmt: skip
_OF_TWO = frozenset(("both", "neither", "either", "each", "two", "three", "four"))
_ANYBODY = frozenset((
    "investor", "trader", "observer", "monitor", "expert", "analyst", "economist", "historian", "scientist", "reporter",
    "journalist", "diplomat", "ngo", "company", "tourist", "migrant", "jihadist", "islamist", "terrorist", "mercenary",
    "trafficker", "smuggler", "human trafficker", "aid worker", "aid agency", "rights group", "correspondent",
    "media", "press", "charity", "aid group", "activist", "donor", "creditor", "lender", "foreign fighter",
))  # fmt: skip

COUNTRY_FEATURES = (
    *("share", "near", "places", "title", "before in the sentence", "after in the sentence", "named last"),
    *("sentence before", "dateline", "publisher", "only one"),
    *("institution, share", "institution, places", "people, places", "people, before", "forces, near", "forces, share"),
    *("voice", "voice, institution or forces", "forces, before", "home of the title"),
)
NOWHERE_FEATURES = (
    *("always", "armed group", "population", "military", "government", "organisation", "media", "person"),
    *("several", "indefinite", "definite", "bare", "largest share", "one of a state, several", "anybody", "foreign"),
    *("UAF", "REB", "REF", "PRM", "CVL", "institution of a state"),
    *(
        "two or three of a state",
        "joint",
        "media, several",
        "UAF, not definite",
        "no word, person",
        "envoy, indefinite",
    ),
    *("joint, military", "one mention", "one mention, bare and several", "near share"),
)
COUNTRY_WEIGHTS: tuple[float, ...] = (
    1.72, 1.18, -0.1, 0.74, 0.28, 0.43, 0.34, -0.07, 0.2, 0.46, -0.26, -0.31, 0.4, 0.59, 0.18, -0.13, -0.3, -0.03,
    0.99, 0.05, 0.96,
)  # fmt: skip
NOWHERE_WEIGHTS: tuple[float, ...] = (
    -0.37, 0.28, -0.05, -0.14, 0.45, 0.79, -0.16, 0.07, 0.45, -0.14, -0.26, -0.17, -0.34, 1.85, 1.3, 0.74, 0.34,
    0.08, 0.45, -0.4, -0.03, -0.46, 0.88, 0.75, 0.16, 0.29, 0.53, 0.47, 0.68, 0.11, 0.19, -0.41,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """The countries an actor may be of, with their features, and those of its being of none."""

    countries: dict[str, tuple[float, ...]]
    nowhere: tuple[float, ...]


class Atlas:
    """The countries of one article by position."""

    def __init__(self, text: str, evidence: Sequence[Evidence]) -> None:
        self._evidence = sorted(evidence, key=lambda e: (e.at, e.country))
        self._breaks = [m.end() for m in _SENTENCE.finditer(text)]
        self._sentences = [self._sentence(e.at) for e in self._evidence]
        self._share = _shares((e.country, e.weight) for e in self._evidence)
        self._places = _shares((e.country, 1.0) for e in self._evidence if e.how in ("name", "place", "capital"))
        self._title = _shares(
            (e.country, e.weight) for e, s in zip(self._evidence, self._sentences, strict=True) if not s
        )
        self._dateline = {e.country for e in self._evidence if e.how == "dateline"}
        self._publisher = {e.country for e in self._evidence if e.how == "publisher"}
        self._voice = {e.country for e in self._evidence if e.how == "voice"}

    def choose(self, phrases: Sequence[Phrase], kind: str | None, sector: str | None) -> tuple[str | None, float]:
        """The likeliest country of an actor with these mentions, ``None`` for none, and its share of likelihood."""
        if phrases and all(_of_several_states(p) for p in phrases):
            return None, 1.0
        options = self.options(phrases, kind, sector)
        scores: dict[str | None, float] = {c: _dot(COUNTRY_WEIGHTS, f) for c, f in options.countries.items()}
        scores[None] = _dot(NOWHERE_WEIGHTS, options.nowhere)
        best = max(scores, key=lambda c: (scores[c], c or ""))
        return best, 1.0 / sum(math.exp(s - scores[best]) for s in scores.values())

    def options(self, phrases: Sequence[Phrase], kind: str | None, sector: str | None) -> Options:
        """Features (see COUNTRY_FEATURES, NOWHERE_FEATURES), the mean over the mentions."""
        homes = frozenset(c for p in phrases for h in p.heads for c in _HOMES.get(h.agent.term, ()))
        rows = [self._around(p.span.start, kind, homes) for p in phrases]
        countries = {
            c: tuple(sum(r[c][k] for r in rows) / len(rows) for k in range(len(COUNTRY_FEATURES))) for c in self._share
        }
        return Options(countries, (*self._nowhere(phrases[0], kind, sector), *self._standing(phrases, rows)))

    def _sentence(self, at: int) -> int:
        return bisect_right(self._breaks, at)

    def _around(self, at: int, kind: str | None, homes: frozenset[str]) -> dict[str, tuple[float, ...]]:
        here = self._sentence(at)
        near: dict[str, float] = {}
        before: set[str] = set()
        after: set[str] = set()
        previous: set[str] = set()
        last = ""
        for evidence, sentence in zip(self._evidence, self._sentences, strict=True):
            distance = at - evidence.at
            weight = evidence.weight * math.exp(-abs(distance) / (_REACH if distance >= 0 else _REACH / 2))
            near[evidence.country] = near.get(evidence.country, 0.0) + weight
            if sentence == here:
                (before if distance > 0 else after).add(evidence.country)
            elif sentence == here - 1:
                previous.add(evidence.country)
            last = evidence.country if distance > 0 else last
        total = sum(near.values()) or 1.0
        groups = kind in _INSTITUTIONS, kind == "population", kind in _FORCES
        return {
            c: (
                *self._features(c, near[c] / total, (c in before, c in after, c == last, c in previous), groups),
                float(c in homes),
            )
            for c in self._share
        }

    def _features(
        self, country: str, near: float, where: tuple[bool, bool, bool, bool], groups: tuple[bool, bool, bool]
    ) -> tuple[float, ...]:
        share, places = math.log(self._share[country] + 0.02), self._places.get(country, 0.0)
        before, after, last, previous = where
        institution, people, forces = groups
        return (
            share,
            near,
            places,
            self._title.get(country, 0.0),
            float(before),
            float(after),
            float(last),
            float(previous),
            float(country in self._dateline),
            float(country in self._publisher),
            float(len(self._share) == 1),
            institution * share,
            institution * places,
            people * places,
            float(people and before),
            forces * near,
            forces * share,
            float(country in self._voice),
            float(country in self._voice and (institution or forces)),
            float(forces and before),
        )

    def _standing(self, phrases: Sequence[Phrase], rows: Sequence[dict[str, tuple[float, ...]]]) -> tuple[float, ...]:
        """How much the article makes of the actor: those it only touches on are often of no country."""
        first, alone = phrases[0], len(phrases) == 1
        near = COUNTRY_FEATURES.index("near")
        return (
            float(alone),
            float(alone and first.article == "bare" and first.several),
            max((r[near] for r in rows[0].values()), default=0.0),
        )

    def _nowhere(self, phrase: Phrase, kind: str | None, sector: str | None) -> tuple[float, ...]:
        term = phrase.head.agent.term if phrase.head else ""
        several = phrase.several and term in _SINGULAR
        counted = any(w.key in _OF_TWO for w in phrase.words[:2])
        joint = term in _JOINT or any(w.key == "joint" for w in phrase.words[:3])
        indefinite = phrase.article in ("indefinite", "bare")
        foreign = any(w.key in _FOREIGN for w in phrase.words[: phrase.core])
        kinds = ("armed_group", "population", "military", "government", "organisation", "media", "person")
        return (
            1.0,
            *(float(kind == k) for k in kinds),
            float(phrase.several),
            *(float(phrase.article == a) for a in ("indefinite", "definite", "bare")),
            max(self._share.values(), default=0.0),
            float(several),
            float(phrase.several and term in _ANYBODY),
            float(foreign and not term.startswith("foreign ")),
            *(float(sector == s) for s in ("UAF", "REB", "REF", "PRM", "CVL")),
            float(sector in _STATE and not phrase.several),
            float(counted and (several or sector in ("GOV", "MIL"))),
            float(joint),
            float(kind == "media" and phrase.several),
            float(sector == "UAF" and phrase.article != "definite"),
            float(kind == "person" and not term and not phrase.proper),
            float(term in ENVOYS and indefinite),
            float(joint and kind == "military"),
        )


def _of_several_states(phrase: Phrase) -> bool:
    """True for "both governments", "two presidents": each is of a state of its own."""
    term = phrase.head.agent.term if phrase.head else ""
    return phrase.several and term in _SINGULAR and any(w.key in _OF_TWO for w in phrase.words[:2])


def _shares(votes: Iterable[tuple[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for country, weight in votes:
        found[country] = found.get(country, 0.0) + weight
    total = sum(found.values()) or 1.0
    return {c: v / total for c, v in found.items()}


def _dot(weights: Sequence[float], features: Sequence[float]) -> float:
    return sum(w * f for w, f in zip(weights, features, strict=True))
