"""Actors: what each span stands for, by the lexicon, by its own words, and by the rest of the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dateline.lexicon.actors import Actor, ActorLexicon
from dateline.lexicon.gazetteer import Gazetteer
from dateline.records import ActorRef, Alternative, Article, Mention, Span
from dateline.resolving.actor_phrase import Phrase, take_apart
from dateline.resolving.actor_reading import Verdict, has_title, read_phrase
from dateline.resolving.actor_scene import Scene, survey
from dateline.resolving.coreference import Linker, name_of
from dateline.resolving.entities import Entity

_FOREIGN = frozenset(("UAF", "REF", "IGO", "UNK"))
_SIDES = frozenset((
    "side", "country", "nation", "state", "member", "ally", "partner", "backer", "neighbour", "neighbor", "capital",
    "ministry", "government", "president", "leader", "superpower", "regime", "diplomat", "ambassador", "company", "ngo",
    "refugee", "migrant", "reporter", "correspondent", "member state", "power",
))  # fmt: skip
_JOINED = 0.8
_OTHERS = frozenset((
    "ally", "backer", "partner", "client", "neighbour", "neighbor", "counterpart", "rival", "opponent", "critic",
    "proxy", "captor", "victim",
))  # fmt: skip
_NEXT_PLACE = re.compile(
    r"\s+(?:(?:living|based|gathered|who live)\s+)?(?:in|of|from|at|near)\s+(?:the\s+)?"
    r"(?:(?:north|south|east|west|central|\w+ern|city|town|village|province|district|capital)\w*[\s-]+(?:of\s+)?)*"
    r"([A-Z][\w’'-]+(?:[\s-][A-Z][\w’'-]+)*)"
)


class ActorResolver:
    """Resolves the actors of an article. ``load`` gives one with the shipped lexicon and gazetteer."""

    def __init__(self, lexicon: ActorLexicon, gazetteer: Gazetteer | None = None) -> None:
        self.lexicon, self.gazetteer = lexicon, gazetteer

    @classmethod
    def load(cls, *own: Path) -> ActorResolver:
        """With the shipped lexicon and the user's own files; raises LexiconError when one is not valid."""
        return cls(ActorLexicon.load(*own), Gazetteer.load())

    def resolve_all(self, article: Article, spans: Sequence[Span], mentions: Sequence[Mention]) -> dict[Span, ActorRef]:
        """What each span stands for, the reason in ``why``; the keys are the spans given, each once.

        ``mentions`` are all that the reader found; they are the antecedents of pronouns and descriptions.
        """
        units = units_of(spans, mentions)
        _, verdicts = self._read(article, units, mentions)
        refs = {units[at][0]: _ref(units[at][0], verdicts[at]) for at in range(len(units))}
        return {span: refs[span] for span in spans}

    def clusters(self, article: Article, mentions: Sequence[Mention]) -> tuple[tuple[Span, ...], ...]:
        """The mentions grouped by the actor they stand for, in text order."""
        units = units_of((), mentions)
        linker, _ = self._read(article, units, mentions)
        return tuple(tuple(units[m][0] for m in entity.members) for entity in linker.entities)

    def _read(
        self, article: Article, units: Sequence[tuple[Span, str | None]], mentions: Sequence[Mention]
    ) -> tuple[Linker, list[Verdict]]:
        scene = survey(article, mentions, self.lexicon, self.gazetteer)
        phrases, alone = self.alone(units, scene)
        linker = Linker(article.text, phrases, alone)
        return linker, [self._verdict(at, phrase, alone, linker, scene) for at, phrase in enumerate(phrases)]

    def alone(self, units: Sequence[tuple[Span, str | None]], scene: Scene) -> tuple[list[Phrase], list[Verdict]]:
        """Each span (with its kind) taken apart, and what its own words tell."""
        phrases = [take_apart(span, kind, self.lexicon) for span, kind in units]
        return phrases, self._by_surname(phrases, [read_phrase(p, self.lexicon, scene) for p in phrases], scene)

    def _by_surname(self, phrases: Sequence[Phrase], alone: Sequence[Verdict], scene: Scene) -> list[Verdict]:
        """People whose full name the article gives nowhere, by surname, title and the article's countries."""
        full = {n for p, v in zip(phrases, alone, strict=True) if v.kind == "person" and (n := name_of(p, v))}
        lasts = {n[-1] for n in full if len(n) > 1}
        out = []
        for phrase, verdict in zip(phrases, alone, strict=True):
            alike = verdict.kind == "person" or (verdict.kind is None and len(phrase.words) == 1)
            single = alike and not verdict.named and phrase.pronoun is None and len(phrase.proper) == 1
            known = single and phrase.proper[0].key not in lasts
            out.append(self._surname(phrase, verdict, scene) if known else verdict)
        return out

    def _surname(self, phrase: Phrase, verdict: Verdict, scene: Scene) -> Verdict:
        found = self.lexicon.surnames.get(phrase.proper[0].key, ())
        ranked = sorted(((_likelihood(a, phrase, verdict, scene), a.id, a) for a in found), reverse=True)
        if not ranked or ranked[0][0] + 0.5 * (len(ranked) == 1) < 1.0:
            return verdict
        _, _, actor = ranked[0]
        standing = actor.standing(scene.day)
        others = tuple(Alternative(a.name, a.id, 0.2) for _, _, a in ranked[1:4])
        why = f"only the surname is given; {actor.name} ({standing.why}) fits the article best"
        country = actor.country_in(standing.sector)
        return Verdict(actor.name, actor.id, "person", country, standing.sector, 0.6, why, others)

    def _verdict(self, at: int, phrase: Phrase, alone: Sequence[Verdict], linker: Linker, scene: Scene) -> Verdict:
        own, entity = alone[at], linker.entity_of[at]
        best = _best(entity, alone)
        verdict = own
        if at in linker.links and best is not None and best is not own:
            verdict = _joined(own, best, linker.links[at])
        elif best is not None and best is not own and not own.named:
            verdict = _joined(own, best, "named elsewhere in the article")
        verdict = _filled(verdict, entity, alone)
        if verdict.sector is None:
            verdict = _sectored(at, verdict, linker, alone)
        if verdict.country is None and verdict.sector is not None:
            verdict = self._placed(at, phrase, verdict, linker, alone, scene)
        return verdict

    def _placed(
        self, at: int, phrase: Phrase, verdict: Verdict, linker: Linker, alone: Sequence[Verdict], scene: Scene
    ) -> Verdict:
        """The country of a phrase that tells none: its owner's, the place beside it, or the article's here."""
        if verdict.named:
            return replace(verdict, why=f"{verdict.why}; the lexicon gives it no country")
        owner = _owner(at, phrase, linker, alone)
        if owner == "IGO" and verdict.sector == "GOV":
            return replace(
                verdict, country="IGO", sector="IGO", why=f"{verdict.why}; the owner is an international body"
            )
        if owner is not None and owner != "IGO":
            return replace(verdict, country=owner, score=min(verdict.score, 0.6), why=f"{verdict.why}; of {owner}")
        body = _body(at, linker, alone)
        if body is not None and body.country is not None:
            return replace(verdict, country=body.country, why=f"{verdict.why}; of {body.name}, {body.country}")
        beside = _beside(phrase, scene)
        if beside is not None:
            return replace(verdict, country=beside[0], why=f"{verdict.why}; {beside[1]!r} beside it tells {beside[0]}")
        if _anywhere(phrase, verdict):
            return replace(verdict, why=f"{verdict.why}; no word tells the country")
        here = scene.country_at(phrase.span.start)
        if here is None:
            return replace(verdict, why=f"{verdict.why}; the article names no country")
        country, share = here
        score = round(min(verdict.score, 0.5) * (0.5 + share / 2), 3)
        why = f"{verdict.why}; the country is taken from the article, which here speaks mostly of {country}"
        return replace(verdict, country=country, score=score, why=why)


def _anywhere(phrase: Phrase, verdict: Verdict) -> bool:
    """True for those whom the article's country tells nothing of: several states, rebels, refugees, foreigners."""
    if verdict.sector in _FOREIGN or "several countries" in verdict.why:
        return True
    if any(w.key in ("foreign", "international", "foreigner") for w in phrase.words[: phrase.core]):
        return phrase.head is None or not phrase.head.agent.term.startswith("foreign ")
    if not phrase.several or phrase.head is None:
        return False
    return phrase.head.agent.term in _SIDES or (verdict.kind == "organisation" and phrase.article != "definite")


def units_of(spans: Sequence[Span], mentions: Sequence[Mention]) -> list[tuple[Span, str | None]]:
    """Each distinct span with its mention's kind, in text order, the longer first."""
    kinds: dict[Span, str | None] = {m.span: m.kind for m in mentions}
    for span in spans:
        if span not in kinds:
            kinds[span] = _overlapping(span, mentions)
    return sorted(kinds.items(), key=lambda u: (u[0].start, -u[0].end))


def _overlapping(span: Span, mentions: Sequence[Mention]) -> str | None:
    """The kind of the mention that shares the span's end and most of its characters."""
    best, kind = 0, None
    for m in mentions:
        shared = min(span.end, m.span.end) - max(span.start, m.span.start)
        if shared > best and shared * 2 >= m.span.end - m.span.start:
            best, kind = shared, m.kind
    return kind


def _likelihood(actor: Actor, phrase: Phrase, verdict: Verdict, scene: Scene) -> float:
    standing = actor.standing(scene.day)
    if verdict.country and actor.country_in(standing.sector) != verdict.country and actor.country != verdict.country:
        return 0.0
    titles = [h.agent.term for h in phrase.heads]
    titled = any(has_title(r, t) for r in actor.roles for t in titles)
    score = (0.5 if standing.held else 0.0) + (1.0 if titled else 0.0)
    return score + min(scene.weights.get(actor.country or "", 0.0), 2.0) / 2


def _best(entity: Entity, alone: Sequence[Verdict]) -> Verdict | None:
    """The member's verdict that knows most: named first, then with country and sector, then by score."""

    def worth(v: Verdict) -> tuple[bool, bool, bool, float]:
        return v.named or v.id is not None, v.sector is not None, v.country is not None, v.score

    told = [alone[m] for m in entity.members if alone[m].why]
    return max(told, key=worth) if told else None


def _joined(own: Verdict, best: Verdict, link: str) -> Verdict:
    why = f"{link}: {best.name or 'the same actor'} ({best.why})"
    kind = own.kind or best.kind
    score = round(best.score * (1.0 if link.startswith("the same name") else _JOINED), 3)
    if own.named:
        return own
    return Verdict(best.name, best.id, kind, best.country, best.sector, score, why, best.alternatives, best.entry)


def _filled(verdict: Verdict, entity: Entity, alone: Sequence[Verdict]) -> Verdict:
    members = [alone[m] for m in entity.members]
    country = verdict.country or next((m.country for m in members if m.country), None)
    sector = verdict.sector or next((m.sector for m in members if m.sector), None)
    return replace(verdict, country=country, sector=sector)


def _sectored(at: int, verdict: Verdict, linker: Linker, alone: Sequence[Verdict]) -> Verdict:
    """The sector of one whose own words tell none: that of the body it is said to be of, or its owner's."""
    body = _body(at, linker, alone)
    if body is not None and body.sector and body.sector != "CVL":
        why = f"{verdict.why}; of {body.name}, {body.sector}"
        country = verdict.country or body.country
        return replace(verdict, sector=body.sector, country=country, score=0.6, why=why)
    if verdict.kind == "person" and linker.phrases[at].proper:
        why = f"{verdict.why}; no office or group is told, so taken for a private person"
        return replace(verdict, sector="CVL", score=0.2, why=why)
    return verdict


def _body(at: int, linker: Linker, alone: Sequence[Verdict]) -> Verdict | None:
    """The body named right after a mention ("director" + "of" + "the water commission"), or whose deputy it is."""
    phrase = linker.phrases[at]
    for other in range(at + 1, min(at + 4, len(linker.phrases))):
        gap = linker.text[phrase.span.end : linker.phrases[other].span.start]
        if re.fullmatch(r",?\s+(?:of|for|at|from|with)\s+(?:the\s+|an?\s+)?", gap):
            return alone[other]
    entity = _owning(at, phrase, linker) if phrase.head and phrase.head.agent.weight != "own" else None
    known = [alone[m] for m in entity.members if alone[m].sector] if entity else []
    return known[0] if known else None


def _owning(at: int, phrase: Phrase, linker: Linker) -> Entity | None:
    """Whom "its" at the head of the phrase stands for, or the person whose name in the phrase is possessive."""
    start = phrase.span.start
    if phrase.owner is not None:
        inner = next((i for i, p in enumerate(linker.phrases) if p.pronoun and p.span.start == start), None)
        return linker.entity_of[inner] if inner is not None else linker.stands_for(at, phrase.owner)
    keys = {w.key for w in phrase.proper}
    owned = (e for e in linker.entities if e.kind == "person" and any(n[-1] in keys for n in e.names))
    return next(owned, None) if keys and phrase.kind != "person" else None


def _owner(at: int, phrase: Phrase, linker: Linker, alone: Sequence[Verdict]) -> str | None:
    """The country of whoever "its" or "their" at the head of the phrase stands for; allies have another."""
    if phrase.head is not None and phrase.head.agent.term in _OTHERS:
        return None
    entity = _owning(at, phrase, linker)
    return next((alone[m].country for m in entity.members if alone[m].country), None) if entity else None


def _beside(phrase: Phrase, scene: Scene) -> tuple[str, str] | None:
    """A place named just after the phrase: "residents in northern Aleppo"."""
    found = _NEXT_PLACE.match(scene.text[phrase.span.end : phrase.span.end + 60])
    if found is None:
        return None
    country = scene.of_place(found.group(1))
    return (country, found.group(1)) if country else None


def _ref(span: Span, verdict: Verdict) -> ActorRef:
    known = verdict.country is not None or verdict.sector is not None or verdict.id is not None
    score = round(verdict.score, 3) if known else None
    why = verdict.why or "nothing in the article says who this is"
    return ActorRef(
        span.start, span.end, span.text, verdict.name if known else None, verdict.id, verdict.kind,
        verdict.country, verdict.sector, score, verdict.alternatives, why,
    )  # fmt: skip
