"""Place names to the gazetteer: which Alexandria, how precisely, how surely, and why.

Candidates are all places of the name; a log-linear model ranks them by size, kind, the countries and divisions that
the article speaks of, the places near by and the words around the name. Its weights are learnt on annotated toponyms
(``evals.geoparsing --fit``). What the gazetteer lacks falls back to the named place around it, and says so.
"""

from __future__ import annotations

import math
import unicodedata
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.lexicon.gazetteer import Gazetteer, Place, alpha3
from dateline.lexicon.gazetteer_sources import countries, normalise
from dateline.records import Alternative, PlaceRef, Span
from dateline.resolving.place_scene import Scene, build, demonyms, distance_km, moved, size
from dateline.resolving.place_words import (
    Phrase,
    around,
    clean,
    ending_in,
    generic,
    kinds_after,
    leads_there,
    named_after,
    names_beside,
    near_it,
    prefixes,
    readings,
    settlement,
    street,
)

_PRECISION = {"town": "town", "capital": "town", "exact": "exact", "admin2": "admin2", "admin1": "admin1"}
_PRECISION |= {"spot": "exact", "feature": "region"}
_PRECISION |= {"country": "country", "region": "region", "water": "region", "continent": "region"}
_WIDE = ("country", "admin1", "region", "continent")
_MAX_CANDIDATES, _SCENES = 60, 16
_NEAR_KM, _SHARE_OF_COUNTRY = 15.0, 0.45
# A name that only begins with a place's ("Delhi High Court") stands for it when the place is this big.
_WELL_KNOWN = 20_000
# Of a town of this size an unknown name beside it is rather a quarter; of a smaller one a village, so far around it.
_METROPOLIS, _AROUND_KM = 1_000_000, 30.0
# How far from a town a road that bears its name may be.
_ROAD_KM = 50.0
# A name stands for no town of this size or less in a country to which nothing else in the text points, where other
# names make up this share of what it says of countries.
_FOREIGN, _SPOKEN_OF, _UNSPOKEN = 100_000, 0.6, 0.005
_CAPITAL_WORDS = {"capital", "capital city", "nation capital", "national capital"}

# Learnt weights of the features, in their order; see FEATURES.
FEATURES = (
    *("size", "main", "country", "division", "neighbours", "within", "kind"),
    *("is country", "is admin1", "is admin2", "is capital", "is region", "seat"),
)
WEIGHTS = (1.389, 2.187, 1.2, 2.303, 1.407, 3.958, 1.809, 0.938, -0.253, -1.92, 1.42, 1.401, 1.823)


@dataclass(frozen=True, slots=True)
class _Choice:
    place: Place
    score: float


class PlaceResolver:
    """Resolves spans to places of a gazetteer. Make one with ``load``, one for each thread."""

    def __init__(self, gazetteer: Gazetteer, weights: Sequence[float] = WEIGHTS) -> None:
        self._gazetteer, self._weights = gazetteer, tuple(weights)
        self._scenes: OrderedDict[object, Scene] = OrderedDict()

    @classmethod
    def load(cls) -> PlaceResolver:
        """The resolver over the standard gazetteer, whose index is built on first use (about ten seconds)."""
        return cls(Gazetteer.load())

    def country_prior(self, names: Sequence[str], text: str) -> dict[str, float]:
        """Shares of countries (ISO alpha-3, summing to 1) that ``text`` and the place names in it speak of."""
        shares = self._scene(text, names, None).countries
        return {code: share for iso2, share in shares.items() if (code := alpha3(iso2))}

    def resolve(
        self,
        span: Span,
        text: str,
        *,
        context: Sequence[str] = (),
        country_prior: Mapping[str, float] | None = None,
        day: str | None = None,
    ) -> PlaceRef:
        """The place that ``span`` names in ``text``.

        ``context`` are other place names of the article, ``country_prior`` shares of countries (ISO alpha-3) known
        beside the text, such as the publisher's. Places that were not there on the ISO ``day`` are passed over.
        Unresolved: coordinates ``None`` and the reason in ``why``.
        """
        scene = self._scene(text, context, country_prior, day)
        outer = around(text, span.start, span.end)
        road = street(text, span.start, span.end)
        if road and not self._gazetteer.find(road):
            return self._street(span, text, outer, scene)
        phrase, found = self._read(span, text, scene)
        if found:
            ref = self._chosen(span, phrase, found, outer, scene)
            return self._namesake(span, phrase, ref, outer, scene) or ref
        return self._in_full(span, text, scene) or self._fallback(span, text, outer, scene)

    def _namesake(
        self, span: Span, phrase: Phrase, ref: PlaceRef, outer: tuple[str, ...], scene: Scene
    ) -> PlaceRef | None:
        """Unresolved, where the likeliest place of the name is a small town of a country the text never speaks of."""
        place = self._gazetteer.by_id(ref.geonameid) if ref.geonameid else None
        if place is None or place.kind not in ("town", "admin2") or place.population >= _FOREIGN:
            return None
        beside = (other for words in (*phrase.within, *outer) for other in self._around(words))
        if phrase.kinds or any(inside(place, other) > 0.0 for other in beside):
            return None
        name = normalise(phrase.name)
        elsewhere = 1.0 - sum(scene.own_countries.get(name, {}).values())
        near = scene.neighbours(place, name) > 0.0 or scene.country_share(place, name) > _UNSPOKEN
        if near or elsewhere < _SPOKEN_OF:
            return None
        there = ", ".join(p for p in (place.name, self._admin1_name(place), alpha3(place.country)) if p)
        why = f"the gazetteer has the name for {there}, but no other place of the text is in that country"
        return PlaceRef(span.start, span.end, span.text, alternatives=ref.alternatives, why=why)

    def _in_full(self, span: Span, text: str, scene: Scene) -> PlaceRef | None:
        """The place of a longer name elsewhere in the text that the words are the end of: "Boldak", Spin Boldak."""
        for name in ending_in(text, span.text):
            found = self._places(Phrase(name), scene)
            if found:
                ref = self._chosen(span, Phrase(name), found, (), scene)
                return replace(ref, why=f"called {name} elsewhere in the text: {ref.why}")
        return None

    def _street(self, span: Span, text: str, outer: tuple[str, ...], scene: Scene) -> PlaceRef:
        """A street that the gazetteer lacks: in the town named beside it or in its sentence, never in its namesake."""
        for name in dict.fromkeys((*outer, *names_beside(text, span.start, span.end))):
            towns = [p for p in self._gazetteer.find(name, scene.day) if p.main and p.kind in ("town", "capital")]
            if any(size(p) >= _WELL_KNOWN for p in towns):
                ref = self._chosen(span, Phrase(name), towns[:_MAX_CANDIDATES], (), scene)
                return _halved(ref, "a street that is not in the gazetteer, in a town named beside it")
        return PlaceRef(span.start, span.end, span.text, why="a street's name, which does not say in what town it is")

    def _read(self, span: Span, text: str, scene: Scene) -> tuple[Phrase, tuple[Place, ...]]:
        """The first way to take the span apart whose name is known, and its candidates."""
        asked = kinds_after(text, span.end)
        for phrase in readings(span.text):
            found = self._places(phrase, scene)
            if found:
                return (phrase if phrase.kinds else replace(phrase, kinds=asked)), found
        return Phrase(clean(span.text)), ()

    def candidates(
        self, span: Span, text: str, context: Sequence[str] = ()
    ) -> tuple[tuple[Place, ...], list[tuple[float, ...]]]:
        """The places that ``span`` may mean, with their features (see FEATURES): what the weights are learnt from."""
        scene = self._scene(text, context, None)
        phrase, found = self._read(span, text, scene)
        return found, self.features(phrase, found, around(text, span.start, span.end), scene) if found else []

    def _scene(
        self, text: str, names: Sequence[str], prior: Mapping[str, float] | None, day: str | None = None
    ) -> Scene:
        key = (text, tuple(names), tuple(sorted(prior.items())) if prior else (), day)
        if key not in self._scenes:
            by_alpha2 = (
                {row.iso2: prior[row.iso3] for row in countries().values() if row.iso3 in prior} if prior else None
            )
            self._scenes[key] = build(self._gazetteer, text, names, by_alpha2)
            self._scenes[key].day = day
            while len(self._scenes) > _SCENES:
                self._scenes.popitem(last=False)
        return self._scenes[key]

    def _places(self, phrase: Phrase, scene: Scene) -> tuple[Place, ...]:
        """Candidates of a phrase; a country's name never means a town or a building."""
        key = normalise(phrase.name)
        if key in _CAPITAL_WORDS:
            return self._capital(phrase, scene)
        if generic(phrase.name) or not any(c.isalpha() for c in phrase.name):
            return ()
        found = self._gazetteer.find(key, scene.day)[:_MAX_CANDIDATES]
        people = demonyms().get(key, ())
        if people and not any(p.kind in _WIDE for p in found):
            return tuple(p for iso2 in people if (p := self._gazetteer.country(iso2)))
        if any(p.main and p.kind != "country" and p.kind in _WIDE for p in found):
            found = tuple(p for p in found if p.main or p.kind != "country")
        if any(p.kind == "country" for p in found) and "town" not in phrase.kinds:
            found = tuple(p for p in found if p.kind in _WIDE)
        return found

    def _capital(self, phrase: Phrase, scene: Scene) -> tuple[Place, ...]:
        """The capital of the country named beside it, else of the country the article speaks of most."""
        for name in phrase.within:
            for place in self._gazetteer.find(name):
                if place.kind == "country" and (capital := self._gazetteer.capital(place.country)):
                    return (capital,)
        best = next(iter(scene.countries.items()), None)
        capital = self._gazetteer.capital(best[0]) if best and best[1] > 0.4 else None
        return (capital,) if capital else ()

    def _chosen(
        self, span: Span, phrase: Phrase, found: Sequence[Place], outer: tuple[str, ...], scene: Scene
    ) -> PlaceRef:
        ranked = self._ranked(phrase, found, outer, scene)
        best = ranked[0]
        ref = PlaceRef(
            span.start,
            span.end,
            span.text,
            name=best.place.name,
            geonameid=best.place.geonameid,
            lat=best.place.lat,
            lon=best.place.lon,
            country=alpha3(best.place.country) if best.place.country else None,
            admin1=self._admin1_name(best.place),
            precision=_PRECISION[best.place.kind],
            radius_km=best.place.radius_km,
            score=round(best.score, 3),
            alternatives=tuple(self._alternative(c) for c in ranked[1:4] if c.score > 0.005),
            why=self._reasons(phrase, best, len(found), scene),
        )
        return _placed(ref, phrase, best.place)

    def _ranked(self, phrase: Phrase, found: Sequence[Place], outer: tuple[str, ...], scene: Scene) -> list[_Choice]:
        scores = [
            sum(w * f for w, f in zip(self._weights, row, strict=True))
            for row in self.features(phrase, found, outer, scene)
        ]
        top = max(scores)
        weights = [math.exp(s - top) for s in scores]
        total = sum(weights)
        choices = [_Choice(p, w / total) for p, w in zip(found, weights, strict=True)]
        return sorted(choices, key=lambda c: (-c.score, c.place.row))

    def features(
        self, phrase: Phrase, found: Sequence[Place], outer: tuple[str, ...], scene: Scene
    ) -> list[tuple[float, ...]]:
        """The features (see FEATURES) of each candidate."""
        name = normalise(phrase.name)
        outside = [self._around(n) for n in (*phrase.within, *outer)]
        return [self._features(place, phrase, name, outside, scene) for place in found]

    def _around(self, name: str) -> tuple[Place, ...]:
        """Places that a name beside the span may mean, "Kunar province" or "Kunar"."""
        return (self._gazetteer.find(name) or self._gazetteer.find(name.rpartition(" ")[0]))[:8]

    def _features(
        self, place: Place, phrase: Phrase, name: str, outside: list[tuple[Place, ...]], scene: Scene
    ) -> tuple[float, ...]:
        kind = place.kind
        return (
            math.log10(size(place)) - 4,
            float(place.main),
            math.log(scene.country_share(place, name) + 0.01) + 4.6 if place.country else 2.0,
            min(1.5, math.log1p(scene.division_support(place, name))),
            min(1.5, math.log1p(scene.neighbours(place, name))),
            max((inside(place, outer) for places in outside for outer in places), default=0.0),
            _kind_match(kind, phrase.kinds),
            float(kind == "country"),
            float(kind == "admin1"),
            float(kind == "admin2"),
            float(kind == "capital"),
            float(kind in ("region", "water", "exact", "continent")),
            float(kind in ("town", "capital") and self._seat(place, name)),
        )

    def _seat(self, place: Place, name: str) -> bool:
        """A town whose division bears the name too."""
        division = self._admin1_name(place)
        return division is not None and normalise(division) == name

    def _alternative(self, choice: _Choice) -> Alternative:
        place = choice.place
        parts = (place.name, self._admin1_name(place), alpha3(place.country))
        name = ", ".join(dict.fromkeys(p for p in parts if p))
        return Alternative(name, str(place.geonameid or f"row:{place.row}"), round(choice.score, 3))

    def _admin1_name(self, place: Place) -> str | None:
        if not place.admin1:
            return None
        division = self._gazetteer.admin1(place.country, place.admin1)
        return division.name if division else None

    def _reasons(self, phrase: Phrase, best: _Choice, candidates: int, scene: Scene) -> str:
        place = best.place
        where = ", ".join(p for p in (self._admin1_name(place), alpha3(place.country)) if p)
        of = f"the likeliest of {candidates} of the name" if candidates > 1 else "the only one of the name"
        reasons = [f"{place.kind} {place.name}" + (f" ({where})" if where else ""), of]
        share = scene.countries.get(place.country, 0.0)
        if candidates > 1 and share >= 0.1:
            reasons.append(f"{share:.0%} of the article's place words point to {alpha3(place.country)}")
        if not place.main:
            reasons.append(f"{phrase.name} is another name of it")
        return "; ".join(reasons)

    def _fallback(self, span: Span, text: str, outer: tuple[str, ...], scene: Scene) -> PlaceRef:
        """The place around one that the gazetteer lacks: named in the phrase, beside it, or the article's own."""
        names = [n for phrase in readings(span.text) for n in phrase.within]
        farther = [n for words in outer for phrase in readings(words) for n in phrase.within]
        parts = [part for part in (*prefixes(span.text), *named_after(span.text)) if _written_as_name(part)]
        for name in dict.fromkeys((*names, *parts, *outer, *farther)):
            for phrase in readings(name):
                found = self._places(phrase, scene)
                if name in parts:
                    found = tuple(p for p in found if p.main and (size(p) >= _WELL_KNOWN or p.kind in _WIDE))
                if found and name in parts:
                    return _halved(self._chosen(span, phrase, found, (), scene), "a place in its name")
                if found:
                    return self._inside(span, text, phrase, found, scene)
        return PlaceRef(span.start, span.end, span.text, why=self._lacking(span, scene))

    def _inside(self, span: Span, text: str, phrase: Phrase, found: Sequence[Place], scene: Scene) -> PlaceRef:
        """A place that the gazetteer lacks, in the one named beside it: of a village rather the division than the town.

        "Khan, Homs" is as likely a village of Homs province as a part of the town; of a metropolis it is a part.
        """
        ref = self._chosen(span, phrase, found, (), scene)
        if near_it(text, span.end):
            return _halved(replace(ref, radius_km=(ref.radius_km or 0.0) + _NEAR_KM), "near the place named beside it")
        own = settlement(text, span.start, span.end)
        town = self._gazetteer.by_id(ref.geonameid) if ref.geonameid and ref.precision == "town" else None
        if own is False or town is None or (own is None and town.population >= _METROPOLIS):
            return _halved(ref, "in the place named beside it")
        divisions = [p for p in found if p.kind in ("admin2", "admin1") and p.country == town.country]
        seat = [p for p in divisions if distance_km(p.lat, p.lon, town.lat, town.lon) <= p.radius_km + _NEAR_KM]
        if seat:
            return _halved(self._chosen(span, phrase, seat, (), scene), "in the division of the name beside it")
        around_it = replace(ref, radius_km=max(ref.radius_km or 0.0, _AROUND_KM), precision="admin2")
        return _halved(around_it, "in the surroundings of the town named beside it")

    def _lacking(self, span: Span, scene: Scene) -> str:
        """Why a span stays unresolved."""
        if not len(self._gazetteer):
            return "the gazetteer is empty"
        name = clean(span.text)
        if not any(c.isalpha() for c in name):
            return "there is no name in these words"
        if generic(name):
            return "a word for a kind of place, no name"
        gone = self._gazetteer.find(name) if scene.day else ()
        if gone:
            days = f"{gone[0].first or '…'}..{gone[0].last or '…'}"
            return f"the gazetteer has the name for {days} only, and the article is of {scene.day}"
        if not any("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha()):
            return "no place of this name in the gazetteer, which has few names in this script"
        return "no place of this name in the gazetteer"


def _written_as_name(words: str) -> bool:
    """Whether words are written as a name: "western" of "western regions" is no Western Region."""
    return words != words.lower() or words == words.upper()


def _halved(ref: PlaceRef, how: str) -> PlaceRef:
    """``ref`` for what the gazetteer lacks, half as sure."""
    why = f"not in the gazetteer itself; {how}: {ref.why}"
    return replace(ref, why=why, score=round((ref.score or 0.0) * 0.5, 3))


def inside(place: Place, outer: Place) -> float:
    """1 when ``place`` lies in ``outer``, else 0."""
    if place.row == outer.row:
        return 0.0
    if outer.kind == "country":
        return float(place.country == outer.country and place.kind != "country")
    if outer.kind == "admin1":
        return float((place.country, place.admin1) == (outer.country, outer.admin1) and place.kind != "admin1")
    if outer.kind in ("continent", "water") or place.kind in ("country", "admin1"):
        return 0.0
    return float(distance_km(place.lat, place.lon, outer.lat, outer.lon) <= outer.radius_km + 15)


def _kind_match(kind: str, kinds: tuple[str, ...]) -> float:
    """1 for the kind that the words ask for, less for the next ones, -1 for another; 0 where they ask for none."""
    if not kinds:
        return 0.0
    return 1.0 - 0.3 * kinds.index(kind) if kind in kinds else -1.0


def _placed(ref: PlaceRef, phrase: Phrase, place: Place) -> PlaceRef:
    """Move the point and widen the circle as the words around the name ask."""
    if phrase.km is not None or phrase.near:
        return _beside(ref, phrase, place)
    if phrase.side is not None:
        return _part(ref, phrase.side, place)
    if leads_there(phrase) and place.kind != "exact":
        why = f"a road to it, not in the gazetteer: {ref.why}"
        radius = max(place.radius_km, _ROAD_KM)
        return replace(ref, why=why, radius_km=radius, score=round((ref.score or 0.0) * 0.5, 3))
    if phrase.facility and place.kind != "exact":
        why = f"the {phrase.facility} itself is not in the gazetteer; {ref.why}"
        return replace(ref, why=why, radius_km=max(place.radius_km, 10.0))
    return ref


def _beside(ref: PlaceRef, phrase: Phrase, place: Place) -> PlaceRef:
    km = phrase.km
    if km is None:
        return replace(ref, radius_km=place.radius_km + _NEAR_KM, why=f"near it: {ref.why}")
    if phrase.side is None or phrase.side == (0.0, 0.0):
        return replace(ref, radius_km=round(place.radius_km + km, 1), why=f"within {km:.0f} km of it: {ref.why}")
    lat, lon = moved(place.lat, place.lon, phrase.side[0] * km, phrase.side[1] * km)
    radius = round(place.radius_km + km * 0.3, 1)
    return replace(ref, lat=lat, lon=lon, geonameid=None, radius_km=radius, why=f"{km:.0f} km from it: {ref.why}")


def _part(ref: PlaceRef, side: tuple[float, float], place: Place) -> PlaceRef:
    """A part of a country or division; of a town the town."""
    if place.kind not in _WIDE:
        return ref
    shift = place.radius_km * _SHARE_OF_COUNTRY
    lat, lon = moved(place.lat, place.lon, side[0] * shift, side[1] * shift)
    why = f"a part of it, its point moved that way: {ref.why}"
    return replace(ref, lat=lat, lon=lon, precision="region", radius_km=round(place.radius_km * 0.6, 1), why=why)
