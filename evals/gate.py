"""The evaluation gate: score the coder on annotated documents beside a baseline; fail when a figure sinks.

usage: python -m evals.gate FOLDER [--development] [--floors FILE] [--weights FOLDER] [--fit FOLDER]

FOLDER holds *.texts.jsonl with *.gold.jsonl. ``--development`` scores only the documents that training holds out.
The baseline is fitted on the other documents of FOLDER, or on ``--fit``'s. With ``--floors`` (a JSON object of
"layer": floor) the exit status is 1 when a figure lies below its floor.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from dateline import article as articles
from dateline.export.json import record
from dateline.reading.reader import Reader
from dateline.records import Article, Coded, Document, Reading
from dateline.resolving.actors import ActorResolver
from dateline.resolving.places import PlaceResolver
from dateline.resolving.reports import resolve
from evals.annotated import Annotated, read
from evals.baseline import LexiconReader
from evals.score import Figures, score
from training.heldout import development

_LAYERS = ("trigger", "type", "type_sent", "actor", "recipient", "object", "instrument", "place", "time", "quote")


class Reads(Protocol):
    """The neural reader or the baseline."""

    def read(self, article: Article) -> Reading:
        """Events and quotes of an article."""


def code_with(reader: Reads, documents: Sequence[Annotated], resolvers: Any) -> dict[str, dict[str, Any]]:
    """Machine output by document id; a document that cannot be read raises ValueError."""
    return {d.id: record(_coded(reader, d, resolvers)) for d in documents}


def _coded(reader: Reads, annotated: Annotated, resolvers: Any) -> Coded:
    given = annotated.document()
    text = given.pop("text")
    document = Document(annotated.id, text.encode(), "text/plain", charset="utf-8", given=given)
    article, problems = articles.build(document)
    if article is None:
        raise ValueError(f"{annotated.id}: {problems[0].message}")
    reports, quotes = resolve(article, reader.read(article), resolvers, "evaluation")
    return Coded(annotated.id, article, reports, quotes, problems)


class Resolvers:
    """Lexicon and gazetteer, opened once for reader and baseline."""

    def __init__(self) -> None:
        self.actors = ActorResolver.load()
        self.places = PlaceResolver.load()


def main_figure(figures: Figures, layer: str) -> float:
    """F1, or accuracy where a layer has none."""
    return figures[layer].get("f1", figures[layer].get("accuracy", 0.0))


def table(system: Figures, baseline: Figures, floors: dict[str, float]) -> str:
    """Figures of the reader and the baseline side by side, with the floors."""
    lines = [f"{'':11s} {'p':>6s} {'r':>6s} {'reader':>7s} {'baseline':>9s} {'floor':>6s}"]
    for layer in (*_LAYERS, "status", "mode"):
        p, r = (f"{system[layer][k]:6.3f}" if k in system[layer] else " " * 6 for k in ("p", "r"))
        floor = f"{floors[layer]:6.3f}" if layer in floors else ""
        sunk = "  SUNK" if main_figure(system, layer) < floors.get(layer, 0.0) else ""
        one, other = main_figure(system, layer), main_figure(baseline, layer)
        lines.append(f"{layer:11s} {p} {r} {one:7.3f} {other:9.3f} {floor}{sunk}")
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Command line of the gate; the exit status is 1 when a figure lies below its floor."""
    a = _arguments(argv)
    documents = read(a.folder)
    chosen = development(documents) if a.development else documents
    ids = {d.id for d in chosen}
    fit = read(a.fit) if a.fit else documents
    fit = [d for d in fit if d.id not in ids]
    resolvers = Resolvers()
    system = score(chosen, code_with(Reader.load(a.weights), chosen, resolvers))
    baseline = score(chosen, code_with(LexiconReader.fit(fit), chosen, resolvers))
    floors = json.loads(a.floors.read_text(encoding="utf-8")) if a.floors else {}
    events = sum(len(d.gold["events"]) for d in chosen)
    print(f"{len(chosen)} documents with {events} events; baseline fitted on {len(fit)} documents")
    print(table(system, baseline, floors))
    return int(any(main_figure(system, layer) < floor for layer, floor in floors.items()))


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    p = argparse.ArgumentParser(prog="python -m evals.gate", description=(__doc__ or "").split("\n")[0])
    p.add_argument("folder", type=Path)
    p.add_argument("--development", action="store_true")
    p.add_argument("--floors", type=Path)
    p.add_argument("--weights", type=Path)
    p.add_argument("--fit", type=Path)
    return p.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
