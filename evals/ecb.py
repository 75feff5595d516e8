"""Cross-document event coreference on ECB+ with gold mentions: the merger's comparison, with weights of its own.

usage: python -m evals.ecb ARCHIVE [--threshold NUMBER]

The features, the fit and the clustering are merging's; the weights are fitted on the topics that are not for
development, since reports made of ECB+ lack what merging has from the coder. Printed are MUC, B³, CEAF-e and their mean
over the mentions of the development topics: clustered topic by topic, as most published figures are, and all topics at
once, where nothing tells which articles are of one topic.

ECB+ annotates actions with their participants, times and places; each annotated action of the sentences that were
checked (``ECBplus_coreference_sentences.csv``) becomes a minimal report: trigger, sentence, the nearest participant
before it as actor and after it as recipient, things as objects, the places and times of the sentence. What the reader
gives each type at the trigger is taken from it, for it needs no annotation. There are no dates of publication, no types
and no gazetteer ids. Cybulska and Vossen (2014).
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import tarfile
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from pathlib import Path

from dateline.merging.clustering import cluster
from dateline.merging.features import Pairing
from dateline.merging.model import Weights
from dateline.merging.profile import Profile, profiles
from dateline.merging.vectors import Vectors
from dateline.merging.words import Frequencies
from dateline.reading.reader import Reader
from dateline.records import ActorRef, Article, EventMention, PlaceRef, Report, Span, TimeRef, content_id
from evals.coreference import Tally
from evals.events_gold import reader_at

DEVELOPMENT = frozenset((2, 5, 12, 18, 21, 23, 34, 35))
"""The usual development topics; 1 to 35 without them are for training."""
THRESHOLD = 0.45
"""Average score at which groups join; the figure hardly moves between 0.4 and 0.55."""
EVERY_WORD = 0.0
"""The probability from which the reader reports an event, so that it tells the types of every word."""
APART_KEPT = 4
"""Of the pairs of two instances every fourth trains, and counts for four."""


@dataclass(frozen=True, slots=True)
class Topic:
    """The articles of one topic, a report for each annotated action, and the instance that each report tells of."""

    number: int
    articles: tuple[Article, ...]
    reports: tuple[Report, ...]
    gold: Mapping[str, str]


def topics(archive: Path) -> list[Topic]:
    """All topics of the archive, by number. Raises FileNotFoundError when it is not there."""
    found: dict[int, list[_Page]] = defaultdict(list)
    with tarfile.open(archive) as tar:
        members = {m.name: m for m in tar.getmembers() if m.isfile()}
        checked = _checked(_text(tar, members, "ECBplus_coreference_sentences.csv"))
        for name in sorted(n for n in members if n.endswith(".xml") and "/ECB+/" in n):
            stem = name.rpartition("/")[2].removesuffix(".xml")
            number, _, file = stem.partition("_")
            root = ElementTree.fromstring(_text(tar, members, name))
            found[int(number)].append(_Page(stem, root, checked[int(number), file]))
    return [_topic(number, pages) for number, pages in sorted(found.items())]


def typed(topic: Topic, reader: Reader) -> Topic:
    """The topic with the reader's probabilities of the types at each trigger."""
    of_article: dict[str, list[Report]] = defaultdict(list)
    for report in topic.reports:
        of_article[report.article_id].append(report)
    out: list[Report] = []
    for article in topic.articles:
        events = reader.read(replace(article, paragraphs=_lines(article.text))).events
        out += (replace(r, type_probabilities=_at(r.trigger, events)) for r in of_article[article.id])
    return replace(topic, reports=tuple(out))


def _lines(text: str) -> tuple[Span, ...]:
    found, at = [], 0
    for line in text.split("\n"):
        if line:
            found.append(Span(at, at + len(line), line))
        at += len(line) + 1
    return tuple(found)


def _at(trigger: Span, events: Sequence[EventMention]) -> dict[str, float] | None:
    """The types of the likeliest event among the words of a trigger."""
    found = [e for e in events if e.trigger.overlaps(trigger)]
    return max(found, key=lambda e: e.confidence).type_probabilities if found else None


def _text(tar: tarfile.TarFile, members: Mapping[str, tarfile.TarInfo], ending: str) -> str:
    member = next(m for name, m in members.items() if name.endswith(ending))
    stream = tar.extractfile(member)
    assert stream is not None
    return stream.read().decode("utf-8")


def _checked(table: str) -> dict[tuple[int, str], set[int]]:
    out: dict[tuple[int, str], set[int]] = defaultdict(set)
    for row in csv.DictReader(io.StringIO(table)):
        out[int(row["Topic"]), row["File"]].add(int(row["Sentence Number"]))
    return out


@dataclass(frozen=True, slots=True)
class _Marked:
    """A stretch that is annotated: its tag, characters, and the sentence it is in."""

    id: str
    tag: str
    span: Span
    sentence: int


class _Page:
    """One file: its text rebuilt from tokens, its marked stretches and coreference chains."""

    def __init__(self, name: str, root: ElementTree.Element, checked: set[int]) -> None:
        self.name, self.checked = name, checked
        skipped = 0 if name.endswith("plus") else None  # sentence 0 of the later files is an address
        tokens = [t for t in root.iter("token") if int(t.get("sentence", "0")) != skipped]
        self._lay_out(tokens)
        self.marked = list(self._markables(root))
        self.chain = dict(self._chains(root))
        self.article = Article(self.name, self.text, headline=self.text.partition("\n")[0])

    def _lay_out(self, tokens: Sequence[ElementTree.Element]) -> None:
        """The text with a blank between tokens and a line a sentence."""
        parts: list[str] = []
        self.at: dict[str, tuple[int, int, int]] = {}
        self.bounds: dict[int, tuple[int, int]] = {}
        length, before = 0, None
        for token in tokens:
            sentence, word = int(token.get("sentence", "0")), token.text or "_"
            gap = "" if before is None else " " if sentence == before else "\n"
            start = length + len(gap)
            length = start + len(word)
            parts += [gap, word]
            self.at[token.get("t_id", "")] = (sentence, start, length)
            self.bounds[sentence] = (self.bounds.get(sentence, (start, 0))[0], length)
            before = sentence
        self.text = "".join(parts)

    def _markables(self, root: ElementTree.Element) -> Iterator[_Marked]:
        for mark in root.find("Markables") or ():
            anchors = [self.at[t] for a in mark.findall("token_anchor") if (t := a.get("t_id", "")) in self.at]
            if anchors:
                span = Span.of(self.text, min(a[1] for a in anchors), max(a[2] for a in anchors))
                yield _Marked(mark.get("m_id", ""), mark.tag, span, anchors[0][0])

    def _chains(self, root: ElementTree.Element) -> Iterator[tuple[str, str]]:
        for relation in root.find("Relations") or ():
            across = relation.tag.startswith("CROSS")
            target = relation.find("target")
            own = f"{self.name}:{target.get('m_id') if target is not None else ''}"
            for source in relation.findall("source"):
                yield source.get("m_id", ""), (relation.get("note") or own) if across else own

    def reports(self) -> Iterator[tuple[Report, str]]:
        """A report for each action of the checked sentences, and the instance it tells of."""
        for mark in self.marked:
            if "ACTION" in mark.tag and mark.sentence in self.checked:
                report = self._report(mark)
                yield report, self.chain.get(mark.id, report.id)

    def _report(self, mark: _Marked) -> Report:
        beside = [m for m in self.marked if m.sentence == mark.sentence and m.id != mark.id]
        people = [m.span for m in beside if m.tag.startswith("HUMAN")]
        return Report(
            id=content_id("rep", self.name, mark.id),
            article_id=self.name,
            type="",
            mode=None,
            status="negated" if mark.tag.startswith("NEG") else "occurred",
            trigger=mark.span,
            sentence=Span.of(self.text, *self.bounds[mark.sentence]),
            actors=tuple(ActorRef(s.start, s.end, s.text) for s in _nearest(people, mark.span, before=True)),
            recipients=tuple(ActorRef(s.start, s.end, s.text) for s in _nearest(people, mark.span, before=False)),
            objects=tuple(m.span for m in beside if m.tag.startswith("NON_HUMAN")),
            places=tuple(PlaceRef(m.span.start, m.span.end, m.span.text) for m in beside if m.tag.startswith("LOC")),
            times=tuple(TimeRef(m.span.start, m.span.end, m.span.text) for m in beside if m.tag.startswith("TIME")),
        )


def _nearest(spans: Sequence[Span], trigger: Span, *, before: bool) -> list[Span]:
    if before:
        return [max(left)] if (left := [s for s in spans if s.end <= trigger.start]) else []
    return [min(right)] if (right := [s for s in spans if s.start >= trigger.end]) else []


def _topic(number: int, pages: Sequence[_Page]) -> Topic:
    pairs = [pair for page in pages for pair in page.reports()]
    gold = {report.id: instance for report, instance in pairs}
    return Topic(number, tuple(p.article for p in pages), tuple(r for r, _ in pairs), gold)


def fitted(training: Sequence[Topic], frequencies: Frequencies, pairing: Pairing) -> Weights:
    """Weights for all pairs of mentions of one topic, whether in one article or in two."""
    from training.merging import Example, fit

    examples = []
    for topic in training:
        for at, (a, b) in enumerate(combinations(_profiles([topic], frequencies), 2)):
            same = topic.gold[a.id] == topic.gold[b.id]
            if same or at % APART_KEPT == 0:
                weight = 1.0 if same else float(APART_KEPT)
                examples.append(Example(pairing.features(a, b), topic.gold[a.id], topic.gold[b.id], weight))
    return Weights(fit(examples))


def _profiles(of: Sequence[Topic], frequencies: Frequencies) -> list[Profile]:
    return [p for t in of for p in profiles(t.reports, {a.id: a for a in t.articles}, frequencies)]


def clustered(mentions: Sequence[Profile], weights: Weights, pairing: Pairing, threshold: float) -> list[list[str]]:
    """The ids of the mentions by predicted instance."""
    pairs = combinations(sorted(mentions, key=lambda p: p.id), 2)
    scores = {(a.id, b.id): weights.probability(pairing.features(a, b)) for a, b in pairs}
    links = [pair for pair, score in scores.items() if score >= threshold]
    return cluster([p.id for p in mentions], links, lambda a, b: scores[a, b], threshold)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, cluster, print the figures."""
    parser = argparse.ArgumentParser(prog="evals.ecb", description=__doc__.partition("\n")[0])
    parser.add_argument("archive", type=Path, help="ECB+_topics_1-35.tar.gz")
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    options = parser.parse_args(arguments)
    reader = reader_at(EVERY_WORD)
    found = [typed(topic, reader) for topic in topics(options.archive)]
    frequencies = Frequencies.load()
    pairing = Pairing(frequencies, Vectors.load())
    weights = fitted([t for t in found if t.number not in DEVELOPMENT], frequencies, pairing)
    made = partial(clustered, weights=weights, pairing=pairing, threshold=options.threshold)
    development = [t for t in found if t.number in DEVELOPMENT]
    gold: dict[str, list[str]] = defaultdict(list)
    for topic in development:
        for id_, instance in topic.gold.items():
            gold[instance].append(id_)
    for name, parts in (("topic by topic", [[t] for t in development]), ("all at once", [development])):
        system = [group for part in parts for group in made(_profiles(part, frequencies))]
        tally = Tally()
        tally.add(gold.values(), system)
        told = ", ".join(f"{m} {p:.3f} {r:.3f} {f:.3f}" for m, (p, r, f) in tally.figures().items())
        print(f"{name}, {tally.mentions} mentions (precision, recall, F1): {told}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
