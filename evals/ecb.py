"""Cross-document event coreference on ECB+ with gold mentions: the merger's comparison, with weights of its own.

ECB+ annotates actions with their participants, times and places; each annotated action of the sentences that were
checked (``ECBplus_coreference_sentences.csv``) becomes a minimal report: trigger, sentence, the nearest participant
before it as actor and after it as recipient, things as objects, the places and times of the sentence. There are no
dates of publication, no types and no gazetteer ids. Cybulska and Vossen (2014).
"""

from __future__ import annotations

import csv
import io
import tarfile
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.records import ActorRef, Article, PlaceRef, Report, Span, TimeRef, content_id

ARCHIVE = Path("../shared/data/ecbplus/ECB+_topics_1-35.tar.gz")
DEVELOPMENT = frozenset((2, 5, 12, 18, 21, 23, 34, 35))
"""The usual development topics; 1 to 35 without them are for training."""


@dataclass(frozen=True, slots=True)
class Topic:
    """The articles of one topic, a report for each annotated action, and the instance that each report tells of."""

    number: int
    articles: tuple[Article, ...]
    reports: tuple[Report, ...]
    gold: Mapping[str, str]


def topics(archive: Path = ARCHIVE) -> list[Topic]:
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
