"""Inputs to documents: what is read, how it is told apart, and what is said of what cannot be read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from dateline import sources
from dateline.records import Document, Problem
from dateline.sources.sniff import media_type, not_text

TEXT = "The army said on Monday that its soldiers had shelled the town."
PAGE = f"<html><body><p>{TEXT}</p></body></html>"


def line(**record: object) -> str:
    return json.dumps(record)


def read(path: Path | str, stdin: bytes | None = None) -> list[Document | Problem]:
    return list(sources.read([str(path)], stdin))


def shape(items: Sequence[Document | Problem]) -> list[str]:
    """Ids of documents and codes of problems, in order."""
    return [item.id if isinstance(item, Document) else f"!{item.code}" for item in items]


FILES: list[tuple[str, str | bytes, list[str]]] = [
    ("empty.txt", b"", ["!empty"]),
    ("blank.txt", b" \n\t\n", ["!empty"]),
    ("bom.txt", b"\xef\xbb\xbf", ["!empty"]),
    ("paper.txt", b"%PDF-1.7\n...", ["!not-text"]),
    ("photo.html", b"\xff\xd8\xff\xe0" + bytes(range(256)), ["!not-text"]),
    ("random.txt", bytes(range(256)) * 20, ["!not-text"]),
    ("two.jsonl", line(id="a", text=TEXT) + "\n\n" + line(id="b", html=PAGE) + "\n", ["a", "b"]),
    ("windows.jsonl", line(id="a", text=TEXT) + "\r\n" + line(id="b", text=TEXT) + "\r\n", ["a", "b"]),
    ("wide.jsonl", (line(id="a", text=TEXT) + "\n" + line(id="b", text=TEXT)).encode("utf-16"), ["a", "b"]),
    ("lines.ndjson", line(id="a", text=TEXT), ["a"]),
    ("lines.txt", line(id="a", text=TEXT) + "\n" + line(id="b", text=TEXT), ["a", "b"]),
    ("numbers.jsonl", line(id=5, text=TEXT), ["5"]),
    ("broken.jsonl", f'{line(id="a", text=TEXT)}\n{{"id": "b",\n{line(id="c", text=TEXT)}', ["a", "!bad-line", "c"]),
    ("first.txt", '{"id": "a", "text": \n' + line(id="b", text=TEXT), ["!bad-line", "b"]),
    ("odd.jsonl", '[1]\n"x"\nnull\n{}\n' + line(text=5) + "\n" + line(id="e", text=" "),
     ["!bad-line", "!bad-line", "!bad-line", "!bad-line", "!bad-line", "!empty"]),
    ("deep.jsonl", "[" * 100_000, ["!bad-line"]),
    ("blank.jsonl", "\n\n", ["!empty"]),
    ("one.json", line(id="a", text=TEXT), ["a"]),
    ("pretty.json", json.dumps({"id": "a", "text": TEXT}, indent=2), ["a"]),
    ("pretty.jsonl", json.dumps({"id": "a", "text": TEXT}, indent=2), ["a"]),
    ("pretty.txt", json.dumps({"id": "a", "text": TEXT}, indent=2), ["a"]),
    ("list.json", json.dumps([{"id": "a", "text": TEXT}, 5, {"id": "c"}]), ["a", "!bad-line", "!bad-line"]),
    ("none.json", "[]", ["!empty"]),
    ("cut.json", '{"id": "a", "text": ', ["!bad-line"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "expected"), FILES, ids=[name for name, _, _ in FILES])
def test_files(tmp_path: Path, name: str, data: str | bytes, expected: list[str]) -> None:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    found = read(path)
    assert shape(found) == expected
    for item in found:
        if isinstance(item, Problem):
            assert item.fatal
            assert item.message
            assert item.cure
            assert item.where is not None
            assert item.where.startswith(str(path))


def test_a_broken_line_is_named_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{line(id='a', text=TEXT)}\n\n{{broken\n")
    problem = read(path)[1]
    assert isinstance(problem, Problem)
    assert problem.where == f"{path}:3"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.html", PAGE, "text/html"),
        ("a.txt", PAGE, "text/html"),
        ("a.txt", f"<!-- saved -->\n<!DOCTYPE html>\n{PAGE}", "text/html"),
        ("a.txt", f'<?xml version="1.0"?><html><p>{TEXT}</p></html>', "text/html"),
        ("a.txt", f"<p>{TEXT}</p>", "text/html"),
        ("a.html", f"{TEXT} <p>{TEXT}</p>", "text/html"),
        ("a.txt", f"{TEXT} <p>{TEXT}</p>", "text/plain"),
        ("a.html", TEXT, "text/plain"),
        ("a.txt", f"5 < 6 and 7 > 3: {TEXT}", "text/plain"),
        ("a.txt", '{"not": "an article"}\n' + TEXT, "text/plain"),
    ],
)
def test_media_type(tmp_path: Path, name: str, text: str, expected: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    (found,) = read(path)
    assert isinstance(found, Document)
    assert found.media_type == expected
    assert media_type(text.encode("utf-16"), name) == expected


def test_a_document_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    (found,) = read(path)
    assert isinstance(found, Document)
    assert (found.data, found.path, found.given) == (TEXT.encode(), str(path), {})
    assert len(found.sha256) == 64
    other = tmp_path / "b.txt"
    other.write_text(TEXT)
    assert read(other)[0] == Document(found.id, found.data, "text/plain", path=str(other), sha256=found.sha256)


def test_a_document_of_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    record = {
        "id": "x",
        "text": "ignored",
        "html": PAGE,
        "title": " T ",
        "published": 20210809,
        "url": "u",
        "source": None,
    }
    path.write_text(json.dumps(record))
    (found,) = read(path)
    assert isinstance(found, Document)
    assert (found.id, found.media_type, found.url, found.charset) == ("x", "text/html", "u", "utf-8")
    assert found.given == {"title": "T", "published": "20210809", "url": "u"}


def test_lone_surrogates_do_not_end_the_run(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a", "text": "a \\ud800 b"}\n' + line(id="b", text=TEXT))
    assert shape(read(path)) == ["a", "b"]


def test_standard_input() -> None:
    assert shape(read("-", b"")) == ["!empty"]
    assert shape(read("-", (line(id="a", text=TEXT) + "\n{").encode())) == ["a", "!bad-line"]
    (found,) = read("-", TEXT.encode())
    assert isinstance(found, Document)
    assert found.path is None


def test_a_folder_is_read_in_order_and_hidden_files_are_not(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "c/d.jsonl", "c/.e.txt", ".git/f.txt", "g.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(line(id=name, text=TEXT) if name.endswith("jsonl") else TEXT + name)
    found = read(tmp_path)
    assert [Path(item.path or "").name for item in found if isinstance(item, Document)] == [
        "a.html",
        "b.txt",
        "d.jsonl",
    ]


@pytest.mark.parametrize("name", ["nowhere.txt", "", "a\x00b"])
def test_no_such_path(name: str, tmp_path: Path) -> None:
    (problem,) = sources.read([str(tmp_path / name) if name.isprintable() and name else name])
    assert isinstance(problem, Problem)
    assert (problem.code, problem.fatal) == ("missing", True)


def test_an_empty_folder_says_what_it_should_hold(tmp_path: Path) -> None:
    (problem,) = read(tmp_path)
    assert isinstance(problem, Problem)
    assert problem.code == "empty"
    assert ".jsonl" in problem.cure


def test_every_input_is_read_though_one_fails(tmp_path: Path) -> None:
    good = tmp_path / "a.jsonl"
    good.write_text(line(id="a", text=TEXT))
    found = list(sources.read([str(tmp_path / "no"), str(good), str(tmp_path / "no"), str(good)]))
    assert shape(found) == ["!missing", "a", "!missing", "a"]


def test_files_above_the_limit_are_cut_and_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.sources import reader

    monkeypatch.setattr(reader, "MAX_BYTES", 1024 * 1024)
    path = tmp_path / "a.txt"
    path.write_text((TEXT + "\n") * 20_000)
    found = read(path)
    assert isinstance(found[0], Document)
    assert len(found[0].data) == 1024 * 1024
    assert isinstance(found[1], Problem)
    assert (found[1].code, found[1].fatal) == ("truncated", False)
    assert "1 MB" in found[1].message


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04...", "a ZIP or Office file"),
        (b"\x1f\x8b\x08", "a gzip file"),
        (b"text with \x00 one null", None),
        (("wide " * 40).encode("utf-16-be"), None),
        (b"\x00" * 400, "binary data"),
        (b"\x01\x02\x03\x04" * 40, "binary data"),
        ("déjà vu".encode("latin-1"), None),
    ],
)
def test_not_text(data: bytes, what: str | None) -> None:
    assert not_text(data) == what
