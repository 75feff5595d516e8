"""Copies: which articles print one text, whole or in part, and whose it is, so that it counts as one source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np

from dateline.lexicon.naming import key_of
from dateline.merging.fingerprints import Fingerprint, fingerprint, run_hashes, shared
from dateline.records import Article, Report

EXACT, NEAR, PARTIAL, CREDITED = 0.95, 0.8, 0.25, 0.12
"""Least shares of runs in common: of both texts together for an exact copy, of the copying text for a near one, of
either for a partial one; ``CREDITED`` stands for ``PARTIAL`` where a credit points to the other."""
_SENTENCE = 0.5
_CROWDED = 60


@dataclass(frozen=True, slots=True)
class Copy:
    """One article's text found in an earlier one: exact, near or partial, what ``share`` of it, and why, in words."""

    article: str
    original: str
    kind: str
    share: float
    why: str


@dataclass(frozen=True, slots=True)
class Copies:
    """Who copied whom. ``found`` is by the copying article; articles that copy nobody are not in it."""

    found: Mapping[str, Copy]
    _sources: Mapping[str, str]
    _texts: Mapping[str, Fingerprint] = field(repr=False)

    def group(self, article_id: str) -> str:
        """The id of the article whose text it is: the original's for a copy, else its own."""
        copy = self.found.get(article_id)
        while copy is not None:
            article_id = copy.original
            copy = self.found.get(article_id)
        return article_id

    def source(self, report: Report) -> str:
        """A key for who stands behind a report; two reports with one key are not independent.

        That is the original's publisher for a copy, and for those reports of a partial copy whose sentence is copied;
        the agency for what is credited to one; else the publisher; else the article itself.
        """
        copy = self.found.get(report.article_id)
        if copy is not None and (copy.kind != "partial" or self._copied(report, copy)):
            return self._sources[self.group(copy.original)]
        return self._sources.get(report.article_id, report.article_id)

    def _copied(self, report: Report, copy: Copy) -> bool:
        runs = np.unique(run_hashes(report.sentence.text))
        return len(runs) > 0 and shared(runs, self._texts[copy.original].hashes) >= _SENTENCE * len(runs)


@dataclass(frozen=True, slots=True)
class Printed:
    """What telling copies needs to know of an article, without its text.

    ``seniority`` sorts originals before their copies, ``agency`` is the name that credits call the publisher by,
    ``credits`` the words in which a credit stands, ``source`` who stands behind the article by itself.
    """

    id: str
    seniority: tuple[str, bool, int, str]
    publisher: str | None
    agency: str | None
    agencies: tuple[str, ...]
    origin: str | None
    credits: str
    source: str
    text: Fingerprint


def printed(article: Article) -> Printed:
    """An article made ready for ``copies_among``."""
    return Printed(
        article.id,
        _seniority(article),
        article.publisher,
        _agency_name(article),
        article.agencies,
        article.origin,
        _credits(article),
        _source(article),
        fingerprint(article),
    )


def find_copies(articles: Iterable[Article]) -> Copies:
    """As ``copies_among``, of articles."""
    return copies_among(map(printed, articles))


def copies_among(articles: Iterable[Printed]) -> Copies:
    """Compare all articles that share a passage and tell which print one text. The order of articles is immaterial.

    Of articles with one text the earliest published is the original; at one moment the one with no agency's credit,
    then the longest, then the least id.
    """
    ordered = sorted(articles, key=lambda a: a.seniority)
    found: dict[str, Copy] = {}
    earlier = _earlier(ordered)
    for article in ordered:
        copies = [c for other in earlier[article.id] if (c := _compare(article, other)) is not None]
        if copies:
            found[article.id] = max(copies, key=lambda c: (c.kind != "partial", c.share, c.original))
    return Copies(found, {a.id: a.source for a in ordered}, {a.id: a.text for a in ordered})


def _seniority(article: Article) -> tuple[str, bool, int, str]:
    return (_instant(article), article.origin not in (None, "own"), -len(article.text), article.id)


def _instant(article: Article) -> str:
    """When it was published, in UTC where a zone is given, so that the earlier one sorts first; unknown is last."""
    stamp = article.published or article.dateline_date or article.updated
    if stamp is None:
        return "9999"
    try:
        moment = datetime.fromisoformat(stamp.value)
    except ValueError:
        return stamp.value
    return (moment.astimezone(UTC) if moment.tzinfo else moment).isoformat()[:19]


def _earlier(ordered: Sequence[Printed]) -> dict[str, list[Printed]]:
    """For each article the earlier ones that share a sampled hash; one that stands in very many texts is furniture."""
    holders: dict[int, list[Printed]] = defaultdict(list)
    out: dict[str, list[Printed]] = {}
    for article in ordered:
        met: dict[str, Printed] = {}
        for sampled in article.text.sample.tolist():
            if len(holders[sampled]) < _CROWDED:
                met.update((other.id, other) for other in holders[sampled])
                holders[sampled].append(article)
        out[article.id] = list(met.values())
    return out


def _compare(article: Printed, other: Printed) -> Copy | None:
    """The article as a copy of an earlier one, if it is one."""
    mine, theirs = article.text.hashes, other.text.hashes
    if not len(mine) or not len(theirs):
        return None
    both = shared(mine, theirs)
    of_mine, of_theirs = both / len(mine), both / len(theirs)
    alike = both / (len(mine) + len(theirs) - both)
    credit = _credit(article, other)
    kind = _kind(alike, of_mine, max(of_mine, of_theirs), credit is not None)
    if kind is None:
        return None
    why = f"{of_mine:.0%} of it stands in the other, {of_theirs:.0%} of the other in it"
    return Copy(article.id, other.id, kind, round(of_mine, 4), f"{why}; {credit}" if credit else why)


def _kind(alike: float, of_mine: float, of_either: float, credited: bool) -> str | None:
    if alike >= EXACT:
        return "exact"
    if of_mine >= NEAR:
        return "near"
    return "partial" if of_either >= (CREDITED if credited else PARTIAL) else None


def _credit(article: Printed, other: Printed) -> str | None:
    """In words, what the article says of having its text from the other's publisher or from agencies."""
    common = sorted(set(article.agencies) & {*other.agencies, other.publisher})
    if common:
        return f"it credits {' and '.join(common)}"
    name = other.agency
    if name and name != article.agency and re.search(rf"\b{re.escape(name)}\b", article.credits):
        return f"it names {name}"
    return "it has inputs from agencies" if article.origin == "with-agencies" else None


def _agency_name(article: Article) -> str | None:
    """The first word of the publisher's name, by which credits call it."""
    words = (article.publisher or "").split()
    return words[0] if words else None


def _credits(article: Article) -> str:
    """Where a credit stands: byline, image credit, furniture, and the first line of the text."""
    image = article.image.credit if article.image else None
    first = article.paragraphs[0].text[:80] if article.paragraphs else ""
    return "\n".join(filter(None, (article.byline, image, first, *article.furniture)))


def _source(article: Article) -> str:
    """Who stands behind an article of which no original is at hand."""
    if article.origin == "agency" and article.agencies:
        return key_of(article.agencies[0])
    return key_of(article.publisher or "") or article.id
