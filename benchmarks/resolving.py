"""The resolvers' speed, and the gazetteer's build: look-ups a second, resolutions a second, seconds, memory.

usage: python -m benchmarks.resolving [--names N] [--dump LINES]

Names and texts are drawn from the gazetteer and the lexicon themselves with a fixed seed. ``--dump`` makes a dump of
so many lines in GeoNames' format and builds an index from it, in a process of its own.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from dateline.lexicon.actors import ActorLexicon
from dateline.lexicon.gazetteer import Gazetteer
from dateline.lexicon.gazetteer_index import arrays_of, write
from dateline.lexicon.gazetteer_sources import standard_entries
from dateline.records import Article, Mention, Span
from dateline.resolving.actors import ActorResolver
from dateline.resolving.places import PlaceResolver

_SEED, _PLACES_A_TEXT = 7, 8
_MEASURE = """
import re, resource, sys, time
from pathlib import Path
from dateline.lexicon.gazetteer import Gazetteer
from dateline.lexicon.gazetteer_imports import build
dump, target, only = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "only"
base = Gazetteer.empty() if only else Gazetteer.load()
start = time.process_time()
build(target, base, [dump], [])
status = Path("/proc/self/status")  # the other figure begins with the parent's on Linux
own = re.search(r"VmHWM:\\s+(\\d+)", status.read_text()) if status.exists() else None
print(time.process_time() - start, float(own[1] if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024)
"""
Row = tuple[str, str]


def main(argv: Sequence[str] | None = None) -> None:
    """Command line of the benchmark."""
    p = argparse.ArgumentParser(prog="python -m benchmarks.resolving", description=(__doc__ or "").split("\n")[0])
    p.add_argument("--names", type=int, default=20_000, help="how many names to look up")
    p.add_argument("--dump", type=int, default=200_000, help="lines of the dump")
    a = p.parse_args(argv)
    table = Table("what", "figure", title=f"resolving, one core, Python {sys.version.split()[0]}")
    for row in (*_opened(), *_places(a.names), *_actors(a.names // 10), *_standard(), *_dump(a.dump)):
        table.add_row(*row)
    Console().print(table)


def _timed(work: Callable[[], object]) -> float:
    """Seconds of this process's own processor time: other work on the machine does not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _opened() -> Iterator[Row]:
    seconds = _timed(Gazetteer.load)
    yield "open the gazetteer", f"{seconds * 1000:.0f} ms"
    yield "load the actor lexicon", f"{_timed(ActorLexicon.load) * 1000:.0f} ms"


def _names(gazetteer: Gazetteer, n: int) -> list[str]:
    """Names of places drawn at random, the populous ones as often as news has them."""
    draw = random.Random(_SEED)
    arrays, _ = gazetteer.arrays()
    records = arrays["records"]
    weights = (records["population"].astype(float) + 1000.0).tolist()
    rows = draw.choices(range(len(records)), weights, k=n)
    text = bytes(arrays["names"])
    spans = ((int(records["name"][r]), int(records["length"][r])) for r in rows)
    return [text[at : at + length].decode("utf-8", "replace") for at, length in spans]


def _places(n: int) -> Iterator[Row]:
    gazetteer = Gazetteer.load()
    names = _names(gazetteer, n)
    cold = _timed(lambda: [gazetteer.find(name) for name in names])
    yield "names looked up a second, first time", f"{n / cold:,.0f}"
    texts = [_text(names[k : k + _PLACES_A_TEXT]) for k in range(0, n // 4, _PLACES_A_TEXT)]
    resolver = PlaceResolver(gazetteer)

    def resolve() -> None:
        for text, spans, context in texts:
            for span in spans:
                resolver.resolve(span, text, context=context)

    total = sum(len(spans) for _, spans, _ in texts)
    yield f"toponyms resolved a second, {_PLACES_A_TEXT} to an article, all work", f"{total / _timed(resolve):,.0f}"
    few = texts[:12]

    def again() -> None:
        for _ in range(20):
            for text, spans, context in few:
                for span in spans:
                    resolver.resolve(span, text, context=context)

    again()
    yield "toponyms resolved a second, warm", f"{20 * len(few) * _PLACES_A_TEXT / _timed(again):,.0f}"
    yield "memory with gazetteer and lexicon", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


def _text(names: Sequence[str]) -> tuple[str, list[Span], list[str]]:
    """A text that names these places, and where."""
    text, spans = "Shelling was reported", []
    for name in names:
        text += " near "
        spans.append((len(text), len(text) + len(name)))
        text += f"{name}, officials said, and troops moved on,"
    return text, [Span.of(text, start, end) for start, end in spans], list(names)


def _actors(n: int) -> Iterator[Row]:
    resolver = ActorResolver.load()
    draw = random.Random(_SEED)
    names = [a.name for a in draw.choices(list(resolver.lexicon.actors.values()), k=n)]
    texts = [_text(names[k : k + _PLACES_A_TEXT]) for k in range(0, n, _PLACES_A_TEXT)]

    def resolve() -> None:
        for text, spans, _ in texts:
            mentions = [Mention(s, "person") for s in spans]
            resolver.resolve_all(Article("a", text), spans, mentions)

    yield f"actors resolved a second, {_PLACES_A_TEXT} to an article", f"{n / _timed(resolve):,.0f}"


def _standard() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "index"
        yield "build the shipped index", f"{_timed(lambda: write(target, *arrays_of(standard_entries()))):.1f} s"
        size = sum(p.stat().st_size for p in target.iterdir())
        yield "its size", f"{size / 1e6:.1f} MB, {len(Gazetteer.open(target)):,} places"


def _dump(lines: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "dump.txt"
        draw = random.Random(_SEED)
        with dump.open("w", encoding="utf-8") as out:
            for k in range(lines):
                out.write(_line(k, draw))
        command = [sys.executable, "-c", _MEASURE, str(dump), str(Path(folder) / "index"), "only"]
        seconds, memory = map(float, subprocess.run(command, capture_output=True, check=True, text=True).stdout.split())
        yield f"build from a dump of {lines:,} lines", f"{seconds:.1f} s, {lines / seconds:,.0f} lines a second"
        yield "memory at most, by then", f"{memory:.0f} MB"


def _line(number: int, draw: random.Random) -> str:
    name = " ".join("".join(draw.choices("abdeiklmnorstu", k=6)).capitalize() for _ in range(2))
    point = f"{draw.uniform(-60, 70):.4f}\t{draw.uniform(-180, 180):.4f}"
    others = ",".join("".join(draw.choices("abdeiklmnorstu", k=9)) for _ in range(3))
    cells = (number + 20_000_000, name, name, others, point, "P", "PPL", "AF", "", "13", "", "", "", 0, "", 100,
             "Asia/Kabul", "2024-01-01")  # fmt: skip
    return "\t".join(map(str, cells)) + "\n"


if __name__ == "__main__":
    main()
