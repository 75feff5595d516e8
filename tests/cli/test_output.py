"""A file appears whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from dateline.cli.output import opened


def interrupted(path: Path) -> None:
    """Ctrl-C in the middle of writing."""
    with opened(str(path)) as sink:
        sink.write("new")
        raise KeyboardInterrupt


def test_a_file_is_there_only_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with opened(str(path)) as sink:
        sink.write("é\n")
        assert not path.exists()
    assert path.read_bytes() == "é\n".encode()
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        interrupted(path)
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


def test_permissions_are_kept_or_those_of_a_new_file(tmp_path: Path) -> None:
    old, new, plain = tmp_path / "old", tmp_path / "new", tmp_path / "plain"
    old.write_text("")
    old.chmod(0o640)
    plain.write_text("")
    for path in (old, new):
        with opened(str(path)) as sink:
            sink.write("x")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert new.stat().st_mode == plain.stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    with opened(str(link)) as sink:
        sink.write("new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_a_device_is_written_to_not_replaced() -> None:
    with opened(os.devnull) as sink:
        sink.write("gone")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("name", ["nowhere/out.csv", "."])
def test_what_cannot_be_written_is_told_before_any_work(tmp_path: Path, name: str) -> None:
    with pytest.raises(OSError, match=r"."), opened(str(tmp_path / name)):
        pytest.fail("the work began")


def test_standard_output_is_utf8(capfd: pytest.CaptureFixture[str]) -> None:
    with opened("-") as sink:
        sink.write("“é”\n")
        assert not sink.colour
    assert capfd.readouterr().out == "“é”\n"
