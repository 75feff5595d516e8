"""Start, memory, speed and sizes of ``dateline code``, as a table.

usage: python -m benchmarks.speed [--articles N] [--runs N] [--installed]

``--installed`` also installs the checkout into a fresh virtual environment and weighs what that adds to it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.articles import documents
from dateline import article as articles
from dateline.cli.workers import code_all
from dateline.pipeline import Coder
from dateline.reading.network import WEIGHTS
from dateline.records import Document
from dateline.resolving.reports import resolve

ROOT = Path(__file__).parent.parent
_MB = 1_000_000
Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took: wall seconds and the most memory it had resident, in bytes."""

    seconds: float
    memory: int


def main(argv: Sequence[str] | None = None) -> None:
    """Command line of the benchmark."""
    a = _arguments(argv)
    table = Table("what", "figure", "aim", title=f"dateline on {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    for row in chain(_cold(a.runs), _warm(a.articles), _sizes(installed=a.installed)):
        table.add_row(*row)
    Console().print(table)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    p = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=(__doc__ or "").split("\n")[0])
    p.add_argument("--articles", type=int, default=200, help="how many articles to code warm")
    p.add_argument("--runs", type=int, default=7, help="how many times to start the command")
    p.add_argument("--installed", action="store_true", help="weigh a fresh installation too")
    return p.parse_args(argv)


def _cold(runs: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "article.txt"
        page.write_bytes(documents(1)[0].data)
        costs = [_run("code", str(page), "--published", "2021-07-27", "-f", "json") for _ in range(runs + 1)][
            1:
        ]  # the first warms the disk
    helps = [_run("--help") for _ in range(runs)]
    yield "dateline --help", f"{median(c.seconds for c in helps) * 1000:.0f} ms", "150 ms"
    seconds = [c.seconds for c in costs]
    told = f"{median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f})"
    yield "dateline code, one article, cold", told, "2 s"
    yield "its peak memory", f"{max(c.memory for c in costs) / _MB:.0f} MB", "500 MB"


def _run(*arguments: str) -> Cost:
    """One ``dateline`` process from start to end. Raises RuntimeError when it fails."""
    begin = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "dateline", *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    if status:
        raise RuntimeError(f"dateline {' '.join(arguments)} failed with status {os.waitstatus_to_exitcode(status)}")
    return Cost(seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def _warm(number: int) -> Iterator[Row]:
    made = documents(number)
    words = sum(len(d.data.split()) for d in made)
    yield "generated articles", f"{number} of {words / number:.0f} words on average", ""
    cores = os.cpu_count() or 1
    shared = _rate(made, cores)
    yield f"articles a second, {cores} processes", f"{shared:.1f}", "10"
    alone = _rate(made, 1)
    yield "articles a second, 1 process", f"{alone:.1f} (the others: {shared / alone:.2f} times that)", ""
    yield from _stages(made)


def _rate(made: Sequence[Document], jobs: int) -> float:
    """Articles a second once every process is open: the clock starts when the warm-up has come out."""
    warm_up = documents(8 * jobs, seed=2)
    coded = code_all(chain(warm_up, made), jobs)
    for _ in warm_up:
        next(coded)
    begin = time.perf_counter()
    for _ in coded:
        pass
    return len(made) / (time.perf_counter() - begin)


def _stages(made: Sequence[Document]) -> Iterator[Row]:
    """The processor time of each stage on one core, which a busy machine does not change much."""
    coder = Coder.load(threads=1)
    spent = {"article": 0.0, "reading": 0.0, "resolving": 0.0}
    for document in made:
        at = [time.process_time()]
        article, _ = articles.build(document)
        at.append(time.process_time())
        if article is not None:
            reading = coder.reader.read(article)
            at.append(time.process_time())
            resolve(article, reading, coder, coder.version)
            at.append(time.process_time())
        for stage, begin, end in zip(spent, at, at[1:], strict=False):
            spent[stage] += end - begin
    total = sum(spent.values())
    yield "processor time of an article", f"{1000 * total / len(made):.0f} ms", ""
    for stage, seconds in spent.items():
        yield f"  {stage}", f"{1000 * seconds / len(made):.1f} ms, {seconds / total:.0%}", ""


def _sizes(*, installed: bool) -> Iterator[Row]:
    yield "weights", f"{_weigh(WEIGHTS) / _MB:.1f} MB", "25 MB"
    if installed:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
            before = _weigh(Path(folder))
            subprocess.run([Path(folder) / "bin" / "pip", "install", "-q", str(ROOT)], check=True)
            yield "installed, without extras", f"{(_weigh(Path(folder)) - before) / _MB:.0f} MB", "300 MB"
            yield from _largest(Path(folder))


def _largest(venv: Path) -> Iterator[Row]:
    packages = [
        p for p in venv.glob("lib/python*/site-packages/*") if p.is_dir() and p.name not in ("pip", "setuptools")
    ]
    for size, name in sorted(((_weigh(p), p.name) for p in packages), reverse=True)[:8]:
        yield f"  {name}", f"{size / _MB:.0f} MB", ""


def _weigh(folder: Path) -> int:
    """Bytes of all files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


if __name__ == "__main__":
    main()
