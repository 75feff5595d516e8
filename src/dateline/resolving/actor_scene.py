"""Which countries an article is about, and where in it: the ground on which bare words ("troops") are placed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.lexicon.actors import Actor, ActorLexicon
from dateline.lexicon.gazetteer import Gazetteer, Place, alpha3
from dateline.lexicon.naming import Token, tokens
from dateline.records import Article, Mention
from dateline.resolving.actor_country import Atlas
from dateline.resolving.actor_phrase import take_apart

_WEIGHTS = {"name": 1.0, "demonym": 0.8, "people": 0.8, "capital": 0.8, "metonym": 0.6, "alias": 0.3}
_PLACE = 1.5
_PUBLISHER = 0.5
_SPEAKERS = frozenset(("government", "military", "police", "igo", "party", "armed_group", "organisation"))
_OUTLETS = frozenset((
    "wire", "wires", "daily", "weekly", "monthly", "newspaper", "newspapers", "paper", "online", "portal", "site",
    "website", "page", "pages", "desk", "bureau", "correspondent", "reporter", "broadcaster", "television", "tv",
    "radio", "news", "newsroom", "newswire", "gazette", "digest", "monitor", "review", "edition", "blog", "magazine",
    "journal", "times", "post", "tribune", "herald", "guardian", "diary", "stringer", "commentator", "outlet",
))  # fmt: skip
_LARGE = 50_000
_RENOWNED = 300_000
_NO_PLACES = frozenset((
    "west", "western", "east", "eastern", "north", "northern", "south", "southern", "central", "gulf", "war", "union",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "city", "sunni", "state",
    "shia", "house", "council", "allied", "national", "islamic", "people", "party", "federal", "general", "justice",
    "christian", "european", "african", "arab", "asian", "muslim", "kurdish", "jewish", "orthodox", "republican",
    "states", "aid", "maritime", "unity", "chair", "marina", "police", "labour", "labor", "freedom", "independence",
))  # fmt: skip
_YEAR = re.compile(r"\b(?:19[89]|20[0-4])\d\b")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A word at ``at`` (character offset) that speaks for a country, with its weight.

    ``how`` tells what it is: name, demonym, people, capital, metonym, alias (of an actor), place, dateline, publisher,
    voice (a publisher that speaks for itself).
    """

    at: int
    country: str
    weight: float
    how: str


class Scene:
    """The countries of one article by position, and the day that roles are read on.

    ``dated`` is false when the article has no date and the day is guessed from the people it names.
    """

    def __init__(
        self, text: str, day: str | None, evidence: Sequence[Evidence], places: Places, *, dated: bool = True
    ) -> None:
        self.text = text
        self.day = day
        self.dated = dated
        self.atlas = Atlas(text, evidence)
        self._places = places
        self.weights: dict[str, float] = {}
        for e in evidence:
            self.weights[e.country] = self.weights.get(e.country, 0.0) + e.weight

    def country_of(self, country: str, word: str) -> str:
        """The country that a country's name stands for here: "Georgia" may be the American state."""
        american = country == "GEO" and word.startswith("Georgia") and not word.startswith("Georgian")
        return "USA" if american and not self.weights.get("GEO") and self.weights.get("USA") else country

    def of_place(self, name: str) -> str | None:
        """The country of a place by its name, the article's own countries first; ``None`` when no such place."""
        return self._places.country(name, self.weights)


class Places:
    """Countries of places by name; knows none without a gazetteer."""

    def __init__(self, gazetteer: Gazetteer | None) -> None:
        self._gazetteer = gazetteer

    def country(self, name: str, weights: dict[str, float]) -> str | None:
        """Alpha-3 country of the best known place of that name, one of ``weights`` where there is one."""
        if self._gazetteer is None or len(name) < 3:
            return None
        if name.lower() in _NO_PLACES or (name.isupper() and len(name) < 5):
            return None
        places = self._gazetteer.find(name)[:6]
        if any(p.kind == "continent" for p in places):
            return None
        known = [c for p in places if _speaks(p) and (c := alpha3(p.country)) and weights.get(c, 0.0) > 0.0]
        large = [c for p in places if _well_known(p) and (c := alpha3(p.country))]
        return next(iter((*known, *large)), None)


def _speaks(place: Place) -> bool:
    """True unless the name is another town's second name: those are often plain words."""
    return place.main or place.kind != "town" or place.population >= _LARGE


def _well_known(place: Place) -> bool:
    if place.main:
        return place.population >= _LARGE or place.kind in ("country", "admin1", "capital", "region")
    return place.population >= _RENOWNED


def survey(article: Article, mentions: Sequence[Mention], lexicon: ActorLexicon, places: Gazetteer | None) -> Scene:
    """Read an article's countries: from names in its text, its place mentions and its dateline."""
    words = tokens(article.text)
    evidence = _without_people(_from_names(words, lexicon), mentions, lexicon)
    by_name = Places(places)
    evidence += _from_places(article, mentions, Scene(article.text, None, evidence, by_name), evidence)
    evidence = _with_georgia(article.text, evidence + _from_publisher(article, lexicon, by_name))
    day = article.anchor_date
    if day is None:
        day = likely_day(_people(words, lexicon), _YEAR.findall(article.text))
    return Scene(article.text, day, evidence, by_name, dated=article.anchor_date is not None)


def _without_people(evidence: Sequence[Evidence], mentions: Sequence[Mention], lexicon: ActorLexicon) -> list[Evidence]:
    """The evidence without countries that are a part of a person's name ("Michael Jordan")."""
    names: set[int] = set()
    states = [e.at for e in evidence if e.how != "alias"]
    for span in (m.span for m in mentions if m.kind == "person"):
        inside = {at for at in states if span.start <= at < span.end}
        if inside:
            phrase = take_apart(span, "person", lexicon)
            told = {
                span.start + t.start for m in (*phrase.names, *phrase.linked) for t in phrase.words[m.first : m.last]
            }
            names |= inside - told
    return [e for e in evidence if e.at not in names]


def _with_georgia(text: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with "Georgia" as the American state, where towns and states beside it are American."""

    def named(e: Evidence) -> bool:
        return e.country == "GEO" and e.how == "name" and text.startswith("Georgia", e.at)

    abroad = sum(e.weight for e in evidence if e.country == "GEO" and not named(e))
    american = sum(e.weight for e in evidence if e.country == "USA" and e.how in ("place", "dateline"))
    if american <= abroad:
        return list(evidence)
    return [replace(e, country="USA") if named(e) else e for e in evidence]


def _from_names(words: Sequence[Token], lexicon: ActorLexicon) -> list[Evidence]:
    out, at = [], 0
    while at < len(words):
        found = lexicon.match(words, at)
        if found is None:
            at += 1
            continue
        named = found.named[0]
        country = named.country.id if named.country else named.actor.country if named.actor else None
        if country and country != "IGO":
            out.append(Evidence(words[at].start, country, _WEIGHTS.get(named.how, 0.3), named.how))
        at = found.last
    return out


def _from_places(
    article: Article, mentions: Sequence[Mention], scene: Scene, named: Sequence[Evidence]
) -> list[Evidence]:
    """Places among the mentions that are no country's own name, and the dateline."""
    known = {e.at: e for e in named if e.how != "alias"}
    out = []
    for mention in mentions:
        span = mention.span
        if mention.kind not in ("place", "facility") or any(at in known for at in range(span.start, span.end)):
            continue
        if country := scene.of_place(_bare(span.text)):
            out.append(Evidence(span.start, country, _PLACE, "place"))
    place = article.dateline_place
    if place is not None:
        country = known[place.start].country if place.start in known else scene.of_place(place.text)
        out += [Evidence(place.start, country, _PLACE, "dateline")] if country else []
    return out


def _from_publisher(article: Article, lexicon: ActorLexicon, places: Places) -> list[Evidence]:
    """The country of the publisher by the names in its own: a ``voice`` where it is a body that speaks for itself."""
    words = tokens(article.publisher or "")
    found = [e.country for e in _from_names(words, lexicon)[:1]]
    towns = (places.country(w.text, {}) for w in words if w.capital)
    country = next(iter((*found, *(t for t in towns if t))), None)
    how = "voice" if speaks_for_itself(words, lexicon) else "publisher"
    return [Evidence(0, country, _PUBLISHER, how)] if country else []


def speaks_for_itself(publisher: Sequence[Token], lexicon: ActorLexicon) -> bool:
    """True when a publisher's name is that of an office, force or group ("US State Department"), not of an outlet."""
    if any(w.key in _OUTLETS for w in publisher):
        return False
    agents = (lexicon.agent(publisher, k) for k in range(len(publisher)))
    if any(a is not None and a[1].sector not in (None, "JRN", "CVL") for a in agents):
        return True
    names = (lexicon.match(publisher, k) for k in range(len(publisher)))
    return any(m is not None and m.named[0].actor is not None and m.named[0].actor.kind in _SPEAKERS for m in names)


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|The)\s+|['’]s$", "", name).strip()


def _people(words: Sequence[Token], lexicon: ActorLexicon) -> list[tuple[Actor, str]]:
    """The people of the lexicon that a text names, each with the words before the name."""
    out, at = [], 0
    while at < len(words):
        found = lexicon.match(words, at)
        actor = found.named[0].actor if found else None
        if actor is not None and actor.kind == "person":
            out.append((actor, " ".join(t.key for t in words[max(0, at - 3) : at])))
        at = found.last if found else at + 1
    return out


def likely_day(people: Sequence[tuple[Actor, str]], years: Sequence[str]) -> str | None:
    """The day on which most of the people named held office, those in the office that they are given above all.

    A stand-in for a date that the article lacks; the years it speaks of speak for their own days. ``None`` when
    neither people nor years tell anything.
    """
    distinct = {(a.id, t): (a, t) for a, t in people}.values()
    starts = {r.first for a, _ in distinct for r in a.roles if r.first} | {f"{y}-07-01" for y in years}
    if not starts:
        return None

    def fit(day: str) -> tuple[float, str]:
        score = 0.6 * (day[:4] in years)
        for actor, title in distinct:
            held = [r for r in actor.roles if r.held_on(day)]
            score += 0.7 * any(r.sector in ("GOV", "IGO") for r in held) + 0.3 * bool(held)
            score += 1.0 * any(t in r.title for r in held for t in title.split()[-2:] if len(t) > 4)
        return score, day

    return max(starts, key=fit)
