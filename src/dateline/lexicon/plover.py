"""The PLOVER ontology (2021 revision) as data: event types, modes, statuses, sectors, kinds of entities.

Types, modes, sectors and quad classes follow the PLOVER codebook of the Open Event Data Alliance (2021, 16 types).
Scores follow the scale of Goldstein (1992), -10 (conflict) to +10 (cooperation), as CAMEO assigns it to the root
code that corresponds to the type; the order of the inventories is part of the reader's weights' format.
"""

from __future__ import annotations

from dataclasses import dataclass

VERBAL_COOPERATION, MATERIAL_COOPERATION, VERBAL_CONFLICT, MATERIAL_CONFLICT = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class EventType:
    """A PLOVER event type: quad class 1..4, Goldstein-style score -10..10, CAMEO root code, what it covers."""

    name: str
    quad: int
    score: float
    cameo: str
    meaning: str
    modes: tuple[str, ...] = ()


_TYPES = (
    EventType("AGREE", 1, 4.0, "03", "promise, offer or agree to cooperate"),
    EventType("CONSULT", 1, 1.0, "04", "meet, visit, negotiate", ("visit", "third-party", "multilateral", "phone")),
    EventType("SUPPORT", 1, 3.5, "05", "praise, endorse, recognise, sign or ratify agreements"),
    EventType("CONCEDE", 1, 5.0, "08", "verbal concession: ease restrictions, declare a ceasefire, apologise"),
    EventType("COOPERATE", 2, 6.0, "06", "mutual material cooperation: trade, exercises, intelligence, extradition"),
    EventType("AID", 2, 7.0, "07", "material help: money, arms, training, relief, asylum, rescue"),
    EventType("RETREAT", 2, 7.0, "08", "material de-escalation: withdraw, release, disarm, surrender, give access",
              ("withdraw", "release", "disarm", "ceasefire", "access", "resign")),
    EventType("REQUEST", 3, -1.0, "10", "ask, appeal, urge, demand, order", ("assist", "change", "yield", "meet")),
    EventType("ACCUSE", 3, -2.0, "11", "criticise, condemn, accuse, sue, charge, investigate",
              ("disapprove", "investigate", "allege")),
    EventType("REJECT", 3, -4.0, "12", "refuse, decline, veto, defy", ("assist", "change", "yield", "meet")),
    EventType("THREATEN", 3, -6.0, "13", "warn of or threaten consequences",
              ("restrict", "arrest", "relations", "expel", "territory", "violence")),
    EventType("PROTEST", 4, -6.5, "14", "demonstrations, strikes, riots, blockades by civilians",
              ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize")),
    EventType("SANCTION", 4, -4.0, "16", "reduce relations: sanctions, expulsions, cuts of aid, convictions",
              ("convict", "expel", "withdraw", "discontinue")),
    EventType("MOBILIZE", 4, -7.2, "15", "military or police moves short of force",
              ("troops", "weapons", "police", "militia")),
    EventType("COERCE", 4, -7.0, "17", "force short of violence: seize, arrest, ban, deport, blockade, hack",
              ("seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold",
               "misinformation", "cyber")),
    EventType("ASSAULT", 4, -9.0, "18", "violence: attack, fight, kill, bomb, abduct, destroy",
              ("abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
               "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional")),
)  # fmt: skip

TYPES: dict[str, EventType] = {t.name: t for t in _TYPES}
EVENT_TYPES: tuple[str, ...] = tuple(TYPES)
MODES: dict[str, tuple[str, ...]] = {t.name: t.modes for t in _TYPES if t.modes}
STATUSES = ("occurred", "ongoing", "planned", "possible", "negated")

_MODE_CAMEO = {
    ("ACCUSE", "investigate"): "09",
    ("REQUEST", "assist"): "02",
    ("REQUEST", "meet"): "02",
    ("ASSAULT", "firearms"): "19",
    ("ASSAULT", "aerial"): "19",
    ("ASSAULT", "drone"): "19",
    ("ASSAULT", "heavy-weapons"): "19",
    ("ASSAULT", "unconventional"): "20",
}

KINDS: dict[str, str] = {
    "person": "one person, or a few named by their office",
    "government": "a state, ministry, office, parliament or court",
    "military": "armed forces of a state",
    "police": "police, border and prison guards",
    "armed_group": "an organised armed group that is no state's",
    "igo": "an intergovernmental body",
    "organisation": "a company, charity, union, university, church",
    "party": "a political party",
    "media": "an outlet or journalists",
    "population": "civilians, protesters, refugees, villagers",
    "place": "a country, region, town, river, border",
    "facility": "an airport, bridge, checkpoint, hospital",
    "weapon": "a weapon or means of attack",
}
MENTION_KINDS: tuple[str, ...] = tuple(KINDS)

SECTORS: dict[str, str] = {
    "GOV": "executive government, ministries, officials, diplomats",
    "MIL": "armed forces of a state",
    "COP": "police, border guards, prison service",
    "SPY": "intelligence services",
    "JUD": "courts, judges, prosecutors",
    "LEG": "parliaments and their members",
    "PTY": "political parties and candidates",
    "OPP": "political opposition",
    "REB": "rebels, insurgents, separatists under arms",
    "PRM": "paramilitaries and militias beside the state",
    "UAF": "armed people whose allegiance is not known; mercenaries",
    "CRM": "organised crime, gangs, pirates",
    "CVL": "civilians",
    "SOC": "civil society: charities, rights groups, activists",
    "BUS": "companies and business people",
    "LAB": "unions and workers as such",
    "EDU": "education: schools, students, scholars",
    "JRN": "journalists and media",
    "MED": "medicine and public health",
    "REF": "refugees, migrants, displaced people",
    "REL": "religious bodies and leaders",
    "ELI": "former officials and other elites",
    "AGR": "farmers and herders",
    "UNK": "not told",
    "IGO": "intergovernmental bodies",
}


def cameo_root(type_: str, mode: str | None = None) -> str:
    """The two-digit CAMEO root code of a type, sharpened by the mode where CAMEO parts what PLOVER joins.

    Raises KeyError on a type that PLOVER does not have.
    """
    return _MODE_CAMEO.get((type_, mode or ""), TYPES[type_].cameo)
