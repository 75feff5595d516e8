"""A scraped page's lines, each with what it is taken for by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dateline.article.agencies import AGENCIES, credit_line
from dateline.article.furniture import Kind, is_prose, kind_of
from dateline.article.metaline import NOTHING, MetaLine, read_metaline
from dateline.article.photos import read_photo

_CREDIT_TAIL = re.compile(
    rf"[\[(](?:(?:with|including|additional|reporting)\s[^()\[\]]{{0,160}}|{AGENCIES})[\])]\.?$", re.IGNORECASE
)
_END_MARK = re.compile(r"(?<=[.!?\"”’])\s(Enditem|ENDS|\(END\)|ENDIT)$")
_TAIL_REACH = 180
_WRAP_MIN, _WRAP_MAX, _WRAP_SLACK, _WRAP_LINES = 45, 100, 25, 4
_ENDS = (".", "!", "?", '"', "”", ":", ")")


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a page as received; ``linked`` when all of it is a link."""

    text: str
    after_gap: bool = True
    linked: bool = False


@dataclass(slots=True, eq=False)
class Line:
    """One block of a page: its kind, what it says of the article, whether it is running text, a gap above it."""

    text: str
    kind: Kind
    meta: MetaLine
    prose: bool
    after_gap: bool

    @property
    def words(self) -> int:
        """How many words the line has."""
        return self.text.count(" ") + 1

    @property
    def free(self) -> bool:
        """True when nothing speaks against the line being content."""
        return self.kind is Kind.BODY and not self.meta.found


def blocks_of(text: str) -> list[Block]:
    """The blocks of a cleaned text: its lines, or its paragraphs where they are hard-wrapped."""
    groups = [[line for line in group.split("\n") if line] for group in re.split(r"\n\s*\n", text)]
    groups = [group for group in groups if group]
    if _is_wrapped(groups):
        groups = [[" ".join(group)] for group in groups]
    return [Block(line, after_gap=i == 0) for group in groups for i, line in enumerate(group)]


def read_lines(blocks: Iterable[Block], top_level: str | None) -> list[Line]:
    """Every block with what it is taken for; credits run into a paragraph become lines of their own."""
    return [line for block in blocks for line in _of_block(block, top_level)]


def _is_wrapped(blocks: Sequence[Sequence[str]]) -> bool:
    """True when most lines within blocks are broken at one width, in the middle of sentences."""
    inner = [line for block in blocks for line in block[:-1]]
    if len(blocks) < 2 or len(inner) < _WRAP_LINES:
        return False
    width = max(map(len, inner))
    full = sum(width - len(line) <= _WRAP_SLACK for line in inner)
    broken = sum(not line.endswith(_ENDS) for line in inner)
    return _WRAP_MIN <= width <= _WRAP_MAX and full >= 0.7 * len(inner) and broken >= 0.6 * len(inner)


def _of_block(block: Block, top_level: str | None) -> Iterator[Line]:
    gap = block.after_gap
    for part in _split(block.text):
        kind = Kind.LINK if block.linked and not is_prose(part) else _kind(part)
        meta = read_metaline(part, top_level=top_level) if kind is Kind.BODY else NOTHING
        yield Line(part, kind, meta, kind is Kind.BODY and is_prose(part), gap)
        gap = False


def _split(line: str) -> tuple[str, ...]:
    """A paragraph and the credit or end mark that was run into its end."""
    end = _END_MARK.search(line, max(0, len(line) - 20))
    if end:
        return line[: end.start()], end[1]
    return _split_credit(line)


def _split_credit(line: str) -> tuple[str, ...]:
    if len(line) < 60 or not line.endswith((")", "]", ").", "].")):
        return (line,)
    start = max(40, len(line) - _TAIL_REACH)
    at = max(line.rfind("(", start), line.rfind("[", start))
    match = _CREDIT_TAIL.match(line, at) if at > 0 else None
    body = line[:at].rstrip()
    if match and body.endswith((".", "!", "?", '"', "”", "’", "'")) and credit_line(match[0]):
        return body, match[0]
    return (line,)


def _kind(text: str) -> Kind:
    if credit_line(text) is not None:
        return Kind.CREDIT
    kind = kind_of(text)
    return Kind.PHOTO if kind is Kind.BODY and read_photo(text) is not None else kind
