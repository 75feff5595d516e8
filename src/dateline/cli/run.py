"""One run over inputs: problems told as they come, reports below the asked confidence left out, the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dateline.cli import exits
from dateline.records import Coded, Problem


class Run:
    """Counts what came out. ``exit_code`` holds once the stream that ``watch`` returns has ended."""

    def __init__(self, min_confidence: float = 0.0) -> None:
        self.min_confidence = min_confidence
        self.coded = 0
        self.failed = 0

    @staticmethod
    def many(inputs: Sequence[str]) -> bool:
        """True when the inputs can hold more than a few articles, so that progress is worth showing."""
        lines = (".jsonl", ".ndjson", ".json")
        return len(inputs) > 1 or any(name == "-" or name.endswith(lines) or os.path.isdir(name) for name in inputs)

    @property
    def exit_code(self) -> int:
        """As ``exits`` defines it."""
        if not self.failed:
            return exits.OK
        return exits.SOME_FAILED if self.coded else exits.NOTHING_CODED

    def watch(self, stream: Iterable[Coded], *, progress: bool = False) -> Iterator[Coded]:
        """The same articles, counted, filtered, their problems told on standard error."""
        counted = _with_progress(stream) if progress and sys.stderr.isatty() else stream
        for coded in counted:
            if any(p.fatal for p in coded.problems):
                self.failed += 1
            elif coded.article is not None:
                self.coded += 1
            kept = self._confident(coded)
            for problem in kept.problems:
                print(line(problem), file=sys.stderr)
            yield kept

    def _confident(self, coded: Coded) -> Coded:
        reports = tuple(r for r in coded.reports if r.confidence >= self.min_confidence)
        left_out = len(coded.reports) - len(reports)
        if not left_out:
            return coded
        message = f"{left_out} of {len(coded.reports)} reports are less certain than {self.min_confidence:g}"
        problem = Problem("below-confidence", message, "Lower --min-confidence to see them.", _where(coded))
        return replace(coded, reports=reports, problems=(*coded.problems, problem))


def line(problem: Problem) -> str:
    """A problem in one line: where, what happened, what to do."""
    where = f"{problem.where}: " if problem.where else ""
    text = f"dateline: {where}{problem.message.rstrip('.')}. {problem.cure}"
    return " ".join(text.split())


def _where(coded: Coded) -> str:
    return (coded.article.source_path if coded.article else None) or coded.id


def _with_progress(stream: Iterable[Coded]) -> Iterator[Coded]:
    """Articles done, their speed and the time so far, on the terminal's last line."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} articles, {task.fields[speed]}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("coding", total=None, speed="starting")
        for coded in stream:
            yield coded
            bar.advance(task)
            bar.update(task, speed=f"{bar.tasks[0].speed or 0:.1f} a second")
