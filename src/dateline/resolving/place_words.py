"""What a place phrase says beside the name: "the southern province of Helmand", "20 km north of Kunduz"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dateline.resolving.numbers import find_number

_POINTS = {"north": (1.0, 0.0), "south": (-1.0, 0.0), "east": (0.0, 1.0), "west": (0.0, -1.0), "central": (0.0, 0.0)}
_POINTS |= {"centre": (0.0, 0.0), "center": (0.0, 0.0), "upper": (0.0, 0.0), "lower": (0.0, 0.0)}
_SIDE = r"(?:north|south)[\s-]?(?:east|west)|north|south|east|west|central|centre|center"
_KM_PER_MILE = 1.609344

# Words for kinds of places, and the kinds of the gazetteer they speak for, the likeliest first.
_FEATURES = {
    "province|governorate|state|oblast|prefecture|department|emirate|canton|voivodeship|krai|autonomous region": (
        "admin1",
        "admin2",
        "region",
    ),
    "district|county|raion|rayon|parish|sub-?district|tehsil|commune|municipality|agency|cercle|zone|area": (
        "admin2",
        "admin1",
        "region",
        "town",
    ),
    "city|town|village|hamlet|settlement|suburb|neighbou?rhood|township|enclave|port city|regional capital": (
        "town",
        "capital",
        "exact",
    ),
    "region|valley|peninsula|islands?|archipelago|mountains?|desert|basin|plains?|highlands|coast|corridor": (
        "region",
        "admin1",
        "admin2",
    ),
    "river|sea|straits?|lake|gulf|ocean|bay|channel|canal|delta": ("water", "region"),
}
_FACILITIES = (
    r"(?:international |military |air |naval |army |border |central |main |refugee |displacement |detention |nuclear |"
    r"power |police |train |railway |bus )*"
    r"(?:airport|airfield|airbase|base|bridge|crossing|border post|checkpoint|camp|hospital|port|prison|jail|dam|"
    r"station|square|street|highway|road|mosque|church|university|barracks|plant|refinery|headquarters|border|front|frontline|"
    r"front line|palace|stadium|market|school|museum|embassy|consulate|mine|oilfield|oil field|pass|tunnel)"
)
_FEATURE = "|".join(f"(?P<f{k}>{words})" for k, words in enumerate(_FEATURES))
_KINDS = tuple(_FEATURES.values())
# What distances count from and what things are near: rather the town than the province of the name.
_POINT_KINDS = ("town", "capital", "exact", "admin2", "admin1", "region", "water")
_LEAD = re.compile(
    r"^(?:(?:in|at|from|to|of|on|inside|into|across|throughout|towards?|along|within|through|over|between|the|a|an|"
    r"both|all of|parts of|much of|most of|neighbou?ring|nearby|war-torn|war-ravaged|occupied|divided|besieged|restive|"
    r"downtown)\s+)+",
    re.I,
)
_DISTANCE = re.compile(
    rf"(?P<number>[\d.,]+|[a-z-]+(?:\s+(?:dozen|hundred))?)\s*-?(?P<unit>km|kms|kilomet(?:er|re)s?|miles?)\b"
    rf"(?:\s*\([^)]*\))?\s*(?:(?:to|on|in)\s+the\s+)?(?P<side>{_SIDE})?(?:ern)?(?:\s+side)?\s*"
    rf"(?:of|from|outside|away from|off|beyond|inside)\s+(?P<rest>.+)$",
    re.I | re.S,
)
_NEAR = re.compile(
    r"^(?:(?:just|right|well|on)\s+)?(?:near|close to|outside|around|next to|off|(?:the\s+)?(?:outskirts|suburbs?|"
    r"vicinity|edge|coast|shores?|banks|border|area|surroundings) (?:of|with|near)|off the coast of)\s+(?P<rest>.+)$",
    re.I | re.S,
)
_SIDE_OF = re.compile(
    rf"^(?:the\s+)?(?:far\s+)?(?P<side>{_SIDE})(?:ern(?:most)?)?[\s-]+(?:(?:part|parts|half|end|side|area|areas)\s+)?"
    rf"(?:of\s+(?:the\s+)?)?(?P<rest>.+)$",
    re.I | re.S,
)
_OWN_SIDE = re.compile(
    rf"^(?P<rest>.+?)(?:['’]s|['’])\s+(?:far\s+)?(?P<side>{_SIDE})(?:ern)?(?:\s+(?:region|part|area|border|coast)s?)?$",
    re.I,
)
_OF = re.compile(rf"^(?:the\s+)?(?:[\w-]+\s+){{0,3}}?(?:{_FEATURE})\s+of\s+(?P<rest>.+)$", re.I | re.S)
_SUFFIX = re.compile(rf"^(?P<rest>.+?)[\s-]+(?:{_FEATURE})$", re.I | re.S)
_FACILITY = re.compile(rf"^(?P<rest>.+?)(?:['’]s)?[\s-]+(?P<facility>{_FACILITIES})$", re.I | re.S)
_WITHIN = re.compile(
    r"^(?P<rest>[^,(]+?)\s*(?:,\s*|\s+in\s+|\s+inside\s+|\s*\()(?P<within>[^)]+?)\)?\s*,?$", re.I | re.S
)
_OWNED = re.compile(r"^(?P<within>[^,]+?)(?:['’]s|(?<=s)['’])\s+(?P<rest>.+)$", re.S)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A place phrase taken apart.

    ``name`` is what is looked up, ``kinds`` the kinds of place that its words ask for, ``within`` names of places
    around it, ``side`` (north, east) of the part or the bearing meant, ``km`` a distance from the name,
    ``near`` that it is not the place itself, ``facility`` a feature there that the name stands for ("airport").
    """

    name: str
    kinds: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    side: tuple[float, float] | None = None
    km: float | None = None
    near: bool = False
    facility: str = ""


def clean(words: str) -> str:
    """Without quotes, leading prepositions and articles, and a closing possessive."""
    words = words.strip().strip("\"“”'‘’.,;:()[]").strip()
    words = re.sub(r"(?:['’]s|['’])$", "", words)
    return _LEAD.sub("", words).strip() or words


def readings(words: str) -> list[Phrase]:
    """The ways to take a phrase apart, the least taken away first: a name that is known whole is left whole."""
    start = Phrase(clean(words))
    seen, queue = [start], [start]
    while queue and len(seen) < 24:
        for found in _steps(queue.pop(0)):
            found = replace(found, name=clean(found.name))
            if found.name and found not in seen:
                seen.append(found)
                queue.append(found)
    return seen


def _steps(phrase: Phrase) -> list[Phrase]:
    """The phrases one step simpler."""
    steps = (_distance, _near, _within, _owned, _feature, _side, _own_side, _facility)
    return [found for step in steps if (found := step(phrase)) is not None]


def _distance(phrase: Phrase) -> Phrase | None:
    match = _DISTANCE.search(phrase.name)
    if not match or phrase.km is not None:
        return None
    number = find_number(match["number"])
    if number is None:
        return None
    kinds = phrase.kinds or _POINT_KINDS
    km = number.value * (_KM_PER_MILE if match["unit"].lower().startswith("mi") else 1.0)
    return replace(phrase, name=match["rest"], km=min(km, 5000.0), side=side(match["side"]), near=True, kinds=kinds)


def _near(phrase: Phrase) -> Phrase | None:
    match = _NEAR.match(phrase.name)
    if not match or phrase.near:
        return None
    return replace(phrase, name=match["rest"], near=True, kinds=phrase.kinds or _POINT_KINDS)


def _within(phrase: Phrase) -> Phrase | None:
    match = _WITHIN.match(phrase.name)
    if not match:
        return None
    outer = tuple(clean(w) for w in re.split(r",|\bin\b", match["within"]) if clean(w))
    return replace(phrase, name=match["rest"], within=(*phrase.within, *outer))


def _owned(phrase: Phrase) -> Phrase | None:
    match = _OWNED.match(phrase.name)
    return replace(phrase, name=match["rest"], within=(*phrase.within, clean(match["within"]))) if match else None


def _feature(phrase: Phrase) -> Phrase | None:
    match = _OF.match(phrase.name) or _SUFFIX.match(phrase.name)
    if not match or phrase.kinds:
        return None
    number = next(k for k in range(len(_KINDS)) if match[f"f{k}"])
    return replace(phrase, name=match["rest"], kinds=_KINDS[number])


def _side(phrase: Phrase) -> Phrase | None:
    match = _SIDE_OF.match(phrase.name)
    return replace(phrase, name=match["rest"], side=side(match["side"])) if match and phrase.side is None else None


def _own_side(phrase: Phrase) -> Phrase | None:
    match = _OWN_SIDE.match(phrase.name)
    return replace(phrase, name=match["rest"], side=side(match["side"])) if match and phrase.side is None else None


def _facility(phrase: Phrase) -> Phrase | None:
    match = _FACILITY.match(phrase.name)
    if not match or phrase.facility:
        return None
    return replace(phrase, name=match["rest"], facility=match["facility"].lower())


def side(words: str | None) -> tuple[float, float] | None:
    """Unit vector (north, east) of a point of the compass; (0, 0) for the centre."""
    if not words:
        return None
    parts = [v for k, v in _POINTS.items() if k in words.lower()]
    north, east = sum(p[0] for p in parts), sum(p[1] for p in parts)
    length = (north**2 + east**2) ** 0.5
    return (north / length, east / length) if length else (0.0, 0.0)


_GENERIC = re.compile(
    rf"^(?:{_FACILITIES}|{'|'.join(_FEATURES)}|coast|border|area|side|north|south|east|west|court)s?$", re.I
)
_NEXT_WORD = re.compile(rf"^\s+(?:(?:and|or)\s+[A-Z]\w+\s+)?(?:{_FEATURE})(?:s|ies)?\b", re.I)
_PROPER = r"(?:(?:[A-Z]\.\s?){2,}|[A-Z][\w'’-]*)"
_AFTER = re.compile(
    r"^(?:['’]s)?\s*(?:,|\(|(?:in|inside|within|of|near)\b)\s*(?:(?:the|a|an|in)\s+)?(?:[a-z-]+\s+){0,3}?(?:of\s+)?"
    rf"(?P<name>{_PROPER}(?:[\s-](?:(?:al|el|de|e|of|and)\s)?{_PROPER}){{0,3}}"
    r"(?:\s(?:province|district|state|region|governorate|county|oblast|city))?)",
)
_BEFORE = re.compile(r"(?P<name>[A-Z][\w-]*(?:\s[A-Z][\w-]*){0,2})['’]s?\s+(?:[a-z-]+\s+){0,4}$")


def generic(name: str) -> bool:
    """A word for a kind of place, no name: "village", "border crossing"."""
    return _GENERIC.match(name) is not None


def kinds_after(text: str, end: int) -> tuple[str, ...]:
    """The kinds of place that the word after a span asks for: "Kunar" in "Kunar and Nuristan provinces"."""
    match = _NEXT_WORD.match(text[end : end + 50].replace("counties", "county"))
    return next((_KINDS[k] for k in range(len(_KINDS)) if match[f"f{k}"]), ()) if match else ()


def prefixes(words: str) -> list[str]:
    """Beginnings of a name of several words, longest first: "Delhi High Court" → "Delhi High", "Delhi"."""
    parts = clean(words).split()
    return [" ".join(parts[:k]) for k in range(len(parts) - 1, 0, -1)]


def ending_in(text: str, name: str) -> list[str]:
    """The longer names in ``text`` that end in ``name``: "Spin Boldak" for "Boldak"; none where it is no name."""
    words = clean(name)
    if not words[:1].isupper() or " " in words:
        return []
    longer = re.compile(rf"\b(?P<name>{_PROPER}[ -]{re.escape(words)})\b")
    return list(dict.fromkeys(m["name"] for m in longer.finditer(text)))


_OF_NAME = re.compile(r"\bof\s+(?:the\s+)?(?P<name>[A-Z].*)$")


def named_after(words: str) -> list[str]:
    """The place in the name of a body: "University of Alberta" → "Alberta"."""
    match = _OF_NAME.search(clean(words))
    return [match["name"]] if match else []


def around(text: str, start: int, end: int) -> tuple[str, ...]:
    """Names that the words beside a span, on its line, put it in: ", Kandahar province", "in Syria", "Syria's …"."""
    line_after, line_before = (
        text[end : end + 80].partition("\n")[0],
        text[max(0, start - 60) : start].rpartition("\n")[2],
    )
    after, before = _AFTER.match(line_after), _BEFORE.search(line_before)
    return tuple(m["name"].rstrip(".,") for m in (after, before) if m)


_STREETS = (
    r"(?:Roads?|Rd|Streets?|St|Avenues?|Ave|Boulevards?|Blvd|Lane|Drive|Square|Alley|Crescent|Embankment|Expressway)"
)
_STREET = re.compile(rf"(?:[A-Z][\w'’.-]*\s+)+{_STREETS}\b\.?")
_STREET_AFTER = re.compile(rf"\s+{_STREETS}\b(?!\s+(?:to|from)\b)")
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")
_NAMES = re.compile(rf"{_PROPER}(?:[\s-]{_PROPER}){{0,3}}")


def street(text: str, start: int, end: int) -> str:
    """The name of the street that the words are or begin: "London Road", "London" before "Road"; "" where none.

    Such a street lies in any town but the one it is called after; roads in lower case ("the Baghdad road") lead there.
    """
    words = clean(text[start:end])
    after = _STREET_AFTER.match(text, end)
    if after and words[:1].isupper():
        return words + text[end : after.end()]
    return words if _STREET.fullmatch(words) else ""


def leads_there(phrase: Phrase) -> bool:
    """Whether the phrase is a road called after where it leads: "the Baghdad highway", not "Kandahar's main road"."""
    return not phrase.within and re.search(r"\b(?:road|highway)$", phrase.facility) is not None


def names_beside(text: str, start: int, end: int) -> list[str]:
    """Capitalised names of the sentence around the words, the nearest first."""
    left = max((m.end() for m in _SENTENCE_END.finditer(text, 0, start)), default=0)
    stop = _SENTENCE_END.search(text, end)
    found = _NAMES.finditer(text, left, stop.start() if stop else len(text))
    others = [m for m in found if m.end() <= start or m.start() >= end]
    return [m[0] for m in sorted(others, key=lambda m: max(start - m.end(), m.start() - end))]


_SETTLEMENT = re.compile(r"\b(?:villages?|hamlets?|settlements?|farms?|communit(?:y|ies)|outposts?)\b", re.I)
_SETTLEMENT_AFTER = re.compile(r"\s*,?\s*(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}(?:villages?|hamlets?)\b", re.I)
_PART_OF_TOWN = re.compile(
    rf"\b(?:{_FACILITIES}|neighbou?rhood|quarter|suburb|area|avenue|court|ministry|office|hotel|bank|building|"
    r"centre|center|park|college|institute|club|house|hall)s?\b",
    re.I,
)
_NEAR_IT = re.compile(r"\s*,?\s*(?:[a-z-]+\s+){0,4}?(?:near|outside|close to|not far from)\s", re.I)


def settlement(text: str, start: int, end: int) -> bool | None:
    """Whether the words are told to be a settlement of its own (true), a part of a town (false), or neither."""
    words = text[start:end]
    if _SETTLEMENT.search(words) or _SETTLEMENT_AFTER.match(text, end):
        return True
    return False if _PART_OF_TOWN.search(words) else None


def near_it(text: str, end: int) -> bool:
    """Whether the place named after the words is only near: "Khan, near Homs"."""
    return _NEAR_IT.match(text, end) is not None
