"""What holds for every format: its sample is what it writes, and an empty casebook makes a file that opens."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from dateline.cli.export import NAMES
from dateline.export.formats import FORMATS
from tests.export.happenings import ALL, written

SAMPLES = Path(__file__).parent / "samples"
TEXT = sorted(name for name, one in FORMATS.items() if one.lines)
BINARY = sorted(name for name, one in FORMATS.items() if one.write)


def test_the_command_knows_every_format() -> None:
    assert tuple(FORMATS) == NAMES
    assert all((one.lines is None) != (one.write is None) for one in FORMATS.values())


@pytest.mark.parametrize("name", TEXT)
def test_samples_are_what_is_written(name: str) -> None:
    """Delete a sample and run the test to write it anew; then read it before it is committed."""
    lines = FORMATS[name].lines
    assert lines is not None
    text, _ = written(lines)
    sample = SAMPLES / f"{name}.{FORMATS[name].ending}"
    if not sample.exists():
        sample.write_text(text, encoding="utf-8", newline="")
        pytest.fail(f"{sample.name} was not there; it is written now")
    assert text == sample.read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", TEXT)
def test_nothing_is_lost_without_a_reason(name: str) -> None:
    lines = FORMATS[name].lines
    assert lines is not None
    text, left_out = written(lines)
    ids = [h.event.id for h in ALL]
    assert sum(id_ in text for id_ in ids) + left_out.total() >= len(ids)


@pytest.mark.parametrize("name", BINARY)
def test_an_empty_file_opens(name: str, tmp_path: Path) -> None:
    write = FORMATS[name].write
    assert write is not None
    write(iter(()), str(tmp_path / "file"), Counter())
    head = (tmp_path / "file").read_bytes()[:4]
    assert head == (b"PK\x03\x04" if name == "xlsx" else b"PAR1")
