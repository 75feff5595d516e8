"""Speed and size of a casebook that grows to a million reports.

    python -m benchmarks.casebook --reports 1000000 --folder build/casebook

writes invented articles of ten reports each, run by run, and prints at every step of the growth: seconds to commit a
thousand reports, bytes a report, and seconds to open, to count events a day, to get the reports of an event (in SQL
and from Python) and to find everything in a bounding box and month, each the median of three on a fresh snapshot. In
brackets are seconds of processors, which hold on a busy machine too. Generating is not counted.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from dateline.lexicon.plover import STATUSES, TYPES
from dateline.records import (
    ActorRef,
    Alternative,
    Article,
    Coded,
    Count,
    Document,
    Event,
    Member,
    Moment,
    PlaceRef,
    Report,
    Span,
    Stamp,
    TimeRef,
    content_id,
)
from dateline.store import Casebook
from dateline.store.snapshot import Snapshot

PER_ARTICLE = 10
PER_RUN = 1_000
_LETTERS = "etaoinshrdlucmfwypvbgkjqxz"
_BOX = "lat BETWEEN 33 AND 36 AND lon BETWEEN 67 AND 71 AND first_day BETWEEN DATE '2021-07-01' AND DATE '2021-07-31'"


class World:
    """Invents articles: words, actors and places of uneven frequency, days of six years."""

    def __init__(self, seed: int = 7) -> None:
        self._random = random.Random(seed)
        self._words = ["".join(self._random.choices(_LETTERS, range(26, 0, -1), k=3 + i % 8)) for i in range(20_000)]
        self._weights = list(itertools.accumulate(1 / (10 + i) for i in range(len(self._words))))
        self._types = list(TYPES.values())

    def article(self, number: int) -> tuple[Document, Coded]:
        """Article and reports of one number; about 2,000 characters."""
        sentences = [
            " ".join(self._random.choices(self._words, cum_weights=self._weights, k=28)) + "."
            for _ in range(PER_ARTICLE)
        ]
        text = "\n\n".join(sentences)
        day = date(2016, 1, 1) + timedelta(days=self._random.randrange(6 * 365))
        url = f"https://outlet{number % 40}.example/{day.isoformat()}/{number}"
        article = Article(
            content_id("doc", number), text, headline=sentences[0][:60], published=Stamp(day.isoformat(), "meta", url),
            publisher=f"Outlet {number % 40}", url=url, language="en", origin="own", sha256=content_id("", text),
        )  # fmt: skip
        spans, at = [], 0
        for sentence in sentences:
            spans.append(Span(at, at + len(sentence), sentence))
            at += len(sentence) + 2
        reports = tuple(self._report(article, span, day) for span in spans)
        document = Document(article.id, text.encode(), "text/plain", url=url, sha256=article.sha256)
        return document, Coded(article.id, article, reports)

    def _report(self, article: Article, sentence: Span, day: date) -> Report:
        kind = self._random.choice(self._types)
        trigger = Span(sentence.start, sentence.start + 8, sentence.text[:8])
        when = day - timedelta(days=self._random.randrange(3))
        return Report(
            content_id("rep", article.id, trigger.start), article.id, kind.name,
            self._random.choice(kind.modes) if kind.modes else None,
            self._random.choices(STATUSES, (80, 5, 7, 5, 3))[0], trigger, sentence,
            actors=(self._actor(sentence),), recipients=(self._actor(sentence),),
            places=(self._place(sentence),),
            times=(TimeRef(sentence.start + 9, sentence.start + 18, sentence.text[9:18], None, "no such day"),),
            moment=Moment(when.isoformat(), when.isoformat(), "day", "named weekday before the day of the report"),
            counts=(Count("killed", trigger.start, trigger.end, trigger.text, 3, 7),) if kind.quad == 4 else (),
            confidence=round(self._random.random(), 3), quad=kind.quad, score=kind.score, cameo=kind.cameo,
            coder="dateline 0.1.0 synthetic",
        )  # fmt: skip

    def _actor(self, at: Span) -> ActorRef:
        number = int(self._random.paretovariate(0.7)) % 4000
        name = f"Actor {self._words[number]}"
        return ActorRef(
            at.start, at.start + 12, at.text[:12], name, f"actor-{number}", "armed_group", f"C{number % 190:02d}",
            ("MIL", "REB", "GOV", "CVL")[number % 4], round(self._random.random(), 3),
            (Alternative(f"Actor {self._words[number + 1]}", f"actor-{number + 1}", 0.2),), "an alias of the lexicon",
        )  # fmt: skip

    def _place(self, at: Span) -> PlaceRef:
        number = int(self._random.paretovariate(0.6)) % 12_000
        lat, lon = 5 + (number * 7919 % 4000) / 100, 20 + (number * 104729 % 8000) / 100
        return PlaceRef(
            at.start, at.start + 10, at.text[:10], f"Place {self._words[number]}", 100_000 + number, lat, lon,
            f"C{number % 190:02d}", f"Province {number % 900}", "town", 8.0, round(self._random.random(), 3),
            (Alternative(f"Place {self._words[number + 1]}", str(100_001 + number), 0.3),), "most populous of its name",
        )  # fmt: skip


def grow(folder: Path, total: int) -> Iterator[tuple[int, float, float]]:
    """Write articles run by run; yields the number of reports, and seconds of clock and processors of each commit."""
    book, world, reports = Casebook.create(folder), World(), 0
    while reports < total:
        first = reports // PER_ARTICLE
        batch = [world.article(first + n) for n in range(min(PER_RUN, (total - reports) // PER_ARTICLE))]
        start, used = time.perf_counter(), time.process_time()
        book.commit(batch)
        reports += len(batch) * PER_ARTICLE
        yield reports, time.perf_counter() - start, time.process_time() - used


def merge_some(folder: Path) -> str:
    """Write an event of four reports, so that there is one to look up; returns its id."""
    book = Casebook.open(folder)
    found = list(book.query("SELECT id, article_id FROM reports ORDER BY id LIMIT 4"))
    event = Event("evt_sample", "ASSAULT", None, "occurred", reports=4, articles=4, sources=4)
    book.write_events([event], [Member(event.id, report, article) for report, article in found])
    return event.id


def measure(folder: Path, event: str) -> dict[str, str]:
    """Median seconds of each question, a fresh snapshot each time."""
    questions = {
        "events_per_day_s": "SELECT day, count(*) FROM events GROUP BY day",
        "reports_of_event_s": "SELECT r.* FROM reports r JOIN event_members m ON r.id = m.report_id "
        f"AND r.article_id = m.article_id WHERE m.event_id = '{event}'",
        "box_and_month_s": f"SELECT * FROM events WHERE {_BOX}",
    }
    figures = {"open_s": _median(lambda: Casebook.open(folder).snapshot())}
    for name, sql in questions.items():
        snapshots = [Casebook.open(folder).snapshot() for _ in range(3)]
        figures[name] = _median(partial(_ask, snapshots, sql))
    figures["reports_of_s"] = _median(lambda: list(Casebook.open(folder).reports_of(event)))
    count = questions["events_per_day_s"]
    figures["open_and_count_per_day_s"] = _median(lambda: list(Casebook.open(folder).query(count)))
    return figures


def _ask(snapshots: list[Snapshot], sql: str) -> None:
    snapshots.pop().execute(sql).fetchall()


def _median(work: Callable[[], object]) -> str:
    """Seconds on the clock and, in brackets, of processors: the second holds on a busy machine too."""
    taken = []
    for _ in range(3):
        start, used = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - start, time.process_time() - used))
    clock, processor = (statistics.median(column) for column in zip(*taken, strict=True))
    return f"{clock:.3f}({processor:.3f})"


def size(folder: Path) -> tuple[int, int]:
    """Bytes of the files in use, and of all files, with those that compaction left for open readers."""
    from dateline.store.folder import Folder
    from dateline.store.tables import TABLES

    live = sum(os.path.getsize(uri) for name in TABLES for uri in Folder(folder).open(name).file_uris())
    return live, sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())


def report(folder: Path, reports: int, event: str, commit: str) -> None:
    """Print a line of figures."""
    live, everything = size(folder)
    figures: dict[str, object] = {
        "commit_s_per_1k": commit,
        "bytes_per_report": live // reports,
        "with_left_behind": everything // reports,
        **measure(folder, event),
    }
    print(f"{reports:>9,} reports", " ".join(f"{k}={v}" for k, v in figures.items()), flush=True)


def main() -> None:
    """Grow, and print a line of figures at 10k, 100k, and every further power of ten up to the total."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100_000, help="0 measures the casebook that is there")
    parser.add_argument("--folder", type=Path, default=None)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp()) / "casebook"
    if not options.reports:
        ((count,),) = Casebook.open(folder).query("SELECT count(*) FROM reports")
        report(folder, count, merge_some(folder), "-")
    steps = [10**n for n in range(4, 10) if 10**n < options.reports] + [options.reports]
    event, last = "", list[tuple[float, float]]()
    for reports, *taken in grow(folder, options.reports):
        last = [*last[-9:], (taken[0], taken[1])]
        if reports >= steps[0]:
            event = event or merge_some(folder)
            clock, processor = (statistics.mean(c) * 1000 / (PER_RUN * PER_ARTICLE) for c in zip(*last, strict=True))
            report(folder, reports, event, f"{clock:.3f}({processor:.3f})")
            steps.pop(0)


if __name__ == "__main__":
    main()
