"""Several processes: order, and the death of one of them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from dateline.cli.workers import in_processes
from dateline.errors import ModelError
from dateline.records import Coded, Document, Problem


def work(item: Document | Problem) -> Coded:
    """What a process does here: returns, raises or dies as the document says."""
    assert isinstance(item, Document)
    if item.data == b"die":
        os._exit(9)
    if item.data == b"raise":
        raise ModelError("no weights")
    return Coded(item.id, None)


def items(*data: bytes) -> Iterator[Document]:
    return (Document(f"d{k}", d, "text/plain") for k, d in enumerate(data))


def test_results_keep_the_order_of_the_inputs() -> None:
    coded = list(in_processes(items(*[b"x"] * 30), 2, work))
    assert [c.id for c in coded] == [f"d{k}" for k in range(30)]


def test_a_dead_process_costs_one_article() -> None:
    coded = list(in_processes(items(*[b"x"] * 3, b"die", *[b"x"] * 12), 2, work))
    assert [c.id for c in coded] == [f"d{k}" for k in range(16)]
    assert {c.id: [p.code for p in c.problems] for c in coded if c.problems} == {"d3": ["died"]}


def test_what_ends_the_run_is_raised() -> None:
    with pytest.raises(ModelError, match="no weights"):
        list(in_processes(items(b"raise"), 2, work))
