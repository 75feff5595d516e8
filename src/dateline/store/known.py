"""What a casebook already knows of a document, told before it is coded."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from dateline.records import Coded, Document, Problem

if TYPE_CHECKING:
    from dateline.store.snapshot import Snapshot

NEW, CHANGED, RECODED = "new", "changed", "recoded"
KNOWN, OLDER, STAGED = "known", "older", "staged"
TO_CODE = (NEW, CHANGED, RECODED)


class Staged(NamedTuple):
    """A coding that a run left behind without committing it."""

    part: str
    coding: str


class Known:
    """The documents of a casebook by content, id and URL, and what other runs staged with the same coder.

    The versions of one article share a *lineage*: its first id. A document continues a lineage when it has its id or
    its URL; the same id at another host is another article (ids such as ``1`` are common).
    """

    def __init__(self, snapshot: Snapshot, coder: str) -> None:
        self.staged: dict[str, Staged] = {}
        self.sizes: dict[str, int] = defaultdict(int)
        self._by_coder: set[str] = set()
        self._fingerprints: set[str] = set()
        self._latest: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._urls: dict[str, str] = {}
        self._url_of: dict[str, str] = {}
        self._load(snapshot, coder)
        self._load_staged(snapshot, coder)
        unread = "SELECT code, document_id, message FROM _problems SEMI JOIN _parts USING (part) WHERE coding IS NULL"
        found = snapshot.execute(unread).fetchall()
        self._problems: set[tuple[str, str, str]] = set(found)

    def _load(self, snapshot: Snapshot, coder: str) -> None:
        # A document that killed its process is not taken for coded: more memory may do.
        rows = snapshot.execute(
            "SELECT d.fingerprint, d.lineage, d.id, d.url, d.coder = $coder AND p.coding IS NULL FROM _documents d "
            "JOIN _parts USING (part) LEFT JOIN (SELECT DISTINCT coding FROM _problems WHERE code = 'died') p "
            "USING (coding) ORDER BY version, position, ordinal",
            {"coder": coder},
        )
        while batch := rows.fetchmany(10_000):
            for fingerprint, lineage, id_, url, by_coder in batch:
                self._note(fingerprint, lineage, id_, url)
                if by_coder:
                    self._by_coder.add(fingerprint)

    def _load_staged(self, snapshot: Snapshot, coder: str) -> None:
        sql = "SELECT fingerprint, part, coding FROM _documents ANTI JOIN _parts USING (part) WHERE coder = $coder"
        for fingerprint, part, coding in snapshot.execute(sql, {"coder": coder}).fetchall():
            self.staged[fingerprint] = Staged(part, coding)
        sizes = "SELECT part, count(*) FROM _documents ANTI JOIN _parts USING (part) GROUP BY part"
        self.sizes.update(snapshot.execute(sizes).fetchall())

    def judge(self, document: Document) -> str:
        """What is to be done with a document: ``new``, ``changed`` and ``recoded`` ones are to be coded.

        ``known``: this coder coded this very content before. ``older``: the content is a version that a later one
        replaced. ``staged``: an earlier run coded it and was cut off before its commit.
        """
        mark = fingerprint(document)
        if mark in self._by_coder:
            return KNOWN
        verdict = self._verdict(mark, self.lineage(document.id, document.url))
        if verdict in (STAGED, *TO_CODE):
            self._by_coder.add(mark)
        return verdict

    def _verdict(self, mark: str, lineage: str) -> str:
        if mark in self.staged:
            return STAGED
        if mark in self._fingerprints:
            return RECODED if self._latest.get(lineage) == mark else OLDER
        return CHANGED if lineage in self._latest else NEW

    def place(self, document: Document, coded: Coded, verdict: str) -> tuple[str, str]:
        """The lineage of a document that has been coded, and its verdict in the light of the URL found in it."""
        url = document.url or (coded.article.url if coded.article else None)
        lineage = self.lineage(document.id, url)
        if verdict == NEW and lineage in self._latest:
            verdict = CHANGED
        self._note(fingerprint(document), lineage, document.id, url)
        return lineage, verdict

    def lineage(self, id_: str, url: str | None) -> str:
        """The lineage that an id and a URL belong to, a new one if none."""
        by_id = self._ids.get(id_, id_)
        if by_id in self._latest:
            if not _elsewhere(url, self._url_of.get(by_id)):
                return by_id
            return self._urls.get(url or "", url or "")
        return self._urls.get(url, id_) if url else id_

    def is_new_problem(self, problem: Problem) -> bool:
        """True the first time that an input could not be read for this reason."""
        key = (problem.code, problem.where or "", problem.message)
        if key in self._problems:
            return False
        self._problems.add(key)
        return True

    def _note(self, mark: str, lineage: str, id_: str, url: str | None) -> None:
        self._fingerprints.add(mark)
        self._latest[lineage] = mark
        if id_ != lineage:
            self._ids.setdefault(id_, lineage)
        if url:
            self._urls[url] = lineage
            self._url_of[lineage] = url


def fingerprint(document: Document) -> str:
    """128 bits, as hex, over all that a coding depends on: id, bytes, and what the container says of them."""
    sha = document.sha256 or hashlib.sha256(document.data).hexdigest()
    parts = [document.id, sha, *(f"{key}={value}" for key, value in sorted(document.given.items()))]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _elsewhere(url: str | None, other: str | None) -> bool:
    return bool(url and other) and _host(str(url)) != _host(str(other))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
