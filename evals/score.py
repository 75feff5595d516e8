"""Scores coded documents against annotated ones.

All figures are micro-averaged. An event is found when trigger spans overlap; its type is right when the labels are
equal; an argument counts for a rightly typed event when the spans overlap by half of the shorter one; status and
mode are accuracies over rightly typed events; a quote counts when contents overlap by half of the longer one and
the speakers, where annotated, overlap. ``type_sent`` compares (sentence, type) sets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from evals.annotated import Annotated

Bounds = tuple[int, int]
G = TypeVar("G")
S = TypeVar("S")
ROLES = {
    "actor": "actors",
    "recipient": "recipients",
    "object": "objects",
    "instrument": "instruments",
    "place": "places",
    "time": "times",
}
Figures = dict[str, dict[str, float]]


def score(documents: Sequence[Annotated], coded: Mapping[str, Mapping[str, Any]]) -> Figures:
    """Precision, recall and F1 (or accuracy) by layer; ``coded`` maps document ids to machine output."""
    tally: Counter[str] = Counter()
    for document in documents:
        out = coded.get(document.id) or {"text": "\n".join(document.sentences), "reports": [], "quotes": []}
        _Comparison(document, out, tally).run()
    return _figures(tally)


def verdicts(document: Annotated, out: Mapping[str, Any]) -> list[bool]:
    """For each report of a document, in order, whether it finds an annotated event and gives its type."""
    comparison = _Comparison(document, out, Counter())
    gold = comparison.gold()
    right = [False] * len(comparison.reports)
    for g, s in _pairs(gold, comparison.reports, _same_event):
        right[s] = gold[g][1]["type"] == comparison.reports[s][1]["type"]
    return right


class _Comparison:
    """One document against its output; hits and totals go into the tally."""

    def __init__(self, document: Annotated, out: Mapping[str, Any], tally: Counter[str]) -> None:
        self.document, self.tally, self.text = document, tally, out["text"]
        self.where = _align(document.sentences, self.text)
        self.reports = [(_bounds(r["trigger"]), r) for r in out["reports"]]
        self.quotes = out.get("quotes", [])

    def gold(self) -> list[tuple[Bounds, Mapping[str, Any]]]:
        """The annotated events with the bounds of their triggers in the output's text."""
        return [(t, v) for v in self.document.gold["events"] if (t := self._find(v["trigger"], v["s"]))]

    def run(self) -> None:
        gold = self.gold()
        self.tally["gold"] += len(gold)
        self.tally["system"] += len(self.reports)
        pairs = _pairs(gold, self.reports, _same_event)
        self.tally["trigger"] += len(pairs)
        self._types_by_sentence(gold)
        for role, key in ROLES.items():
            self.tally[f"gold {role}"] += sum(len(self._fillers(v, role)) for _, v in gold)
            self.tally[f"system {role}"] += sum(len(r.get(key) or []) for _, r in self.reports)
        for g, s in pairs:
            if gold[g][1]["type"] == self.reports[s][1]["type"]:
                self._typed(gold[g][1], self.reports[s][1])
        self._quotes()

    def _typed(self, event: Mapping[str, Any], report: Mapping[str, Any]) -> None:
        self.tally["type"] += 1
        self.tally["status"] += event["status"] == report.get("status")
        self.tally["mode"] += (event.get("mode") or "") == (report.get("mode") or "")
        for role, key in ROLES.items():
            found = [_bounds(x) for x in report.get(key) or []]
            self.tally[role] += len(_pairs(self._fillers(event, role), found, _half_of_shorter))

    def _types_by_sentence(self, gold: Sequence[tuple[Bounds, Mapping[str, Any]]]) -> None:
        want = {(v["s"], v["type"]) for _, v in gold}
        got = {(self._sentence(t[0]), r["type"]) for t, r in self.reports}
        self.tally["gold type_sent"] += len(want)
        self.tally["system type_sent"] += len(got)
        self.tally["type_sent"] += len(want & got)

    def _quotes(self) -> None:
        want = []
        for quote in self.document.gold.get("quotes", []):
            content = self._find(quote["content"], quote["s"])
            if content:
                want.append((content, self._find(quote.get("speaker"), quote["s"])))
        got = [(_bounds(q["content"]), _bounds(q["speaker"]) if q.get("speaker") else None) for q in self.quotes]
        self.tally["gold quote"] += len(want)
        self.tally["system quote"] += len(got)
        self.tally["quote"] += len(_pairs(want, got, _same_quote))

    def _sentence(self, at: int) -> int:
        return next((k for k, w in enumerate(self.where) if w and w[0] <= at < w[1]), -1)

    def _fillers(self, event: Mapping[str, Any], role: str) -> list[Bounds]:
        return [b for x in event.get(role) or [] if (b := self._find(x, event["s"]))]

    def _find(self, span: Any, sentence: int) -> Bounds | None:
        """An annotated span in the output's text; white space may differ."""
        got = self.document.locate(span, sentence)
        home = self.where[got[0]] if got else None
        if got is None or home is None:
            return None
        words = self.document.sentences[got[0]]
        pattern = re.compile(r"\s+".join(map(re.escape, words[got[1] : got[2]].split())))
        nth = sum(1 for m in pattern.finditer(words) if m.start() < got[1])
        hits = list(pattern.finditer(self.text, *home))
        return hits[nth].span() if nth < len(hits) else None


def _bounds(span: Mapping[str, Any]) -> Bounds:
    return span["start"], span["end"]


def _align(sentences: Sequence[str], text: str) -> list[Bounds | None]:
    at, out = 0, []
    for sentence in sentences:
        match = re.compile(r"\s+".join(map(re.escape, sentence.split()))).search(text, at)
        out.append(match.span() if match else None)
        at = match.end() if match else at
    return out


def _overlap(one: Bounds, other: Bounds) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _half_of_shorter(one: Bounds, other: Bounds) -> int:
    return _overlap(one, other) * 2 >= min(one[1] - one[0], other[1] - other[0]) > 0


def _same_event(gold: tuple[Bounds, Mapping[str, Any]], got: tuple[Bounds, Mapping[str, Any]]) -> int:
    return _overlap(gold[0], got[0]) and 1 + (gold[1]["type"] == got[1]["type"])


def _same_quote(gold: tuple[Bounds, Bounds | None], got: tuple[Bounds, Bounds | None]) -> int:
    longer = max(gold[0][1] - gold[0][0], got[0][1] - got[0][0])
    speaker = gold[1] is None or (got[1] is not None and _overlap(gold[1], got[1]) > 0)
    return speaker and _overlap(gold[0], got[0]) * 2 >= longer > 0


def _pairs(gold: Sequence[G], got: Sequence[S], good: Callable[[G, S], int]) -> list[tuple[int, int]]:
    """Greedy one-to-one pairs, best first; 0 is no pair."""
    ranked = sorted(((good(g, s), i, j) for i, g in enumerate(gold) for j, s in enumerate(got)), reverse=True)
    used_gold: set[int] = set()
    used_got: set[int] = set()
    out = []
    for quality, i, j in ranked:
        if quality > 0 and i not in used_gold and j not in used_got:
            used_gold.add(i)
            used_got.add(j)
            out.append((i, j))
    return out


def prf(hit: int, system: int, gold: int) -> dict[str, float]:
    """Precision, recall and their harmonic mean, rounded to four places."""
    p, r = hit / system if system else 0.0, hit / gold if gold else 0.0
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(2 * p * r / (p + r), 4) if p + r else 0.0}


def _figures(n: Counter[str]) -> Figures:
    out = {
        "trigger": prf(n["trigger"], n["system"], n["gold"]),
        "type": prf(n["type"], n["system"], n["gold"]),
    }
    for layer in ("type_sent", *ROLES, "quote"):
        out[layer] = prf(n[layer], n[f"system {layer}"], n[f"gold {layer}"])
    for layer in ("status", "mode"):
        out[layer] = {"accuracy": round(n[layer] / n["type"], 4) if n["type"] else 0.0}
    return out
