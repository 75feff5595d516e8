"""A page scraped as plain text to a draft: furniture apart, nothing lost.

A page has three zones. The head runs to the first running text, or to the last byline or stamp soon after it; the tail
begins at a heading such as "Comments", or below the last running text; between them lies the body. What a line is, is
told by the line itself (``furniture``) and, where that leaves a doubt, by its zone. A doubt in the body is body.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from dateline.article.draft import Draft
from dateline.article.furniture import Kind
from dateline.article.head import head_length, read_head
from dateline.article.lines import Block, Line, blocks_of, read_lines
from dateline.article.placing import place, place_meta

_TAG_WORDS, _QUESTION = 3, 15
_EARLY = 3
_SENTENCE_ENDS = (".", "!", "?", "…", '"', "”", "’", "'", ")")


def read_plain(text: str, *, title: str | None = None, top_level: str | None = None) -> Draft:
    """Take a scraped page apart. ``text`` is cleaned; ``title`` is the headline where the container tells it.

    ``top_level`` is the outlet's country domain, for the zones of stamps.
    """
    return read_blocks(blocks_of(text), title=title, top_level=top_level)


def read_blocks(blocks: Iterable[Block], *, title: str | None = None, top_level: str | None = None) -> Draft:
    """Take blocks apart as ``read_plain`` does."""
    draft = Draft(headline=title)
    lines = read_lines(blocks, top_level)
    shown = _highlights(lines)
    head = head_length(lines, title)
    tail = max(head, _tail_at(lines))
    read_head(lines, head, shown, draft, title)
    _read_body(lines[head:tail], shown, draft)
    _read_tail(lines[tail:], draft)
    return draft


def _highlights(lines: Sequence[Line]) -> Collection[Line]:
    """The lines below an early heading such as "Story highlights": its block, or one paragraph and loose bullets."""
    shown: dict[Line, None] = {}
    heading = next((i for i, line in enumerate(lines) if line.kind is Kind.HIGHLIGHTS), None)
    if heading is None or sum(line.prose for line in lines[:heading]) >= _EARLY:
        return shown
    gaps = any(line.after_gap for line in lines[1:])
    for line in lines[heading + 1 :]:
        in_block = gaps and not line.after_gap
        if not line.free or (shown and not in_block and (line.prose or line.after_gap)):
            break
        shown[line] = None
    return shown


def _tail_at(lines: Sequence[Line]) -> int:
    """Where the tail begins: at a closing heading with little running text below it, else below the last prose."""
    total = sum(line.prose for line in lines)
    before = 0
    for i, line in enumerate(lines):
        before += line.prose
        if line.kind is Kind.END and before >= 2 and _is_closing(lines[i + 1 :], before, total - before):
            return i
    return max((i + 1 for i, line in enumerate(lines) if line.prose), default=len(lines))


def _is_closing(rest: Sequence[Line], before: int, after: int) -> bool:
    """True when what follows a closing heading is less than the article, and mostly not running text."""
    return after * 2 <= before and after <= sum(not line.prose for line in rest)


def _read_body(lines: Sequence[Line], shown: Collection[Line], draft: Draft) -> None:
    listing = False
    for i, line in enumerate(lines):
        listing = line.kind is Kind.LIST or (listing and (not line.prose or _asks(line)))
        if place(line, draft):
            continue
        heads_highlights = line.kind is Kind.HIGHLIGHTS and any(below in shown for below in lines[i + 1 : i + 2])
        only_clock = line.meta.clock_only and not line.meta.rest
        if heads_highlights or only_clock or (listing and line.free):
            draft.furniture.append(line.text)
        elif not ((line.meta.labelled or line.meta.byline) and place_meta(line, draft)):
            draft.add(line.text, highlight=line in shown)


def _asks(line: Line) -> bool:
    """True for a short question, which among links is a headline."""
    return line.text.endswith("?") and line.words <= _QUESTION


def _read_tail(lines: Sequence[Line], draft: Draft) -> None:
    """Below the last prose, or from a closing heading on; only a line of some length before that heading is content."""
    closed = False
    for line in lines:
        closed = closed or line.kind in (Kind.END, Kind.LIST)
        told = line.kind in (Kind.CREDIT, Kind.NOISE) or not closed  # stamps and pictures there are of other articles
        if told and (place(line, draft) or place_meta(line, draft)):
            continue
        listed = bool(draft.paragraphs) and draft.paragraphs[-1].endswith(":")
        tag = line.words <= _TAG_WORDS and not listed and not line.text.endswith(_SENTENCE_ENDS)
        if closed or tag:
            draft.furniture.append(line.text)
        else:
            draft.add(line.text)
