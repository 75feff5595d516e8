"""Kill -9 at any moment, several writers at once: a casebook that opens, with whole runs only, and loses nothing."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from dateline.store import Casebook
from dateline.store.folder import Folder
from tests.store.worker import batch

ROOT = Path(__file__).parent.parent.parent
SIZE = 8
KILLS = 50
LONGEST_S = 300.0


def start(folder: Path, name: str, batches: int, log: Path) -> subprocess.Popen[str]:
    """A writer that has loaded its libraries and is about to begin."""
    arguments = [sys.executable, "-m", "tests.store.worker", str(folder), name, str(batches), str(SIZE), str(log)]
    process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    assert process.wait(LONGEST_S) == 0
    assert process.stdout is not None
    process.stdout.close()


def killed(folder: Path, batches: int, log: Path, after: float) -> None:
    process = start(folder, "w", batches, log)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def whole_batches(book: Casebook) -> dict[str, int]:
    """How many batches of each writer are visible; fails when part of one is."""
    snapshot = book.snapshot()
    seen = snapshot.execute(
        "SELECT d.id, count(DISTINCT a.coding), count(DISTINCT r.coding), count(DISTINCT q.coding) FROM documents d "
        "LEFT JOIN articles a USING (coding) LEFT JOIN reports r USING (coding) LEFT JOIN quotes q USING (coding) "
        "GROUP BY d.id"
    ).fetchall()
    assert {tuple(counts) for _, *counts in seen} <= {(1, 1, 1)}
    batches = Counter(id_.rpartition("-")[0] for id_, *_ in seen)
    assert set(batches.values()) <= {SIZE}, batches
    return Counter(name.partition("-")[0] for name in batches)


def opened(folder: Path) -> Casebook | None:
    """The casebook, or nothing where it was killed before it was made."""
    return Casebook.open(folder) if Folder(folder).has("runs") else None


def unkilled(folder: Path, batches: int, log: Path) -> float:
    """How long a writer takes here and now, in seconds."""
    began = time.monotonic()
    end(start(folder, "w", batches, log))
    return time.monotonic() - began


def test_kill_at_fifty_random_moments(tmp_path: Path) -> None:
    folder, log, chance = tmp_path / "book", tmp_path / "log", random.Random(20210714)
    longest = unkilled(tmp_path / "first", 2, log)
    log.write_text("")
    done = version = wanted = 0
    for _ in range(KILLS):
        wanted = done + 2
        killed(folder, wanted, log, chance.uniform(0, longest))
        book = opened(folder)
        if book is not None:
            assert whole_batches(book).get("w", 0) >= done
            assert book.version >= version
            done, version = whole_batches(book).get("w", 0), book.version
            assert version == done
    end(start(folder, "w", wanted, log))
    book = Casebook.open(folder)
    assert whole_batches(book) == {"w": wanted}
    assert {a.id for a in book.articles()} == {d.id for k in range(wanted) for d in batch("w", k, SIZE)}
    times = Counter(log.read_text().splitlines())
    # A kill costs at most the part in hand: three documents; of those before it none is coded again.
    assert sum(times.values()) - len(times) <= 3 * KILLS


def test_two_writers_and_a_reader_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    writers = [start(folder, name, 6, tmp_path / name) for name in ("x", "y")]
    reads, last, until = 0, 0, time.monotonic() + LONGEST_S
    while any(writer.poll() is None for writer in writers) and time.monotonic() < until:
        book = opened(folder)
        if book is not None:
            seen = sum(whole_batches(book).values())
            assert seen >= last
            reads, last = reads + 1, seen
    for writer in writers:
        end(writer)
    book = Casebook.open(folder)
    assert whole_batches(book) == {"x": 6, "y": 6}
    assert [run.version for run in book.history()] == list(range(1, 13))
    assert reads > 0


def test_two_writers_of_the_same_documents(tmp_path: Path) -> None:
    """Each may code what the other has not committed yet; each document is there once all the same."""
    folder = tmp_path / "book"
    writers = [start(folder, "same", 4, tmp_path / str(n)) for n in range(2)]
    for writer in writers:
        end(writer)
    book = Casebook.open(folder)
    assert whole_batches(book) == {"same": 4}
    assert len(list(book.reports())) == 4 * SIZE
    assert 4 <= book.version <= 8
