"""What one report says of a lasting state of affairs: that it began, that it ended, or that it is not so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from dateline.lexicon.naming import tokens
from dateline.records import ActorRef, Moment, PlaceRef, Report, Span, TimeRef

BEGIN, END, DENY = "begin", "end", "deny"
Key = tuple[str, ...]

_THINGS = {
    "crossing": "crossing crossings gate border borders frontier frontiers checkpoint checkpoints post posts",
    "airport": "airport airports airfield airfields airspace airspaces aerodrome",
    "base": "base bases barracks garrison garrisons outpost outposts camp camps",
    "road": "road roads highway highways motorway bridge bridges tunnel railway route routes corridor pass",
    "port": "port ports harbour harbor terminal terminals strait canal",
    "mission": "embassy embassies consulate consulates mission missions",
    "school": "school schools university universities",
    "office": "office offices palace parliament ministry headquarters station stations prison prisons hospital",
    "place": "city cities town towns village villages district districts province provinces capital island islands "
    "territory territories area areas region centre center neighbourhood quarter valley",
}
_THING_OF = {word: thing for thing, words in _THINGS.items() for word in words.split()}
_CLOSABLE = frozenset(_THING_OF) - frozenset(_THINGS["place"].split()) | {"flight", "flights"}
_GENERIC = frozenset(("the", "a", "an", "of", "and", "in", "at", "on", "to", "its", "their", "his", "her", "all"))

_SHUT = re.compile(r"clos|shut|seal|block|bar", re.I)
_OPENED = re.compile(r"open|resum|unblock|clear|lift|access|allow", re.I)
_SIEGE = re.compile(r"sieg|blockad|encircl|surround", re.I)
_LOOT = re.compile(r"loot|divert|hijack|confiscat|steal|stole|rob|impound|plunder|ransack", re.I)
_AGAIN = re.compile(r"^(re(took|tak|captur|gain|claim|conquer)|(took|win|won|take) back)", re.I)
_TRUCE = re.compile(r"cease-?fire|truce|cessation|armistice|halt\w* hostilities|lay\w* down (their )?arms", re.I)
_PENALTY = re.compile(r"sanction|embargo|penalt|blacklist|tariff|curbs?\b|asset", re.I)
_RESCUE = re.compile(r"rescu|free", re.I)
_CURFEW = re.compile(r"curfew|lockdown", re.I)
_EMERGENCY = re.compile(r"martial law|emergency", re.I)
_BY = re.compile(r"^(by|before|until|till|no later than|within|from|as of)\b|deadline", re.I)
_NOBODY = re.compile(r"(?:nobody|no[ -]one|none)\b", re.I)
_LEADING = re.compile(r"(?:the|a|an|this|that|its|their|his|her)\s+", re.I)
_PART = re.compile(
    r"(?:%|\b(?:per ?cent|half|most|much|parts?|swathes|(?:a|one|two|three)[- ](?:third|quarter)s?))\s+of\b", re.I
)
_EDGE = re.compile(r"\b(?:outskirts|edges?|fringes?|suburbs?|approaches|gates)\s+of\s+(?:the\s+)?", re.I)
_ALIKE = 0.5
_WIDE = ("country", "region")
_NARROW = ("exact", "town", "admin2", "admin1")


@dataclass(frozen=True, slots=True)
class Signal:
    """A report's word on one state.

    States of one ``family`` and ``key`` are about one thing; those with different ``identity`` exclude each other (who
    holds a place; whether it is closed). ``key`` is empty when the report does not say what it is about. ``who`` did
    it, ``whom`` it concerns, ``what`` is how the report names the thing. ``own_end`` is the day up to which the
    report itself says that it lasts.
    """

    report: Report
    family: str
    kind: str
    verb: str
    key: Key
    identity: str | None
    what: str
    who: tuple[ActorRef, ...] = ()
    whom: tuple[ActorRef, ...] = ()
    place: PlaceRef | None = None
    own_end: str | None = None

    @property
    def moment(self) -> Moment | None:
        """When, as the report tells it."""
        return self.report.moment

    @property
    def again(self) -> bool:
        """True when it says that something was taken back, so that it comes after another taking of that day."""
        return bool(_AGAIN.search(self.report.trigger.text))


def signals(report: Report) -> tuple[Signal, ...]:
    """All that a report says of lasting states; nothing for most reports."""
    found = [signal for rule in _RULES.get(report.type, ()) for signal in rule(report)]
    if report.status == "negated":
        found = [replace(s, verb=DENY) for s in found if s.verb == BEGIN]
    if report.status in ("planned", "possible"):
        found = [s for s in found if s.verb == BEGIN]
    return tuple(found)


def deadline(report: Report) -> TimeRef | None:
    """The time expression that sets a term ("by August 31"), if the report has one."""
    return next((t for t in report.times if _BY.search(t.text)), None)


def party_key(ref: ActorRef) -> str:
    """What makes two mentions the same party: the lexicon's entry, else the folded words."""
    return ref.id or " ".join(t.key for t in tokens(ref.name or ref.text) if t.key not in _GENERIC)


def party_name(ref: ActorRef) -> str:
    """How a party is called."""
    return ref.name or ref.text


def name_key(name: str) -> str:
    """The folded words of a place's name."""
    return " ".join(_content(name)) or name.casefold()


def is_itself(place: PlaceRef) -> bool:
    """True when a place is resolved to itself, not to the town or province that it lies in.

    Judged by the names: "Islam Qala" is Eslam Qaleh, while a village that the gazetteer lacks is not its province.
    """
    if place.geonameid is None or place.name is None:
        return place.geonameid is not None
    given, found = name_key(place.text), name_key(place.name)
    return bool(set(given.split()) & set(found.split())) or SequenceMatcher(None, given, found).ratio() >= _ALIKE


def names_a_place(place: PlaceRef) -> bool:
    """True unless it is a share, or what it is resolved to is a common word of the report.

    "85 per cent of the country" is no place that is held, "the home" no town of Home.
    """
    if _PART.search(place.text):
        return False
    name = set(_folded(place.name or "")) or {""}
    shared = [t for t in tokens(place.text) if t.key in name]
    if shared:
        return any(t.capital for t in shared)
    return place.name is not None or _is_written_as_name(place.text)


def place_called(place: PlaceRef) -> str:
    """The words for a place, or the name of what they stand for where they have none: "the crossing" of Torkham."""
    return place.text if _is_written_as_name(place.text) or not place.name else place.name


def _is_written_as_name(words: str) -> bool:
    """ "The Hague" is, "The district" at the head of a sentence is not."""
    return any(c.isupper() for c in _LEADING.sub("", words, count=1))


def _seize(r: Report) -> Iterator[Signal]:
    if r.mode != "seize" or _LOOT.search(r.trigger.text) or not _territorial(r):
        return
    place, what, key = _held(r)
    if place is not None and _is_an_edge(r, place):
        return
    yield Signal(r, "holds", "holds", BEGIN, key, _parties(r.actors), what, r.actors, place=place)
    if r.status == "occurred":
        yield Signal(r, "siege", "siege", END, key[:1], None, what, place=place)


def _is_an_edge(r: Report, place: PlaceRef) -> bool:
    """True of "the outskirts of Herat", whether they are in the place's words or before them."""
    before = r.sentence.text[: max(0, place.start - r.sentence.start)]
    return _EDGE.search(place.text) is not None or any(m.end() == len(before) for m in _EDGE.finditer(before))


def _territorial(r: Report) -> bool:
    """True when what is seized is a place, and neither goods nor a person."""
    taken = [*r.objects, *(Span(a.start, a.end, a.text) for a in r.recipients)]
    if any(s.start < p.end and p.start < s.end for s in taken for p in r.places):
        return True
    return any(w in _THING_OF for s in r.objects for w in _folded(s.text)) if taken else bool(r.places)


def _restrict(r: Report) -> Iterator[Signal]:
    place, what, key = _site(r)
    words = _words(r)
    common = (r.actors, r.recipients, place)
    if r.mode == "curfew" or (r.type == "COERCE" and _CURFEW.search(words)):
        yield Signal(r, "curfew", "curfew", BEGIN, key[:1], None, what, *common, _later(r))
    elif r.mode == "martial-law" or (r.type == "COERCE" and _EMERGENCY.search(words)):
        yield Signal(r, "emergency", "emergency", BEGIN, key[:1], None, what, *common, _later(r))
    elif r.mode in ("restrict", None) and _SIEGE.search(r.trigger.text):
        yield Signal(r, "siege", "siege", BEGIN, key[:1], None, what, *common)
    elif r.mode in ("restrict", "discontinue", "withdraw", "obstruct", None) and _closing(r):
        yield Signal(r, "access", "closed", BEGIN, key, "closed", what, *common, _later(r))
    elif r.mode in ("restrict", "censor", "withhold") and r.type == "COERCE":
        yield _restriction(r, place)


def _restriction(r: Report, place: PlaceRef | None) -> Signal:
    target = next((a for a in r.recipients if _named(a)), None)
    given = r.objects[0].text if r.objects else ""
    about = " ".join(_content(given)) or (party_key(target) if target else "")
    what = given or (party_name(target) if target else "")
    key = (about, _country(r, place)) if about else ()
    kind = "cut off" if r.mode == "withhold" else "restriction"
    return Signal(r, "restriction", kind, BEGIN, key, None, what, r.actors, r.recipients, place, _later(r))


def _closing(r: Report) -> bool:
    if not _SHUT.search(r.trigger.text) and r.mode != "obstruct":
        return False
    named = [*(s.text for s in r.objects), *(p.text for p in r.places), *(a.text for a in r.recipients)]
    return any(word in _CLOSABLE for text in named for word in _folded(text))


def _reopen(r: Report) -> Iterator[Signal]:
    place, what, key = _site(r)
    words = _words(r)
    if _CURFEW.search(words):
        yield Signal(r, "curfew", "curfew", END, key[:1], None, what, r.actors, place=place)
    elif _EMERGENCY.search(words):
        yield Signal(r, "emergency", "emergency", END, key[:1], None, what, r.actors, place=place)
    elif _PENALTY.search(words):
        yield Signal(r, "sanctions", "sanctions", END, _target(r.recipients), _parties(r.actors), what, r.actors)
    elif _SIEGE.search(words):
        yield Signal(r, "siege", "siege", END, key[:1], None, what, r.actors, place=place)
    elif (r.mode == "access" or r.type == "CONCEDE") and _OPENED.search(r.trigger.text):
        yield Signal(r, "access", "open", BEGIN, key, "open", what, r.actors, r.recipients, place, _later(r))
        yield replace(_restriction(r, place), verb=END)


def _leave(r: Report) -> Iterator[Signal]:
    if r.mode == "withdraw" and r.actors and r.places:
        place, what, key = _held(r)
        yield Signal(r, "holds", "holds", END, key, _parties(r.actors), what, r.actors, place=place)
        if r.status == "occurred":
            yield Signal(r, "siege", "siege", END, key[:1], None, what, r.actors, place=place)


def _free(r: Report) -> Iterator[Signal]:
    if r.mode == "release" or (r.type == "AID" and _RESCUE.search(r.trigger.text)):
        for person in _people(r):
            yield Signal(r, "held", "detained", END, (party_key(person),), None, party_name(person), r.actors)


def _hold(r: Report) -> Iterator[Signal]:
    if r.mode not in ("arrest", "abduct"):
        return
    kind = "detained" if r.mode == "arrest" else "abducted"
    place = _best_place(r.places)
    held = _people(r)
    for person in held:
        key = (party_key(person),) if _named(person) else (party_key(person), r.id) if r.counts else ()
        yield Signal(r, "held", kind, BEGIN, key, None, party_name(person), r.actors, (person,), place)
    if not held and not any(_NOBODY.match(p.text) for p in r.recipients):
        yield Signal(r, "held", kind, BEGIN, (), None, "", r.actors, (), place)


def _people(r: Report) -> list[ActorRef]:
    """Whom it is done to: no place, and not nobody."""
    return [p for p in r.recipients if p.kind not in ("place", "facility") and not _NOBODY.match(p.text)]


def _truce(r: Report) -> Iterator[Signal]:
    if r.mode != "ceasefire" and not _TRUCE.search(_words(r)):
        return
    parties = (*r.actors, *r.recipients)
    place = _best_place(r.places)
    key = tuple(sorted({party_key(p) for p in parties})) or ((_place_key(place),) if place else ())
    yield Signal(r, "ceasefire", "ceasefire", BEGIN, key, None, "", parties, (), place, _later(r))


def _talks(r: Report) -> Iterator[Signal]:
    parties = (*r.actors, *r.recipients)
    place = _best_place(r.places)
    key = tuple(sorted({party_key(p) for p in parties}))
    end = r.moment.last if r.moment and r.status == "occurred" else None
    if r.status == "occurred" and end is None:
        return
    yield Signal(r, "talks", "talks", BEGIN, key, None, "", parties, (), place, end)


def _penalise(r: Report) -> Iterator[Signal]:
    what = r.objects[0].text if r.objects else r.trigger.text
    if _closing(r):
        yield from _restrict(r)
    elif r.mode is None and (_PENALTY.search(_words(r))):
        yield Signal(
            r, "sanctions", "sanctions", BEGIN, _target(r.recipients), _parties(r.actors), what, r.actors, r.recipients
        )
    elif r.mode == "discontinue":
        key = (*_target(r.recipients), " ".join(_content(what)))
        yield Signal(r, "suspended", "suspended", BEGIN, key, _parties(r.actors), what, r.actors, r.recipients)


_RULES: dict[str, tuple[Callable[[Report], Iterator[Signal]], ...]] = {
    "COERCE": (_seize, _restrict, _hold),
    "ASSAULT": (_hold,),
    "PROTEST": (_restrict,),
    "RETREAT": (_reopen, _leave, _free, _truce),
    "CONCEDE": (_reopen, _truce),
    "AGREE": (_truce,),
    "SUPPORT": (_truce,),
    "AID": (_free,),
    "SANCTION": (_penalise,),
    "CONSULT": (_talks,),
}


def _site(r: Report) -> tuple[PlaceRef | None, str, Key]:
    """The place, how the thing there is called, and a key of place and sort of thing; no key without a place."""
    place = _best_place(r.places)
    objects = [*(s.text for s in r.objects), *(a.text for a in r.recipients if a.kind in ("facility", "place"))]
    thing_text = next((text for text in objects if _thing(text)), None)
    words = thing_text or (place.text if place else "")
    named = thing_text or next((s.text for s in r.objects), "")
    if place is None:
        names = (t.key for t in tokens(named) if t.capital and not t.key.isdigit())
        inner = " ".join(key for key in names if key not in _THING_OF and key not in _GENERIC)
        return None, named, (inner, _thing(named)) if inner else ()
    return place, named or place.text, (_place_key(place), _thing(words))


def _held(r: Report) -> tuple[PlaceRef | None, str, Key]:
    """As ``_site``, for who holds it: who has the crossing has the place, but not always its airport or base."""
    place, what, key = _site(r)
    if place is not None and place.precision in _WIDE:
        return place, what, key if key[1] else ()
    if key and key[1] in ("crossing", "road", "port"):
        return place, place_called(place) if place else what, (key[0], "")
    return place, place_called(place) if place and key and not key[1] else what, key


def _best_place(places: Sequence[PlaceRef]) -> PlaceRef | None:
    """The narrowest that is resolved, else the first; of those whose words name a place."""
    named = [p for p in places if names_a_place(p)]
    known = [p for p in named if p.precision in _NARROW]
    return min(known, key=lambda p: _NARROW.index(p.precision or ""), default=next(iter(named), None))


def _place_key(place: PlaceRef) -> str:
    return f"#{place.geonameid}" if is_itself(place) else name_key(place.text)


def _thing(text: str) -> str:
    """The sort of thing that words name; a town or district is the place itself."""
    found = next((_THING_OF[w] for w in reversed(_folded(text)) if w in _THING_OF), "")
    return "" if found == "place" else found


def _folded(text: str) -> list[str]:
    return [t.key for t in tokens(text)]


def _content(text: str) -> list[str]:
    return [w for w in _folded(text) if w not in _GENERIC]


def _words(r: Report) -> str:
    return " | ".join((r.trigger.text, *(s.text for s in r.objects), *(a.text for a in r.recipients)))


def _parties(refs: Sequence[ActorRef]) -> str | None:
    """Who, as far as they have a name: "the insurgents" could be anyone's, and is nobody other than who is known."""
    return " + ".join(sorted({party_key(a) for a in refs if _named(a)})) or None


def _target(refs: Sequence[ActorRef]) -> Key:
    return tuple(sorted({party_key(a) for a in refs}))


def _named(ref: ActorRef) -> bool:
    """True for a name. A lone word of which the lexicon knows the sector is none: "Fighters" begins a sentence."""
    words = tokens(ref.name or ref.text)[ref.text[:4].lower() == "the " :]
    return ref.id is not None or (any(t.capital for t in words) and not (len(words) == 1 and ref.sector))


def _country(r: Report, place: PlaceRef | None) -> str:
    return (place.country if place else None) or next((a.country for a in r.actors if a.country), "") or ""


def _later(r: Report) -> str | None:
    """The last day of a span that the report itself gives ("until Friday")."""
    m = r.moment
    return m.last if m and m.first and m.last and m.first < m.last and deadline(r) else None
