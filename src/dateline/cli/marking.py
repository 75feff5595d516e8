"""Text with its evidence marked: in colours on a terminal, in labelled brackets elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rich.text import Text

from dateline.cli.terminal import STYLES


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text and what it is evidence of; ``number`` the event whose trigger it is."""

    start: int
    end: int
    label: str
    number: int | None = None


def marked(text: str, start: int, end: int, marks: Iterable[Mark], *, colour: bool) -> Text:
    """``text[start:end]`` with the marks that lie in it. Marks may nest and cross; a crossing one is shown in two."""
    inside = [m for m in marks if start <= m.start < m.end <= end]
    return _inline(text, start, end, _merged(inside), colour)


def _merged(marks: Iterable[Mark]) -> list[Mark]:
    """One mark for each stretch, its labels joined: ``who+whom``."""
    found: dict[tuple[int, int], Mark] = {}
    for mark in marks:
        have = found.get((mark.start, mark.end))
        labels = [*have.label.split("+"), mark.label] if have else [mark.label]
        number = have.number if have and have.number is not None else mark.number
        found[mark.start, mark.end] = replace(mark, label="+".join(dict.fromkeys(labels)), number=number)
    return list(found.values())


def _inline(text: str, start: int, end: int, marks: list[Mark], colour: bool) -> Text:
    out, at = Text(), start
    while marks:
        marks.sort(key=lambda m: (m.start, -m.end))
        outer, later = marks[0], [m for m in marks[1:] if m.start >= marks[0].end]
        within = [m for m in marks[1:] if m.start < outer.end]
        inner = _inline(text, outer.start, outer.end, [replace(m, end=min(m.end, outer.end)) for m in within], colour)
        out.append(text[at : outer.start])
        out.append_text(_coloured(outer, inner) if colour else _bracketed(outer, inner))
        at = outer.end
        marks = later + [replace(m, start=outer.end) for m in within if m.end > outer.end]
    return out.append(text[at:end])


def _coloured(mark: Mark, inner: Text) -> Text:
    inner.stylize_before(STYLES[mark.label.split("+")[0]])
    return inner.append(f" {mark.number}", style="dim") if mark.number is not None else inner


def _bracketed(mark: Mark, inner: Text) -> Text:
    label = mark.label if mark.number is None else f"{mark.number} {mark.label}"
    return Text(f"[{label}: ").append_text(inner).append("]")
