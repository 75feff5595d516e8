"""What can be wrong with a casebook, and that each error names the cure and loses nothing."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.errors import CasebookError
from dateline.store import Casebook, faults
from dateline.store.folder import Folder
from tests.store.samples import CODER, Coders, document

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def book(book: Casebook) -> Casebook:
    """A casebook with an article in it."""
    book.code([document("a")], Coders(), CODER)
    return book


def _use(folder: Path | str, create: bool, read: bool) -> None:
    book = Casebook.create(folder) if create else Casebook.open(folder)
    if read:
        list(book.reports())


def fails(folder: Path | str, *words: str, create: bool = False, read: bool = False) -> None:
    """Opening (and reading) raises a CasebookError with the words."""
    with pytest.raises(CasebookError) as caught:
        _use(folder, create, read)
    for word in words:
        assert word in str(caught.value)


def test_no_such_folder(tmp_path: Path) -> None:
    fails(tmp_path / "nowhere", "there is no such folder", "--into")
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_that_is_no_casebook(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("Dear all")
    fails(tmp_path, "it is no casebook", "--into")
    fails(tmp_path, "holds other files (letters.txt)", "new or empty folder", create=True)
    assert os.listdir(tmp_path) == ["letters.txt"]


def test_a_folder_that_another_process_makes_at_this_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "book"
    asked, isdir = list[str](), os.path.isdir

    def late(path: str) -> bool:
        if str(path) == str(folder) and not asked:
            asked.append(str(path))
            folder.mkdir()
            return False
        return isdir(path)

    monkeypatch.setattr("dateline.store.folder.os.path.isdir", late)
    assert Casebook.create(folder).version == 0
    assert asked


def test_a_file(tmp_path: Path) -> None:
    (tmp_path / "book").write_text("Once upon a time")
    fails(tmp_path / "book", "it is a file")
    fails(tmp_path / "book", "it is a file", create=True)


@pytest.mark.parametrize("name", ["a[1]", "a|b", "a^b", "100%25", "tab\there"])
def test_a_name_that_delta_lake_cannot_take(tmp_path: Path, name: str) -> None:
    fails(tmp_path / name, "Rename the folder", create=True)


def test_a_casebook_half_made_is_made_whole(tmp_path: Path, empty_casebook: Path) -> None:
    shutil.copytree(empty_casebook, tmp_path / "book")
    for table in ("runs", "events"):
        shutil.rmtree(tmp_path / "book" / table)
    fails(tmp_path / "book", "it is no casebook")
    Casebook.create(tmp_path / "book").code([document("a")], Coders(), CODER)
    assert len(list(Casebook.open(tmp_path / "book").reports())) == 1


@pytest.mark.parametrize("format_", ["2", "1000", "next"])
def test_a_casebook_of_a_newer_dateline(book: Casebook, format_: str) -> None:
    runs = Folder(book.uri).open("runs")
    runs.alter.set_table_properties({"dateline.format": format_}, raise_if_not_exists=False)
    fails(book.uri, "newer dateline", "pip install -U")
    fails(book.uri, "newer dateline", create=True)


def break_parquet(folder: Path) -> None:
    file = next(folder.glob("reports/*.parquet"))
    file.write_bytes(b"not what it was" + file.read_bytes()[15:-8] + b"garbage!")


def cut_parquet(folder: Path) -> None:
    file = next(folder.glob("reports/*.parquet"))
    file.write_bytes(file.read_bytes()[:100])


def lose_parquet(folder: Path) -> None:
    next(folder.glob("reports/*.parquet")).unlink()


def break_log(folder: Path) -> None:
    max(folder.glob("reports/_delta_log/*.json")).write_text('{"add": {"pa')


def empty_log(folder: Path) -> None:
    max(folder.glob("runs/_delta_log/*.json")).write_text("")


def lose_table(folder: Path) -> None:
    shutil.rmtree(folder / "reports")


@pytest.mark.parametrize("harm", [break_parquet, cut_parquet, lose_parquet, break_log, empty_log, lose_table])
def test_a_broken_table_file(book: Casebook, harm: object) -> None:
    assert callable(harm)
    harm(Path(book.uri))
    fails(book.uri, "one of its files is", "Restore the file from a copy", read=True)


def test_a_broken_table_leaves_the_others_readable(book: Casebook) -> None:
    cut_parquet(Path(book.uri))
    opened = Casebook.open(book.uri)
    assert [a.id for a in opened.articles()] == ["a"]
    with pytest.raises(CasebookError, match=r"part-.*parquet"):
        list(opened.query("SELECT * FROM events"))


def in_a_process(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program that has the names of this test's imports."""
    head = "import os, resource, sys\nfrom dateline.store import Casebook\nfrom dateline.errors import CasebookError\n"
    head += "from tests.store.samples import *\nbook = Casebook.open(sys.argv[1])\nlist(book.reports())\n"
    command = [sys.executable, "-c", head + program, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


_CODE = """
try:
    book.code([document("b"), document("c")], Coders(), CODER)
    print("written")
except CasebookError as error:
    print(error)
print(len(list(Casebook.open(sys.argv[1]).reports())))
"""


def test_a_folder_that_may_not_be_written(book: Casebook, tmp_path: Path) -> None:
    for path in (*Path(book.uri).rglob("*"), Path(book.uri)):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for parent in Path(book.uri).parents:
        if parent.stat().st_uid == os.geteuid() and not os.path.samestat(parent.stat(), os.stat("/")):
            parent.chmod(parent.stat().st_mode | 0o055)
    other = "os.setuid(65534)\n" if os.geteuid() == 0 else ""
    if in_a_process(other + "import dateline.store.casebook, deltalake, duckdb", book.uri).returncode:
        pytest.skip("another user than root cannot read this Python environment")
    done = in_a_process(other + _CODE, book.uri)
    message, count = done.stdout.splitlines()
    assert "it may not be written. Make the folder writable" in message, done.stderr
    assert count == "1"


def test_a_disk_that_is_full(book: Casebook) -> None:
    """A limit on the size of files stops writing as a full disk does: in the middle of one."""
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
    done = in_a_process(limit + _CODE, book.uri)
    message, count = done.stdout.splitlines()
    assert "there is no room left on the disk" in message, done.stderr
    assert "Nothing that was committed is lost" in message
    assert count == "1"
    Casebook.open(book.uri).code([document("b"), document("c")], Coders(), CODER)
    assert len(list(Casebook.open(book.uri).reports())) == 3
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 2000


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="only root can mount a small disk")
def test_a_small_disk_that_fills_up(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        book, number = Casebook.create(disk / "book"), 0
        with pytest.raises(CasebookError, match="no room left on the disk"):  # noqa: PT012
            for number in range(200):
                text = "".join(chr(0x4E00 + (number * 7919 + n * 104729) % 20000) for n in range(20_000))
                book.code([document(f"d{number}", f"3 killed. {text}")], Coders(), CODER)
        assert len(list(Casebook.open(disk / "book").articles())) == number > 0
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_packages_that_are_not_installed() -> None:
    with pytest.raises(CasebookError, match="pip install 'dateline\\[casebook\\]'"), faults.explained("book"):
        raise ModuleNotFoundError("No module named 'deltalake'")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Generic S3 error: error sending request for url (http://x)", "the object store cannot be reached"),
        ("The table requires reader version 9", "newer Delta Lake"),
        ("something quite new", "something quite new"),
    ],
)
def test_what_libraries_say_is_told_with_a_cure(said: str, told: str) -> None:
    with pytest.raises(CasebookError, match=told) as caught, faults.explained("book"):
        raise OSError(said)
    assert str(caught.value).startswith("casebook book: ")
    assert str(caught.value).count(". ") >= 1


def test_errors_of_ours_stay_what_they_are() -> None:
    with pytest.raises(KeyError), faults.explained("book"):
        raise KeyError("x")
