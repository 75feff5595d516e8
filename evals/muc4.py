"""MUC-4 role fillers from the reader's events, scored entity by entity (CEAF-REE, Du et al. 2021).

usage: python -m evals.muc4 FOLDER [--weights FOLDER] [--limit N]

FOLDER holds train.json (dev-muc3, 1,300 reports) and dev.json (tst1 and tst2, 200 reports), as GRIT prepared them.

The mapping: every ASSAULT that is not negated is an incident. Its actors are perpetrators: individuals or, where the
head word is more often an organisation's in train.json's keys, organisations. Its recipients and objects are victims
or physical targets by the same count of head words, with the reader's kind of mention where the word is new. Its
instruments are weapons. A report yields fillers only when its most confident incident reaches a threshold, and a
filler only when its head word is at least now and then a filler there; both are chosen on train.json. Of fillers
whose words contain one another the first stands. A predicted filler is right when it is a string of an entity of the
key that no other has taken. Published for systems trained on these roles alone: 54 to 57 F1.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.reading.reader import Reader
from dateline.records import Article, EventMention, Reading, Span
from evals.score import prf

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
_SIDES = {"actor": ("PerpInd", "PerpOrg"), "recipient": ("Victim", "Target"), "object": ("Target", "Victim"),
          "instrument": ("Weapon",)}  # fmt: skip
_THINGS = frozenset({"facility", "place", "organisation", "media", "government", "weapon"})
_DROP = re.compile(r"^(?:the|a|an|some|several|two|three|four|five|six|\d+)\s+|[\"']")
Filler = tuple[str, str]


@dataclass(frozen=True)
class Keys:
    """What train.json's keys teach: how often a head word fills each role, and how often it is read at all."""

    heads: Mapping[str, Counter[str]]
    least_confidence: float = 0.0
    least_share: float = 0.0


def article(text: str) -> Article:
    """A report of MUC-4 as an article: paragraphs are parted by three spaces or more."""
    bounds = [m.span() for m in re.finditer(r"\S(?:.*?\S)?(?=\s{3,}|$)", text, re.S)]
    return Article("muc", text, paragraphs=tuple(Span.of(text, a, b) for a, b in bounds))


def candidates(reading: Reading) -> Iterator[tuple[str, Span, EventMention]]:
    """(event role, filler, event) of all incidents."""
    for event in reading.events:
        if event.type == "ASSAULT" and event.status != "negated":
            for role in _SIDES:
                for span in event.roles.get(role, ()):
                    yield role, span, event


def head(words: str) -> str:
    """The last word before a preposition or comma."""
    core = re.split(r"\s(?:of|in|from|at|who|that|belonging)\s|,", words)[0].split()
    return core[-1].strip("\"'().") if core else words


def fillers(reading: Reading, mapping: Keys) -> dict[str, list[str]]:
    """Role fillers of one report."""
    found = list(candidates(reading))
    out: dict[str, list[str]] = {r: [] for r in ROLES}
    if not found or max(e.confidence for _, _, e in found) < mapping.least_confidence:
        return out
    kinds = {m.span: m.kind for m in reading.mentions}
    for role, span, _ in found:
        name = _role(role, span, kinds, mapping)
        words = _DROP.sub("", span.text).strip()
        if name and words and words not in out[name]:
            out[name].append(words)
    return {r: _merged(v) for r, v in out.items()}


def _role(role: str, span: Span, kinds: Mapping[Span, str], mapping: Keys) -> str | None:
    counts = mapping.heads.get(head(span.text), Counter())
    read = counts["read"]
    sides = _SIDES[role]
    if read >= 4 and sum(counts[s] for s in sides) < mapping.least_share * read:
        return None
    best = max(sides, key=lambda s: counts[s])
    if counts[best]:
        return best
    if len(sides) == 1:
        return sides[0]
    kind = next((k for s, k in kinds.items() if s.overlaps(span)), None)
    if role == "actor":
        return "PerpOrg" if kind in ("organisation", "party", "government", "military", "police") else "PerpInd"
    return "Target" if kind in _THINGS else "Victim"


def _merged(words: Sequence[str]) -> list[str]:
    """Of strings that contain one another, the first."""
    out: list[str] = []
    for text in words:
        if not any(text in o or o in text for o in out):
            out.append(text)
    return out


def learn(rows: Sequence[dict[str, Any]], readings: Sequence[Reading]) -> Keys:
    """Count the head words of train.json's keys, and of what is read there."""
    heads: dict[str, Counter[str]] = defaultdict(Counter)
    for row, reading in zip(rows, readings, strict=True):
        for role, entities in row["extracts"].items():
            for entity in entities:
                for h in {head(m[0]) for m in entity}:
                    heads[h][role] += 1
        for h in {head(s.text) for _, s, _ in candidates(reading)}:
            heads[h]["read"] += 1
    best = (0.0, Keys(heads))
    for confidence in (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98):
        for share in (0.0, 0.1, 0.2, 0.3, 0.4):
            mapping = Keys(heads, confidence, share)
            f1 = score(rows, [fillers(r, mapping) for r in readings])["all"]["f1"]
            best = max(best, (f1, mapping), key=lambda b: b[0])
    return best[1]


def score(rows: Sequence[dict[str, Any]], found: Sequence[Mapping[str, list[str]]]) -> dict[str, dict[str, float]]:
    """CEAF-REE by role and over all roles (micro)."""
    n: Counter[Filler] = Counter()
    for row, out in zip(rows, found, strict=True):
        for role in ROLES:
            gold = [{_DROP.sub("", m[0]).strip() for m in e} | {m[0] for m in e} for e in row["extracts"].get(role, [])]
            left = list(gold)
            for words in out[role]:
                match = next((e for e in left if words in e), None)
                if match is not None:
                    left.remove(match)
                    n["hit", role] += 1
            n["system", role] += len(out[role])
            n["gold", role] += len(gold)
    figures = {r: prf(n["hit", r], n["system", r], n["gold", r]) for r in ROLES}
    total = [sum(n[k, r] for r in ROLES) for k in ("hit", "system", "gold")]
    return {**figures, "all": prf(total[0], total[1], total[2])}


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(prog="python -m evals.muc4", description=(__doc__ or "").split("\n")[0])
    p.add_argument("folder", type=Path)
    p.add_argument("--weights", type=Path)
    p.add_argument("--limit", type=int, help="learn the mapping from the first N reports of train.json")
    a = p.parse_args()
    reader = Reader.load(a.weights)
    train, test = (_rows(a.folder / name) for name in ("train.json", "dev.json"))
    train = train[: a.limit]
    mapping = learn(train, [reader.read(article(r["doctext"])) for r in train])
    print(f"mapping from {len(train)} reports: confidence {mapping.least_confidence}, share {mapping.least_share}")
    found = [fillers(reader.read(article(r["doctext"])), mapping) for r in test]
    for role, figures in score(test, found).items():
        print(f"{role:8s}", "  ".join(f"{k} {v:.3f}" for k, v in figures.items()))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
