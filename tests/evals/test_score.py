"""The scorer on outputs made by hand, and beside the reference scorer where that is at hand."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from evals.annotated import Annotated, read
from evals.score import score, verdicts

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT.parent / "shared" / "gold" / "score.py"
SENTENCES = ("Rebels seize Dorsa", "Rebels seized the town of Dorsa on Friday.")
EVENT = {
    "id": "V1", "s": 1, "trigger": "seized", "type": "COERCE", "mode": "seize", "status": "occurred",
    "actor": ["Rebels"], "recipient": [], "object": [], "instrument": [], "place": ["the town of Dorsa"],
    "time": ["on Friday"], "source": [], "counts": [],
}  # fmt: skip
GOLD = Annotated("d", SENTENCES, None, {"id": "d", "entities": [], "events": [EVENT], "quotes": []})
TEXT = "\n\n".join(SENTENCES)


def _span(words: str, start: int = 0) -> dict[str, Any]:
    at = TEXT.index(words, start)
    return {"start": at, "end": at + len(words), "text": words}


def _report(**changed: Any) -> dict[str, Any]:
    report = {
        "type": "COERCE", "mode": "seize", "status": "occurred", "trigger": _span("seized"),
        "actors": [_span("Rebels", 20)], "recipients": [], "objects": [], "instruments": [],
        "places": [_span("Dorsa", 25)], "times": [],
    }  # fmt: skip
    return {**report, **changed}


def _f1(layer: str, *reports: dict[str, Any]) -> float:
    figures = score([GOLD], {"d": {"text": TEXT, "reports": list(reports), "quotes": []}})
    return figures[layer].get("f1", figures[layer].get("accuracy", -1.0))


@pytest.mark.parametrize(
    ("layer", "report", "expected"),
    [
        ("trigger", _report(), 1.0),
        ("type", _report(type="ASSAULT"), 0.0),
        ("trigger", _report(type="ASSAULT"), 1.0),
        ("place", _report(), 1.0),
        ("time", _report(), 0.0),
        ("actor", _report(actors=[_span("Rebels")]), 0.0),
        ("mode", _report(mode=None), 0.0),
        ("status", _report(status="planned"), 0.0),
    ],
)
def test_layers(layer: str, report: dict[str, Any], expected: float) -> None:
    assert _f1(layer, report) == expected


def test_a_second_report_of_the_same_trigger_is_wrong() -> None:
    assert _f1("trigger", _report(), _report()) == pytest.approx(2 / 3, abs=1e-3)
    out = {"text": TEXT, "reports": [_report(type="AID"), _report()], "quotes": []}
    assert verdicts(GOLD, out) == [False, True]


def test_nothing_found_scores_nothing() -> None:
    assert score([GOLD], {})["trigger"] == {"p": 0.0, "r": 0.0, "f1": 0.0}


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference scorer is not beside this checkout")
def test_figures_equal_the_reference_scorer(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = read(ROOT / "corpus")[:6]
    out = {d.id: _as_output(d) for d in documents}
    monkeypatch.syspath_prepend(str(REFERENCE.parent))
    spec = importlib.util.spec_from_file_location("reference_score", REFERENCE)
    assert spec is not None
    assert spec.loader is not None
    reference = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "reference_score", reference)
    spec.loader.exec_module(reference)
    texts = {d.id: {"id": d.id, "sentences": list(d.sentences)} for d in documents}
    tally, _ = reference.score(texts, {d.id: d.gold for d in documents}, out)
    assert score(documents, out) == reference.figures(tally)


def _as_output(document: Annotated) -> dict[str, Any]:
    """Every other annotated event as a coder might give it, some with another type."""
    text = "\n\n".join(document.sentences)
    starts = [sum(len(s) + 2 for s in document.sentences[:k]) for k in range(len(document.sentences))]

    def span(written: Any, sentence: int) -> dict[str, Any]:
        found = document.locate(written, sentence)
        assert found is not None
        at = starts[found[0]]
        return {"start": at + found[1], "end": at + found[2]}

    reports = []
    for k, v in enumerate(document.gold["events"][::2]):
        fillers = {f"{r}s": [span(x, v["s"]) for x in v[r]] for r in ("actor", "recipient", "object", "place", "time")}
        kind = "AID" if k % 5 == 4 else v["type"]
        report = {"type": kind, "mode": v["mode"], "status": "occurred", "trigger": span(v["trigger"], v["s"])}
        reports.append({**report, **fillers, "instruments": []})
    quotes = [{"content": span(q["content"], q["s"]), "speaker": None} for q in document.gold["quotes"]]
    return {"id": document.id, "text": text, "reports": reports, "quotes": quotes}
