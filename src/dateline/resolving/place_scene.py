"""The scene of an article: which countries and divisions it speaks of, and where its other places lie."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import asin, cos, radians, sin, sqrt

from dateline.lexicon.gazetteer import Gazetteer, Place
from dateline.lexicon.gazetteer_sources import countries, normalise

_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?\.?")
_MAX_WORDS, _MAX_NAMES, _MAX_TEXT, _MAX_CANDIDATES = 4, 150, 20_000, 40
_COUNTRY_VOTE, _DEMONYM_VOTE, _MENTION_VOTE, _KNOWN_VOTE, _FAINT_VOTE = 3.0, 2.0, 1.0, 1.0, 0.1
_DATELINE_BONUS = 2.0
_ROUNDS = 4
_KNOWN_POPULATION = 50_000
_NEAR_KM, _DEGREES = 150.0, 1.4
# Words that begin sentences and headlines, and are also a town or the airport code of one: they tell of no country.
_BEGINNINGS = (
    "a all an and any are as at be but by can do for from had has he her i in is just many may me more most much never "
    "no nor not of off on one or our out over own same she since so still than the them till to too up us was we were "
    "yet four six seven nine ten first along ever january february march april june july august september october "
    "november december monday tuesday wednesday thursday friday saturday sunday home share police minister dr mrs sir "
    "mr read print watch updated"
)
_NO_NAMES = frozenset(_BEGINNINGS.split())
# How much a place of each kind weighs beside a town of so many inhabitants.
_KIND_WEIGHT = {
    "country": 1e8,
    "admin1": 3e6,
    "region": 1e6,
    "continent": 1e8,
    "water": 1e6,
    "exact": 1e5,
    "admin2": 2e4,
}


@dataclass(slots=True)
class Scene:
    """Shares of countries (by ISO alpha-2) and divisions, the likeliest point of every other name, the ISO day."""

    countries: dict[str, float] = field(default_factory=dict)
    divisions: dict[tuple[str, str], float] = field(default_factory=dict)
    own: dict[str, dict[tuple[str, str], float]] = field(default_factory=dict)
    own_countries: dict[str, dict[str, float]] = field(default_factory=dict)
    points: list[tuple[str, float, float, float]] = field(default_factory=list)
    day: str | None = None

    def country_share(self, place: Place, name: str) -> float:
        """Share of the place's country, without what its own name adds to it."""
        own = self.own_countries.get(name, {})
        rest = 1.0 - sum(own.values())
        share = self.countries.get(place.country, 0.0) - own.get(place.country, 0.0)
        return max(0.0, share / rest) if rest > 0.01 else 0.0

    def division_support(self, place: Place, name: str) -> float:
        """Weight of the place's division from names other than its own."""
        key = (place.country, place.admin1)
        if not place.admin1:
            return 0.0
        return max(0.0, self.divisions.get(key, 0.0) - self.own.get(name, {}).get(key, 0.0))

    def neighbours(self, place: Place, name: str) -> float:
        """How many other names of the article lie near the place, each weighed by its certainty."""
        near = (
            certainty
            for other, certainty, lat, lon in self.points
            if other != name
            and abs(lat - place.lat) < _DEGREES
            and distance_km(lat, lon, place.lat, place.lon) < _NEAR_KM
        )
        return sum(near)


def distance_km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Great-circle distance."""
    a, b = radians(lat), radians(lat2)
    h = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon2 - lon) / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(h)))


def moved(lat: float, lon: float, north_km: float, east_km: float) -> tuple[float, float]:
    """A point moved by kilometres, kept on the globe."""
    new = max(-90.0, min(90.0, lat + north_km / 111.2))
    east = east_km / (111.2 * max(0.05, cos(radians(lat))))
    return round(new, 5), round((lon + east + 180.0) % 360.0 - 180.0, 5)


@cache
def demonyms() -> dict[str, tuple[str, ...]]:
    """Countries (ISO alpha-2) by word for their people, singular and plural: "afghans" → AF."""
    found: dict[str, set[str]] = defaultdict(set)
    for iso2, row in countries().items():
        for word in row.demonyms:
            found[normalise(word)].add(iso2)
            if not word.endswith(("s", "sh", "ch", "ese")):
                found[normalise(word) + "s"].add(iso2)
    return {word: tuple(sorted(codes)) for word, codes in found.items()}


def build(gazetteer: Gazetteer, text: str, mentions: Sequence[str], prior: Mapping[str, float] | None) -> Scene:
    """The scene of ``text`` with place names ``mentions``; ``prior`` (by ISO alpha-2) adds what is known beside it."""
    votes: dict[str, float] = defaultdict(float)
    names = _names(gazetteer, text, mentions, votes)
    for iso2, share in (prior or {}).items():
        votes[iso2] += share * 3
    return _settled(names, votes)


_Named = dict[str, tuple[float, list[Place]]]


def _names(gazetteer: Gazetteer, text: str, mentions: Sequence[str], votes: dict[str, float]) -> _Named:
    """Names with weight and candidates; countries and demonyms vote at once."""
    found: _Named = {}
    for name in mentions:
        _add(found, gazetteer, name, _MENTION_VOTE, votes)
    words = list(_WORD.finditer(text[:_MAX_TEXT]))
    at = 0
    while at < len(words) and len(found) < _MAX_NAMES:
        at += _scan(found, gazetteer, text, words, at, votes)
    return found


def _scan(
    found: _Named, gazetteer: Gazetteer, text: str, words: list[re.Match[str]], at: int, votes: dict[str, float]
) -> int:
    """Try the longest name that begins at a capitalised word; returns how many words were used."""
    if not words[at][0][0].isupper():
        return 1
    for length in range(min(_MAX_WORDS, len(words) - at), 0, -1):
        last = words[at + length - 1]
        name = text[words[at].start() : last.end()]
        if "\n" in name or (length > 1 and not last[0][0].isupper()):
            continue
        if length == 1 and name != "US" and name.casefold() in _NO_NAMES:
            continue
        weight = _DATELINE_BONUS if at < 4 and name.isupper() else 1.0
        if _add(found, gazetteer, name, 0.0, votes, weight):
            return length
    return 1


def _add(
    found: _Named, gazetteer: Gazetteer, name: str, mention: float, votes: dict[str, float], weight: float = 1.0
) -> bool:
    key = normalise(name.removesuffix("'s").removesuffix("’s"))
    people = demonyms().get(key, ())
    for iso2 in people:
        votes[iso2] += weight * _DEMONYM_VOTE / len(people)
    places = gazetteer.find(key)[:_MAX_CANDIDATES]
    if not places:
        return bool(people)
    country = next((p for p in places if p.kind == "country"), None)
    if country and not any(p.kind == "admin1" and p.country != country.country for p in places):
        votes[country.country] += weight * _COUNTRY_VOTE
        return True
    vote = max(mention, _vote(places)) * weight
    known = found.get(key)
    found[key] = (vote + (known[0] * 0.5 if known else 0.0), list(places))
    return True


def _vote(places: Sequence[Place]) -> float:
    """Names of well-known places tell of a country; names of small towns are as often people's."""
    known = any(p.population >= _KNOWN_POPULATION or p.kind in ("admin1", "region", "capital", "exact") for p in places)
    return _KNOWN_VOTE if known else _FAINT_VOTE


def _settled(names: _Named, votes: dict[str, float]) -> Scene:
    """Rounds in which names vote for countries and divisions, which in turn weigh the places of the names."""
    scene = _round(names, {}, votes)
    for _ in range(_ROUNDS):
        chosen = {name: _weighed(places, name, scene) for name, (_, places) in names.items()}
        scene = _round(names, chosen, votes)
    return scene


_Weighed = dict[str, list[tuple[Place, float]]]


def _round(names: _Named, chosen: _Weighed, votes: dict[str, float]) -> Scene:
    """The scene in which each name means its places in the shares ``chosen``."""
    shares = dict(votes)
    for name, places in chosen.items():
        for place, share in places:
            if place.country:
                shares[place.country] = shares.get(place.country, 0.0) + names[name][0] * share
    total = sum(shares.values()) or 1.0
    scene = Scene({c: v / total for c, v in sorted(shares.items(), key=lambda s: (-s[1], s[0]))})
    for name, places in chosen.items():
        _place_name(scene, name, names[name][0], places, total)
    return scene


def _weighed(places: Sequence[Place], name: str, scene: Scene) -> list[tuple[Place, float]]:
    weights = [
        size(p) ** 0.6 * (scene.country_share(p, name) + 0.01) * (0.3 + min(3.0, scene.division_support(p, name)))
        for p in places
    ]
    total = sum(weights)
    return [(p, w / total) for p, w in zip(places, weights, strict=True)]


def size(place: Place) -> float:
    """Inhabitants, or what stands for them where the gazetteer does not count them."""
    return max(place.population + 300.0, _KIND_WEIGHT.get(place.kind, 0.0))


def _place_name(scene: Scene, name: str, weight: float, chosen: list[tuple[Place, float]], total: float) -> None:
    own: dict[tuple[str, str], float] = defaultdict(float)
    nations: dict[str, float] = defaultdict(float)
    for place, share in chosen:
        nations[place.country] += weight * share / total
        if place.admin1:
            own[place.country, place.admin1] += weight * share
    for key, value in own.items():
        scene.divisions[key] = scene.divisions.get(key, 0.0) + value
    scene.own[name], scene.own_countries[name] = own, nations
    best, share = max(chosen, key=lambda c: c[1])
    if best.kind not in ("country", "continent", "water"):
        scene.points.append((name, share * weight, best.lat, best.lon))
