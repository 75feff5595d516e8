"""Network probabilities to spans: triggers, roles, mentions and quotes of one window, as token positions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dateline.reading.labels import EVENT_TYPES, MENTION_KINDS, MENTION_TAGS, MODE_LABELS, STATUSES, TABLE_ROLES
from dateline.reading.network import Floats, Window

TRIGGER_THRESHOLD = 0.5
CUE_THRESHOLD = 0.5
CONTENT_THRESHOLD = 0.5
_FAINT, _NEW = 0.25, 0.8
CONTINUES, CUE, BEGINS_CONTENT, IN_CONTENT = range(4)
_MODES_OF = {t: [0, *(k for k, m in enumerate(MODE_LABELS) if m.startswith(f"{t}/"))] for t in EVENT_TYPES}
# Groups of thousands need three digits: "on 3,4 and 5 May" lists days.
_MARKED_NUMBER = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|\d+\.\d+|\d{1,2}:\d{2})(?![\w,]*\d)")
TokenRun = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """A decoded trigger: token run (end exclusive), labels, how likely it is an event, and one of each type."""

    run: TokenRun
    type: str
    mode: str | None
    status: str
    confidence: float
    types: Floats

    @property
    def typed(self) -> float:
        """How likely it is an event of its type."""
        return float(self.types.max())


def events(window: Window, joins: npt.NDArray[np.bool_], threshold: float = TRIGGER_THRESHOLD) -> Iterator[FoundEvent]:
    """Triggers of a window. ``joins[k]`` is true when token ``k`` belongs to the word of the token before it."""
    score = 1.0 - window.trigger[:, 0]
    taken = 0
    for k in np.flatnonzero((score >= threshold) & ~joins):
        at = int(k)
        if at < taken:
            continue
        taken = _extend(window, joins, at, score, threshold)
        types = window.trigger[at, 1:]
        kind = EVENT_TYPES[int(types.argmax())]
        options = _MODES_OF[kind]
        label = MODE_LABELS[options[int(window.mode[at, options].argmax())]]
        status = STATUSES[int(window.status[at].argmax())]
        yield FoundEvent((at, taken), kind, label.partition("/")[2] or None, status, float(score[at]), types)


def _extend(window: Window, joins: npt.NDArray[np.bool_], at: int, score: Floats, threshold: float) -> int:
    end = at + 1
    while end < len(joins) and (joins[end] or (window.flags[end, CONTINUES] >= 0.5 and score[end] < threshold)):
        end += 1
    return end


def cues(window: Window, joins: npt.NDArray[np.bool_]) -> Iterator[TokenRun]:
    """Reporting words."""
    taken = 0
    for k in np.flatnonzero((window.flags[:, CUE] >= CUE_THRESHOLD) & ~joins):
        at = int(k)
        if at < taken:
            continue
        end = at + 1
        while end < len(joins) and (joins[end] or window.flags[end, CONTINUES] >= 0.5):
            end += 1
        taken = end
        yield at, end


def roles(table: Floats, first: int, thresholds: Mapping[str, float]) -> dict[str, list[tuple[TokenRun, float]]]:
    """Role fillers with their scores, by role; ``first`` is the token that the table's first row stands for."""
    out: dict[str, list[tuple[TokenRun, float]]] = {}
    for role, limit in thresholds.items():
        k = 2 * TABLE_ROLES.index(role)
        runs = _runs(table[:, k], table[:, k + 1], limit)
        out[role] = [((first + a, first + b), score) for (a, b), score in runs]
    return out


def _runs(begin: Floats, inside: Floats, limit: float) -> list[tuple[TokenRun, float]]:
    """Stretches of ``inside`` that reach the limit somewhere, as far as it does not sink to ``_FAINT`` of the limit.

    They are cut where ``begin`` is sure that a new filler begins.
    """
    out: list[tuple[TokenRun, float]] = []
    marked = inside >= limit * _FAINT
    at, n = 0, len(inside)
    while at < n:
        end = at + 1
        while marked[at] and end < n and marked[end] and begin[end] < _NEW:
            end += 1
        if marked[at] and inside[at:end].max() >= limit:
            out.append(((at, end), float(max(begin[at:end].max(), inside[at:end].mean()))))
        at = end
    return out


def content_runs(window: Window) -> list[TokenRun]:
    """Stretches that read as quoted or reported content, whoever says them."""
    flags = window.flags
    return [run for run, _ in _runs(flags[:, BEGINS_CONTENT], flags[:, IN_CONTENT], CONTENT_THRESHOLD)]


def mentions(window: Window) -> Iterator[tuple[TokenRun, str, float]]:
    """Noun phrases with their kind, from the BIO tags."""
    tags = window.mention.argmax(-1)
    at = 0
    while at < len(tags):
        tag = int(tags[at])
        if tag == 0:
            at += 1
            continue
        end = at + 1
        while end < len(tags) and MENTION_TAGS[int(tags[end])].startswith("I-"):
            end += 1
        yield (at, end), *_kind(window.mention[at:end])
        at = end


def _kind(rows: Floats) -> tuple[str, float]:
    """The kind with the most probability over all tokens of a mention."""
    mass = rows[:, 1:].reshape(len(rows), len(MENTION_KINDS), 2).sum(-1).mean(0)
    best = int(mass.argmax())
    return MENTION_KINDS[best], float(mass[best])


def joined(starts: Sequence[int], ends: Sequence[int], text: str) -> npt.NDArray[np.bool_]:
    """For each token, whether it continues the word of the token before it.

    It does where letters or digits meet, and in a number with its marks: "270,000", "2.5", "16:08".
    """
    out = np.zeros(len(starts), dtype=np.bool_)
    found = _MARKED_NUMBER.finditer(text, starts[0], ends[-1]) if len(starts) else ()
    numbers = {at for m in found for at in range(m.start() + 1, m.end())}
    for k in range(1, len(starts)):
        at = starts[k]
        meet = at == ends[k - 1] and text[at].isalnum() and text[at - 1].isalnum()
        out[k] = meet or at in numbers
    return out
