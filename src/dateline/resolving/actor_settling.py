"""What each entity of an article comes to: its codes by its own words, its body or owner, and the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.resolving.actor_country import ENVOYS
from dateline.resolving.actor_phrase import Phrase
from dateline.resolving.actor_reading import Verdict
from dateline.resolving.actor_scene import Scene
from dateline.resolving.coreference import Linker
from dateline.resolving.descriptions import Descriptions
from dateline.resolving.entities import Entity

_JOINED = 0.8
_OTHERS = frozenset((
    "ally", "backer", "partner", "client", "neighbour", "neighbor", "counterpart", "rival", "opponent", "critic",
    "proxy", "captor", "victim",
))  # fmt: skip
# People who speak for or head a body, which their own words leave out.
_OF_A_BODY = frozenset((
    "spokesman", "spokeswoman", "spokesperson", "head", "chief", "chairman", "chairwoman", "chairperson", "chair",
    "director", "director general", "director-general", "member", "founder", "co-founder", "boss", "representative",
    "secretary", "deputy", "deputy head", "deputy leader", "leader", "manager", "coordinator", "general secretary",
))  # fmt: skip
_OFFICIAL = frozenset(("spokesman", "spokeswoman", "spokesperson", "representative", "deputy", "secretary"))
_LENT_TO = frozenset(("IGO", "REB", "PTY", "OPP", "SOC", "LAB", "BUS", "EDU", "MED", "REL", "MIL", "COP", "PRM", "JRN"))
_MEMBERS = frozenset(("member", "staff", "staff member", "employee", "cadre"))
_MEN = frozenset(
    ("men", "man", "member", "fighter", "gunman", "attacker", "force", "forces", "wing", "follower", "cell")
)
_ARMED = frozenset(("REB", "PRM", "CRM", "UAF"))
_PRIVATE = (None, "CVL")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ\d]")
_NEXT_BODY = re.compile(r",?\s+(?:of|for|at|from|with)\s+(?:the\s+|an?\s+)?")
_NEXT_PLACE = re.compile(
    r"\s+(?:(?:living|based|gathered|who live)\s+)?(?:in|of|from|at|near)\s+(?:the\s+)?"
    r"(?:(?:north|south|east|west|central|\w+ern|city|town|village|province|district|capital)\w*[\s-]+(?:of\s+)?)*"
    r"([A-Z][\w’'-]+(?:[\s-][A-Z][\w’'-]+)*)"
)


class Settler:
    """Settles the entities of one article, each once."""

    def __init__(
        self,
        linker: Linker,
        alone: Sequence[Verdict],
        scene: Scene,
        publisher: Verdict | None,
        descriptions: Descriptions,
    ) -> None:
        self._linker, self._alone, self._scene, self._publisher = linker, alone, scene, publisher
        self._descriptions = descriptions
        self._done: dict[int, Verdict] = {}
        self._open: set[int] = set()

    def verdict(self, at: int) -> Verdict:
        """What the mention stands for: its entity's codes, with the reason for the link."""
        own, entity = self._alone[at], self._linker.entity_of[at]
        whole = self.entity(entity)
        if own.named:
            why = own.why if own.country or not whole.country else f"{own.why}; {whole.country} by the rest"
            return replace(own, country=own.country or whole.country, sector=own.sector or whole.sector, why=why)
        if at == self._main(entity):
            return whole
        return _joined(own, whole, self._linker.links.get(at, "named elsewhere in the article"))

    def entity(self, entity: Entity) -> Verdict:
        """The codes of an entity; of one that is still being settled what its own words tell."""
        key = id(entity)
        if key not in self._done:
            if key in self._open:
                return self._alone[self._main(entity)]
            self._open.add(key)
            self._done[key] = self._settled(entity)
        return self._done[key]

    def _main(self, entity: Entity) -> int:
        """The mention that tells most: a name first, then an office before kinship, a country, a score."""

        def worth(at: int) -> tuple[bool, bool, bool, bool, float, int]:
            v = self._alone[at]
            known = v.named or v.id is not None
            return known, v.sector not in _PRIVATE, v.sector is not None, v.country is not None, v.score, -at

        return max(entity.members, key=worth)

    def _settled(self, entity: Entity) -> Verdict:
        verdict = self._filled(entity)
        phrases = [self._linker.phrases[m] for m in entity.members]
        if all(p.pronoun for p in phrases):
            return self._spoken(entity, verdict, phrases[0])
        verdict = self._sectored(entity, verdict)
        if verdict.country is None and verdict.sector is not None:
            verdict = self._placed(entity, verdict)
        return verdict

    def _spoken(self, entity: Entity, verdict: Verdict, phrase: Phrase) -> Verdict:
        """ "We" in a text that its publisher wrote of itself, "I" outside quotations."""
        who = self._publisher
        if entity is self._linker.author:
            why = f"{phrase.span.text!r} outside quotations is the author"
            return replace(verdict, kind="person", sector="JRN", score=0.4, why=why)
        if phrase.pronoun != "speakers" or who is None:
            return verdict
        why = f"{phrase.span.text!r} is taken for the publisher: {who.why}"
        return replace(who, kind=verdict.kind or who.kind, score=0.4, why=why)

    def _filled(self, entity: Entity) -> Verdict:
        """The main mention's verdict, with what it lacks from the others."""
        verdict = self._alone[self._main(entity)]
        members = [self._alone[m] for m in entity.members]
        country = verdict.country or next((m.country for m in members if m.country), None)
        sectors = [m.sector for m in members if m.sector]
        sector = verdict.sector or next((s for s in sectors if s != "CVL"), sectors[0] if sectors else None)
        return replace(verdict, country=country, sector=sector)

    def _sectored(self, entity: Entity, verdict: Verdict) -> Verdict:
        """The sector of those whose own words tell none, or who serve the body they are said to be of."""
        lends = verdict.sector == "GOV" and not verdict.named and self._lends(entity)
        if not lends and self._of_members(entity, verdict):
            return self._members(entity, verdict)
        if verdict.sector is not None and not lends:
            return verdict
        body = self._body(entity)
        if body is not None and body.sector and body.sector != "CVL" and (not lends or body.sector in _LENT_TO):
            country = "IGO" if body.sector == "IGO" else verdict.country or body.country
            why = f"{verdict.why}; of {body.name}, {body.sector}"
            return replace(verdict, sector=body.sector, country=country, score=0.6, why=why)
        if verdict.sector is None and verdict.kind == "person":
            return self._described(entity, verdict) or _private(verdict, self._terms(entity))
        return verdict

    def _of_members(self, entity: Entity, verdict: Verdict) -> bool:
        """True for "members", "staff" and "its men": people who are what their body is."""
        phrases = [self._linker.phrases[m] for m in self._spoken_of(entity)]
        if verdict.named or verdict.kind not in ("population", "armed_group") or any(p.tail for p in phrases):
            return False
        terms = self._terms(entity)
        return bool(terms) and terms <= (_MEN if verdict.kind == "armed_group" else _MEMBERS)

    def _members(self, entity: Entity, verdict: Verdict) -> Verdict:
        body = next((self.entity(e) for e in self._owners(entity)), None)
        lent = _ARMED if verdict.kind == "armed_group" else _LENT_TO
        if body is None or body.sector not in lent:
            return verdict
        country = "IGO" if body.sector == "IGO" else verdict.country or body.country
        return replace(
            verdict, sector=body.sector, country=country, why=f"{verdict.why}; of {body.name}, {body.sector}"
        )

    def _owners(self, entity: Entity) -> Iterator[Entity]:
        """Those named right after a mention, or whose possessive opens it."""
        for at in self._spoken_of(entity):
            for other in (self._after(at), self._owning(at)):
                if other is not None and other is not entity:
                    yield other

    def _described(self, entity: Entity, verdict: Verdict) -> Verdict | None:
        """Of the sector that the words beside a name tell."""
        for at in self._spoken_of(entity):
            if self._linker.phrases[at].proper and (said := self._descriptions.of(at)):
                country = "IGO" if said.sector == "IGO" else verdict.country or said.country
                why = f"{verdict.why}; beside the name: {said.why}"
                return replace(verdict, sector=said.sector, country=country, score=0.5, why=why)
        return None

    def _lends(self, entity: Entity) -> bool:
        heads = [p.head for m in entity.members if (p := self._linker.phrases[m]).head is not None]
        return bool(heads) and all(h.agent.weight == "lends" for h in heads if h is not None)

    def _terms(self, entity: Entity) -> set[str]:
        return {p.head.agent.term for m in entity.members if (p := self._linker.phrases[m]).head is not None}

    def _body(self, entity: Entity) -> Verdict | None:
        """The body named right after a mention ("director" + "of" + "the commission"), or whose deputy it is."""
        for at in self._spoken_of(entity):
            other = self._after(at) or self._owning(at) or self._body_nearby(at)
            if other is not None and other is not entity:
                return self.entity(other)
        return None

    def _spoken_of(self, entity: Entity) -> Iterator[int]:
        return (m for m in entity.members if not self._linker.phrases[m].pronoun)

    def _after(self, at: int) -> Entity | None:
        phrases = self._linker.phrases
        for other in range(at + 1, min(at + 4, len(phrases))):
            gap = self._linker.text[phrases[at].span.end : phrases[other].span.start]
            if _NEXT_BODY.fullmatch(gap):
                return self._linker.entity_of[other]
        return None

    def _body_nearby(self, at: int) -> Entity | None:
        """The body spoken of last, in this sentence or the one before, for "a spokesman" or "its leader"."""
        phrase, linker = self._linker.phrases[at], self._linker
        if phrase.head is None or phrase.head.agent.term not in _OF_A_BODY or phrase.names:
            return None
        here = linker.pronouns.sentence(phrase.span.start)
        for other in range(at - 1, -1, -1):
            entity = linker.entity_of[other]
            if linker.pronouns.sentence(linker.phrases[other].span.start) < here - 1:
                return None
            if entity.family == "collective" and (not entity.several or entity.names):
                return entity
        return None

    def _owning(self, at: int) -> Entity | None:
        """Whom "its" at the head of the phrase stands for, or the person whose name in the phrase is possessive."""
        linker, phrase = self._linker, self._linker.phrases[at]
        if phrase.owner is not None:
            start = phrase.span.start
            inner = next((k for k, p in enumerate(linker.phrases) if p.pronoun and p.span.start == start), None)
            return linker.entity_of[inner] if inner is not None else linker.stands_for(at, phrase.owner)
        keys = {w.key for w in phrase.proper}
        owned = (e for e in linker.entities if e.kind == "person" and any(n[-1] in keys for n in e.names))
        return next(owned, None) if keys and phrase.kind != "person" else None

    def _placed(self, entity: Entity, verdict: Verdict) -> Verdict:
        """The country of those whose own words tell none: their owner's, the place beside them, or the article's."""
        if verdict.named:
            return replace(verdict, why=f"{verdict.why}; the lexicon gives it no country")
        phrases = [self._linker.phrases[m] for m in self._spoken_of(entity)]
        if not any(_LATIN.search(p.span.text) for p in phrases):
            return replace(verdict, why=f"{verdict.why}; in a script that the lexicon does not read")
        found = self._owned(entity, verdict) or self._beside(entity, verdict)
        if found is not None:
            return found
        if "several countries" in verdict.why:
            return verdict
        country, share = self._scene.atlas.choose(phrases, verdict.kind, verdict.sector)
        if country is None:
            return replace(verdict, why=f"{verdict.why}; no word tells the country")
        score = round(min(verdict.score, 0.5) * (0.5 + share / 2), 3)
        why = f"{verdict.why}; the country is taken from the article, which here speaks mostly of {country}"
        return replace(verdict, country=country, score=score, why=why)

    def _owned(self, entity: Entity, verdict: Verdict) -> Verdict | None:
        """As of the country of whoever owns them; allies have another."""
        if self._terms(entity) & _OTHERS:
            return None
        for at in self._spoken_of(entity):
            for other in (self._owning(at), self._after(at)):
                whole = self.entity(other) if other is not None and other is not entity else None
                if whole is None or whole.country is None:
                    continue
                if whole.country != "IGO":
                    why = f"{verdict.why}; of {whole.name}, {whole.country}"
                    return replace(verdict, country=whole.country, score=min(verdict.score, 0.6), why=why)
                if verdict.sector == "GOV":
                    why = f"{verdict.why}; the owner is an international body"
                    return replace(verdict, country="IGO", sector="IGO", why=why)
        return None

    def _beside(self, entity: Entity, verdict: Verdict) -> Verdict | None:
        """As of a place named just after a mention: "residents in northern Aleppo"; diplomats there are others'."""
        if self._terms(entity) & ENVOYS:
            return None
        for at in self._spoken_of(entity):
            end = self._linker.phrases[at].span.end
            found = _NEXT_PLACE.match(self._scene.text[end : end + 60])
            country = self._scene.of_place(found[1]) if found else None
            if found and country:
                return replace(verdict, country=country, why=f"{verdict.why}; {found[1]!r} beside it tells {country}")
        return None


def _private(verdict: Verdict, terms: set[str]) -> Verdict:
    """A person of whom no office or group is told: an official where the word is one for officials."""
    if terms & _OFFICIAL:
        return replace(verdict, sector="GOV", score=0.2, why=f"{verdict.why}; mostly of a government")
    why = f"{verdict.why}; no office or group is told, so taken for a private person"
    return replace(verdict, sector="CVL", score=0.2, why=why)


def _joined(own: Verdict, whole: Verdict, link: str) -> Verdict:
    """The entity's verdict for a mention that says less itself."""
    score = round(whole.score * (1.0 if link.startswith("the same name") else _JOINED), 3)
    why = f"{link}: {whole.name or 'the same actor'} ({whole.why})"
    return replace(whole, kind=own.kind or whole.kind, score=score, why=why)
