"""What it takes to export a casebook, format by format, and whether memory grows with what is exported.

    python -m benchmarks.exports --reports 10000 --folder build/exports

fills two casebooks with the invented articles of ``benchmarks.casebook`` where the folder has none, one of that many
reports and one of ten times as many, and writes both in every format, each time in a process of its own. Printed are
the seconds of processors, which hold on a busy machine too, the most memory that the process held, both for the larger
one, how many times the memory of the smaller one that is, and the size of the file. Memory that does not grow with
``--reports`` is bounded.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.casebook import grow
from benchmarks.process import apart, used
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
    """Write a casebook in one format; seconds of processors, and MB that the process held at most."""
    return used("export", str(folder), "--format", format_, "--output", str(output))


def measure(folders: tuple[Path, Path], format_: str) -> str:
    """Export both casebooks; a line of figures."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "export"
        _, less = exported(folders[0], format_, output)
        seconds, more = exported(folders[1], format_, output)
        size = output.stat().st_size / 1e6
    return f"{format_:12} {seconds:7.1f} s {less:6.0f} MB {more:6.0f} MB {more / less:6.2f} times {size:8.1f} MB"


def main() -> None:
    """Fill the casebooks where there are none, export them, and print a line of figures for each format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, default=Path("build/exports"))
    parser.add_argument("--format", action="append", choices=NAMES, help="only this one; may be given several times")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    numbers = (options.reports, 10 * options.reports)
    folders = (options.folder / str(numbers[0]), options.folder / str(numbers[1]))
    for folder, number in zip(folders, numbers, strict=True):
        apart(fill, folder, number)
    for name in options.format or NAMES:
        print(measure(folders, name), flush=True)


if __name__ == "__main__":
    main()
