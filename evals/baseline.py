"""A baseline without a network: trigger words learnt by counting, roles by nearness.

It stands beside the reader's figures so that each has something to be compared with. A word is a trigger when more
than half of its occurrences in the training documents were one; its type, mode and status are the most frequent ones
there. Noun phrases are capitalised runs and words that the training documents have as heads of mentions. The nearest
phrase before the trigger is the actor, the nearest after it the recipient; a phrase after "in", "at", "near" is the
place; a quote is what stands in quotation marks, its speaker the nearest phrase outside.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.reading.reader import sentences_of
from dateline.records import Article, EventMention, QuoteMention, Reading, Span
from dateline.resolving.moments import find_times
from evals.annotated import Annotated

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_NAME = re.compile(r"(?:[A-Z][\w.'’-]*)(?:\s+(?:of\s+|the\s+)?[A-Z][\w.'’-]*)*")
_IN_PLACE = re.compile(r"\b(?:in|at|near|outside|around)\s+(?:the\s+)?$")
_QUOTED = re.compile(r"[\"“]([^\"“”]{12,}?)[,.]?[\"”]")
_THRESHOLD = 0.5


@dataclass
class LexiconReader:
    """Trigger words with type, mode and status, and words that head noun phrases; ``read`` as the neural reader's."""

    triggers: dict[str, tuple[str, str | None, str]] = field(default_factory=dict)
    heads: frozenset[str] = frozenset()

    @classmethod
    def fit(cls, documents: Sequence[Annotated]) -> LexiconReader:
        """Count the words of annotated documents."""
        seen: Counter[str] = Counter()
        meant: dict[str, Counter[tuple[str, str | None, str]]] = defaultdict(Counter)
        heads: Counter[str] = Counter()
        for document in documents:
            seen.update(w.lower() for s in document.sentences for w in _WORD.findall(s))
            for event in document.gold["events"]:
                label = (event["type"], event.get("mode") or None, event["status"])
                meant[_first_word(_words(event["trigger"]))][label] += 1
            heads.update(_last_word(m[1]) for e in document.gold["entities"] for m in e["mentions"])
        sure = {w: c for w, c in meant.items() if w and c.total() > _THRESHOLD * seen[w]}
        triggers = {w: c.most_common(1)[0][0] for w, c in sure.items()}
        return cls(triggers, frozenset(w for w, n in heads.items() if n > _THRESHOLD * seen[w]))

    def read(self, article: Article) -> Reading:
        """Events and quotes of an article, in text order."""
        sentences = sentences_of(article)
        events = [e for s in sentences for e in self._events(article.text, s)]
        quotes = [q for s in sentences for q in self._quotes(article.text, s)]
        return Reading(tuple(sentences), (), tuple(events), tuple(quotes))

    def _events(self, text: str, sentence: Span) -> list[EventMention]:
        phrases = self._phrases(text, sentence)
        times = tuple(find_times(text, sentence.start, sentence.end))
        out = []
        for match in _WORD.finditer(text, sentence.start, sentence.end):
            label = self.triggers.get(match[0].lower())
            if label is not None:
                trigger = Span.of(text, *match.span())
                roles = {**_by_nearness(text, trigger, phrases), "time": times}
                out.append(EventMention(trigger, sentence, *label, {r: s for r, s in roles.items() if s}))
        return out

    def _phrases(self, text: str, sentence: Span) -> list[Span]:
        found = [m.span() for m in _NAME.finditer(text, sentence.start, sentence.end)]
        words = _WORD.finditer(text, sentence.start, sentence.end)
        found += [m.span() for m in words if m[0].lower() in self.heads]
        out: list[Span] = []
        for start, end in sorted(found):
            if (not out or start >= out[-1].end) and text[start:end].lower() not in self.triggers:
                out.append(Span.of(text, start, end))
        return out

    def _quotes(self, text: str, sentence: Span) -> list[QuoteMention]:
        phrases = self._phrases(text, sentence)
        out = []
        for match in _QUOTED.finditer(text, sentence.start, sentence.end):
            content = Span.of(text, *match.span(1))
            outside = [p for p in phrases if not p.overlaps(content)]
            speaker = min(outside, key=lambda p: _distance(p, content), default=None)
            out.append(QuoteMention(content, speaker, None, True))
        return out


def _by_nearness(text: str, trigger: Span, phrases: Sequence[Span]) -> dict[str, tuple[Span, ...]]:
    free = [p for p in phrases if not p.overlaps(trigger)]
    places = tuple(p for p in free if _IN_PLACE.search(text[max(0, p.start - 14) : p.start]))
    people = [p for p in free if p not in places]
    before = tuple(p for p in people if p.end <= trigger.start)[-1:]
    after = tuple(p for p in people if p.start >= trigger.end)[:1]
    return {"actor": before, "recipient": after, "place": places}


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end)


def _words(written: str | list[object]) -> str:
    return written if isinstance(written, str) else str(written[1])


def _first_word(words: str) -> str:
    found = _WORD.search(words)
    return found[0].lower() if found else ""


def _last_word(words: str) -> str:
    found = _WORD.findall(words)
    return found[-1].lower() if found else ""
