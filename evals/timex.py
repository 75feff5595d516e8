"""Time expressions against TimeML: extents and TIMEX3 values, and days of annotated events.

usage: python -m evals.timex TML_FOLDER [-v]      extents (strict, relaxed) and value F1, as in TempEval-3
       python -m evals.timex --events FOLDER [-v]  overlap of days with annotated dates (FOLDER of *.gold.jsonl)

Scoring follows TempEval-3 (UzZaman et al. 2013): an extent matches relaxed when it overlaps; value F1 is relaxed F1
times the accuracy of the values over matched extents. The document creation time is given, not scored.
"""

from __future__ import annotations

import html
import re
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dateline.records import Span, TimeRef
from dateline.resolving.moments import find_times, resolve_time, resolve_times, tense_near, times_between, timex_value
from evals.annotated import Annotated, read
from evals.located import joined, span_in

_TIMEX = re.compile(r"<TIMEX3\b([^>]*)>(.*?)</TIMEX3>", re.S)
_TAG = re.compile(r"<[^>]+>")
_TENSES = {"planned": "future", "occurred": "past", "ongoing": "past"}


@dataclass(frozen=True)
class Timex:
    """An annotated time expression."""

    start: int
    end: int
    value: str


def read_tml(path: Path) -> tuple[str, date | None, list[Timex]]:
    """Text, document creation day and time expressions of a TimeML file."""
    source = path.read_text(encoding="utf-8", errors="replace")
    value = re.search(r'value="(\d{4}-\d{2}-\d{2})', _dct_tag(source))
    body = re.search(r"<TEXT>(.*?)</TEXT>", source, re.S)
    text, found = _strip(body[1] if body else "")
    return text, date.fromisoformat(value[1]) if value else None, found


def _dct_tag(source: str) -> str:
    tags: list[str] = re.findall(r"<TIMEX3\b[^>]*>", source)
    return next((t for t in tags if "CREATION_TIME" in t or "PUBLICATION_TIME" in t), tags[0] if tags else "")


def _strip(body: str) -> tuple[str, list[Timex]]:
    out, at, found = "", 0, []
    for match in _TIMEX.finditer(body):
        out += _plain(body[at : match.start()])
        start = len(out)
        out += _plain(match[2])
        value = re.search(r'value="([^"]*)"', match[1])
        found.append(Timex(start, len(out), value[1] if value else ""))
        at = match.end()
    return out + _plain(body[at:]), found


def _plain(fragment: str) -> str:
    return html.unescape(_TAG.sub("", fragment))


def score_file(path: Path, counts: Counter[str], verbose: bool) -> None:
    """Add one file's matches to ``counts``."""
    text, created, gold = read_tml(path)
    system = find_times(text)
    counts["gold"] += len(gold)
    counts["system"] += len(system)
    free = list(system)
    values = _values(system, text, created)
    for timex in gold:
        hit = next((s for s in free if s.start < timex.end and timex.start < s.end), None)
        if hit is None:
            _say(verbose, "MISS", text, timex.start, timex.end, timex.value)
            continue
        free.remove(hit)
        counts["relaxed"] += 1
        counts["strict"] += (hit.start, hit.end) == (timex.start, timex.end)
        kind, value = values[hit]
        counts["value"] += value == timex.value
        if value != timex.value:
            _say(verbose, f"VALUE {kind} {value}", text, hit.start, hit.end, timex.value)
        elif (hit.start, hit.end) != (timex.start, timex.end):
            _say(verbose, f"EXTENT {text[timex.start : timex.end]!r}", text, hit.start, hit.end, timex.value)
    for extra in free:
        _say(verbose, "EXTRA", text, extra.start, extra.end, "")


def _values(spans: list[Span], text: str, created: date | None) -> dict[Span, tuple[str, str]]:
    """Type and value of each span; relative ones count from the last day spoken of, at first that of creation."""
    reference = (created, created) if created else None
    out = {}
    for span in spans:
        tense = tense_near(text, span.start, span.end)
        out[span] = timex_value(span, created, tense=tense, reference=reference)
        moment = resolve_time(span, created, tense=tense, reference=reference).moment
        if moment and moment.first and moment.last:
            reference = (date.fromisoformat(moment.first), date.fromisoformat(moment.last))
    return out


def _say(verbose: bool, what: str, text: str, start: int, end: int, value: str) -> None:
    if verbose:
        before, after = text[max(0, start - 50) : start], text[end : end + 30]
        print(f"{what} | {value} | …{before}[{text[start:end]}]{after}".replace("\n", " "))


def f1(right: int, system: int, gold: int) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * right / (system + gold) if system + gold else 0.0


def tempeval(folder: Path, verbose: bool) -> dict[str, float]:
    """Strict, relaxed and value F1 over the .tml files of a folder."""
    counts: Counter[str] = Counter()
    for path in sorted(folder.rglob("*.tml")):
        score_file(path, counts, verbose)
    return {k: f1(counts[k], counts["system"], counts["gold"]) for k in ("strict", "relaxed", "value")}


def events(folder: Path, verbose: bool) -> dict[str, float]:
    """Mean overlap (intersection over union of days) and share right to the day, of dated events with time spans."""
    scores = []
    for document in read(folder):
        published = date.fromisoformat(document.published[:10]) if document.published else None
        for event in document.gold["events"]:
            if event["time"] and event["date"] and all(event["date"]):
                scores.append(_overlap_of(document, event, published, verbose))
    n = max(1, len(scores))
    return {
        "events": float(len(scores)),
        "overlap": sum(scores) / n,
        "exact": sum(s == 1 for s in scores) / n,
        "any": sum(s > 0 for s in scores) / n,
    }


def _overlap_of(document: Annotated, event: dict[str, Any], published: date | None, verbose: bool) -> float:
    gold: list[str] = event["date"]
    spans = [s for t in event["time"] if (s := span_in(document, t, event["s"]))]
    tense = _TENSES.get(event["status"])
    found = [_resolved(document, s, published, tense) for s in spans]
    score = max((_overlap(f, gold) for f in found), default=0.0)
    if verbose and score < 1:
        print(f"{score:.2f} {published} {gold} | " + "; ".join(f"{f.text}: {f.moment} {f.why}" for f in found))
    return score


def _resolved(document: Annotated, span: Span, published: date | None, tense: str | None) -> TimeRef:
    """With the expressions before it that it may count from, as the pipeline does."""
    text = joined(document)
    spans = [*times_between(text, [span], published), span]
    return resolve_times(spans, text, published, [*[None] * (len(spans) - 1), tense])[-1]


def _overlap(found: TimeRef, gold: list[str]) -> float:
    moment = found.moment
    if moment is None:
        return 0.0
    a = date.fromisoformat(moment.first).toordinal() if moment.first else None
    b = date.fromisoformat(moment.last).toordinal() if moment.last else None
    c, d = (date.fromisoformat(g).toordinal() for g in gold)
    first, last = c if a is None else a, d if b is None else b
    shared = min(last, d) - max(first, c) + 1
    return max(0, shared) / (max(last, d) - min(first, c) + 1)


def main(arguments: list[str]) -> None:
    """Print the figures."""
    verbose = "-v" in arguments
    folder = Path(next(a for a in arguments if not a.startswith("-")))
    figures = events(folder, verbose) if "--events" in arguments else tempeval(folder, verbose)
    for name, value in figures.items():
        print(f"{name:8} {value:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
