"""What it takes to export a casebook, format by format.

    python -m benchmarks.exports --reports 100000 --folder build/exports

fills a casebook with the invented articles of ``benchmarks.casebook`` where the folder has none, and writes it in every
format, each in a process of its own. Printed are the seconds of processors, which hold on a busy machine too, the most
memory that the process held, and the size of the file. Memory that does not grow with ``--reports`` is bounded.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.casebook import grow
from dateline.cli.export import NAMES
from dateline.store import Casebook


def fill(folder: Path, reports: int) -> None:
    """Fill the casebook where there is none, and print how much it holds."""
    if not folder.exists():
        for _ in grow(folder, reports):
            pass
    ((count,),) = Casebook.open(folder).query("SELECT count(*) FROM events")
    print(f"{count:,} happenings", flush=True)


def exported(folder: Path, format_: str, output: Path) -> tuple[float, float]:
    """Write a casebook in one format; seconds of processors, and MB that the process held at most.

    Raises OSError when it fails.
    """
    command = [sys.executable, "-m", "dateline", "export", str(folder), "--format", format_, "--output", str(output)]
    process = os.posix_spawn(sys.executable, command, os.environ)
    _, status, used = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status):
        raise OSError(f"the export as {format_} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Fill the casebook where there is none, export it, and print a line of figures for each format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, default=Path("build/exports"))
    parser.add_argument("--format", action="append", choices=NAMES, help="only this one; may be given several times")
    options = parser.parse_args()
    # In another process, since a process that this one starts begins with the memory that this one held.
    filling = multiprocessing.get_context("spawn").Process(target=fill, args=(options.folder, options.reports))
    filling.start()
    filling.join()
    with tempfile.TemporaryDirectory() as folder:
        for name in options.format or NAMES:
            output = Path(folder) / "export"
            seconds, megabytes = exported(options.folder, name, output)
            print(f"{name:12} {seconds:7.1f} s {megabytes:7.0f} MB {output.stat().st_size / 1e6:9.1f} MB", flush=True)
            output.unlink()


if __name__ == "__main__":
    main()
