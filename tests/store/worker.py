"""Processes that code batches of invented documents into a casebook, for tests that kill them or run several.

    python -m tests.store.worker

loads the libraries once and then forks a writer for each line ``FOLDER NAME BATCHES SIZE LOG`` of standard input (as
a JSON list), tells its process id, waits for its end and tells how it ended. Batch k holds documents ``NAME-k-0`` …
``NAME-k-(SIZE-1)``; batches that the casebook has are passed over as any known input is. Every document that is really
coded is a line of LOG.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Iterable, Iterator

import deltalake  # noqa: F401  loaded before the fork
import duckdb  # noqa: F401

from dateline.records import Coded, Document, Problem
from dateline.store import Casebook, staging
from tests.store.samples import CODER, code, document


def batch(name: str, number: int, size: int) -> list[Document]:
    """The documents of one batch."""
    return [document(f"{name}-{number}-{n}") for n in range(size)]


def write(folder: str, name: str, batches: int, size: int, log: str) -> None:
    """Code the batches, a run each, in parts of three documents."""
    staging.PART_SIZE = 3

    def code_all(items: Iterable[Document | Problem]) -> Iterator[Coded]:
        with open(log, "a", encoding="utf-8") as lines:
            for item in items:
                assert isinstance(item, Document)
                time.sleep(0.001)
                lines.write(f"{item.id}\n")
                lines.flush()
                yield code(item)

    book = Casebook.create(folder)
    for number in range(batches):
        book.code(batch(name, number, size), code_all, CODER, inputs=(f"{name}-{number}",))


def main() -> None:
    """Fork a writer for each line of standard input, one after the other."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                write(*json.loads(line))
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
