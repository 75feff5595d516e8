"""Cues, speakers and contents joined into quotes; quotation marks decide what is direct."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence

from dateline.records import QuoteMention, Span

Scored = list[tuple[Span, float]]
_OPEN, _CLOSE = "“«„", "”»"
_WHOLE = 0.75
"""How much of a sentence has to read as reported for it to be a sentence of a statement that is given in full."""


def assemble(
    text: str,
    sentences: Sequence[Span],
    cued: Sequence[tuple[Span | None, Scored, Scored]],
    contents: Sequence[tuple[Span, Scored]],
) -> list[QuoteMention]:
    """Quotes in text order.

    ``cued`` holds cue, speakers and contents read from a reporting word; ``contents`` stretches that read as
    reported speech whoever says them. A stretch that no cue claims becomes a quote of its own when it lies in
    quotation marks; its speaker is the one read there, else that of the quotation it goes on from. Press releases
    give a statement without marks, sentence by sentence after "The Minister said:"; each is a quote of its own.
    """
    marks = _inside_marks(text)
    stated = _statement(sentences, cued, contents, marks)
    out: list[QuoteMention] = []
    for cue, speakers, found in cued:
        for content, _ in _without(found, cue):
            out.append(QuoteMention(content, _best(speakers, content), cue, _direct(content, marks)))
    claimed = [q.content for q in out]
    out = [*stated, *(q for q in _longest(out) if not any(q.content.overlaps(s.content) for s in stated))]
    claimed += [q.content for q in stated]
    for content, speakers in contents:
        if any(content.overlaps(c) for c in claimed) or not _direct(content, marks) or len(content.text) < 12:
            continue
        speaker = _best(speakers, content) or _going_on(out, content, sentences)
        out.append(QuoteMention(content, speaker, None, True))
    return sorted(out, key=lambda q: q.content)


def introductions(sentences: Sequence[Span], contents: Sequence[tuple[Span, Scored]]) -> dict[int, int]:
    """By sentence of a statement, the one before it that introduces it: "The Minister said:"."""
    return _introducing(sentences, _whole(sentences, contents))


def _introducing(sentences: Sequence[Span], whole: Collection[int]) -> dict[int, int]:
    """For sentences that read as reported, the sentence ending in a colon from which on all do."""
    out: dict[int, int] = {}
    for k in sorted(whole):
        if k - 1 in out:
            out[k] = out[k - 1]
        elif k and k - 1 not in whole and sentences[k - 1].text.endswith(":"):
            out[k] = k - 1
    return out


def _whole(sentences: Sequence[Span], contents: Sequence[tuple[Span, Scored]]) -> dict[int, Span]:
    """By sentence, what reads as reported and is nearly all of it."""
    starts = [s.start for s in sentences]
    at = [(bisect_right(starts, content.start) - 1, content) for content, _ in contents]
    return {k: content for k, content in at if k >= 0 and len(content.text) > _WHOLE * len(sentences[k].text)}


def _statement(
    sentences: Sequence[Span],
    cued: Sequence[tuple[Span | None, Scored, Scored]],
    contents: Sequence[tuple[Span, Scored]],
    marks: Sequence[tuple[int, int]],
) -> list[QuoteMention]:
    """The sentences of statements that are given without quotation marks."""
    whole = {k: content for k, content in _whole(sentences, contents).items() if not _direct(content, marks)}
    introduced = _introducing(sentences, whole)
    return [QuoteMention(whole[k], _introduced(sentences[said], cued), None, False) for k, said in introduced.items()]


def _introduced(sentence: Span, cued: Sequence[tuple[Span | None, Scored, Scored]]) -> Span | None:
    """Whom the last reporting word of a sentence names as speaking."""
    said = [speakers for cue, speakers, _ in cued if cue is not None and sentence.overlaps(cue)]
    return max(said[-1], key=lambda s: s[1])[0] if said and said[-1] else None


def _without(found: Scored, cue: Span | None) -> Scored:
    return [(s, p) for s, p in found if cue is None or not s.overlaps(cue)]


def _best(speakers: Scored, content: Span) -> Span | None:
    fit = [(p, s) for s, p in speakers if not s.overlaps(content)]
    return max(fit)[1] if fit else None


def _longest(quotes: list[QuoteMention]) -> list[QuoteMention]:
    """Of quotes whose contents overlap, the one with a speaker and the longer content."""
    ranked = sorted(quotes, key=lambda q: (q.speaker is None, -len(q.content.text), q.content.start))
    kept: list[QuoteMention] = []
    for quote in ranked:
        if not any(quote.content.overlaps(k.content) for k in kept):
            kept.append(quote)
    return kept


def _going_on(quotes: Sequence[QuoteMention], content: Span, sentences: Sequence[Span]) -> Span | None:
    """The speaker of the quotation in this sentence or the one or two before it."""
    starts = [s.start for s in sentences]
    here = bisect_right(starts, content.start)
    near = [q for q in quotes if q.speaker and 0 <= here - bisect_right(starts, q.content.start) <= 2]
    before = [q for q in near if q.content.start < content.start]
    return max(before, key=lambda q: q.content.start).speaker if before else None


def _direct(content: Span, inside: Sequence[tuple[int, int]]) -> bool:
    """True when most of the content stands within quotation marks."""
    covered = sum(max(0, min(b, content.end) - max(a, content.start)) for a, b in inside)
    return 2 * covered > content.end - content.start


def _inside_marks(text: str) -> list[tuple[int, int]]:
    """Stretches within double quotation marks; an open mark ends with its paragraph."""
    out: list[tuple[int, int]] = []
    opened: int | None = None
    for k, char in enumerate(text):
        if char == "\n":
            if opened is not None:
                out.append((opened, k))
            opened = None
        elif char in _OPEN or (char == '"' and opened is None):
            opened = k + 1
        elif opened is not None and (char in _CLOSE or char == '"'):
            out.append((opened, k))
            opened = None
    return out if opened is None else [*out, (opened, len(text))]
