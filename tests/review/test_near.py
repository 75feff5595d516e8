"""Near pairs: asked about as merging's own comparison doubts, without comparing everything with everything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from dateline.merging.model import Comparison
from dateline.merging.profile import Profile, profiles
from dateline.merging.reasons import why_same
from dateline.records import Coded, Document, Judgement
from dateline.review import near as near_module
from dateline.review.anchors import Anchor
from dateline.review.decided import decided
from dateline.review.laid import happenings, live
from dateline.review.near import near
from dateline.review.queue import Item, queue, unsure
from dateline.store import Casebook
from tests.merging.samples import Told, told

FIRST, SECOND = (
    told(f"Reds bombed {words} in Zenda.", "ASSAULT/bombing", trigger="bombed", who="Reds", place="Zenda",
         first=f"2021-08-{day:02}", published=f"2021-08-{day + 1:02}", headline=headline, outlet=outlet)
    for words, day, headline, outlet in (("a market", 3, "Market in Zenda hit", "Zenda Times"),
                                         ("a school", 4, "School in Zenda hit", "Hentzau Post"))
)  # fmt: skip
AGAIN = told("Reds bombed the market of Zenda.", "ASSAULT/bombing", trigger="bombed", who="Reds", place="Zenda",
             first="2021-08-03", published="2021-08-04", headline="Market in Zenda hit", outlet="Echo")  # fmt: skip
THIRD = told("Greens attacked a market in Zenda.", "ASSAULT", trigger="attacked", who="Greens", place="Zenda",
             first="2021-08-03", published="2021-08-04", headline="Zenda mourns", outlet="Echo")  # fmt: skip
FAR = told("Blues received envoys in Strelsau.", "CONSULT/visit", trigger="received", who="Blues", place="Strelsau",
           first="2021-08-03", published="2021-08-04", headline="Envoys at court")  # fmt: skip


@cache
def comparison() -> Comparison:
    return Comparison.load()


def add(book: Casebook, items: Iterable[Told], coder: str = "coder 1") -> None:
    """Commit articles as one version; another coder's reports have other ids."""
    found = []
    for t in items:
        report = t.report if coder == "coder 1" else replace(t.report, id=f"{t.report.id}_2", coder=coder)
        document = Document(t.article.id, t.article.text.encode(), "text/plain", url=t.article.url)
        found.append((document, Coded(t.article.id, t.article, (report,))))
    book.commit(found, coder=coder)


def book_of(folder: Path, *items: Told) -> Casebook:
    book = Casebook.create(folder / "book")
    add(book, items)
    return book


def asked(book: Casebook, most: int = 9) -> list[Item]:
    view = book.snapshot()
    return near(view, happenings(view), live(view), comparison(), most)


def shown(item: Item) -> frozenset[str]:
    assert item.other is not None
    return frozenset((item.account.report.id, item.other.report.id))


def ids(*items: Told) -> frozenset[str]:
    return frozenset(t.report.id for t in items)


def profile(item: Told) -> Profile:
    (found,) = profiles([item.report], {item.article.id: item.article}, comparison().frequencies)
    return found


def doubt(a: Told, b: Told) -> float:
    return unsure(comparison().score(profile(a), profile(b)), comparison().threshold)


@pytest.fixture
def every_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """However little merging doubts a pair: what it doubts changes with its weights."""
    monkeypatch.setattr(near_module, "_LEAST", 0.0)


@pytest.mark.usefixtures("every_doubt")
def test_the_most_doubtful_pairs_come_first_with_score_and_reason(tmp_path: Path) -> None:
    book = book_of(tmp_path, FIRST, SECOND, THIRD, FAR)
    pairs = asked(book)
    by_doubt = sorted([(FIRST, SECOND), (FIRST, THIRD), (SECOND, THIRD)], key=lambda pair: -doubt(*pair))
    assert [shown(i) for i in pairs] == [ids(*pair) for pair in by_doubt]
    assert [i.doubt for i in pairs] == pytest.approx([doubt(*pair) for pair in by_doubt])
    one, other = map(profile, by_doubt[0])
    score, threshold = comparison().score(one, other), comparison().threshold
    said = f"scores {score:.2f}, merging takes {threshold:.2f}: "
    assert pairs[0].why in {said + why_same(comparison(), *both) for both in ((one, other), (other, one))}
    assert [shown(i) for i in asked(book, most=1)] == [shown(pairs[0])]
    assert [i for i in queue((), (), pairs, threshold) if i.other] == pairs


@pytest.mark.usefixtures("every_doubt")
def test_a_merged_event_is_weighed_as_a_whole(tmp_path: Path) -> None:
    book = book_of(tmp_path, FIRST, AGAIN, SECOND)
    strict = replace(comparison(), threshold=round(comparison().score(profile(FIRST), profile(AGAIN)), 2) - 0.01)
    book.merge(strict, decided)
    view = book.snapshot()
    (pair,) = near(view, happenings(view), (), strict, 9)
    scores = [comparison().score(profile(SECOND), profile(t)) for t in (FIRST, AGAIN)]
    assert pair.why.startswith(f"scores {sum(scores) / 2:.2f}, merging takes {strict.threshold:.2f}: same because ")
    assert shown(pair) == ids(SECOND, FIRST if scores[0] > scores[1] else AGAIN)
    assert pair.other is not None
    assert {*pair.beside} == (ids(SECOND) if pair.other.report.id == SECOND.report.id else ids(FIRST, AGAIN))


def decision(item: Item) -> Judgement:
    assert item.other is not None
    anchor = f"[{Anchor.of(item.account).text},{Anchor.of(item.other).text}]"
    return Judgement("jud_1", "different", item.account.report.id, "me", "2021-09-01T10:00:00Z",
                     other=item.other.report.id, anchor=anchor)  # fmt: skip


@pytest.mark.usefixtures("every_doubt")
def test_what_was_answered_is_not_asked_again_even_when_coded_anew(tmp_path: Path) -> None:
    book = book_of(tmp_path, FIRST, SECOND, THIRD)
    first, *rest = asked(book)
    book.write_judgements([decision(first)])
    assert [shown(i) for i in asked(book)] == [shown(i) for i in rest]
    add(book, [FIRST, SECOND, THIRD], "coder 2")
    again = {frozenset(f"{id_}_2" for id_ in shown(i)) for i in rest}
    assert {shown(i) for i in asked(book)} == again
    book.write_judgements([replace(decision(first), withdrawn=True)])
    assert len(asked(book)) == len(rest) + 1


@pytest.mark.usefixtures("every_doubt")
def test_only_what_shares_a_block_is_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scored = []

    def counted(self: Comparison, a: Profile, b: Profile) -> float:
        scored.append((a.id, b.id))
        return self.weights(a, b).probability(self.pairing.features(a, b))

    monkeypatch.setattr(Comparison, "score", counted)
    many = [told(f"Reds bombed Zenda on day {n}.", "ASSAULT/bombing", trigger="bombed", who="Reds", place="Zenda",
                 first=f"20{n:02}-08-03", published=f"20{n:02}-08-04") for n in range(10, 40)]  # fmt: skip
    assert asked(book_of(tmp_path, *many, FIRST, THIRD)) != []
    assert len(scored) < len(many)


@pytest.mark.usefixtures("every_doubt")
def test_of_many_the_last_reported_are_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = book_of(tmp_path, FIRST, SECOND, THIRD)
    monkeypatch.setattr(near_module, "COMPARED", 2)
    view = book.snapshot()
    given = [h if h.event.id == SECOND.report.id else replace(h, event=replace(h.event, last_reported="2021-09-01"))
             for h in happenings(view)]  # fmt: skip
    assert [shown(i) for i in near(view, given, (), comparison(), 9)] == [ids(FIRST, THIRD)]


def test_nothing_to_compare(tmp_path: Path) -> None:
    assert asked(Casebook.create(tmp_path / "empty")) == []
    assert asked(book_of(tmp_path, FAR)) == []
