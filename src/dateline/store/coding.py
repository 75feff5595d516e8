"""Coding inputs into a casebook: only what it does not know yet, staged as it goes, committed in one piece."""

from __future__ import annotations

import contextlib
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from dateline.errors import CasebookError
from dateline.records import Coded, Document, Problem
from dateline.store.folder import Folder
from dateline.store.known import STAGED, TO_CODE, Known, Staged, fingerprint
from dateline.store.runs import Ledger, Run
from dateline.store.snapshot import Snapshot
from dateline.store.staging import Item, Stager

_TIDY_EVERY = 8
Seen = Callable[[Document | Problem, str], None]
CodeAll = Callable[[Iterable[Document | Problem]], Iterable[Coded]]


@dataclass(slots=True)
class Outcome:
    """What a run did. ``run`` is ``None`` when the casebook knew everything; ``seen`` counts inputs by verdict."""

    run: Run | None = None
    seen: Counter[str] = field(default_factory=Counter)


class CodingRun:
    """One run of coding into a casebook, from a snapshot of what it knows to the commit."""

    def __init__(self, folder: Folder, snapshot: Snapshot, ledger: Ledger, run: Run) -> None:
        self._folder = folder
        self._snapshot = snapshot
        self._ledger = ledger
        self._run = run
        self._known = Known(snapshot, run.coder)
        self._stager = Stager(folder, snapshot.con, ledger, run)
        self._coding: deque[tuple[Document, str]] = deque()
        self._met: dict[str, list[Staged]] = defaultdict(list)
        self._outcome = Outcome()

    def code(self, items: Iterable[Document | Problem], code_all: CodeAll, seen: Seen) -> Outcome:
        """Code what is new, in order. ``seen`` is told each item's verdict.

        When it is interrupted, what was coded by then is staged before the interruption goes on.
        """
        try:
            for coded in code_all(self._to_code(items, seen)):
                document, verdict = self._coding.popleft()
                self._take(document, coded, verdict)
        except CasebookError:
            raise
        except BaseException:
            self._stager.flush()
            raise
        return self.finish()

    def commit(self, items: Iterable[tuple[Document, Coded]]) -> Outcome:
        """Take documents that are coded already; those that the casebook knows are passed over."""
        for document, coded in items:
            verdict = self._judge(document)
            if verdict in TO_CODE:
                self._take(document, coded, verdict)
        return self.finish()

    def _to_code(self, items: Iterable[Document | Problem], seen: Seen) -> Iterator[Document]:
        for item in items:
            if isinstance(item, Problem):
                verdict = "unread"
                self._take_problem(item)
            else:
                verdict = self._judge(item)
            seen(item, verdict)
            if isinstance(item, Document) and verdict in TO_CODE:
                self._coding.append((item, verdict))
                yield item

    def _judge(self, document: Document) -> str:
        verdict = self._known.judge(document)
        self._outcome.seen[verdict] += 1
        if verdict == STAGED:
            staged = self._known.staged[fingerprint(document)]
            self._met[staged.part].append(staged)
        return verdict

    def _take(self, document: Document, coded: Coded, verdict: str) -> None:
        lineage, change = self._known.place(document, coded, verdict)
        self._stager.add(Item(document, coded, lineage, change, self._run.coder))

    def _take_problem(self, problem: Problem) -> None:
        self._outcome.seen["unread"] += 1
        if self._known.is_new_problem(problem):
            coded = Coded(problem.where or "", None, problems=(problem,))
            self._stager.add(Item(None, coded, "", "", self._run.coder))

    def _tidy(self, run: Run) -> None:
        """Join small files now and then. The run is committed by now: what fails here the next one tries again."""
        if len(run.parts) >= _TIDY_EVERY or (run.version or 0) % _TIDY_EVERY == 0:
            with contextlib.suppress(CasebookError):
                self._folder.compact()

    def finish(self) -> Outcome:
        """Commit what the run has. Raises CasebookError when it cannot be written."""
        self._stager.flush()
        self._stager.adopt(self._snapshot, self._met, self._known.sizes)
        if self._stager.parts:
            counts = dict(self._stager.counts)
            self._outcome.run = self._ledger.commit(replace(self._run, parts=tuple(self._stager.parts), counts=counts))
            self._tidy(self._outcome.run)
        return self._outcome
