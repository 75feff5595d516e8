"""A process that codes batches of invented documents into a casebook, for tests that kill it or run several.

    python -m tests.store.worker FOLDER NAME BATCHES SIZE LOG

Batch k holds documents ``NAME-k-0`` … ``NAME-k-(SIZE-1)``; batches that the casebook has are passed over as any known
input is. Every document that is really coded is a line of LOG. Prints a line when it is about to begin.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator

from dateline.records import Coded, Document, Problem
from dateline.store import Casebook, staging
from tests.store.samples import CODER, code, document


def batch(name: str, number: int, size: int) -> list[Document]:
    """The documents of one batch."""
    return [document(f"{name}-{number}-{n}") for n in range(size)]


def main(folder: str, name: str, batches: int, size: int, log: str) -> None:
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

    print("ready", flush=True)
    book = Casebook.create(folder)
    for number in range(batches):
        book.code(batch(name, number, size), code_all, CODER, inputs=(f"{name}-{number}",))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
