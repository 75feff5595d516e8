"""Kill -9 at any moment, several writers at once: a casebook that opens, with whole runs only, and loses nothing."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.store import Casebook
from dateline.store.folder import Folder
from tests.store.worker import batch

ROOT = Path(__file__).parent.parent.parent
SIZE = 6
KILLS = 50

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the writers are forked")


class Writers:
    """A process that forks writers, one at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.worker"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def start(self, folder: Path, name: str, batches: int, log: Path) -> int:
        """Begin to write; returns the id of the process that does it."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([str(folder), name, batches, SIZE, str(log)]) + "\n")
        self._process.stdin.flush()
        return self._number()

    def wait(self) -> int:
        """The exit code of the writer once it has ended, the negative number of the signal that killed it."""
        return self._number()

    def write(self, folder: Path, name: str, batches: int, log: Path) -> None:
        """Write undisturbed."""
        self.start(folder, name, batches, log)
        assert self.wait() == 0

    def _number(self) -> int:
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


@pytest.fixture
def writers() -> Iterator[list[Writers]]:
    """Two of them."""
    made = [Writers(), Writers()]
    yield made
    for one in made:
        one.close()


def kill_after(seconds: float, process: int) -> None:
    """Kill -9, unless it has ended by then."""
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def whole_batches(book: Casebook) -> dict[str, int]:
    """How many batches of each writer are visible; fails when part of one is."""
    rows = book.snapshot().execute(
        "SELECT d.id, count(DISTINCT a.coding), count(DISTINCT r.coding), count(DISTINCT q.coding) FROM documents d "
        "LEFT JOIN articles a USING (coding) LEFT JOIN reports r USING (coding) LEFT JOIN quotes q USING (coding) "
        "GROUP BY d.id"
    )
    seen = rows.fetchall()
    assert {tuple(counts) for _, *counts in seen} <= {(1, 1, 1)}
    batches = Counter(id_.rpartition("-")[0] for id_, *_ in seen)
    assert set(batches.values()) <= {SIZE}, batches
    return Counter(name.partition("-")[0] for name in batches)


def opened(folder: Path) -> Casebook | None:
    """The casebook, or nothing where it was killed before it was made."""
    return Casebook.open(folder) if Folder(folder).has("runs") else None


def test_kill_at_fifty_random_moments(tmp_path: Path, writers: list[Writers]) -> None:
    folder, log, chance, writer = tmp_path / "book", tmp_path / "log", random.Random(20210714), writers[0]
    began = time.monotonic()
    writer.write(tmp_path / "first", "w", 2, log)
    longest = time.monotonic() - began
    log.write_text("")
    done, endings = 0, Counter[int]()
    for _ in range(KILLS):
        kill_after(chance.uniform(0, longest), writer.start(folder, "w", done + 2, log))
        endings[writer.wait()] += 1
        book = opened(folder)
        if book is not None:
            seen = whole_batches(book).get("w", 0)
            assert seen == book.version
            assert seen >= done
            done = seen
    assert endings.keys() <= {0, -signal.SIGKILL}
    assert endings[-signal.SIGKILL] > KILLS / 3
    writer.write(folder, "w", done + 2, log)
    book = Casebook.open(folder)
    assert whole_batches(book) == {"w": done + 2}
    assert {a.id for a in book.articles()} == {d.id for k in range(done + 2) for d in batch("w", k, SIZE)}
    times = Counter(log.read_text().splitlines())
    # A kill costs at most the part in hand, three documents; of those before it none is coded again.
    assert sum(times.values()) - len(times) <= 3 * KILLS


def test_two_writers_and_a_reader_at_once(tmp_path: Path, writers: list[Writers]) -> None:
    folder = tmp_path / "book"
    endings: list[int] = []
    waiting = []
    for writer, name in zip(writers, ("x", "y"), strict=True):
        writer.start(folder, name, 4, tmp_path / name)
        waiting.append(threading.Thread(target=lambda one: endings.append(one.wait()), args=(writer,)))
        waiting[-1].start()
    reads, last = 0, 0
    while any(thread.is_alive() for thread in waiting):
        book = opened(folder)
        if book is not None:
            seen = sum(whole_batches(book).values())
            assert seen >= last
            reads, last = reads + 1, seen
    assert endings == [0, 0]
    book = Casebook.open(folder)
    assert whole_batches(book) == {"x": 4, "y": 4}
    assert [run.version for run in book.history()] == list(range(1, 9))
    assert reads > 0


def test_two_writers_of_the_same_documents(tmp_path: Path, writers: list[Writers]) -> None:
    """Each may code what the other has not committed yet; each document is there once all the same."""
    folder = tmp_path / "book"
    for number, writer in enumerate(writers):
        writer.start(folder, "same", 3, tmp_path / str(number))
    assert [writer.wait() for writer in writers] == [0, 0]
    book = Casebook.open(folder)
    assert whole_batches(book) == {"same": 3}
    assert len(list(book.reports())) == 3 * SIZE
    assert 3 <= book.version <= 6
