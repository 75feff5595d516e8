"""Toponyms to GeoNames, given the toponym and its document, on GeoWebNews, LGL and GeoVirus.

usage: python -m evals.geoparsing FOLDER [-v] [--fit]

FOLDER holds GeoWebNews/, lgl_half.xml and GeoVirus.xml (Gritta et al. 2019). Weights are fitted on GeoVirus and the LGL
articles of even position, figures are reported on GeoWebNews and the LGL articles of odd position. Every toponym with
a GeoNames id or coordinates counts, non-literal uses included. ``exact`` is the share with the annotated GeoNames id,
``161 km`` the share within 161 km of its point. ``gaps`` are toponyms whose id the gazetteer lacks or that have none;
where GeoWebNews gives an id that the gazetteer lacks, the point is not known and the toponym counts as missed.
Other toponyms of the document are not given to the resolver.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from dateline.lexicon.gazetteer import Gazetteer
from dateline.records import PlaceRef, Span
from dateline.resolving.place_scene import distance_km
from dateline.resolving.places import FEATURES, PlaceResolver

_NEAR_KM, _SAME_KM = 161.0, 25.0
# What the weights are drawn to where the data say little: capitals and big towns are what news speaks of.
_PRIOR = (1.0, 2.0, 1.2, 1.5, 1.0, 4.0, 2.0, 1.0, 0.0, -1.5, 2.0, 1.0, 1.0)
_L2 = 0.01


@dataclass(frozen=True)
class Toponym:
    """An annotated place name; ``lat`` and ``lon`` are ``None`` where only an unknown id is given."""

    text: str
    span: Span
    geonameid: int | None
    lat: float | None
    lon: float | None


def geowebnews(folder: Path, gazetteer: Gazetteer) -> Iterator[Toponym]:
    """Toponyms of GeoWebNews (brat); the points of ids are those of the gazetteer."""
    for path in sorted(folder.glob("*.ann"), key=lambda p: int(p.stem)):
        text = path.with_suffix(".txt").read_text(encoding="utf-8", errors="replace")
        lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        notes = {row[1].split()[1]: row[2] for row in lines if row[0].startswith("#")}
        for row in lines:
            if row[0].startswith("T") and row[0] in notes:
                _, start, end = row[1].split(";")[0].split()[:3]
                yield from _noted(text, int(start), int(end), notes[row[0]], gazetteer)


def _noted(text: str, start: int, end: int, note: str, gazetteer: Gazetteer) -> Iterator[Toponym]:
    point = re.fullmatch(r"\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*", note)
    if point:
        yield Toponym(text, Span.of(text, start, end), None, float(point[1]), float(point[2]))
    elif note.strip().isdigit():
        place = gazetteer.by_id(int(note))
        known = (place.lat, place.lon) if place else (None, None)
        yield Toponym(text, Span.of(text, start, end), int(note), *known)


def lgl(path: Path, odd: bool) -> Iterator[Toponym]:
    """Toponyms of LGL, of every second article."""
    for article in ElementTree.parse(path).getroot().findall("article")[int(odd) :: 2]:
        text = article.findtext("text", "")
        for toponym in article.iter("toponym"):
            tag = toponym.find("gaztag")
            span = _span(text, toponym.findtext("phrase", ""), int(toponym.findtext("start", "0")))
            if tag is not None and span is not None:
                point = float(tag.findtext("lat", "0")), float(tag.findtext("lon", "0"))
                yield Toponym(text, span, int(tag.attrib["geonameid"]), *point)


def geovirus(path: Path) -> Iterator[Toponym]:
    """Toponyms of GeoVirus: points, no ids."""
    for article in ElementTree.parse(path).getroot().findall("article"):
        text = article.findtext("text", "")
        for row in article.iter("location"):
            span = _span(text, row.findtext("name", ""), int(row.findtext("start", "1")) - 1)
            if span is not None:
                yield Toponym(text, span, None, float(row.findtext("lat", "0")), float(row.findtext("lon", "0")))


def _span(text: str, phrase: str, start: int) -> Span | None:
    """The phrase at its offset, else where it stands nearest."""
    starts = [m.start() for m in re.finditer(re.escape(phrase), text)] if phrase else []
    best = min(starts, key=lambda s: abs(s - start), default=None)
    return None if best is None else Span.of(text, best, best + len(phrase))


def evaluate(
    toponyms: Iterable[Toponym], resolver: PlaceResolver, gazetteer: Gazetteer, verbose: bool
) -> dict[str, float]:
    """Shares right, gaps, and look-ups per second."""
    cases = list(toponyms)
    began = time.perf_counter()
    answers = [resolver.resolve(case.span, case.text) for case in cases]
    seconds = time.perf_counter() - began
    n: Counter[str] = Counter()
    for case, got in zip(cases, answers, strict=True):
        marks = _marks(case, got, gazetteer)
        n.update(marks)
        if verbose and "near" not in marks:
            _say(case, got, gazetteer)
    total = max(1, len(cases))
    return {
        "toponyms": float(len(cases)),
        "161 km": n["near"] / total,
        "161 km without gaps": n["near"] / max(1, total - n["gap missed"]),
        "exact": n["same"] / max(1, n["id"]),
        "exact without gaps": n["same"] / max(1, n["id"] - n["id gap"]),
        "gaps": float(n["gap"]),
        "gaps by id": float(n["id gap"]),
        "gaps missed at 161 km": float(n["gap missed"]),
        "unresolved": float(n["unresolved"]),
        "per second": len(cases) / max(1e-9, seconds),
    }


def _marks(case: Toponym, got: PlaceRef, gazetteer: Gazetteer) -> set[str]:
    """What counts of one answer: near, same, and whether the gazetteer could know."""
    same = case.geonameid is not None and got.geonameid == case.geonameid
    near = same or _close(case, got)
    gap = case.geonameid is None or gazetteer.by_id(case.geonameid) is None
    marks = {
        "near": near,
        "same": same,
        "id": case.geonameid is not None,
        "gap": gap,
        "id gap": gap and case.geonameid is not None,
        "gap missed": gap and not near,
        "unresolved": got.lat is None,
    }
    return {name for name, holds in marks.items() if holds}


def _close(case: Toponym, got: PlaceRef) -> bool:
    if case.lat is None or case.lon is None or got.lat is None or got.lon is None:
        return False
    return distance_km(got.lat, got.lon, case.lat, case.lon) <= _NEAR_KM


def _say(case: Toponym, got: PlaceRef, gazetteer: Gazetteer) -> None:
    gold = gazetteer.by_id(case.geonameid) if case.geonameid else None
    what = f"{gold.name}, {gold.kind}, {gold.country} {gold.admin1}" if gold else f"GAP {case.geonameid} {case.lat}"
    left, right = case.text[max(0, case.span.start - 40) : case.span.start], case.text[case.span.end :][:30]
    answer = f"{got.name} {got.precision} {got.country} {got.score}"
    print(f"{what} | {answer} | …{left}[{case.span.text}]{right}".replace("\n", " "))


def fit(toponyms: Iterable[Toponym], resolver: PlaceResolver) -> tuple[float, ...]:
    """Weights that maximise the likelihood of the annotated places among their candidates (L2, full batch, Adam)."""
    cases = [case for toponym in toponyms if (case := _case(toponym, resolver))]
    weights, m, v = np.array(_PRIOR), np.zeros(len(_PRIOR)), np.zeros(len(_PRIOR))
    for step in range(1, 401):
        gradient = sum((_gradient(x, gold, weights) for x, gold in cases), np.zeros(len(_PRIOR))) / len(cases)
        gradient += _L2 * (weights - np.array(_PRIOR))
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
        weights = weights - 0.03 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    print(f"fitted on {len(cases)} ambiguous toponyms")
    return tuple(round(float(w), 3) for w in weights)


def _gradient(x: NDArray[np.float64], gold: int, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    scores = x @ weights
    p = np.exp(scores - scores.max())
    p /= p.sum()
    result: NDArray[np.float64] = p @ x - x[gold]
    return result


def _case(toponym: Toponym, resolver: PlaceResolver) -> tuple[NDArray[np.float64], int] | None:
    """Features of the candidates and the index of the annotated one; ``None`` where there is nothing to learn."""
    found, rows = resolver.candidates(toponym.span, toponym.text)
    if len(found) < 2:
        return None
    if toponym.geonameid is not None:
        gold = next((k for k, p in enumerate(found) if p.geonameid == toponym.geonameid), None)
    else:
        assert toponym.lat is not None
        assert toponym.lon is not None
        apart = [distance_km(p.lat, p.lon, toponym.lat, toponym.lon) for p in found]
        gold = int(np.argmin(apart)) if min(apart) < _SAME_KM or _wide(apart) else None
    return (np.array(rows), gold) if gold is not None else None


def _wide(apart: list[float]) -> bool:
    """Countries and divisions: the nearest within 161 km is meant if no other is as near."""
    ordered = sorted(apart)
    return ordered[0] < _NEAR_KM and (len(ordered) < 2 or ordered[1] > 2 * _NEAR_KM)


def main(arguments: list[str]) -> None:
    """Print the figures, or the fitted weights."""
    folder = Path(next(a for a in arguments if not a.startswith("-")))
    gazetteer = Gazetteer.load()
    resolver = PlaceResolver(gazetteer)
    train = [*geovirus(folder / "GeoVirus.xml"), *lgl(folder / "lgl_half.xml", odd=False)]
    if "--fit" in arguments:
        weights = fit(train, resolver)
        print(dict(zip(FEATURES, weights, strict=True)), weights)
        resolver = PlaceResolver(gazetteer, weights)
    sets = {
        "GeoWebNews": list(geowebnews(folder / "GeoWebNews", gazetteer)),
        "LGL, odd articles": list(lgl(folder / "lgl_half.xml", odd=True)),
        "fitted on": train,
    }
    for name, toponyms in sets.items():
        figures = evaluate(toponyms, resolver, gazetteer, "-v" in arguments and name != "fitted on")
        print(name, {k: round(v, 3) for k, v in figures.items()})


if __name__ == "__main__":
    main(sys.argv[1:])
