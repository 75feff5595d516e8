"""Articles are made ready one by one: the events are the same, and the texts are not kept."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

from dateline.merging.merge import merge
from dateline.merging.ready import Ready
from dateline.records import Article
from tests.merging.test_merge import OTHERS, SAME, comparison, merged

LONG = " more of the same" * 20_000


def long() -> Iterator[Article]:
    return (replace(t.article, text=t.article.text + LONG) for t in SAME)


def test_the_events_are_those_of_a_list() -> None:
    items = [*SAME, *OTHERS]
    once = (t.article for t in reversed(items))
    assert merge((t.report for t in items), once, comparison()) == merged(items) != merged(OTHERS)


def test_in_pieces_as_in_one() -> None:
    items = [*SAME, *OTHERS]
    pieces, whole = Ready(comparison().frequencies), Ready(comparison().frequencies)
    whole.add([t.report for t in items], [t.article for t in items])
    for item in items:
        pieces.add([item.report], [item.article])
    assert pieces.reports == whole.reports
    assert {id_: a.credits for id_, a in pieces.articles.items()} == {
        id_: a.credits for id_, a in whole.articles.items()
    }


def test_a_report_without_its_article_has_a_profile() -> None:
    ready = Ready(comparison().frequencies)
    ready.add([t.report for t in SAME], [SAME[0].article])
    assert [p.story.publisher for p in ready.reports.values()] == ["Zenda Times", "", ""]
    assert list(ready.articles) == [SAME[0].article.id]


def test_the_texts_are_not_kept() -> None:
    reports = [t.report for t in SAME]
    Ready(comparison().frequencies).add(reports, long())
    ready = Ready(comparison().frequencies)
    tracemalloc.start()
    ready.add(reports, long())
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(ready.articles) == len(SAME)
    assert kept < len(LONG)
