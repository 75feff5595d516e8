"""What a phrase says by itself: the actor it names, or a country and a kind of people put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.lexicon.actors import Actor, ActorLexicon, Match, Named, Role, Standing
from dateline.records import Alternative
from dateline.resolving.actor_phrase import Head, Phrase
from dateline.resolving.actor_scene import Scene

KIND_SECTORS = {
    "government": "GOV", "military": "MIL", "police": "COP", "armed_group": "REB", "igo": "IGO", "party": "PTY",
    "media": "JRN", "population": "CVL",
}  # fmt: skip
_ARMED = frozenset(("REB", "PRM", "CRM", "UAF", "IGO"))
_BEARING_ARMS = _ARMED | {"MIL", "COP", "GOV", "SPY"}
_YIELDING = frozenset(("MIL", "GOV", "UAF", "PRM", "COP", "REB", "SPY", "JUD", "PTY", "LEG", "ELI", "CRM"))
_ALLOWED: dict[str, frozenset[str]] = {
    "military": frozenset(("MIL",)),
    "police": frozenset(("COP",)),
    "armed_group": frozenset(("REB", "PRM", "UAF", "CRM")),
    "igo": frozenset(("IGO",)),
    "party": frozenset(("PTY", "OPP")),
    "media": frozenset(("JRN",)),
    "government": frozenset(("GOV", "MIL", "COP", "JUD", "LEG", "SPY", "REB", "IGO")),
    "population": frozenset((
        "CVL", "REF", "AGR", "BUS", "LAB", "EDU", "OPP", "REL", "SOC", "ELI", "MED", "PTY", "CRM", "JRN", "GOV",
    )),
    "organisation": frozenset((
        "SOC", "BUS", "LAB", "EDU", "JRN", "MED", "REL", "SPY", "OPP", "PTY", "CRM", "REF", "AGR", "CVL",
    )),
}  # fmt: skip
_OFFICES = frozenset(("GOV", "MIL", "LEG", "JUD", "SPY", "COP"))
# Words so plain that a reader who takes them for police or soldiers is wrong.
_PLAIN = frozenset((
    "witness", "eyewitness", "resident", "civilian", "protester", "protestor", "demonstrator", "villager", "criminal",
    "activist", "journalist", "reporter", "refugee", "farmer", "student", "gang", "rebel", "insurgent", "militant",
))  # fmt: skip
_ANYONE = frozenset(("people", "person", "family", "man", "woman", "child", "civilian"))
_FLEEING = re.compile(
    r"[^.;\n]{0,40}\b(?:fled|flee|fleeing|displaced|uprooted|homeless|from their homes|off their land|sought refuge|"
    r"seek\w* asylum|sought asylum|living in (?:tents|camps|displacement)|take shelter|sheltering in)\b"
)
_UPROOTING = re.compile(
    r"\b(?:displac|uproot)(?:ed|ing|es)\s+(?:[\w-]+\s+){0,3}$|\bhomes? (?:to|for)\s+(?:[\w-]+\s+){0,3}$"
)
_DISPLACED = frozenset((
    "displaced", "refugee", "refugees", "migrant", "migrants", "asylum", "uprooted", "homeless", "deported",
    "evacuated",
))  # fmt: skip
# Offices that a term means in one country alone.
_OFFICE_OF = {("HKG", "chief executive"): "GOV", ("MAC", "chief executive"): "GOV"}
# Words for whoever takes part in a conflict.
_SIDES = frozenset((
    "side", "sides", "party to the conflict", "conflict party", "warring party", "warring side", "other side", "entity",
    "camp",
))  # fmt: skip
_CALLINGS = frozenset(("MED", "EDU", "COP", "LAB"))
_GUILDS = frozenset(("association", "organisation", "organization", "federation", "confederation"))
_LENDING = frozenset(("of", "for", "from", "at", "within", "with", "in", "representing", "loyal", "linked"))
_LYING = frozenset(("of", "in", "from", "at", "near", "across", "outside", "inside", "around", "on", "along", "for"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who a phrase stands for, as far as its own words tell; the fields are those of ActorRef."""

    name: str | None = None
    id: str | None = None
    kind: str | None = None
    country: str | None = None
    sector: str | None = None
    score: float = 0.0
    why: str = ""
    alternatives: tuple[Alternative, ...] = ()
    entry: Named | None = None

    @property
    def named(self) -> bool:
        """True when the lexicon knows the actor by name."""
        return self.entry is not None


def read_phrase(phrase: Phrase, lexicon: ActorLexicon, scene: Scene) -> Verdict:
    """Read a phrase by its own words, the article's countries deciding only between homonyms."""
    if phrase.pronoun or not phrase.words:
        return Verdict(kind=phrase.kind)
    match = _closing_name(phrase) or phrase.last_name
    if match is not None:
        named, others = _choose(match.named, phrase, scene)
        verdict = _by_name(named, phrase, scene, match.last)
        return replace(verdict, alternatives=_alternatives(others))
    if phrase.heads:
        return _by_head(phrase, scene)
    return _by_kind(phrase, scene)


def _closing_name(phrase: Phrase) -> Match | None:
    """The person whose name closes a long title ("Secretary of the Party of Vietnam Nguyen Phu Trong")."""
    last = phrase.names[-1] if phrase.names and phrase.core < len(phrase.words) else None
    if last is None or phrase.kind != "person" or last.last != len(phrase.words) or last.first == phrase.core + 1:
        return None
    actor = last.named[0].actor
    return last if actor is not None and actor.kind == "person" and last.last - last.first > 1 else None


def _choose(named: tuple[Named, ...], phrase: Phrase, scene: Scene) -> tuple[Named, tuple[Named, ...]]:
    if len(named) == 1:
        return named[0], ()

    def fitness(n: Named) -> float:
        country = n.country.id if n.country else n.actor.country if n.actor else None
        fit = scene.weights.get(country or "", 0.0)
        kind = n.actor.kind if n.actor else "government"
        return fit + (1.5 if phrase.kind == kind else 0.0)

    best = max(named, key=fitness)
    return best, tuple(n for n in named if n is not best)


def _alternatives(others: tuple[Named, ...]) -> tuple[Alternative, ...]:
    return tuple(Alternative(n.name, n.id, 0.3) for n in others)


def _by_name(named: Named, phrase: Phrase, scene: Scene, after: int) -> Verdict:
    if named.actor is not None and named.actor.kind == "person":
        heads = tuple(h for h in phrase.heads if h.first >= after)
        if heads and phrase.kind != "person":
            return _circle(named.actor, phrase, scene, heads)
        return _person(named, named.actor, phrase, scene)
    heads = tuple(h for h in phrase.heads if h.first >= after)
    if named.actor is not None:
        return _body(named, named.actor, phrase, scene, heads)
    return _state(named, phrase, scene, heads)


def _still(standing: Standing, titles: Sequence[str]) -> bool:
    """True when the role held on the day is the one that the phrase names."""
    return standing.held and standing.role is not None and any(has_title(standing.role, t) for t in titles)


def has_title(role: Role, term: str) -> bool:
    """True when a role is of the title: "deputy secretary" for "deputy defence secretary", in either spelling."""
    title = role.title.replace("defense", "defence").split()
    return set(term.replace("defense", "defence").replace(" of ", " ").split()) <= set(title)


def _person(named: Named, actor: Actor, phrase: Phrase, scene: Scene) -> Verdict:
    standing = actor.standing(scene.day)
    titles = [h.agent.term for h in phrase.heads]
    titled = next((r for r in reversed(actor.roles) if any(has_title(r, t) for t in titles)), None)
    sector, why, score = standing.sector, standing.why, 0.95 if standing.held else 0.8
    if phrase.former and sector in _OFFICES and (scene.day is None or not standing.held or not scene.dated):
        sector, why = "ELI", f"called former; {why}"
    elif titled is not None and not phrase.former and not _still(standing, titles):
        sector, why, score = titled.sector, f"called {titled.title}, as the lexicon has it ({titled.years})", 0.97
    said = f"{phrase.span.text!r} names {actor.name}: {why}"
    return Verdict(actor.name, actor.id, "person", actor.country_in(sector), sector, score, said, entry=named)


def _circle(actor: Actor, phrase: Phrase, scene: Scene, heads: tuple[Head, ...]) -> Verdict:
    """What is called after a person: "the Assad regime", "Trump supporters"."""
    standing = actor.standing(scene.day)
    lent = _lent(standing.sector, heads, phrase)
    kind = phrase.kind or heads[-1].agent.kind
    why = f"called after {actor.name}, {standing.why}; {_spelt(heads)} of it is {lent}"
    return Verdict(_plain(phrase), None, kind, actor.country_in(standing.sector), _suited(lent, kind), 0.8, why)


def _body(named: Named, actor: Actor, phrase: Phrase, scene: Scene, heads: tuple[Head, ...]) -> Verdict:
    standing = actor.standing(scene.day)
    standing = replace(standing, sector=_opposed(standing.sector, phrase))
    country = actor.country_in(standing.sector) or _country(phrase, scene)[0]
    why = f"{named.alias!r} is {actor.name}" + (f", {standing.why}" if standing.why else "")
    if not heads and not _unknown_person(phrase):
        return Verdict(
            actor.name, actor.id, phrase.kind or actor.kind, country, standing.sector, 0.95, why, entry=named
        )
    sector = _suited(_lent(standing.sector, heads, phrase), phrase.kind)
    if standing.sector == "IGO" and sector != "IGO":
        country = "IGO" if sector == "MIL" else None
    kind = phrase.kind or (heads[-1].agent.kind if heads else "person")
    why = f"{why}; {_spelt(heads)} of it is {sector}" if heads else why
    return Verdict(_plain(phrase), None, kind, country, sector, 0.85, why)


def _lent(sector: str, heads: tuple[Head, ...], phrase: Phrase) -> str:
    """The sector of a body's people: the body's, unless their word keeps its own."""
    if not heads:
        return sector
    agent = heads[-1].agent
    if agent.weight != "own" or agent.sector is None:
        return _after_office(sector, phrase)
    if sector in _ARMED and agent.sector in _YIELDING:
        return sector
    if agent.sector in ("PRM", "UAF") and sector not in _BEARING_ARMS:
        return sector
    return _after_office(agent.sector, phrase)


def _suited(sector: str | None, kind: str | None) -> str | None:
    """The sector, unless the reader's kind rules it out: then that of the kind."""
    allowed = _ALLOWED.get(kind or "")
    if not sector or not allowed or sector in allowed:
        return sector
    if kind == "armed_group" and sector in ("CVL", "AGR", "REF", "LAB"):
        return "UAF"
    return "SOC" if kind == "organisation" else KIND_SECTORS.get(kind or "", sector)


def _opposed(sector: str, phrase: Phrase) -> str:
    """A party that the phrase calls the opposition."""
    opposed = sector == "PTY" and any(w.key in ("opposition", "opp") for w in phrase.words[: phrase.core])
    return "OPP" if opposed else sector


def _unknown_person(phrase: Phrase) -> bool:
    return phrase.kind == "person" and bool(phrase.proper)


def _state(named: Named, phrase: Phrase, scene: Scene, heads: tuple[Head, ...]) -> Verdict:
    assert named.country is not None
    country, told = _country(phrase, scene)
    heads = heads or phrase.heads
    if heads:
        sector, said = _sector_of(phrase, heads, scene)
        sector = _OFFICE_OF.get((country or "", heads[-1].agent.term), sector)
        if sector is None and phrase.kind in ("person", None) and named.how in ("name", "capital", "metonym"):
            sector, said = named.sector or "GOV", f"{_spelt(heads)} of a state"
        kind = phrase.kind or heads[-1].agent.kind
        why = f"{told}; {said}"
        return Verdict(_plain(phrase), None, kind, "IGO" if sector == "IGO" else country, sector, 0.9, why)
    if _unknown_person(phrase):
        return Verdict(_plain(phrase), None, "person", country, None, 0.5, f"{told}; no word tells the sector")
    return _bare_state(named, phrase, country, told)


def _bare_state(named: Named, phrase: Phrase, country: str | None, told: str) -> Verdict:
    if phrase.kind in ("place", "facility"):
        return Verdict(named.name, named.id, phrase.kind, country, None, 0.95, f"{told}, as a place", entry=named)
    people = named.how == "people" or (phrase.kind == "population" and named.how == "demonym")
    kind = phrase.kind or ("population" if people else "government")
    sector = KIND_SECTORS.get(kind)
    if kind in ("government", "person"):
        sector = named.sector or ("CVL" if people and kind == "person" else "GOV")
    entry = named if kind == "government" and country == named.id else None
    name = named.name if entry else _plain(phrase)
    why = f"{told}, acting as a {kind.replace('_', ' ')}"
    return Verdict(name, named.id if entry else None, kind, country, sector, 0.9, why, entry=entry)


def _by_head(phrase: Phrase, scene: Scene) -> Verdict:
    country, told = _country(phrase, scene)
    sector, said = _sector_of(phrase, phrase.heads, scene)
    kind = phrase.kind or phrase.heads[-1].agent.kind
    if sector == "IGO" or (sector == "MIL" and phrase.heads[-1].agent.sector == "IGO" and country is None):
        country = "IGO"
    why = "; ".join(p for p in (said, told) if p)
    return Verdict(_plain(phrase), None, kind, country, sector, 0.75 if country else 0.5, why)


def _by_kind(phrase: Phrase, scene: Scene) -> Verdict:
    kind = phrase.kind
    country, told = _country(phrase, scene)
    sector = KIND_SECTORS.get(kind or "")
    if kind == "population" and _fled(phrase, scene):
        sector = "REF"
    if kind == "organisation":
        sector = "BUS" if phrase.proper else "SOC"
    if kind == "igo":
        country = "IGO"
    if sector is None or kind is None:
        return Verdict(_plain(phrase), None, kind, country, None, 0.2, told or "no word of it is known")
    why = f"read as {kind.replace('_', ' ')}" + (f"; {told}" if told else "")
    return Verdict(_plain(phrase), None, kind, country, sector, 0.4, why)


def _sector_of(phrase: Phrase, heads: tuple[Head, ...], scene: Scene) -> tuple[str | None, str]:
    """The sector that the agent words of a phrase give, the last first, and the reason in words."""
    sector, why = _worded(phrase, heads)
    if sector == "CVL" and heads[-1].agent.term in _ANYONE and _fled(phrase, scene):
        return "REF", f"{why}, who have fled"
    if heads[-1].agent.term in _PLAIN and phrase.kind in ("police", "military", "government"):
        return sector, why
    people = phrase.kind == "population" and sector == "GOV" and heads[-1].agent.kind == "government"
    suited = "CVL" if people else _suited(sector, phrase.kind)
    return suited, why if suited == sector else f"{why}, but it is read as {_kind_word(phrase)}"


def _fled(phrase: Phrase, scene: Scene) -> bool:
    """True when the phrase, or the words beside it, tell that these people have left their homes."""
    if any(w.key in _DISPLACED for w in phrase.words):
        return True
    after = scene.text[phrase.span.end : phrase.span.end + 70]
    before = scene.text[max(0, phrase.span.start - 40) : phrase.span.start]
    return bool(_FLEEING.match(after) or _UPROOTING.search(before))


def _kind_word(phrase: Phrase) -> str:
    return str(phrase.kind).replace("_", " ")


def _worded(phrase: Phrase, heads: tuple[Head, ...]) -> tuple[str | None, str]:
    agent = heads[-1].agent
    if agent.sector == "UAF" and (armed := _armed_body(phrase)):
        return armed.roles[-1].sector, f"{agent.term!r} of {armed.name}"
    if agent.weight == "own" and agent.sector:
        return _after_office(_opposed(agent.sector, phrase), phrase), f"{agent.term!r} is {agent.sector}"
    tail = _tail(phrase)
    for lender in sorted((*reversed(heads[:-1]), *tail), key=_loosely):
        lends = lender.agent.weight != "none" and (lender.agent.sector != "CVL" or lender in tail)
        if lender.agent.sector and lends:
            lent = "LAB" if agent.term in _GUILDS and lender.agent.sector in _CALLINGS else lender.agent.sector
            return _after_office(lent, phrase), f"{agent.term!r} of {lender.agent.term!r} is {lent}"
    body = _complement(phrase)
    if body is not None and body.actor is not None and body.actor.roles:
        sector = body.actor.roles[-1].sector
        return sector, f"{agent.term!r} of {body.name} is {sector}"
    by_kind = KIND_SECTORS.get(phrase.kind or "")
    if by_kind and phrase.kind != "government":
        return by_kind, f"{agent.term!r}, read as {_kind_word(phrase)}"
    if agent.sector:
        return _after_office(agent.sector, phrase), f"{agent.term!r} is mostly {agent.sector}"
    if phrase.kind == "organisation" and agent.term not in _SIDES:
        return "SOC", f"{agent.term!r}, read as organisation"
    return by_kind, f"{agent.term!r} tells no sector"


def _loosely(lender: Head) -> bool:
    """Words for any group ("alliance", "movement") lend only where no other word does."""
    return lender.agent.sector == "UAF" and lender.agent.weight == "lends"


def _armed_body(phrase: Phrase) -> Actor | None:
    """The armed group that gunmen are said to be of."""
    body = _complement(phrase)
    armed = body is not None and body.actor is not None and body.actor.roles[-1].sector in _ARMED - {"IGO"}
    return body.actor if body is not None and armed else None


def _tail(phrase: Phrase) -> tuple[Head, ...]:
    return phrase.tail if _preposition(phrase) in _LENDING else ()


def _preposition(phrase: Phrase) -> str:
    return phrase.words[phrase.core].key if phrase.core < len(phrase.words) else ""


def _complement(phrase: Phrase) -> Named | None:
    """What is named in the complement ("spokesman for the Taliban")."""
    if _preposition(phrase) not in _LENDING:
        return None
    return next((m.named[0] for m in phrase.names if m.first >= phrase.core), None)


def _after_office(sector: str, phrase: Phrase) -> str:
    return "ELI" if phrase.former and sector in _OFFICES else sector


def _country(phrase: Phrase, scene: Scene) -> tuple[str | None, str]:
    """The country that the phrase itself tells, and the reason in words."""
    core = [m for m in phrase.names if m.first < phrase.core]
    found = _countries(core, phrase, scene)
    if not found and _preposition(phrase) in _LYING:
        found = _countries([m for m in phrase.names if m.first >= phrase.core], phrase, scene)
    if not found:
        found = _places(phrase, scene)
    if len(found) > 1:
        return None, f"several countries: {', '.join(found)}"
    return next(((c, f"{word!r} tells {c}") for c, word in found.items()), (None, ""))


def _countries(matches: Sequence[Match], phrase: Phrase, scene: Scene) -> dict[str, str]:
    found: dict[str, str] = {}
    for m in matches:
        named = _choose(m.named, phrase, scene)[0]
        country = named.country.id if named.country else named.actor.country if named.actor else None
        if country and country != "IGO":
            word = phrase.text_of(m.first, m.last)
            found.setdefault(scene.country_of(country, word), word)
    return found


def _places(phrase: Phrase, scene: Scene) -> dict[str, str]:
    """Countries of the places among the words that no lexicon knows ("Kunduz police", "residents of Mosul")."""
    words = phrase.words
    known = {t.start for t in phrase.proper} if phrase.kind != "person" else set()
    tail = range(phrase.core, len(words)) if _preposition(phrase) in _LYING else range(0)
    spots = [i for i, w in enumerate(words) if w.start in known or (i in tail and w.text[0].isupper())]
    for run in _runs(spots):
        name = phrase.text_of(run[0], run[-1] + 1)
        if country := scene.of_place(name):
            return {country: name}
    return {}


def _runs(spots: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for i in spots:
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _spelt(heads: tuple[Head, ...]) -> str:
    return repr(heads[-1].agent.term)


def _plain(phrase: Phrase) -> str:
    """The phrase without its article."""
    first = phrase.words[0]
    lead = first.end if phrase.article in ("definite", "owned") and len(phrase.words) > 1 else 0
    return " ".join(phrase.span.text[lead:].split()) or phrase.span.text
