"""What ACLED and UCDP ask beside PLOVER: what kind of side an actor is, and how exact day and place are."""

from __future__ import annotations

from datetime import date
from functools import cache

from dateline.lexicon.actors import ActorLexicon
from dateline.lexicon.crosswalks import ARMED_SECTORS, CIVILIAN_SECTORS, STATE_SECTORS
from dateline.records import Moment, Party

STATE, REBELS, MILITIA, OUTSIDE, CIVILIANS = (
    "State Forces",
    "Rebel Group",
    "Political Militia",
    "External/Other Forces",
    "Civilians",
)
DONE = ("occurred", "ongoing")


def first(parties: tuple[Party, ...]) -> Party | None:
    """The first party, by which these data sets name a side."""
    return parties[0] if parties else None


def side(party: Party | None) -> str | None:
    """The kind of actor that ACLED has for it, ``None`` where neither kind nor sector is known."""
    if party is None:
        return None
    if party.sector in STATE_SECTORS or party.kind in ("military", "police", "government"):
        return STATE
    if party.sector == "REB":
        return REBELS
    if party.sector in ARMED_SECTORS or party.kind == "armed_group":
        return MILITIA
    if party.sector == "IGO" or party.kind == "igo":
        return OUTSIDE
    return CIVILIANS if party.sector in CIVILIAN_SECTORS or party.kind is not None else None


def days(moment: Moment | None) -> int | None:
    """How many days the happening can lie in; ``None`` when an end is open."""
    if moment is None or moment.first is None or moment.last is None:
        return None
    return (date.fromisoformat(moment.last) - date.fromisoformat(moment.first)).days + 1


@cache
def country_name(alpha3: str | None) -> str | None:
    """The English short name of an ISO alpha-3 code."""
    country = ActorLexicon.load().countries.get(alpha3 or "")
    return country.name if country else None
