"""Reviewed articles as annotated documents: sentences, entities and events, as training and scoring read them.

The format has no offsets: a span is a sentence's number, its text there, and which occurrence of it is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from dateline.lexicon.plover import KINDS, SECTORS
from dateline.records import Account, ActorRef, Article, Count, PlaceRef, Span
from dateline.text.sentences import split_sentences

R = TypeVar("R", ActorRef, PlaceRef)
Located = list[Any]
"""``[sentence, text]``, or ``[sentence, text, n]`` for the n-th occurrence."""


class _Words(Protocol):
    @property
    def start(self) -> int:
        """The first character."""

    @property
    def end(self) -> int:
        """The one after the last."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document's ``text`` record (``id``, ``sentences`` and more) and its ``gold`` record, both for one JSON line.

    ``lost`` are values that the format cannot hold, such as words that run over two sentences.
    """

    text: dict[str, Any]
    gold: dict[str, Any]
    lost: tuple[str, ...] = ()


def annotated(article: Article, accounts: Sequence[Account], same: Mapping[str, str]) -> Annotated:
    """One article with those of its reports that people accepted or corrected.

    ``same`` names the happening of each report, by ids: of two reports of one happening in the article the later
    refers to the earlier one.
    """
    page = _Page(article)
    events: list[dict[str, Any]] = []
    first: dict[str, str] = {}
    for account in sorted(accounts, key=lambda a: a.report.trigger.start):
        event = page.event(account, f"V{len(events) + 1}")
        if event is not None:
            happening = same.get(account.report.id, account.report.id)
            event["same_as"] = first.get(happening)
            first.setdefault(happening, event["id"])
            events.append(event)
    gold = {"id": article.id, "entities": list(page.entities(accounts)), "events": events}
    text = {
        "id": article.id,
        "title": article.headline or "",
        "published": article.anchor_date,
        "url": article.url,
        "source": article.publisher,
        "sentences": [article.text[s.start : s.end] if s else "" for s in page.sentences],
    }
    return Annotated(text, gold, tuple(page.lost))


class _Page:
    """An article as numbered sentences; number 0 is the title, empty where there is none."""

    def __init__(self, article: Article) -> None:
        title, text = article.headline_span, article.text
        self.text = text
        self.lost: list[str] = []
        self.sentences: list[Span | None] = [title]
        bodies = [p for p in article.paragraphs if not (title and p.overlaps(title))] or _after(title, text)
        for paragraph in bodies:
            self.sentences += split_sentences(text, paragraph.start, paragraph.end)

    def located(self, words: _Words) -> Located | None:
        """Where words stand; ``None`` (and a loss) when they stand in no single sentence."""
        for number, home in enumerate(self.sentences):
            if home is not None and home.start <= words.start and words.end <= home.end:
                quote, sentence = self.text[words.start : words.end], self.text[home.start : home.end]
                nth = _occurrence(sentence, quote, words.start - home.start)
                return [number, quote] if nth == 1 else [number, quote, nth]
        self.lost.append(self.text[words.start : words.end])
        return None

    def event(self, account: Account, id_: str) -> dict[str, Any] | None:
        """An event record; ``None`` when its trigger stands in no single sentence."""
        report = account.report
        trigger = self.located(report.trigger)
        if trigger is None:
            return None
        home = trigger[0]
        moment = report.moment
        known = moment is not None and moment.first is not None and moment.last is not None
        roles: dict[str, Sequence[_Words]] = {
            "actor": _own(account, report.actors),
            "recipient": _own(account, report.recipients),
            "object": report.objects,
            "instrument": report.instruments,
            "place": _own(account, report.places),
            "time": report.times,
            "source": report.sources,
        }
        return {
            "id": id_,
            "s": home,
            "trigger": _short(trigger, home),
            "type": report.type,
            "mode": report.mode or "",
            "status": report.status,
            **{role: list(self._spans(words, home)) for role, words in roles.items()},
            "date": [moment.first, moment.last] if moment and known else None,
            "counts": list(self._counts(report.counts, home)),
            "same_as": None,
        }

    def _spans(self, words: Iterable[_Words], home: int) -> Iterator[Any]:
        for one in words:
            if (where := self.located(one)) is not None:
                yield _short(where, home)

    def _counts(self, counts: Iterable[Count], home: int) -> Iterator[dict[str, Any]]:
        for count in counts:
            if (where := self.located(count)) is not None:
                yield {"of": count.of, "text": _short(where, home), "low": count.low, "high": count.high}

    def entities(self, accounts: Sequence[Account]) -> Iterator[dict[str, Any]]:
        """Who and where, each once with all its mentions in the reports; actors without a known kind are in none."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for account in accounts:
            report = account.report
            for actor in _own(account, (*report.actors, *report.recipients, *report.sources)):
                if actor.kind in KINDS:
                    self._mention(found, actor, str(actor.kind), actor.sector)
            for place in _own(account, report.places):
                self._mention(found, place, "place", None)
        return ({"id": f"E{n}", **entity} for n, entity in enumerate(found.values(), 1))

    def _mention(
        self, found: dict[tuple[str, str], dict[str, Any]], ref: ActorRef | PlaceRef, kind: str, sector: str | None
    ) -> None:
        where = self.located(ref)
        if where is None:
            return
        name = ref.name or ref.text
        new = {"name": name, "kind": kind, "country": ref.country or "", "sector": sector if sector in SECTORS else ""}
        entity = found.setdefault((kind, name.casefold()), {**new, "mentions": []})
        if where not in entity["mentions"]:
            entity["mentions"].append(where)


def _after(title: Span | None, text: str) -> list[Span]:
    start = title.end if title else 0
    return [Span(start, len(text), text[start:])] if start < len(text) else []


def _own(account: Account, refs: Sequence[R]) -> list[R]:
    """The references that have words of their own: not those that a reviewer supplied and the article does not name."""
    trigger = account.report.trigger
    return [r for r in refs if (r.start, r.end) != (trigger.start, trigger.end)]


def _short(where: Located, home: int) -> Any:
    """Text alone where it stands first in the event's own sentence."""
    return where[1] if len(where) == 2 and where[0] == home else where


def _occurrence(sentence: str, quote: str, at: int) -> int:
    """Which occurrence of the quote stands at an offset; occurrences may overlap."""
    number, start = 0, -1
    while start < at:
        start = sentence.find(quote, start + 1)
        number += 1
    return number
