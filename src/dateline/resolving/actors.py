"""Actors: what each span stands for, by the lexicon, by its own words, and by the rest of the article."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dateline.lexicon.actors import Actor, ActorLexicon
from dateline.lexicon.gazetteer import Gazetteer
from dateline.lexicon.naming import tokens
from dateline.records import ActorRef, Alternative, Article, Mention, Span
from dateline.resolving.actor_phrase import Phrase, take_apart
from dateline.resolving.actor_reading import Verdict, has_title, read_phrase
from dateline.resolving.actor_scene import Scene, speaks_for_itself, survey
from dateline.resolving.actor_settling import Settler
from dateline.resolving.coreference import Linker, name_of
from dateline.resolving.descriptions import Descriptions
from dateline.resolving.pronouns import Pronouns


class ActorResolver:
    """Resolves the actors of an article. ``load`` gives one with the shipped lexicon and gazetteer."""

    def __init__(self, lexicon: ActorLexicon, gazetteer: Gazetteer | None = None) -> None:
        self.lexicon, self.gazetteer = lexicon, gazetteer

    @classmethod
    def load(cls, *own: Path, gazetteer: Gazetteer | None = None) -> ActorResolver:
        """With the shipped lexicon and the user's own files; raises LexiconError when one is not valid."""
        return cls(ActorLexicon.load(*own), gazetteer or Gazetteer.load())

    def resolve_all(
        self,
        article: Article,
        spans: Sequence[Span],
        mentions: Sequence[Mention],
        statements: Sequence[tuple[Span, Span]] = (),
    ) -> dict[Span, ActorRef]:
        """What each span stands for, the reason in ``why``; the keys are the spans given, each once.

        ``mentions`` are all that the reader found; they are the antecedents of pronouns and descriptions.
        ``statements`` are quoted without quotation marks: what is said, and who says it.
        """
        units = units_of(spans, mentions)
        _, verdicts = self._read(article, units, mentions, statements)
        refs = {units[at][0]: _ref(units[at][0], verdicts[at]) for at in range(len(units))}
        return {span: refs[span] for span in spans}

    def clusters(self, article: Article, mentions: Sequence[Mention]) -> tuple[tuple[Span, ...], ...]:
        """The mentions grouped by the actor they stand for, in text order."""
        units = units_of((), mentions)
        linker, _ = self._read(article, units, mentions)
        return tuple(tuple(units[m][0] for m in entity.members) for entity in linker.entities)

    def _read(
        self,
        article: Article,
        units: Sequence[tuple[Span, str | None]],
        mentions: Sequence[Mention],
        statements: Sequence[tuple[Span, Span]] = (),
    ) -> tuple[Linker, list[Verdict]]:
        scene = survey(article, mentions, self.lexicon, self.gazetteer)
        phrases, alone = self.alone(units, scene)
        voice = self._publisher(article, scene)
        pronouns = Pronouns(article.text, phrases, statements)
        linker = Linker(article.text, phrases, alone, pronouns, voice, scene.atlas)
        settler = Settler(linker, alone, scene, voice, Descriptions(phrases, self.lexicon, scene))
        return linker, [settler.verdict(at) for at in range(len(phrases))]

    def _publisher(self, article: Article, scene: Scene) -> Verdict | None:
        """Who speaks as "we" in a text that its publisher wrote about itself: a body, not an outlet."""
        name = article.publisher or ""
        if not speaks_for_itself(tokens(name), self.lexicon):
            return None
        verdict = read_phrase(take_apart(Span(0, len(name), name), None, self.lexicon), self.lexicon, scene)
        return verdict if verdict.sector not in (None, "JRN", "CVL") else None

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


def _ref(span: Span, verdict: Verdict) -> ActorRef:
    known = verdict.country is not None or verdict.sector is not None or verdict.id is not None
    score = round(verdict.score, 3) if known else None
    why = verdict.why or "nothing in the article says who this is"
    return ActorRef(
        span.start, span.end, span.text, verdict.name if known else None, verdict.id, verdict.kind,
        verdict.country, verdict.sector, score, verdict.alternatives, why,
    )  # fmt: skip
