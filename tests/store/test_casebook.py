"""The casebook: what is kept, what is passed over, what becomes a new version, what an interruption costs."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import CasebookError
from dateline.records import Document, Problem
from dateline.store import Casebook, staging
from dateline.store import folder as folder_module
from dateline.store.folder import Folder
from tests.store.samples import CODER, Coders, code, document


def coded_by(book: Casebook, *documents: Document | Problem, coder: str = CODER) -> list[str]:
    """Code documents into a casebook; returns the ids of those that were really coded."""
    coders = Coders(coder)
    book.code(documents, coders, coder)
    return coders.coded


def texts(book: Casebook, as_of: int | str | None = None) -> list[str]:
    return [article.text for article in book.articles(as_of)]


def test_an_empty_casebook_has_version_0_and_nothing_in_it(book: Casebook) -> None:
    assert book.version == 0
    assert book.history() == []
    assert texts(book) == []
    assert list(book.query("SELECT count(*) FROM events")) == [(0,)]


def test_what_goes_in_comes_out(book: Casebook) -> None:
    documents = [document("a"), document("b", url="https://times.example/b")]
    coded_by(book, *documents)
    for found, wanted in (
        (book.articles(), [code(d).article for d in documents]),
        (book.reports(), [r for d in documents for r in code(d).reports]),
        (book.quotes(), [q for d in documents for q in code(d).quotes]),
        (book.documents(), documents),
    ):
        assert list(found) == wanted  # type: ignore[call-overload]
    assert list(Casebook.open(book.uri).reports(article_id="b")) == list(code(documents[1]).reports)


def test_the_same_input_again_changes_nothing(book: Casebook) -> None:
    assert coded_by(book, document("a"), document("b"), document("a")) == ["a", "b"]
    before = sorted(Path(book.uri).rglob("*"))
    assert coded_by(book, document("b"), document("a")) == []
    assert book.version == 1
    assert sorted(Path(book.uri).rglob("*")) == before


@pytest.mark.parametrize(
    ("changed", "current"),
    [
        (document("a", "Now 4 were killed."), ["Now 4 were killed."]),
        (document("z", "Now 4 were killed.", url="https://times.example/a"), ["Now 4 were killed."]),
        (document("a", "Now 4 were killed.", url="https://www.times.example/new"), ["Now 4 were killed."]),
        (document("a", "Others killed.", url="https://herald.example/a"), ["First 3 killed.", "Others killed."]),
        (document("z", "Others killed.", url="https://times.example/z"), ["First 3 killed.", "Others killed."]),
    ],
    ids=["same id", "same url", "same id, new url", "same id elsewhere", "another"],
)
def test_a_changed_article_is_a_new_version_of_it(book: Casebook, changed: Document, current: list[str]) -> None:
    coded_by(book, document("a", "First 3 killed.", url="https://times.example/a"))
    assert coded_by(book, changed) == [changed.id]
    assert sorted(texts(book)) == current
    assert len(list(book.reports())) == len(current)
    assert texts(book, as_of=1) == ["First 3 killed."]


def test_another_date_for_the_same_text_is_a_change(book: Casebook) -> None:
    coded_by(book, document("a", published="2021-07-14"))
    assert coded_by(book, document("a", published="2021-07-15")) == ["a"]
    assert [d.given for d in book.documents()] == [{"published": "2021-07-15"}]


def test_an_older_content_does_not_come_back(book: Casebook) -> None:
    old, new = document("a", "First 3 killed."), document("a", "Now 4 were killed.")
    coded_by(book, old, new)
    assert texts(book) == ["Now 4 were killed."]
    assert coded_by(book, old, new) == []
    assert coded_by(book, old, new, coder="newer") == ["a"]
    assert texts(book) == ["Now 4 were killed."]


def test_every_version_of_an_article_can_be_read(book: Casebook) -> None:
    for text in ("First 3 killed.", "Now 4 were killed.", "In the end 5 were killed."):
        coded_by(book, document("a", text))
    rows = list(book.query("SELECT number, version, change, text FROM article_versions ORDER BY number"))
    assert rows == [
        (1, 1, "new", "First 3 killed."),
        (2, 2, "changed", "Now 4 were killed."),
        (3, 3, "changed", "In the end 5 were killed."),
    ]


def test_another_coder_codes_again_and_replaces(book: Casebook) -> None:
    coded_by(book, document("a"), document("b"))
    assert coded_by(book, document("a"), coder="newer") == ["a"]
    assert sorted(r.coder for r in book.reports()) == [CODER, "newer"]
    assert {r.coder for r in book.reports(as_of=1)} == {CODER}
    assert coded_by(book, document("a")) == [], "two users with two versions must not code in turn for ever"


def test_a_document_that_killed_its_process_is_tried_again(book: Casebook) -> None:
    died = Problem("died", "the process that coded it died", "Run with fewer --jobs.", "a", fatal=True)
    failed = replace(code(document("a")), article=None, reports=(), quotes=(), problems=(died,))
    book.code([document("a")], lambda items: (failed for _ in items), CODER)
    assert [p.code for p in book.problems()] == ["died"]
    assert coded_by(book, document("a")) == ["a"]
    assert list(book.problems()) == []


def test_problems_are_kept_and_not_told_twice(book: Casebook) -> None:
    missing = Problem("missing", "there is no such file", "Check the path.", "nowhere.txt", fatal=True)
    empty = document("e", "  \n ")
    assert coded_by(book, missing, empty, document("a")) == ["e", "a"]
    assert sorted(p.code for p in book.problems()) == ["empty", "missing"]
    assert coded_by(book, missing, empty, document("a")) == []
    assert book.version == 1


def test_what_cannot_be_stored_becomes_a_problem(book: Casebook) -> None:
    good, bad = document("good"), document("bad")
    broken = replace(code(bad), reports=(replace(code(bad).reports[0], quad=2**70),))
    book.commit([(good, code(good)), (bad, broken)])
    (problem,) = book.problems()
    assert (problem.code, problem.fatal, problem.where) == ("unstorable", True, "bad")
    assert "reports" in problem.message
    assert [a.id for a in book.articles()] == ["good"]
    assert {d.id for d in book.documents()} == {"good", "bad"}


def test_a_name_with_half_a_character_is_kept_as_a_problem(book: Casebook) -> None:
    coded_by(book, document("half \ud83d", "3 killed."), document("a"))
    assert [p.where for p in book.problems()] == ["half ?"]
    assert [a.id for a in book.articles()] == ["a"]


def test_commit_takes_coded_articles_without_their_documents(book: Casebook) -> None:
    run = book.commit([code(document("a"))])
    assert run is not None
    assert (run.version, run.coder, run.counts["new"]) == (1, CODER, 1)
    assert book.commit([code(document("a"))]) is None
    assert coded_by(book, document("a")) == [], "the coded article names its bytes by their hash"


def test_history_tells_what_each_run_did(book: Casebook) -> None:
    coded_by(book, document("a"), document("b"))
    coded_by(book, document("a", "Now 4 were killed."), document("b"), coder="newer")
    first, second = book.history()
    assert (first.version, first.kind, first.coder) == (1, "code", CODER)
    assert first.counts == {"new": 2, "articles": 2, "reports": 2, "quotes": 2, "documents": 2}
    assert second.counts["changed"] == second.counts["recoded"] == 1
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", second.committed or "")
    assert (first.committed or "") < (second.committed or "")


def test_as_of_takes_versions_days_and_instants(book: Casebook) -> None:
    coded_by(book, document("a"))
    coded_by(book, document("b"))
    first = book.history()[0].committed or ""
    for as_of, number in ((0, 0), (1, 1), ("1", 1), (2, 2), (None, 2), (first, 1), (first[:10], 2), ("2001-01-01", 0)):
        assert len(texts(book, as_of)) == number, as_of
    for wrong in (3, -1, "yesterday", "2021-13-01"):
        with pytest.raises(CasebookError, match="version"):
            texts(book, wrong)


def test_reports_since_a_version(book: Casebook) -> None:
    coded_by(book, document("a"))
    coded_by(book, document("b"))
    assert [r.article_id for r in book.reports(since=1)] == ["b"]
    assert list(book.reports(since=2)) == []


def interrupted(book: Casebook, documents: list[Document], after: int, coder: str = CODER) -> None:
    with pytest.raises(KeyboardInterrupt):
        book.code(documents, Coders(coder, fail_at=after), coder, inputs=("corpus",))


def test_an_interruption_shows_nothing_and_costs_nothing(book: Casebook) -> None:
    documents = [document(f"d{n}") for n in range(10)]
    interrupted(book, documents, 7)
    assert (book.version, texts(book)) == (0, [])
    unfinished = book.unfinished()
    assert unfinished is not None
    assert unfinished.inputs == ("corpus",)
    coders = Coders()
    outcome = book.code(documents, coders, CODER, inputs=("corpus",))
    assert coders.coded == ["d7", "d8", "d9"]
    assert outcome.seen == {"staged": 7, "new": 3}
    assert outcome.run is not None
    assert outcome.run.counts == {"new": 10, "articles": 10, "reports": 10, "quotes": 10, "documents": 10}
    assert len(texts(book)) == 10
    assert book.unfinished() is None
    assert [run.version for run in book.history()] == [1, None]


def test_staged_work_is_taken_as_far_as_it_was_asked_for(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "PART_SIZE", 4)
    documents = [document(f"d{n}") for n in range(10)]
    interrupted(book, documents, 9)
    assert coded_by(book, *documents[2:7]) == [], "one part taken whole, of another only what was asked for"
    assert [a.id for a in book.articles()] == ["d2", "d3", "d4", "d5", "d6"]
    assert coded_by(book, *documents) == ["d9"]
    assert [a.id for a in book.articles()] == [d.id for d in documents]
    assert len(list(book.reports())) == len(list(book.quotes())) == 10
    assert list(book.query("SELECT count(*), count(DISTINCT coding) FROM documents")) == [(10, 10)]


def test_staged_work_of_another_coder_is_left_alone(book: Casebook) -> None:
    interrupted(book, [document("a"), document("b")], 1)
    assert coded_by(book, document("a"), coder="newer") == ["a"]
    assert {r.coder for r in book.reports()} == {"newer"}


def test_two_runs_may_take_the_same_staged_part(book: Casebook) -> None:
    documents = [document("a"), document("b"), document("c")]
    interrupted(book, documents, 2)
    other = Casebook.open(book.uri)
    first = book._run(CODER, ())
    second = other._run(CODER, ())
    for run in (first, second):
        run.code(documents, Coders(), lambda item, verdict: None)
    assert book.version == 2
    assert len(texts(book)) == len(list(book.reports())) == 3


def test_small_files_are_joined_and_nothing_else_changes(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(5):
        coded_by(book, document(f"d{n}"))
    monkeypatch.setattr(folder_module, "SMALL_FILES", 3)
    before = list(book.reports())
    book.compact()
    assert len(book._folder.open("reports").file_uris()) == 1
    assert list(Casebook.open(book.uri).reports()) == before
    assert [a.id for a in Casebook.open(book.uri).articles(as_of=2)] == ["d0", "d1"]


def test_tables_of_an_older_dateline_get_the_columns_they_lack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append, create = Folder.append, Folder.create

    def without(name: str, rows: Any) -> Any:
        return rows.project("* EXCLUDE (radius_km, type_probabilities)") if name == "reports" else rows

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "append", lambda self, name, rows, *more, **named: append(
            self, name, without(name, rows), *more, **named))  # fmt: skip
        patch.setattr(Folder, "create", lambda self, schemas: create(
            self, {name: without(name, rows) for name, rows in schemas.items()}))  # fmt: skip
        coded_by(Casebook.create(tmp_path / "old"), document("a"))
    book = Casebook.open(tmp_path / "old")
    assert [r.article_id for r in book.reports()] == ["a"]
    coded_by(book, document("b"))
    rows = list(book.query("SELECT article_id, radius_km FROM reports ORDER BY 1"))
    assert rows == [("a", None), ("b", 12.0)]
    assert [r.type_probabilities for r in book.reports()] == [None, {"ASSAULT": 0.9}]


def test_an_object_store_is_read_through_arrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder taken for an object store: nothing but Delta Lake's own reading and writing touches it."""
    monkeypatch.setattr(folder_module, "_REMOTE", re.compile("^/"))
    book = Casebook.create(tmp_path / "book")
    assert book._folder.remote
    coded_by(book, document("a"), document("b", url="https://times.example/b"))
    coded_by(book, document("a", "Now 4 were killed."))
    assert coded_by(book, document("b", url="https://times.example/b")) == []
    assert list(book.documents(as_of=1)) == [document("a"), document("b", url="https://times.example/b")]
    assert [r.article_id for r in book.reports()] == ["a", "b"]
    assert next(iter(book.query("SELECT article_id, actors[1].name FROM reports ORDER BY 1"))) == ("a", "Gunmen")
    assert book.snapshot().pinned == []


@pytest.mark.parametrize("name", ["elsewhere é 'x'", "a {1} * b?", "50% off #1"])
def test_a_folder_can_be_moved_and_named_as_one_likes(book: Casebook, tmp_path: Path, name: str) -> None:
    coded_by(book, document("a"))
    Path(book.uri).rename(tmp_path / name)
    moved = Casebook.open(tmp_path / name)
    assert texts(moved) == ["Gunmen killed 3 people in Strelsau, says a."]
    assert coded_by(moved, document("a"), document("b")) == ["b"]
    assert len(texts(Casebook.open(tmp_path / name))) == 2
