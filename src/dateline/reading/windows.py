"""Sentences cut into token windows that the network can take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dateline.reading.wordpiece import WordPiece
from dateline.records import Span

BUDGET = 250


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or a part of one too long for a window: token ids and their character bounds in the article."""

    sentence: int
    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def ending(self, room: int) -> Piece:
        """Its last tokens, as many as there is ``room`` for."""
        return Piece(self.sentence, self.ids[-room:], self.starts[-room:], self.ends[-room:])


def groups(lengths: Sequence[int], cap: Callable[[], int]) -> Iterator[range]:
    """Runs of consecutive lengths that sum to at most ``cap()``, at least one each; neighbours share one item."""
    at = 0
    while at < len(lengths):
        size, end, limit = lengths[at], at + 1, cap()
        while end < len(lengths) and size + lengths[end] <= limit:
            size += lengths[end]
            end += 1
        yield range(at, end)
        at = end if end >= len(lengths) or end == at + 1 else end - 1


def pieces(tokenizer: WordPiece, sentences: Sequence[Span]) -> list[Piece]:
    """Tokens of every sentence, cut where a sentence exceeds ``BUDGET`` tokens."""
    out = []
    for k, sentence in enumerate(sentences):
        e = tokenizer.encode(sentence.text)
        bounds = [(sentence.start + a, sentence.start + b) for a, b in e.offsets]
        for at in range(0, len(e.ids), BUDGET):
            part = bounds[at : at + BUDGET]
            starts, ends = tuple(a for a, _ in part), tuple(b for _, b in part)
            out.append(Piece(k, e.ids[at : at + BUDGET], starts, ends))
    return out
