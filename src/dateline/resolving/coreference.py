"""Which mentions of one article stand for the same actor: names, descriptions and pronouns, linked left to right."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.lexicon.naming import fold
from dateline.resolving.actor_phrase import PRONOUNS, Phrase
from dateline.resolving.actor_reading import Verdict

_COLLECTIVE = frozenset((
    "government", "military", "police", "armed_group", "igo", "organisation", "party", "media",
))  # fmt: skip
_LOCAL = frozenset(("place", "facility"))
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
_ANYBODY = frozenset(("man", "woman", "boy", "girl", "child", "suspect", "victim", "attacker", "defendant", "teenager"))
_MEN = frozenset(("mr", "sir", "lord", "king", "prince", "sheikh", "sultan", "emir", "ayatollah", "mullah", "pope"))
_WOMEN = frozenset(("mrs", "ms", "miss", "lady", "queen", "princess", "dame", "madam", "spokeswoman", "congresswoman"))
_ACRONYM = re.compile(r"\s*\((?:the\s+|or\s+)?([A-Z][\w/&-]{1,9})\)")
_SENTENCE = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])|\n+")


@dataclass(slots=True)
class Entity:
    """Mentions (by index) taken to stand for the same actor, and what is known of it so far."""

    members: list[int] = field(default_factory=list)
    kind: str | None = None
    several: bool = False
    gender: str | None = None
    entry: str | None = None
    country: str | None = None
    sector: str | None = None
    names: set[tuple[str, ...]] = field(default_factory=set)
    terms: set[str] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)
    ends: list[int] = field(default_factory=list)

    @property
    def family(self) -> str:
        """Person, collective, place or people: entities of different families are never the same."""
        return family(self.kind)


def family(kind: str | None) -> str:
    """The broad family of a kind."""
    if kind in _LOCAL:
        return "place"
    if kind in _COLLECTIVE:
        return "collective"
    return {"person": "person", "population": "people", None: "unknown"}.get(kind, "thing")


class Linker:
    """Links the mentions of one article. ``links`` gives the reason for each mention that joined an entity."""

    def __init__(self, text: str, phrases: Sequence[Phrase], verdicts: Sequence[Verdict]) -> None:
        self.text, self.phrases, self.verdicts = text, phrases, verdicts
        self.entities: list[Entity] = []
        self.entity_of: list[Entity] = []
        self.links: dict[int, str] = {}
        self._breaks = [m.end() for m in _SENTENCE.finditer(text)]
        for at in range(len(phrases)):
            self._place(at)

    def sentence(self, at: int) -> int:
        """The number of the sentence that holds an offset."""
        return bisect_right(self._breaks, at)

    def _place(self, at: int) -> None:
        found = self._antecedent(at)
        entity = found[0] if found else Entity()
        if found:
            self.links[at] = found[1]
        else:
            self.entities.append(entity)
        self.entity_of.append(entity)
        self._learn(entity, at)

    def _antecedent(self, at: int) -> tuple[Entity, str] | None:
        phrase = self.phrases[at]
        if phrase.pronoun:
            return self._pronoun(at)
        return self._same_name(at) or self._apposition(at) or self._description(at)

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

    def _introduced(self, phrase: Phrase) -> set[str]:
        """An acronym in brackets after the phrase ("the Syrian Democratic Forces (SDF)")."""
        found = re.match(
            r"\s*\((?:the\s+|or\s+)?([A-Z][\w/&-]{1,9})\)", self.text[phrase.span.end : phrase.span.end + 20]
        )
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
            if name is None:
                continue
            if len(name) == 1 and name[0] in entity.acronyms:
                return entity, "an acronym brought in before"
            if verdict.named and entity.entry:
                continue
            if any(_same(name, other, kind) for other in entity.names):
                return entity, "a name used before"
        return None

    def _apposition(self, at: int) -> tuple[Entity, str] | None:
        """A name and a description side by side ("the Chechen leader, Ramzan Kadyrov")."""
        if at == 0:
            return None
        here, there = self.phrases[at], self.phrases[at - 1]
        if there.pronoun or family(self.verdicts[at].kind) != family(self.verdicts[at - 1].kind):
            return None
        if family(self.verdicts[at].kind) not in ("person", "collective") or here.several != there.several:
            return None
        gap = self.text[there.span.end : here.span.start]
        named = [name_of(p, v) is not None for p, v in zip((there, here), self.verdicts[at - 1 : at + 1], strict=True)]
        person = self.verdicts[at].kind == "person"
        close = gap in (", ", " – ", " — ", " - ", " (") or (gap == " " and person and named[1])
        if not close or named[0] == named[1] or (there.owner and named == [False, False]):
            return None
        if not person and (here.article == "bare" or not named[0]):
            return None
        return self.entity_of[at - 1], "in apposition"

    def _description(self, at: int) -> tuple[Entity, str] | None:
        phrase, verdict = self.phrases[at], self.verdicts[at]
        if phrase.article == "indefinite" or phrase.head is None or name_of(phrase, verdict) is not None:
            return None
        term = phrase.head.agent.term
        kind = family(verdict.kind)
        ranked = sorted(self.entities, key=lambda e: -e.ends[-1])
        if phrase.article == "definite" or (kind == "person" and not phrase.several):
            for entity in ranked:
                if self._describes(phrase, verdict, term, entity):
                    return entity, f"{phrase.span.text!r} describes it"
        return self._repeated(at, ranked)

    def _describes(self, phrase: Phrase, verdict: Verdict, term: str, entity: Entity) -> bool:
        if not _agree(verdict.country, entity.country):
            return False
        if verdict.kind == "person":
            if entity.kind != "person" or phrase.several != entity.several:
                return False
            if term in _ANYBODY:
                return entity.country is None or entity.sector in (None, "CVL", "CRM", "UAF")
            return term in entity.terms or (term in _LEADERS and bool(entity.terms & _LEADERS))
        if entity.several != phrase.several and term in ("country", "nation", "kingdom", "republic"):
            return False
        kinds = _GROUP_WORDS.get(term)
        return bool(kinds and entity.kind in kinds and entity.names and verdict.kind in (*kinds, None))

    def _repeated(self, at: int, ranked: Sequence[Entity]) -> tuple[Entity, str] | None:
        """The same words for the same kind of people or body, used again."""
        phrase, verdict = self.phrases[at], self.verdicts[at]
        words = _content(phrase)
        for entity in ranked:
            if entity.kind != verdict.kind or not _agree(verdict.country, entity.country):
                continue
            if entity.several != phrase.several and verdict.kind in ("person", "government", "organisation"):
                continue
            for member in entity.members:
                other = self.phrases[member]
                if other.pronoun or other.head is None or phrase.head is None:
                    continue
                same_head = other.head.agent.term == phrase.head.agent.term
                if _content(other) == words or (same_head and phrase.article == "definite"):
                    return entity, "the same words before"
        return None

    def _pronoun(self, at: int) -> tuple[Entity, str] | None:
        phrase = self.phrases[at]
        if phrase.pronoun == "relative":
            return self._relative(at)
        best = self._nearest(at, phrase.pronoun or "")
        return (best, f"{phrase.span.text!r} stands for it") if best else None

    def stands_for(self, at: int, pronoun: str) -> Entity | None:
        """Whom a pronoun within mention ``at`` stands for, though it is no mention itself."""
        return self._nearest(at, PRONOUNS.get(pronoun, ""))

    def _nearest(self, at: int, asked: str) -> Entity | None:
        best: tuple[float, Entity] | None = None
        for entity in self.entities:
            if not _answers(entity, asked):
                continue
            score = self._salience(entity, at, asked)
            if score > -4.0 and (best is None or score > best[0]):
                best = score, entity
        return best[1] if best else None

    def _relative(self, at: int) -> tuple[Entity, str] | None:
        start = self.phrases[at].span.start
        for other in range(at - 1, max(-1, at - 4), -1):
            gap = self.text[self.phrases[other].span.end : start]
            if re.fullmatch(r"[,\s]{1,3}", gap):
                return self.entity_of[other], "the relative pronoun follows it"
        return None

    def _salience(self, entity: Entity, at: int, asked: str) -> float:
        """Nearness in sentences, a bonus for subjects, for names, and for what is often spoken of."""
        start = self.phrases[at].span.start
        sentence = self.sentence(start)
        past = [m for m in entity.members if self.phrases[m].span.end <= start]
        if not past:
            return -9.0
        last = max(past)
        distance = sentence - self.sentence(self.phrases[last].span.start)
        score = -1.2 * distance + 0.08 * min(len(entity.members), 6) + (0.25 if entity.names else 0.0)
        opening = min(
            (m for m in past if self.sentence(self.phrases[m].span.start) == sentence - distance), default=last
        )
        score += 0.5 * self._leads(opening)
        if asked == "several":
            score += 0.4 if entity.several or entity.kind == "population" else 0.0
        if asked == "thing" and distance == 0:
            score += 0.1
        return score

    def _leads(self, at: int) -> float:
        """1 when the mention is the first actor of its sentence, less the later it comes."""
        sentence = self.sentence(self.phrases[at].span.start)
        before = 0
        for other in range(at - 1, -1, -1):
            if self.sentence(self.phrases[other].span.start) != sentence:
                break
            before += family(self.verdicts[other].kind) not in ("place", "thing")
        return 1.0 / (1 + before)


def _alike(entity: Entity, kind: str) -> bool:
    return (
        entity.family == kind or "unknown" in (entity.family, kind) or {entity.family, kind} == {"collective", "people"}
    )


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _answers(entity: Entity, asked: str) -> bool:
    kind = entity.family
    if asked == "relative" or not asked:
        return False
    if asked in ("man", "woman", "speaker"):
        single = (kind == "person" and not entity.several) or (
            kind in ("people", "collective")
            and not entity.several
            and entity.kind in ("population", "military", "police", "armed_group")
            and not entity.entry
        )
        return single and entity.gender in (None, asked, "speaker" if asked == "speaker" else asked)
    if asked == "thing":
        return kind == "collective" and not (entity.several and not entity.names)
    if asked == "several":
        return kind in ("collective", "people") or (kind == "person" and entity.several)
    return kind == "collective" and entity.kind in ("government", "organisation", "igo", "military", "party")


def name_of(phrase: Phrase, verdict: Verdict) -> tuple[str, ...] | None:
    """The words of the proper name in a phrase, folded; ``None`` where it has none."""
    if verdict.entry is not None and phrase.last_name is not None:
        match = phrase.last_name
        return tuple(w.key for w in phrase.words[match.first : match.last])
    if not phrase.proper or phrase.span.text.islower():
        return None
    if verdict.kind == "person":
        return tuple(w.key for w in phrase.proper)
    first, last = phrase.proper[0].start, phrase.proper[-1].end
    if phrase.article == "bare" or len(phrase.proper) > 1:
        head = phrase.head
        last = max(last, phrase.words[head.last - 1].end) if head else last
    return tuple(w.key for w in phrase.words[: phrase.core] if first <= w.start and w.end <= last)


def _same(name: tuple[str, ...], other: tuple[str, ...], kind: str) -> bool:
    if name == other:
        return True
    if kind == "person":
        short, long = sorted((name, other), key=len)
        return long[-1] == short[-1] if len(short) == 1 else set(short) <= set(long)
    initials = "".join(w[0] for w in other if w not in ("of", "the", "and", "for"))
    return (len(name) == 1 and len(name[0]) > 2 and name[0] == initials) or (len(name) > 1 and set(name) < set(other))


def _content(phrase: Phrase) -> tuple[str, ...]:
    skip = 1 if phrase.article in ("definite",) else 0
    return tuple(w.key for w in phrase.words[skip:])


def _gender(phrase: Phrase) -> str | None:
    keys = {w.key for w in phrase.words[: phrase.core]}
    if keys & _WOMEN:
        return "woman"
    return "man" if keys & _MEN else None
