"""Merging invented reports: seconds and memory as their number grows, and a day added to what was merged.

    python -m benchmarks.merging --reports 10000 20000 50000 100000
    python -m benchmarks.merging --memory 1000 10000

A steady stream: a hundred reports a day in articles of five, two on one happening of the day before and three on others
of that week, as eight outlets tell them: names, places and most words in common, tolls that differ. So twice the
reports are twice the days. Printed are seconds of processors and of the clock to merge all at once, the same for one
day's articles that are added to all others, and how many of the true pairs were found and how many of the found pairs
are true: no measure of quality, since invented text is easier than news, but a sign that the work was done.

With ``--memory`` casebooks of so many reports are written and merged by ``dateline merge``, each in a process of its
own; every article has twenty sentences more that no report is of, so that it is as long as news. Printed is the most
memory that the process held, and how much that is for each thousand reports beyond the first casebook's.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from benchmarks.process import apart, used
from dateline.lexicon.plover import TYPES
from dateline.merging.merge import Known, Merged, merge
from dateline.merging.model import Comparison
from dateline.records import ActorRef, Article, Coded, Count, Moment, PlaceRef, Report, Span, Stamp, content_id
from dateline.store import Casebook

_PER_ARTICLE, _A_DAY, _TOLD = 5, 100, 8
_OUTLETS = 8
_BACKGROUND = 20
_FIRST = date(2021, 1, 1)
_LETTERS = "etaoinshrdlucmfwypvbgkjqxz"


@dataclass(frozen=True, slots=True)
class Happening:
    """What reports tell of: type and mode, who, whom, where, when, how many, and the words that all accounts share."""

    id: int
    type: str
    mode: str | None
    trigger: str
    who: int
    whom: int
    where: int
    day: date
    killed: int
    words: tuple[str, ...]


class Stream:
    """Articles day by day; ``happening`` has that of each report."""

    def __init__(self, seed: int = 7, background: int = 0) -> None:
        """``background`` sentences of each article are of nothing that happened."""
        self._background = background
        self._random = random.Random(seed)
        self._words = ["".join(self._random.choices(_LETTERS, range(26, 0, -1), k=4 + i % 7)) for i in range(8_000)]
        self._types = [kind for kind in TYPES.values() if kind.quad == 4]
        self._recent: list[Happening] = []
        self._made = 0
        self.happening: dict[str, int] = {}

    def day(self, number: int) -> list[tuple[Article, list[Report]]]:
        """The articles of one day."""
        today = _FIRST + timedelta(days=number)
        new = [self._happen(today - timedelta(days=1)) for _ in range(_A_DAY // _TOLD)]
        self._recent = [*self._recent, *new][-7 * len(new) :]
        return [self._article(today, new) for _ in range(_A_DAY // _PER_ARTICLE)]

    def _happen(self, day: date) -> Happening:
        pick, self._made = self._random, self._made + 1
        kind = pick.choice(self._types)
        mode = pick.choice(kind.modes) if kind.modes else None
        trigger = self._words[(len(kind.name) * 7 + len(mode or "")) % 40]
        words = tuple(pick.sample(self._words, 6))
        return Happening(self._made, kind.name, mode, trigger, pick.randrange(400), pick.randrange(400),
                         pick.randrange(3_000), day, pick.randrange(1, 60), words)  # fmt: skip

    def _article(self, today: date, new: Sequence[Happening]) -> tuple[Article, list[Report]]:
        main = self._random.choice(new)
        told = [main, main, *self._random.sample(self._recent, min(_PER_ARTICLE - 2, len(self._recent)))]
        sentences = [self._sentence(h) for h in told]
        sentences += [" ".join(self._random.sample(self._words, 18)) + "." for _ in range(self._background)]
        text = "\n\n".join(sentences)
        outlet = self._random.randrange(_OUTLETS)
        id_ = content_id("art", text, today.isoformat(), outlet)
        spans, at = [], 0
        for sentence in sentences:
            spans.append(Span(at, at + len(sentence), sentence))
            at += len(sentence) + 2
        article = Article(
            id_, text, spans[0].text, spans[0], paragraphs=tuple(spans[1:]), publisher=f"Outlet {outlet}",
            published=Stamp(today.isoformat(), "given", ""), origin="own", language="en",
        )  # fmt: skip
        return article, [self._report(id_, span, h) for span, h in zip(spans, told, strict=False)]

    def _sentence(self, h: Happening) -> str:
        some = [*self._random.sample(h.words, 4), *self._random.sample(self._words, 8)]
        toll = f"{h.killed + self._random.choice((0, 0, 0, 2))} killed"
        return f"{self._name(h.who)} {h.trigger} {self._name(h.whom)} {self._name(h.where)} {' '.join(some)} {toll}."

    def _name(self, number: int) -> str:
        return self._words[number].capitalize()

    def _report(self, article: str, at: Span, h: Happening) -> Report:
        def found(words: str) -> tuple[int, int, str]:
            start = at.start + at.text.index(words)
            return start, start + len(words), words

        def actor(number: int) -> ActorRef:
            return ActorRef(*found(self._name(number)), self._name(number), f"a{number}", country=f"C{number % 50:02}")

        place, killed = self._name(h.where), int(at.text.split()[-2])
        id_ = content_id("rep", article, at.start)
        self.happening[id_] = h.id
        return Report(
            id_, article, h.type, h.mode, "occurred", Span(*found(h.trigger)), at, (actor(h.who),), (actor(h.whom),),
            places=(PlaceRef(*found(place), place, h.where, h.where % 60, h.where % 90, "AFG", precision="town"),),
            moment=Moment(h.day.isoformat(), h.day.isoformat(), "day"),
            counts=(Count("killed", at.start, at.end, at.text, killed, killed),), confidence=0.9, quad=4,
        )  # fmt: skip


def timed(work: Callable[[], Merged]) -> tuple[Merged, str]:
    """The outcome, and seconds of processors and of the clock."""
    used, start = time.process_time(), time.perf_counter()
    found = work()
    return found, f"{time.process_time() - used:.1f} s of processors, {time.perf_counter() - start:.1f} s"


def quality(found: Merged, happening: dict[str, int]) -> str:
    """Shares of true pairs found and of found pairs true."""
    event_of = {m.report_id: m.event_id for m in found.members}
    both = _pairs([(event, happening[id_]) for id_, event in event_of.items()])
    true, said = _pairs(list(happening.values())), _pairs(list(event_of.values()))
    return f"true pairs found {both / true:.3f}, found pairs true {both / said:.3f}"


def _pairs(groups: Sequence[object]) -> int:
    sizes: dict[object, int] = defaultdict(int)
    for group in groups:
        sizes[group] += 1
    return sum(n * (n - 1) // 2 for n in sizes.values())


def measure(reports: int, comparison: Comparison) -> None:
    """Print one line on merging so many reports, and one on adding a day."""
    stream, articles, told = Stream(), list[Article](), list[Report]()
    for number in range(reports // _A_DAY):
        for article, of_article in stream.day(number):
            articles.append(article)
            told += of_article
    happening = dict(stream.happening)
    found, took = timed(lambda: merge(told, articles, comparison))
    print(f"{len(told)} reports: {took}; {len(found.events)} events; {quality(found, happening)}", flush=True)
    more = stream.day(reports // _A_DAY)
    fresh = {r.id for _, of_article in more for r in of_article}
    recent = {a.id for a in articles[-20 * (_A_DAY // _PER_ARTICLE) :]}
    events = {m.event_id for m in found.members if m.article_id in recent}
    members = [m for m in found.members if m.event_id in events]
    near = recent | {m.article_id for m in members}
    known = Known([e for e in found.events if e.id in events], members)
    beside = [r for r in told if r.article_id in near]
    _, took = timed(
        lambda: merge([*beside, *(r for _, some in more for r in some)],
                      [*(a for a in articles if a.id in near), *(a for a, _ in more)],
                      comparison, known=known, fresh=fresh)
    )  # fmt: skip
    print(f"  a day of {len(fresh)} more, beside those of 20 days: {took}", flush=True)


def fill(folder: Path, reports: int) -> None:
    """Write a casebook of so many reports, a run for each ten days."""
    stream, book = Stream(background=_BACKGROUND), Casebook.create(folder)
    days = iter(range(reports // _A_DAY))
    while some := list(islice(days, 10)):
        coded = [Coded(a.id, a, tuple(of)) for number in some for a, of in stream.day(number)]
        book.commit(coded, coder="synthetic")


def weigh(numbers: Sequence[int]) -> None:
    """Print a line on the memory that merging each number of reports takes."""
    first: tuple[int, float] | None = None
    for reports in numbers:
        with tempfile.TemporaryDirectory() as folder:
            apart(fill, Path(folder) / "book", reports)
            _, megabytes = used("merge", str(Path(folder) / "book"))
        line = f"{reports} reports: {megabytes:.0f} MB"
        if first is not None:
            line += (
                f", {(megabytes - first[1]) * 1000 / (reports - first[0]):.1f} MB for each thousand beyond {first[0]}"
            )
        first = first or (reports, megabytes)
        print(line, flush=True)


def main() -> None:
    """Measure each number of reports."""
    parser = argparse.ArgumentParser(prog="benchmarks.merging", description=__doc__.partition("\n")[0])
    parser.add_argument("--reports", type=int, nargs="+", default=[10_000, 20_000, 50_000, 100_000])
    parser.add_argument("--memory", type=int, nargs="+", help="only the memory of merging these numbers of reports")
    options = parser.parse_args()
    if options.memory:
        weigh(options.memory)
        return
    comparison = Comparison.load()
    for reports in options.reports:
        measure(reports, comparison)


if __name__ == "__main__":
    main()
