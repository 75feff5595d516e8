"""Who or where a name is that a reviewer typed, tied to the words of the article where they stand there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.lexicon.actors import ActorLexicon
from dateline.lexicon.gazetteer import Gazetteer
from dateline.records import Account, ActorRef, PlaceRef, Report, Span
from dateline.resolving.places import PlaceResolver


class Names:
    """Resolves typed names with the lexicon and the gazetteer, which are opened when they are first asked."""

    def __init__(self, lexicon: ActorLexicon | None = None, gazetteer: Gazetteer | None = None) -> None:
        self._lexicon, self._gazetteer = lexicon, gazetteer
        self._resolver: PlaceResolver | None = None

    def actor(self, name: str, account: Account) -> ActorRef:
        """The actor of a name; known to the lexicon it has its id, country and its sector on the day of the report."""
        self._lexicon = self._lexicon or ActorLexicon.load()
        report = account.report
        at = _words(name, report, [*report.actors, *report.recipients])
        ref = ActorRef(at.start, at.end, at.text, name, why="given by a reviewer; the lexicon does not know it")
        found = self._lexicon.named(name)
        if not found:
            return ref
        actor, country = found[0].actor, found[0].country
        if actor is not None:
            standing = actor.standing(_day(account))
            where, sector, kind = actor.country_in(standing.sector), standing.sector, actor.kind
            why = f"given by a reviewer; {standing.why}"
            return replace(ref, name=actor.name, id=actor.id, kind=kind, country=where, sector=sector, why=why)
        if country is not None:
            known = replace(ref, name=country.name, id=country.id, kind="government", country=country.id)
            return replace(known, sector=found[0].sector or "GOV", why="given by a reviewer; a country")
        return ref

    def place(self, name: str, account: Account) -> PlaceRef:
        """The place of a name, resolved as if it stood in the article."""
        self._resolver = self._resolver or PlaceResolver(self._gazetteer or Gazetteer.load())
        report = account.report
        typed = f"{name}. {report.sentence.text}"
        others = [p.name or p.text for p in report.places]
        ref = self._resolver.resolve(Span.of(typed, 0, len(name)), typed, context=others)
        at = _words(name, report, report.places)
        why = f"given by a reviewer; {ref.why}"
        return replace(ref, start=at.start, end=at.end, text=at.text, name=ref.name or name, why=why)


def _words(name: str, report: Report, before: Sequence[ActorRef | PlaceRef]) -> Span:
    """Where the name stands in the sentence; else the words that were taken before; else the trigger."""
    sentence = report.sentence
    at = sentence.text.casefold().find(name.casefold())
    if at >= 0 and len(sentence.text.casefold()) == len(sentence.text):
        start = sentence.start + at
        return Span(start, start + len(name), sentence.text[at : at + len(name)])
    if before:
        return Span(before[0].start, before[0].end, before[0].text)
    return report.trigger


def _day(account: Account) -> str | None:
    moment = account.report.moment
    told = (moment.first or moment.last) if moment else None
    return told or (account.published[:10] if account.published else None)
