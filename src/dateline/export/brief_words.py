"""The phrases of a brief: what an event is called, days, numbers. Nouns of ours, names and values of the reports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dateline.lexicon.naming import tokens
from dateline.merging.situation import State
from dateline.merging.situation_signals import name_key
from dateline.records import Moment, Party, PlaceRef

_MOST = 3
_ACRONYM = 3
_POSSESSIVE = re.compile("['’]s?$")
_SMALL = frozenset(
    ("a", "an", "the", "at", "about", "around", "almost", "nearly", "over", "under", "up", "some", "more", "several",
     "many", "most", "dozens", "scores", "hundreds", "thousands", "one", "two", "three", "four", "five", "six", "seven",
     "eight", "nine", "ten", "eleven", "twelve", "all", "another", "both", "his", "her", "its", "their", "no")
)  # fmt: skip
_STEERING = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

PHRASES: dict[str, str] = {
    "AGREE": "Agreement or promise|by|to",
    "CONSULT": "Meeting or talks|of|with",
    "CONSULT/visit": "Visit|by|to",
    "CONSULT/phone": "Telephone call|of|with",
    "CONSULT/multilateral": "Conference|of|with",
    "CONSULT/third-party": "Mediation|by|between",
    "SUPPORT": "Support|by|for",
    "CONCEDE": "Concession|by|to",
    "COOPERATE": "Cooperation|of|with",
    "AID": "Help|by|for",
    "RETREAT": "De-escalation|by|towards",
    "RETREAT/withdraw": "Withdrawal|of|from",
    "RETREAT/release": "Release|by|of",
    "RETREAT/disarm": "Disarmament or surrender|of|to",
    "RETREAT/ceasefire": "Ceasefire|of|with",
    "RETREAT/access": "Opening|by|for",
    "RETREAT/resign": "Resignation|of|from",
    "REQUEST": "Demand or appeal|by|to",
    "ACCUSE": "Accusation|by|against",
    "ACCUSE/disapprove": "Criticism|by|of",
    "ACCUSE/investigate": "Investigation or charge|by|against",
    "REJECT": "Refusal|by|towards",
    "THREATEN": "Threat or warning|by|to",
    "PROTEST": "Protest|by|against",
    "PROTEST/riot": "Riot|by|against",
    "PROTEST/strike": "Strike|by|against",
    "PROTEST/hunger": "Hunger strike|by|against",
    "PROTEST/boycott": "Boycott|by|of",
    "PROTEST/obstruct": "Blockade|by|against",
    "PROTEST/vandalize": "Vandalism|by|against",
    "SANCTION": "Sanctions|by|against",
    "SANCTION/convict": "Conviction|by|of",
    "SANCTION/expel": "Expulsion or departure|by|of",
    "SANCTION/withdraw": "Recall or closing of a mission|by|from",
    "SANCTION/discontinue": "Suspension of relations or aid|by|with",
    "MOBILIZE": "Mobilisation|by|against",
    "MOBILIZE/troops": "Movement of troops|by|against",
    "MOBILIZE/weapons": "Movement or test of weapons|by|against",
    "MOBILIZE/police": "Police deployment|by|against",
    "MOBILIZE/militia": "Mobilisation of militia|by|against",
    "COERCE": "Coercion|by|of",
    "COERCE/seize": "Seizure|by|from",
    "COERCE/restrict": "Restriction or closure|by|for",
    "COERCE/censor": "Censorship|by|of",
    "COERCE/curfew": "Curfew|by|for",
    "COERCE/martial-law": "Martial law or emergency|by|for",
    "COERCE/arrest": "Arrest|by|of",
    "COERCE/deport": "Deportation|by|of",
    "COERCE/withhold": "Supplies cut off|by|from",
    "COERCE/misinformation": "False information|by|against",
    "COERCE/cyber": "Cyber attack|by|on",
    "ASSAULT": "Attack or fighting|by|against",
    "ASSAULT/abduct": "Abduction|by|of",
    "ASSAULT/beat": "Beating|by|of",
    "ASSAULT/torture": "Torture|by|of",
    "ASSAULT/sexual": "Sexual violence|by|against",
    "ASSAULT/targeted": "Targeted killing|by|of",
    "ASSAULT/destroy": "Destruction|by|of",
    "ASSAULT/primitive": "Attack with simple weapons|by|on",
    "ASSAULT/firearms": "Shooting|by|of",
    "ASSAULT/explosives": "Bombing|by|of",
    "ASSAULT/suicide-attack": "Suicide attack|by|on",
    "ASSAULT/aerial": "Air strike|by|on",
    "ASSAULT/drone": "Drone strike|by|on",
    "ASSAULT/heavy-weapons": "Shelling or rocket fire|by|on",
    "ASSAULT/crowd-control": "Force against a crowd|by|against",
    "ASSAULT/unconventional": "Attack with unconventional weapons|by|on",
}
"""What a type, or a type and mode, is called; what joins the actors to it; what joins those to whom it was done."""


def act(type_: str, mode: str | None) -> tuple[str, str, str]:
    """The noun of a type and mode, and the words that join actors and recipients to it."""
    noun, by, to = PHRASES.get(f"{type_}/{mode}", PHRASES[type_]).split("|")
    return noun, by, to


def named(parties: Sequence[Party]) -> str:
    """The first three parties and how many more; "" for none. A bare number is no party."""
    names = [_inside(clean(p.name)) for p in parties if any(c.isalpha() for c in p.name)]
    more = len(names) - _MOST
    if more > 0:
        return f"{', '.join(names[:_MOST])} and {more} more"
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def _inside(name: str) -> str:
    """A name inside a sentence: "Two men" at the beginning of one are "two men" here."""
    first = name.split(" ")[0]
    return name[0].lower() + name[1:] if first.lower() in _SMALL else name


def clean(text: str) -> str:
    """Text of others on one line: blanks joined; characters that steer a display or reverse text become U+FFFD."""
    return " ".join(_STEERING.sub("\ufffd", text).split())


def day_name(day: str, *, year: bool = True) -> str:
    """``2021-08-15`` as "15 August 2021"."""
    d = date.fromisoformat(day)
    return f"{d.day} {_MONTHS[d.month - 1]} {d.year}" if year else f"{d.day} {_MONTHS[d.month - 1]}"


def weekday_name(day: str) -> str:
    """``2021-08-15`` as "Sunday, 15 August 2021"."""
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    return f"{names[date.fromisoformat(day).weekday()]}, {day_name(day)}"


def span_name(first: str | None, last: str | None) -> str:
    """Days from first to last in words; an open end is "by" or "from"."""
    if first is None or last is None:
        return f"by {day_name(last)}" if last else f"from {day_name(first)}" if first else "day not told"
    if first == last:
        return day_name(first)
    a, b = date.fromisoformat(first), date.fromisoformat(last)
    if (a.year, a.month) == (b.year, b.month):
        return f"{a.day}–{day_name(last)}"
    return f"{day_name(first, year=a.year != b.year)} – {day_name(last)}"


def moment_name(moment: Moment | None) -> str:
    """A moment in words."""
    return span_name(moment.first, moment.last) if moment else "day not told"


def number(low: int | None, high: int | None) -> str:
    """A count with its bounds in words."""
    if low is None or high is None:
        return f"at least {low:,}" if low is not None else f"at most {high:,}" if high is not None else "some"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def plural(n: int, what: str) -> str:
    """``1 report``, ``2 reports``."""
    return f"{n:,} {noun(n, what)}"


def noun(n: int, what: str) -> str:
    """``report`` or ``reports``: the first word in its number."""
    first, space, rest = what.partition(" ")
    return f"{first}{'s' * (n != 1)}{space}{rest}"


def state_words(state: State) -> str:
    """A state in a phrase: who, what, where."""
    who, whom = named_texts(state.who), named_texts(state.whom)
    thing = clean(state.what)
    place = placed(state.place) if state.place else ""
    inside = name_key(thing) in name_key(f"{place} {clean(state.place.text)}") if state.place else False
    where = place if inside else f"{thing}, {place}".strip(", ")
    if state.place and state.place.precision in ("country", "region") and thing:
        where = thing
    words = {
        "holds": f"{where}: held by {who or 'somebody not named'}",
        "closed": f"{where}: closed" + (f" by {who}" if who else ""),
        "open": f"{where}: open" + (f", by {who}" if who else ""),
        "siege": f"{where}: under siege" + (f" by {who}" if who else ""),
        "curfew": f"{place or thing}: curfew" + (f", by {who}" if who else ""),
        "emergency": f"{place or thing}: martial law or emergency" + (f", by {who}" if who else ""),
        "ceasefire": f"ceasefire of {who or place or 'parties not named'}",
        "talks": f"talks of {who or 'parties not named'}" + (f" in {place}" if place else ""),
        "sanctions": f"sanctions by {who or 'somebody not named'} on {whom or 'somebody not named'}",
        "suspended": f"{thing} suspended" + (f" by {who}" if who else "") + (f" with {whom}" if whom else ""),
        "restriction": f"{thing or whom}: restricted" + (f" by {who}" if who else ""),
        "cut off": f"{thing or whom}: cut off" + (f" by {who}" if who else ""),
        "detained": f"{thing}: detained" + (f" by {who}" if who else ""),
        "abducted": f"{thing}: abducted" + (f" by {who}" if who else ""),
    }
    return words.get(state.kind, " ".join(filter(None, (who, thing, whom and f"({whom})", place and f"in {place}"))))


def place_words(place: PlaceRef) -> str:
    """A place as the report names it; by the gazetteer's name where those words are no name ("the capital")."""
    words = _POSSESSIVE.sub("", clean(place.text))
    if not words[:1].isupper() and place.name is not None:
        known = [t.key for t in tokens(place.name)]
        named = [t for t in tokens(words) if t.capital and t.key in known]
        words = " ".join(t.text for t in named) if [t.key for t in named] == known else clean(place.name)
    return words.title() if words.isupper() and len(words) > _ACRONYM else words


def placed(place: PlaceRef) -> str:
    """A place with its province, as far as that is another word."""
    name, within = place_words(place), clean(place.admin1 or "")
    known = place.precision not in ("country", "region") and within and within not in (name, place.name)
    return f"{name} ({within})" if known else name


def named_texts(names: Sequence[str]) -> str:
    """Names of parties as ``named`` puts them."""
    return named([Party(name) for name in names])


KIND_NAMES = {
    "holds": "Who holds what",
    "closed": "Closed",
    "open": "Open",
    "siege": "Sieges",
    "curfew": "Curfews",
    "emergency": "Martial law and emergencies",
    "ceasefire": "Ceasefires",
    "talks": "Talks",
    "deadline": "Deadlines",
    "announced": "Announced",
    "sanctions": "Sanctions",
    "suspended": "Suspended relations and deals",
    "restriction": "Bans and restrictions",
    "cut off": "Cut off",
    "detained": "Detained",
    "abducted": "Abducted",
}
"""Headings for the kinds of states."""
STATUS_NAMES = {
    "ongoing": "under way",
    "possible": "not certain",
    "planned": "announced",
    "negated": "denied",
    "disputed": "disputed",
    "denied": "denied",
}
"""What a status is called beside an event or a state; the plain ones have no word."""
NOTES = (
    "Every line is made of what reports say: our words name the kind of event, names, numbers and quotations are "
    "the reports'. The numbers in brackets lead to the sources.",
    "An event concerns the country when it took place there or when one of its parties is from there. What has a day "
    "stands under its first day in the period; what has none under the day of its first report.",
    "Two numbers at a toll are the lowest and the highest that any report gives. Events are called disputed when "
    "reports deny them, give numbers that exclude each other, or name different perpetrators.",
    "Programs read the reports and can misread them: check the quoted words before you rely on a line.",
)
"""How to read a brief."""
UNMERGED = (
    "No event here has a second report. Where the casebook's reports were not merged yet, one happening stands here "
    "as often as it is told."
)
"""What is said besides when merging seems not to have run."""
BORDERS = (
    "Outlines: Natural Earth, public domain, simplified; they take no side on any border. "
    "Dots grow with the number of events; red ones had deaths."
)
COUNTED = "Counted over the events above that occurred; parties that reports do not name are left out."
"""Of what the tables of actors and pairs are made."""


def nothing(name: str, since: str, until: str) -> str:
    """What a brief without events says."""
    return (
        f"No report of this casebook tells of an event in {name}, or of its people elsewhere, in this period "
        f"({span_name(since, until)})."
    )
