"""Coding in one process or in several, in the order of the inputs, with few articles in memory at a time."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache, partial

from dateline.lexicon.own import Own
from dateline.pipeline import Coder
from dateline.records import Coded, Document, Problem

Item = Document | Problem
_AHEAD = 4  # articles in work or waiting for each process


def code_all(items: Iterable[Item], jobs: int = 1, own: Own | None = None) -> Iterator[Coded]:
    """Every item coded, in order. ``jobs`` is the number of processes, 0 for one a core; 1 stays in this process.

    ``own`` stands in for the actors and places in the user's folder. Raises ModelError or LexiconError when the coder
    cannot be opened. A process that dies (of memory, say) costs the article that killed it, which then has a problem
    that says so.
    """
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1:
        return map(Coder.load(own=own).code_item, items)
    return in_processes(items, jobs, partial(_code, own=own))


def in_processes(items: Iterable[Item], jobs: int, work: Callable[[Item], Coded]) -> Iterator[Coded]:
    """The results of ``work``, a module's function, in the order of the items."""
    pool = _Pool(jobs, work)
    waiting: deque[tuple[Item, Future[Coded]]] = deque()
    try:
        for item in items:
            waiting.append((item, pool.submit(item)))
            if len(waiting) >= jobs * _AHEAD:
                yield pool.result(*waiting.popleft())
        while waiting:
            yield pool.result(*waiting.popleft())
    finally:
        pool.close()


class _Pool:
    """Processes that outlive the death of one of them: what was in work then is coded again, each item alone."""

    def __init__(self, jobs: int, work: Callable[[Item], Coded]) -> None:
        self._jobs, self._work = jobs, work
        self._pool = _processes(jobs)

    def submit(self, item: Item) -> Future[Coded]:
        try:
            return self._pool.submit(self._work, item)
        except BrokenProcessPool:
            self.close()
            self._pool = _processes(self._jobs)
            return self._pool.submit(self._work, item)

    def result(self, item: Item, future: Future[Coded]) -> Coded:
        try:
            return future.result()
        except BrokenProcessPool:
            return self._alone(item)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _alone(self, item: Item) -> Coded:
        with _processes(1) as pool:
            try:
                return pool.submit(self._work, item).result()
            except BrokenProcessPool:
                return _died(item)


def _died(item: Item) -> Coded:
    where, name = (item.where, item.where or "") if isinstance(item, Problem) else (item.path or item.id, item.id)
    message = "the process that coded it died, as when memory runs out"
    problem = Problem("died", message, "Split the input, or run with fewer --jobs.", where, fatal=True)
    return Coded(name, None, problems=(problem,))


def _processes(jobs: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the parent may hold threads of its libraries, and every platform then works alike.
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_leave_interrupts_to_parent)


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _code(item: Item, own: Own | None) -> Coded:
    return _coder(own).code_item(item)


@lru_cache(maxsize=1)
def _coder(own: Own | None) -> Coder:
    return Coder.load(threads=1, own=own)
