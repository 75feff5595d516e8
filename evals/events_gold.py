"""Merging on the demo casebook: are the reports of one happening together, and those of two apart?

usage: python -m evals.events_gold FOLDER [--weights FILE] [--triggers gold|read]

FOLDER holds articles.jsonl, happenings.jsonl and copies.jsonl. Articles go through the whole coder; a gold mention
stands for the report whose trigger it shares characters with. With ``--triggers gold`` the reader is made to report
whatever it holds for an event with the least probability, so that nearly every gold mention has its report and what is
measured is merging; with ``read`` it reports what it does for users, and mentions that it misses are counted as
pairs that were not found. Figures: precision, recall and F1 of pairs of reports of one happening, the same without the
broad ones (a war, an offensive, a withdrawal: whatever lasts more than a month), B³ of all reports that are gold
mentions, and precision and recall of pairs of articles that print one text.

The shipped weights were fitted on this corpus: what they reach on it says how well it fits, and not how well merging
does elsewhere. For that see ``python -m training.merging --folds``, which measures what was left out.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path

from dateline.merging.copies import find_copies
from dateline.merging.merge import merge
from dateline.merging.model import WEIGHTS, Comparison
from dateline.pipeline import Coder, documents
from dateline.reading.network import WEIGHTS as WEIGHTS_OF_READER
from dateline.reading.network import Network
from dateline.reading.reader import Reader
from dateline.reading.wordpiece import WordPiece
from dateline.records import Article, Document, Report
from dateline.resolving.actors import ActorResolver
from dateline.resolving.places import PlaceResolver
from evals.casebook_gold import Row, locate, rows
from evals.coreference import Tally

BROAD_DAYS = 31
FAINT = 0.02
"""The probability from which a reader that is to find every trigger reports one."""
Pair = tuple[Hashable, Hashable]


@dataclass(frozen=True)
class Corpus:
    """Coded articles by the ids of their input, the reports that are gold mentions with their happenings, and what was
    annotated: ``missed`` counts mentions without a report, by happening, ``broad`` are those that last long."""

    articles: Mapping[str, Article]
    reports: tuple[Report, ...]
    happening: Mapping[str, str]
    missed: Mapping[str, int]
    broad: frozenset[str] = frozenset()

    def narrow(self, pair: Pair) -> bool:
        """True for two reports of which neither tells of a broad happening."""
        return not any(self.happening[str(id_)] in self.broad for id_ in pair)


def reader_at(trigger: float | None = None) -> Reader:
    """The reader with the shipped weights; it reports an event from the probability ``trigger`` on, where given."""
    network = Network(WEIGHTS_OF_READER, 1)
    if trigger is not None:
        network.meta["thresholds"] = {**network.meta.get("thresholds", {}), "trigger": trigger}
    return Reader(network, WordPiece.load(WEIGHTS_OF_READER / "tokenizer.json"))


def coder(faint: bool) -> Coder:
    """The coder with the shipped weights, as for users or made to report every ``faint`` trigger."""
    return Coder(reader_at(FAINT if faint else None), ActorResolver.load(), PlaceResolver.load())


def load(folder: Path, faint: bool) -> Corpus:
    """Code the articles of a folder and find the reports of the gold mentions."""
    found = coder(faint)
    read = [d for d in documents([str(folder / "articles.jsonl")]) if isinstance(d, Document)]
    coded = {d.id: found.code(d) for d in read}
    articles = {id_: c.article for id_, c in coded.items() if c.article is not None}
    reports = [r for c in coded.values() for r in c.reports]
    by_article: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_article[report.article_id].append(report)
    happening: dict[str, str] = {}
    missed: dict[str, int] = defaultdict(int)
    for row in rows(folder / "happenings.jsonl"):
        for mention in row["mentions"]:
            article = articles[mention["article"]]
            told = _told(mention, article, by_article[article.id])
            if told is None or told.id in happening:
                missed[row["id"]] += 1
            else:
                happening[told.id] = row["id"]
    return Corpus(articles, tuple(reports), happening, missed, broad(folder))


def broad(folder: Path) -> frozenset[str]:
    """The happenings that last more than a month."""
    return frozenset(row["id"] for row in rows(folder / "happenings.jsonl") if _days(row) > BROAD_DAYS)


def _days(row: Row) -> int:
    return (date.fromisoformat(row["last"]) - date.fromisoformat(row["first"])).days


def _told(mention: Row, article: Article, reports: Sequence[Report]) -> Report | None:
    """The report whose trigger has a gold trigger's characters, the surest of several."""
    at = locate(article.text, mention)
    return None if at is None else covering(at, at + len(mention["trigger"]), reports)


def covering(start: int, end: int, reports: Iterable[Report]) -> Report | None:
    """The surest report whose trigger shares characters with a stretch."""
    found = [r for r in reports if r.trigger.start < end and start < r.trigger.end]
    return max(found, key=lambda r: (r.confidence, r.id), default=None)


@dataclass
class Pairs:
    """Pairs that are right, that are wrong, and that are missing."""

    right: int = 0
    wrong: int = 0
    missing: int = 0

    def add(self, gold: set[Pair], system: set[Pair]) -> None:
        """Count one comparison."""
        self.right += len(gold & system)
        self.wrong += len(system - gold)
        self.missing += len(gold - system)

    @property
    def figures(self) -> tuple[float, float, float]:
        """Precision, recall, F1."""
        p = self.right / (self.right + self.wrong or 1)
        r = self.right / (self.right + self.missing or 1)
        return p, r, 2 * p * r / (p + r) if p + r else 0.0


def pairs(groups: Iterable[Iterable[Hashable]]) -> set[Pair]:
    """Every unordered pair of members of one group."""
    return {tuple(pair) for group in groups for pair in combinations(sorted(map(str, group)), 2)}  # type: ignore[misc]


def grouped(group_of: Mapping[str, str]) -> list[list[str]]:
    """The keys by value."""
    out: dict[str, list[str]] = defaultdict(list)
    for item, group in group_of.items():
        out[group].append(item)
    return list(out.values())


def predicted(corpus: Corpus, comparison: Comparison, only_gold: bool) -> list[list[str]]:
    """The ids of the reports that are gold mentions, by the events that merging makes."""
    reports = [r for r in corpus.reports if not only_gold or r.id in corpus.happening]
    merged = merge(reports, corpus.articles.values(), comparison)
    event_of = {m.report_id: m.event_id for m in merged.members}
    return grouped({id_: event_of.get(id_, id_) for id_ in corpus.happening})


@dataclass
class Figures:
    """Pairs of reports, those without the broad happenings, and B³ of the gold mentions, added up."""

    found: Pairs = field(default_factory=Pairs)
    narrow: Pairs = field(default_factory=Pairs)
    tally: Tally = field(default_factory=Tally)

    def add(
        self,
        corpus: Corpus,
        system: Sequence[Sequence[str]],
        *,
        missed: bool,
        only: Collection[str] | None = None,
    ) -> None:
        """Count one outcome, or of it the pairs whose report of least id tells of one of ``only`` these happenings.

        ``missed`` counts mentions without a report as pairs not found.
        """
        wanted = {id_ for id_, happening in corpus.happening.items() if only is None or happening in only}
        gold = grouped(corpus.happening)
        both = [{pair for pair in pairs(groups) if min(map(str, pair)) in wanted} for groups in (gold, system)]
        self.found.add(*both)
        self.narrow.add(*({pair for pair in some if corpus.narrow(pair)} for some in both))
        mine = [[id_ for id_ in group if id_ in wanted] for group in gold]
        self.tally.add([group for group in mine if group], system)
        if missed:
            self._miss(corpus, {corpus.happening[group[0]]: len(group) for group in gold}, only)

    def _miss(self, corpus: Corpus, sizes: Mapping[str, int], only: Collection[str] | None) -> None:
        for id_, gone in corpus.missed.items():
            if only is None or id_ in only:
                lost = gone * sizes.get(id_, 0) + gone * (gone - 1) // 2
                self.found.missing += lost
                self.narrow.missing += 0 if id_ in corpus.broad else lost

    def lines(self) -> Iterator[str]:
        """The figures in words."""
        for name, (p, r, f) in (
            ("same-happening pairs", self.found.figures),
            ("without the broad happenings", self.narrow.figures),
            ("B³", self.tally.figures()["B3"]),
        ):
            yield f"{name}: precision {p:.3f} recall {r:.3f} F1 {f:.3f}"


def copies(folder: Path, articles: Mapping[str, Article]) -> Pairs:
    """Pairs of articles that print one text."""
    gold = [[row["base"], *row["copies"]] for row in rows(folder / "copies.jsonl")]
    found = find_copies(articles.values())
    name = {article.id: id_ for id_, article in articles.items()}
    out = Pairs()
    out.add(pairs(gold), pairs(grouped({name[id_]: found.group(id_) for id_ in name})))
    return out


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="evals.events_gold", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--triggers", choices=("gold", "read"), default="read")
    options = parser.parse_args(arguments)
    of_gold = options.triggers == "gold"
    corpus = load(options.folder, of_gold)
    figures = Figures()
    figures.add(corpus, predicted(corpus, Comparison.load(options.weights), of_gold), missed=not of_gold)
    missed = sum(corpus.missed.values())
    print(f"{len(corpus.articles)} articles, {len(corpus.happening)} mentions with a report, {missed} without")
    for line in figures.lines():
        print(line)
    p, r, f = copies(options.folder, corpus.articles).figures
    print(f"copies: precision {p:.3f} recall {r:.3f} F1 {f:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
