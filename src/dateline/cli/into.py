"""``dateline code --into``: inputs coded into a casebook, what it knows already passed over."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import click

from dateline.cli.run import Run, line
from dateline.cli.workers import code_all
from dateline.lexicon.own import Own
from dateline.pipeline import Coder, documents
from dateline.records import Coded, Document, Problem
from dateline.sources.reader import SUFFIXES
from dateline.store import Casebook, Outcome

_LINES = (".jsonl", ".ndjson")
Seen = Callable[[Document | Problem, str], None]


def code_into(
    uri: str,
    inputs: tuple[str, ...],
    about: Mapping[str, str],
    jobs: int,
    resume: bool,
    storage: Mapping[str, str],
    own: Own,
) -> int:
    """Code inputs into a casebook; returns the exit code. Raises CasebookError, ModelError, LexiconError."""
    book = Casebook.create(uri, storage)
    inputs = _resumed(book, inputs) if resume else inputs
    run = Run()
    try:
        with _stopped_gently():
            outcome = _code(book, inputs, about, jobs, run, own)
    except (KeyboardInterrupt, SystemExit):
        click.echo(f"dateline: what was coded is kept; go on with: dateline code --into {uri} --resume", err=True)
        raise
    click.echo(f"dateline: {_summary(uri, outcome)}", err=True)
    return run.exit_code


def _resumed(book: Casebook, inputs: tuple[str, ...]) -> tuple[str, ...]:
    run = book.unfinished()
    if inputs:
        return inputs
    if run is None:
        raise click.UsageError("There is no interrupted run to resume. Give an INPUT.")
    if "-" in run.inputs:
        raise click.UsageError("The interrupted run read standard input: give it again, as '-'.")
    return run.inputs


@contextlib.contextmanager
def _stopped_gently() -> Iterator[None]:
    """Let a termination end the run like Ctrl-C does, with what was coded staged."""

    def stop(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _code(book: Casebook, inputs: tuple[str, ...], about: Mapping[str, str], jobs: int, run: Run, own: Own) -> Outcome:
    coder = Coder.load(own=own)

    def code(items: Iterable[Document | Problem]) -> Iterator[Coded]:
        return run.watch(map(coder.code_item, items) if jobs == 1 else code_all(items, jobs, own))

    with _progress(inputs) as advance:

        def seen(item: Document | Problem, verdict: str) -> None:
            if isinstance(item, Problem):
                run.failed += 1
                click.echo(line(item), err=True)
            advance()

        return book.code(documents(inputs, dict(about)), code, coder.version, inputs=_absolute(inputs), seen=seen)


@contextlib.contextmanager
def _progress(inputs: tuple[str, ...]) -> Iterator[Callable[[], None]]:
    """A bar with articles done, their rate and the time left, where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]}")
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("articles"), rate, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("coding", total=total(inputs), rate="")

        def advance() -> None:
            bar.advance(task)
            bar.update(task, rate=f"{bar.tasks[0].speed or 0:.1f} a second")

        yield advance


def total(inputs: tuple[str, ...]) -> int | None:
    """How many articles the inputs seem to hold, by files and lines; ``None`` where standard input is one."""
    return None if "-" in inputs else sum(_articles(Path(name)) for name in inputs)


def _articles(path: Path) -> int:
    try:
        if path.is_dir():
            files = (Path(root) / name for root, _, names in os.walk(path) for name in names)
            return sum(_articles(file) for file in files if file.suffix.lower() in SUFFIXES)
        if path.suffix.lower() in _LINES:
            with path.open("rb") as stream:
                return sum(1 for text in stream if text.strip())
    except OSError:
        return 1
    return 1


def _absolute(inputs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name if name == "-" else os.path.abspath(name) for name in inputs)


def _summary(uri: str, outcome: Outcome) -> str:
    passed = outcome.seen["known"] + outcome.seen["older"]
    known = f"{passed} articles were known" if passed else ""
    if outcome.run is None:
        return f"{uri}: nothing new{f'; {known}' if known else ''}"
    counts = outcome.run.counts
    words = [f"{counts[what]} {what}" for what in ("new", "changed", "recoded") if counts.get(what)]
    told = ", ".join([*words, f"{counts.get('reports', 0)} reports"])
    resumed = f"{outcome.seen['staged']} were coded before the interruption" if outcome.seen["staged"] else ""
    return "; ".join(part for part in (f"{uri}: version {outcome.run.version}: {told}", resumed, known) if part)
