"""The neural reader: one pass over windows of sentences gives mentions, events with roles, and quotes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from dateline.reading import decode
from dateline.reading.denials import denied
from dateline.reading.labels import EVENT_ROLES, EVENT_TYPES, QUOTE_ROLES
from dateline.reading.network import WEIGHTS, Floats, Network, Window
from dateline.reading.quotes import assemble, introductions
from dateline.reading.windows import BUDGET, Piece, groups, pieces
from dateline.reading.wordpiece import WordPiece
from dateline.records import Article, EventMention, Mention, QuoteMention, Reading, Span
from dateline.text import split_sentences

# An apostrophe after an s may be a plural's; "and" after a blank joins what the run does not hold.
_EDGE = re.compile(
    r"^[\s,;:.'\"“”‘’()\[\]—–-]+|(?:[\s,;:\"“”‘’()\[\]—–-]|(?<!s)'|(?<=[\s,;])(?:and|or|but)(?!\w))+$", re.I
)

_DANGLING = re.compile(r"(?:\s+(?:of|from|with|at|for|by|into|against|between|near|and the|of the|the|an?))+$", re.I)
_SURE = 0.97
_LEAST_PROBABILITY = 0.005
"""A type that is less likely than this is left out of a mention's probabilities."""

_BARE = frozenset(
    ["the", "a", "an", "and", "or", "of", "in", "on", "at", "to", "for", "by", "with", "from", "as", "that"]
)


class Reader:
    """Reads an article with the shipped weights (or those in a folder made by ``training.export``).

    Not thread-safe for concurrent ``read`` calls beyond what onnxruntime allows; it holds no state between calls.
    """

    def __init__(self, network: Network, tokenizer: WordPiece) -> None:
        self._network = network
        self._tokenizer = tokenizer
        thresholds = {k: float(v) for k, v in network.meta.get("thresholds", {}).items()}
        self._trigger_threshold = thresholds.get("trigger", decode.TRIGGER_THRESHOLD)
        self._slope, self._offset = network.meta.get("calibration", (1.0, 0.0))
        self._event_roles = {r: thresholds.get(r, 0.5) for r in EVENT_ROLES}
        self._quote_roles = {r: thresholds.get(r, 0.5) for r in QUOTE_ROLES}

    @classmethod
    def load(cls, folder: Path | None = None, *, threads: int = 0) -> Reader:
        """Open the weights; ``threads`` 0 uses all cores. Raises ModelError when they are missing or do not fit."""
        folder = folder or WEIGHTS
        return cls(Network(folder, threads), WordPiece.load(folder / "tokenizer.json"))

    @property
    def version(self) -> str:
        """The name of the weights, for ``Report.coder``."""
        return str(self._network.meta.get("version", "reader-0"))

    def read(self, article: Article) -> Reading:
        """All mentions, events and quotes of an article, in text order."""
        sentences = sentences_of(article)
        collected = _Collected(article.text, sentences)
        for window_pieces, fresh in self._windows(collected):
            self._read_window(window_pieces, fresh, collected)
        return collected.reading()

    def _windows(self, read: _Collected) -> Iterator[tuple[list[Piece], int]]:
        """Pieces of each window, and how many of the first ones an earlier window has already read.

        In the midst of a long statement that is who makes it, as far as there is room: the words that introduced it.
        """
        parts = pieces(self._tokenizer, read.sentences)
        done = 0
        for group in groups([len(p.ids) for p in parts], lambda: BUDGET):
            seen, chosen = max(0, done - group.start), [parts[k] for k in group]
            if seen == 1 and (said := read.introduction(chosen[0].sentence)) is not None:
                room = BUDGET - sum(len(p.ids) for p in chosen[1:])
                chosen[0] = next(p for p in reversed(parts[: group.start]) if p.sentence == said).ending(room)
            yield chosen, seen
            done = group.stop

    def _read_window(self, parts: list[Piece], seen: int, out: _Collected) -> None:
        ids = [i for p in parts for i in p.ids]
        if not ids:
            return
        probs = self._network.window(ids)
        view = _View(parts, seen, out.text)
        for run, kind, score in decode.mentions(probs):
            if view.fresh(run[0]):
                out.add_mention(view.span(run), kind, score)
        for event in decode.events(probs, view.joins, self._trigger_threshold):
            if view.fresh(event.run[0]):
                out.events.append(self._event(probs, view, event, out))
        self._quotes(probs, view, out)

    def _event(self, probs: Window, view: _View, event: decode.FoundEvent, out: _Collected) -> EventMention:
        bounds = view.sentence_bounds(event.run[0])
        # A filler is right only where the event is: the doubt of the one bears on the other.
        limits = {role: min(limit / event.typed, _SURE) for role, limit in self._event_roles.items()}
        found = decode.roles(self._network.table(probs, event.run[0], bounds), bounds[0], limits)
        trigger = view.span(event.run) or Span.of(out.text, view.starts[event.run[0]], view.ends[event.run[0]])
        roles = {role: _distinct(_filler(view.span(run)) for run, _ in runs) for role, runs in found.items()}
        sentence = out.sentences[view.sentence_of(event.run[0])]
        return EventMention(
            trigger=trigger,
            sentence=sentence,
            type=event.type,
            mode=event.mode,
            status="negated" if denied(out.text[sentence.start : trigger.start], trigger.text) else event.status,
            roles={role: tuple(s for s in spans if s != trigger) for role, spans in roles.items() if spans},
            confidence=round(self._calibrated(event.confidence), 4),
            type_probabilities=_type_probabilities(event.types),
        )

    def _calibrated(self, probability: float) -> float:
        """How likely a report is right, given the network's probability (Platt 1999; fitted on unseen documents)."""
        p = min(max(probability, 1e-6), 1 - 1e-6)
        return 1.0 / (1.0 + math.exp(-self._slope * math.log(p / (1 - p)) - self._offset))

    def _quotes(self, probs: Window, view: _View, out: _Collected) -> None:
        for run in decode.cues(probs, view.joins):
            if not view.fresh(run[0]):
                continue
            found = self._quote_roles_at(probs, view, run[0])
            out.cued.append((view.span(run), found["speaker"], found["content"]))
        for a, b in decode.content_runs(probs):
            for run in view.by_sentence((a, b)):
                content = view.span(run) if view.fresh(run[0]) else None
                if content is not None:
                    out.contents.append((content, self._quote_roles_at(probs, view, run[0])["speaker"]))

    def _quote_roles_at(self, probs: Window, view: _View, at: int) -> dict[str, list[tuple[Span, float]]]:
        bounds = view.sentence_bounds(at)
        found = decode.roles(self._network.table(probs, at, bounds), bounds[0], self._quote_roles)
        return {r: [(s, score) for run, score in runs if (s := view.span(run))] for r, runs in found.items()}


def sentences_of(article: Article) -> list[Span]:
    """The headline's and paragraphs' sentences, in text order."""
    blocks = ([article.headline_span] if article.headline_span else []) + list(article.paragraphs)
    out: list[Span] = []
    for block in sorted(set(blocks)):
        if not out or block.start >= out[-1].end:
            out += split_sentences(article.text, block.start, block.end)
    return out


def _type_probabilities(types: Floats) -> dict[str, float]:
    """The types that are worth telling with their probabilities, the likeliest first.

    They are ordered before they are rounded, so that the first is the mention's type.
    """
    ordered = (int(k) for k in np.argsort(-types, kind="stable"))
    return {EVENT_TYPES[k]: round(float(types[k]), 3) for k in ordered if types[k] >= _LEAST_PROBABILITY}


def _filler(span: Span | None) -> Span | None:
    """A filler without the preposition that it ends in: what follows it was not taken in ("the main market of")."""
    left = _DANGLING.sub("", span.text) if span else ""
    return Span(span.start, span.start + len(left), left) if span and left else span


def _distinct(spans: Iterator[Span | None]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(s for s in spans if s is not None))


class _View:
    """One window's tokens seen as characters and sentences."""

    def __init__(self, parts: list[Piece], seen: int, text: str) -> None:
        self.text = text
        self.starts = [s for p in parts for s in p.starts]
        self.ends = [e for p in parts for e in p.ends]
        self.joins = decode.joined(self.starts, self.ends, text)
        self._piece = np.repeat(np.arange(len(parts)), [len(p.ids) for p in parts])
        self._first = np.concatenate([[0], np.cumsum([len(p.ids) for p in parts])])
        self._parts = parts
        self._seen = seen

    def fresh(self, token: int) -> bool:
        """False when an earlier window has read this token's piece."""
        return int(self._piece[token]) >= self._seen

    def sentence_of(self, token: int) -> int:
        """The sentence that the token stands in."""
        return self._parts[int(self._piece[token])].sentence

    def sentence_bounds(self, token: int) -> tuple[int, int]:
        """First token and end of the piece that the token stands in."""
        k = int(self._piece[token])
        return int(self._first[k]), int(self._first[k + 1])

    def by_sentence(self, run: tuple[int, int]) -> Iterator[tuple[int, int]]:
        """The run cut at the borders of pieces."""
        at = run[0]
        while at < run[1]:
            end = min(run[1], self.sentence_bounds(at)[1])
            yield at, end
            at = end

    def span(self, run: tuple[int, int]) -> Span | None:
        """Characters of a token run, widened to whole words, without punctuation and conjunctions at the edges.

        ``None`` when nothing but articles, conjunctions and prepositions is left.
        """
        a, b = run
        while a > 0 and self.joins[a]:
            a -= 1
        while b < len(self.joins) and self.joins[b]:
            b += 1
        start, end = self.starts[a], self.ends[b - 1]
        words = self.text[start:end]
        left = _EDGE.match(words)
        start += left.end() if left and left.end() < len(words) else 0
        right = _EDGE.search(self.text[start:end])
        if right and right.start() > 0:
            end = start + right.start()
        if all(word.lower() in _BARE for word in re.findall(r"\w+", self.text[start:end])):
            return None
        return Span.of(self.text, start, end)


class _Collected:
    """What has been read so far."""

    def __init__(self, text: str, sentences: Sequence[Span]) -> None:
        self.text = text
        self.sentences = sentences
        self.mentions: list[Mention] = []
        self.events: list[EventMention] = []
        self.cued: list[tuple[Span | None, list[tuple[Span, float]], list[tuple[Span, float]]]] = []
        self.contents: list[tuple[Span, list[tuple[Span, float]]]] = []

    def add_mention(self, span: Span | None, kind: str, score: float) -> None:
        """Keep a mention unless one already stands there."""
        if span is not None and not (self.mentions and self.mentions[-1].span.overlaps(span)):
            self.mentions.append(Mention(span, kind, round(score, 4)))

    def introduction(self, last: int) -> int | None:
        """The sentence that introduces the statement in the midst of which the last sentence read stands."""
        if not self.contents or self.contents[-1][0].end <= self.sentences[last].start:
            return None
        return introductions(self.sentences, self.contents).get(last)

    def reading(self) -> Reading:
        """Everything, in text order."""
        quotes: list[QuoteMention] = assemble(self.text, self.sentences, self.cued, self.contents)
        return Reading(
            tuple(self.sentences),
            tuple(sorted(self.mentions, key=lambda m: m.span)),
            tuple(sorted(self.events, key=lambda e: e.trigger)),
            tuple(quotes),
        )
