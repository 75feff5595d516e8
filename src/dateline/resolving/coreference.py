"""Which mentions of one article stand for the same actor: names, descriptions and pronouns, linked left to right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.lexicon.naming import fold
from dateline.resolving.actor_country import Atlas
from dateline.resolving.actor_phrase import PRONOUNS, Phrase
from dateline.resolving.actor_reading import Verdict
from dateline.resolving.entities import Entity, family
from dateline.resolving.pronouns import Pronouns

_GROUP_WORDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("group", "militant group", "terrorist group", "terror group", "insurgent group", "rebel group", "militant",
         "insurgent", "rebel", "movement", "islamist", "jihadist", "jihadist group", "islamist group", "extremist",
         "terrorist", "militia", "guerrilla", "fighter", "separatist", "faction", "gang", "cartel",
         "terrorist organization", "terrorist organisation", "extremist group", "paramilitary", "gunman"),
        frozenset(("armed_group",)),
    ),
    **dict.fromkeys(("organisation", "organization"), frozenset(("igo", "organisation", "armed_group", "party"))),
    **dict.fromkeys(
        ("bloc", "regional bloc", "alliance", "military alliance", "coalition", "union", "international body",
         "world body", "global coalition", "court"),
        frozenset(("igo",)),
    ),
    **dict.fromkeys(("party", "ruling party", "opposition party"), frozenset(("party",))),
    **dict.fromkeys(
        ("company", "firm", "bank", "airline", "charity", "union", "network", "monitoring group", "rights group",
         "watchdog", "aid group", "institute", "university", "lender", "foundation"),
        frozenset(("organisation",)),
    ),
    **dict.fromkeys(("agency", "news agency", "newspaper", "broadcaster", "outlet", "channel"), frozenset(("media",))),
    **dict.fromkeys(("country", "nation", "kingdom", "republic"), frozenset(("government",))),
}  # fmt: skip
_LEADERS = frozenset((
    "leader", "president", "prime minister", "premier", "chancellor", "king", "ruler", "head of state",
))  # fmt: skip
_GOVERNMENTS = frozenset(("government", "authorities", "administration", "regime", "federal government"))
# Bodies of which a country has one: "police" after "Chicago police" are the same.
_SINGLE = frozenset(("police", "army", "military", "government", "navy", "air force", "parliament"))
_GENERIC = frozenset((
    "national", "united", "international", "ministry", "department", "government", "council", "court", "union", "party",
    "group", "committee", "police", "army", "force", "forces", "north", "south", "east", "west", "northern", "southern",
    "eastern", "western", "association", "agency", "office", "commission", "foreign", "defence", "defense", "interior",
    "free", "people", "supreme", "high", "house", "state", "movement", "front", "general", "central", "democratic",
))  # fmt: skip
_OF_STATES = frozenset(("government", "military", "police"))
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_ANYBODY = frozenset(("man", "woman", "boy", "girl", "child", "suspect", "victim", "attacker", "defendant", "teenager"))
_MEN = frozenset(("mr", "sir", "lord", "king", "prince", "sheikh", "sultan", "emir", "ayatollah", "mullah", "pope"))
_WOMEN = frozenset(("mrs", "ms", "miss", "lady", "queen", "princess", "dame", "madam", "spokeswoman", "congresswoman"))
_APPOSED = re.compile(r", |, (?:aged )?\d{1,2}, | [–—-] | \(")
# What may stand between a description and the name: "the director of the media centre, ", "a teacher named ".
_TOLD = re.compile(
    r" (?:of|in|for|to|on|at|from) [^,.;:()\n]{2,70}, |,? (?:named|called|identified as|known as|identified only as) "
)
_NEAR = 6
_ACRONYM = re.compile(r"\s*\((?:the\s+|or\s+)?([A-Z][\w/&-]{1,9})\)")


class Linker:
    """Links the mentions of one article. ``links`` gives the reason for each mention that joined an entity."""

    def __init__(
        self,
        text: str,
        phrases: Sequence[Phrase],
        verdicts: Sequence[Verdict],
        pronouns: Pronouns,
        voice: Verdict | None = None,
        atlas: Atlas | None = None,
    ) -> None:
        self.text, self.phrases, self.verdicts = text, phrases, verdicts
        self.voice = voice
        self._atlas = atlas
        self._likely: dict[int, str | None] = {}
        self.speakers: Entity | None = None
        self.author: Entity | None = None
        self.entities: list[Entity] = []
        self.entity_of: list[Entity] = []
        self.links: dict[int, str] = {}
        self.pronouns = pronouns
        for at in range(len(phrases)):
            self._place(at)

    def _place(self, at: int) -> None:
        found = self._antecedent(at)
        entity = found[0] if found else Entity()
        if found:
            self.links[at] = found[1]
        else:
            self.entities.append(entity)
        self.entity_of.append(entity)
        self._learn(entity, at)
        if self._narrates(at):
            self._hear(entity, self.phrases[at])

    def _hear(self, entity: Entity, phrase: Phrase) -> None:
        """Keep who says "we" or "I" outside quotations."""
        if phrase.pronoun == "speaker":
            self.author = entity
        else:
            self.speakers, entity.kind = entity, entity.kind or phrase.kind

    def _antecedent(self, at: int) -> tuple[Entity, str] | None:
        phrase = self.phrases[at]
        if phrase.pronoun:
            return self._pronoun(at)
        if self.speakers is not None and self._speaks(at):
            return self.speakers, "the publisher, who speaks"
        found = self._same_name(at) or self._apposition(at)
        after = self._next(at)
        if found is None and after is not None and self._side_by_side(at, after):
            named = self._same_name(after)
            return (named[0], "in apposition") if named else None
        return found or self._description(at)

    def _learn(self, entity: Entity, at: int) -> None:
        phrase, verdict = self.phrases[at], self.verdicts[at]
        entity.members.append(at)
        entity.ends.append(phrase.span.end)
        if phrase.pronoun:
            entity.gender = entity.gender or (phrase.pronoun if phrase.pronoun in ("man", "woman") else None)
            return
        entity.kind = entity.kind or verdict.kind
        entity.several = entity.several or (phrase.several and not verdict.named)
        entity.entry = entity.entry or (verdict.id if verdict.named else None)
        entity.country = entity.country or verdict.country
        entity.sector = entity.sector or verdict.sector
        entity.gender = entity.gender or _gender(phrase)
        entity.terms |= {h.agent.term for h in phrase.heads}
        if name := name_of(phrase, verdict):
            entity.names.add(name)
        entity.acronyms |= self._introduced(phrase)
        entity.bodies |= bodies_of(phrase)

    def _introduced(self, phrase: Phrase) -> set[str]:
        """An acronym in brackets after the phrase ("the Syrian Democratic Forces (SDF)")."""
        found = _ACRONYM.match(self.text[phrase.span.end : phrase.span.end + 20])
        return {fold(found.group(1))} if found else set()

    def _same_name(self, at: int) -> tuple[Entity, str] | None:
        phrase, verdict = self.phrases[at], self.verdicts[at]
        kind = family(verdict.kind)
        name = name_of(phrase, verdict)
        for entity in reversed(self.entities):
            if not _alike(entity, kind):
                continue
            if verdict.named and entity.entry == verdict.id:
                return entity, "the same name"
            if kind == "collective" and _one_government(phrase, verdict, entity):
                return entity, f"the government of {verdict.country}"
            if name is None:
                continue
            if len(name) == 1 and name[0] in entity.acronyms:
                return entity, "an acronym brought in before"
            if verdict.named and entity.entry:
                continue
            if any(_same(name, other, kind) for other in _comparable(entity, name, kind)):
                return entity, "a name used before"
        if name is None or kind != "person":
            return self._surname(name, phrase) if name and not verdict.named else None
        return self._first_name(name) or self._same_office(phrase, verdict)

    def _surname(self, name: tuple[str, ...], phrase: Phrase) -> tuple[Entity, str] | None:
        """A bare surname of a person named before, whatever it was read as."""
        if len(name) != 1 or len(name[0]) < 3 or phrase.article != "bare" or phrase.heads:
            return None
        for entity in reversed(self.entities):
            if entity.kind == "person" and any(len(n) > 1 and n[-1] == name[0] for n in entity.names):
                return entity, "the surname of one named before"
        return None

    def _first_name(self, name: tuple[str, ...]) -> tuple[Entity, str] | None:
        """ "Abiy" after "Abiy Ahmed": one that is called by the first of its names."""
        if len(name) != 1 or len(name[0]) < 3:
            return None
        for entity in reversed(self.entities):
            if entity.kind == "person" and any(len(n) > 1 and n[0] == name[0] for n in entity.names):
                return entity, "the first of the names used before"
        return None

    def _same_office(self, phrase: Phrase, verdict: Verdict) -> tuple[Entity, str] | None:
        """The nameless "Foreign Secretary" of a headline, now named: "Foreign Secretary Boris Johnson"."""
        terms = {h.agent.term for h in phrase.heads if h.agent.sector is not None and h.agent.weight != "none"}
        for entity in reversed(self.entities):
            nameless = entity.kind == "person" and not entity.names and not entity.several
            if nameless and terms & entity.terms and _agree(verdict.country, entity.country):
                return entity, "the same office before"
        return None

    def _apposition(self, at: int) -> tuple[Entity, str] | None:
        """A name and a description side by side ("the Chechen leader, Ramzan Kadyrov")."""
        for before in range(at - 1, max(-1, at - _NEAR), -1):
            if self._side_by_side(before, at):
                return self.entity_of[before], "in apposition"
        return None

    def _next(self, at: int) -> int | None:
        """The next mention that is not within this one."""
        end = self.phrases[at].span.end
        later = range(at + 1, min(at + _NEAR, len(self.phrases)))
        return next((k for k in later if self.phrases[k].span.start >= end), None)

    def _side_by_side(self, first: int, second: int) -> bool:
        there, here = self.phrases[first], self.phrases[second]
        if there.span.end > here.span.start:
            return False
        one, other = self.verdicts[first].country, self.verdicts[second].country
        if not _agree(one, other) and "IGO" not in (one, other):
            return False
        kinds = [self.verdicts[k].kind for k in (first, second)]
        if there.pronoun or family(kinds[0]) != family(kinds[1]) or here.several != there.several:
            return False
        if family(kinds[1]) not in ("person", "collective"):
            return False
        gap = self.text[there.span.end : here.span.start]
        named = [name_of(p, self.verdicts[k]) is not None for k, p in ((first, there), (second, here))]
        person = kinds[1] == "person"
        told = person and named[1] and there.head is not None and _TOLD.fullmatch(gap) is not None
        close = told or _APPOSED.fullmatch(gap) is not None or (gap == " " and person and named[1])
        return close and named[0] != named[1] and (person or (here.article != "bare" and named[0]))

    def _description(self, at: int) -> tuple[Entity, str] | None:
        phrase, verdict = self.phrases[at], self.verdicts[at]
        if phrase.article == "indefinite" or phrase.head is None or name_of(phrase, verdict) is not None:
            return None
        term = phrase.head.agent.term
        kind = family(verdict.kind)
        ranked = sorted(self.entities, key=lambda e: -e.ends[-1])
        if phrase.article == "definite" or (kind == "person" and not phrase.several):
            for entity in ranked:
                if self._describes(phrase, verdict, term, entity) and self._at_home(at, entity):
                    return entity, f"{phrase.span.text!r} describes it"
        return self._repeated(at, ranked)

    def _describes(self, phrase: Phrase, verdict: Verdict, term: str, entity: Entity) -> bool:
        if not _agree(verdict.country, entity.country) or not bodies_of(phrase) <= entity.bodies:
            return False
        if verdict.kind == "person":
            return phrase.owner is None and self._describes_person(phrase, term, entity)
        if entity.several != phrase.several and term in ("country", "nation", "kingdom", "republic"):
            return False
        kinds = _GROUP_WORDS.get(term)
        if kinds and entity.kind in kinds and entity.names and verdict.kind in (*kinds, None):
            return True
        return _ends_alike(phrase, entity) and entity.kind == verdict.kind and entity.several == phrase.several

    def _describes_person(self, phrase: Phrase, term: str, entity: Entity) -> bool:
        if entity.kind != "person" or phrase.several != entity.several:
            return False
        if term in _ANYBODY:
            return entity.country is None or entity.sector in (None, "CVL", "CRM", "UAF")
        if term == "leader":
            return bool(entity.terms & _LEADERS)
        return term in entity.terms or (term in _LEADERS and "leader" in entity.terms)

    def _at_home(self, at: int, entity: Entity) -> bool:
        """False for "the army" where the article here speaks of another country than the entity's."""
        verdict = self.verdicts[at]
        if self._atlas is None or verdict.country or entity.country in (None, "IGO") or verdict.kind not in _OF_STATES:
            return True
        if at not in self._likely:
            self._likely[at] = self._atlas.choose([self.phrases[at]], verdict.kind, verdict.sector)[0]
        return self._likely[at] in (None, entity.country)

    def _repeated(self, at: int, ranked: Sequence[Entity]) -> tuple[Entity, str] | None:
        """The same words for the same kind of people or body, used again."""
        phrase, verdict = self.phrases[at], self.verdicts[at]
        words = _content(phrase)
        for entity in ranked:
            if entity.kind != verdict.kind or not _agree(verdict.country, entity.country):
                continue
            if not bodies_of(phrase) <= entity.bodies:
                continue
            if entity.several != phrase.several and verdict.kind in ("person", "government", "organisation"):
                continue
            for member in entity.members:
                other = self.phrases[member]
                if other.pronoun or other.head is None or phrase.head is None:
                    continue
                same_head = other.head.agent.term == phrase.head.agent.term
                alone = phrase.article == "definite" or phrase.head.agent.term in _SINGLE
                if (_content(other) == words or (same_head and alone)) and self._at_home(at, entity):
                    return entity, "the same words before"
        return None

    def _pronoun(self, at: int) -> tuple[Entity, str] | None:
        phrase = self.phrases[at]
        if phrase.pronoun == "relative":
            return self._relative(at)
        if self._narrates(at):
            return self._narrated(at)
        best = self.pronouns.best(at, phrase.pronoun or "", phrase.span.text, self.entities)
        if best is None:
            return None
        self.pronouns.remember(at, best)
        return best, f"{phrase.span.text!r} stands for it"

    def _narrates(self, at: int) -> bool:
        """True for "we" and "I" outside quotations: the publisher that speaks for itself, or the author."""
        phrase = self.phrases[at]
        if phrase.pronoun not in ("speakers", "speaker") or self.pronouns.quotation(phrase.span.start) is not None:
            return False
        if phrase.pronoun == "speaker":
            return self.voice is None
        return self.voice is not None and family(phrase.kind) in ("collective", "unknown")

    def _narrated(self, at: int) -> tuple[Entity, str] | None:
        phrase = self.phrases[at]
        if phrase.pronoun == "speaker":
            return (self.author, "the author") if self.author else None
        if self.speakers is None:
            self.speakers = next((e for e in self.entities if self._speaking(e, phrase.kind)), None)
        return (self.speakers, "the publisher, who speaks") if self.speakers else None

    def _speaking(self, entity: Entity, kind: str | None) -> bool:
        """True when an entity is the publisher, as far as its name or kind tells."""
        voice = self.voice
        if voice is None or (voice.country and entity.country != voice.country):
            return False
        if voice.country and voice.sector == "GOV":
            return entity.entry == voice.country and entity.family == "collective"
        return entity.kind == (kind or voice.kind) and bool(entity.names)

    def _speaks(self, at: int) -> bool:
        """True when a mention names the publisher, of whom only "we" is known so far."""
        voice, there, verdict = self.voice, self.speakers, self.verdicts[at]
        if voice is None or there is None or there.names:
            return False
        if voice.id or voice.country:
            return verdict.named and verdict.id in (voice.id, voice.country if voice.sector == "GOV" else voice.id)
        return there.kind == verdict.kind and name_of(self.phrases[at], verdict) is not None

    def stands_for(self, at: int, pronoun: str) -> Entity | None:
        """Whom a pronoun within mention ``at`` stands for, though it is no mention itself."""
        return self.pronouns.best(at, PRONOUNS[pronoun], pronoun, self.entities)

    def _relative(self, at: int) -> tuple[Entity, str] | None:
        start = self.phrases[at].span.start
        for other in range(at - 1, max(-1, at - 4), -1):
            gap = self.text[self.phrases[other].span.end : start]
            if re.fullmatch(r"[,\s]{1,3}", gap):
                return self.entity_of[other], "the relative pronoun follows it"
        return None


def _comparable(entity: Entity, name: tuple[str, ...], kind: str) -> set[tuple[str, ...]]:
    """The names to compare with: a full name only with full names, for others may share the surname."""
    full = {n for n in entity.names if len(n) > 1}
    return full if kind == "person" and len(name) > 1 and full else entity.names


def _alike(entity: Entity, kind: str) -> bool:
    return (
        entity.family == kind or "unknown" in (entity.family, kind) or {entity.family, kind} == {"collective", "people"}
    )


def bodies_of(phrase: Phrase) -> set[str]:
    """The lexicon's bodies that a description names ("the Renamo leader"); countries and people are none."""
    return {n.id for m in phrase.names for n in m.named[:1] if n.actor is not None and n.actor.kind != "person"}


def _ends_alike(phrase: Phrase, entity: Entity) -> bool:
    """True for "the court" after "the Delhi High Court"."""
    words = _content(phrase)
    if phrase.article != "definite" or len(words) != 1:
        return False
    return any(name[-1] == words[0] for name in entity.names) or any(t.split()[-1] == words[0] for t in entity.terms)


def _one_government(phrase: Phrase, verdict: Verdict, entity: Entity) -> bool:
    """True for "Pakistan", acting, and "the Pakistani government"."""
    if verdict.kind != "government" or entity.kind != "government" or verdict.country is None:
        return False
    if entity.country != verdict.country:
        return False
    if verdict.named and verdict.id == verdict.country:
        return entity.entry is None and bool(entity.terms) and entity.terms <= _GOVERNMENTS
    terms = {h.agent.term for h in phrase.heads}
    return entity.entry == verdict.country and bool(terms) and terms <= _GOVERNMENTS


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def name_of(phrase: Phrase, verdict: Verdict) -> tuple[str, ...] | None:
    """The words of the proper name in a phrase, folded; ``None`` where it has none."""
    if verdict.entry is not None and phrase.last_name is not None:
        match = phrase.last_name
        return tuple(w.key for w in phrase.words[match.first : match.last])
    if not phrase.proper or phrase.span.text.islower():
        return None
    if verdict.kind == "person":
        if phrase.head is not None and phrase.head.last == phrase.core:
            return None
        keys = tuple(w.key for w in phrase.proper if not w.possessive)
        return tuple(k for k in keys if k not in _SUFFIXES) or keys or None
    first, last = phrase.proper[0].start, phrase.proper[-1].end
    if phrase.article == "bare" or len(phrase.proper) > 1:
        head = phrase.head
        last = max(last, phrase.words[head.last - 1].end) if head else last
    return tuple(w.key for w in phrase.words[: phrase.core] if first <= w.start and w.end <= last)


def _same(name: tuple[str, ...], other: tuple[str, ...], kind: str) -> bool:
    if name == other:
        return True
    short, long = sorted((name, other), key=len)
    if kind == "person":
        return long[-1] == short[-1] if len(short) == 1 else set(short) <= set(long)
    initials = "".join(w[0] for w in other if w not in ("of", "the", "and", "for"))
    if len(name) == 1 and len(name[0]) > 2 and name[0] == initials:
        return True
    if len(short) == 1:
        return len(short[0]) > 3 and short[0] in (long[0], long[-1]) and short[0] not in _GENERIC
    return set(name) < set(other)


def _content(phrase: Phrase) -> tuple[str, ...]:
    skip = 1 if phrase.article in ("definite",) else 0
    return tuple(w.key for w in phrase.words[skip:])


def _gender(phrase: Phrase) -> str | None:
    keys = {w.key for w in phrase.words[: phrase.core]}
    if keys & _WOMEN:
        return "woman"
    return "man" if keys & _MEN else None
