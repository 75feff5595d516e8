"""Invented articles, documents and coders for the tests of the casebook."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from dateline.records import (
    ActorRef,
    Article,
    Coded,
    Count,
    Document,
    Moment,
    PlaceRef,
    Problem,
    Quote,
    Report,
    Span,
    Stamp,
    content_id,
)

CODER = "dateline 0 fake 1"


def document(name: str, text: str = "", url: str | None = None, **given: str) -> Document:
    """A plain-text document; its text is by default its name in a sentence."""
    data = (text or f"Gunmen killed 3 people in Strelsau, says {name}.").encode()
    if url:
        given["url"] = url
    return Document(name, data, "text/plain", url=url, sha256=hashlib.sha256(data).hexdigest(), given=given)


def code(document: Document, coder: str = CODER) -> Coded:
    """A fake coder: every "killed" is an ASSAULT, every sentence but the first a quote."""
    text = document.data.decode()
    if not text.strip():
        empty = Problem("empty", "the input is empty", "Give a file that holds an article.", document.id, fatal=True)
        return Coded(document.id, None, problems=(empty,))
    article = Article(
        document.id, text, published=Stamp("2021-07-14T10:00:00+04:30", "given", "14 July"), publisher="Zenda Times",
        url=document.url, sha256=document.sha256, origin="own", paragraphs=(Span.of(text, 0, len(text)),),
    )  # fmt: skip
    starts = [i for i in range(len(text)) if text.startswith("killed", i)]
    reports = tuple(report(article, start, coder) for start in starts)
    return Coded(document.id, article, reports, tuple(_quotes(article)), ())


def report(article: Article, start: int, coder: str = CODER) -> Report:
    """An ASSAULT at a trigger, with actor, recipient, place, day and toll."""
    text = article.text
    trigger = Span.of(text, start, start + 6)
    return Report(
        id=content_id("rep", article.id, start, trigger.text, "ASSAULT"),
        article_id=article.id,
        type="ASSAULT",
        mode="firearms",
        status="occurred",
        trigger=trigger,
        sentence=Span.of(text, 0, len(text)),
        actors=(ActorRef(0, 6, text[:6], "Gunmen", "gunmen", "armed_group", "RUR", "REB", 0.9),),
        recipients=(ActorRef(0, 6, text[:6], kind="population", country="RUR", sector="CVL", why="plain words"),),
        places=(PlaceRef(0, 6, text[:6], "Strelsau", 902, 47.1, 15.1, "AUT", "Hentzau", "town", 12.0, 0.8),),
        moment=Moment("2021-07-14", "2021-07-14", "day"),
        counts=(Count("killed", 0, 6, text[:6], 3, 5),),
        confidence=0.75,
        type_probabilities={"ASSAULT": 0.9},
        quad=4,
        score=-9.0,
        cameo="19",
        coder=coder,
    )


def _quotes(article: Article) -> Iterator[Quote]:
    start = article.text.find(", says ")
    if start > 0:
        content = Span.of(article.text, 0, start)
        yield Quote(content_id("quo", article.id, 0, content.text), article.id, content, None, None, False)


class Coders:
    """A fake ``code_all`` that counts what it was given, and can fail at a document."""

    def __init__(self, coder: str = CODER, fail_at: int | None = None) -> None:
        self.coder = coder
        self.coded: list[str] = []
        self.fail_at = fail_at

    def __call__(self, items: Iterable[Document | Problem]) -> Iterator[Coded]:
        for item in items:
            assert isinstance(item, Document)
            if self.fail_at is not None and len(self.coded) >= self.fail_at:
                raise KeyboardInterrupt
            self.coded.append(item.id)
            yield code(item, self.coder)


def with_reports(coded: Coded, change: Callable[[Report], Report]) -> Coded:
    """The same article with its reports altered."""
    return replace(coded, reports=tuple(change(r) for r in coded.reports))
