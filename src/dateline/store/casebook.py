"""The casebook: a folder of Delta Lake tables with every report, every version of it, and the events made of them."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from dateline.errors import CasebookError
from dateline.records import (
    Article,
    Coded,
    Document,
    Event,
    Judgement,
    Member,
    Merge,
    Problem,
    Quote,
    Report,
)
from dateline.store import encoding, runs
from dateline.store.coding import CodeAll, CodingRun, Outcome, Seen
from dateline.store.faults import explained
from dateline.store.folder import Folder
from dateline.store.runs import Ledger, Run, version_at
from dateline.store.snapshot import Snapshot
from dateline.store.staging import Stager
from dateline.store.tables import RUNS

if TYPE_CHECKING:
    from dateline.merging.model import Comparison
    from dateline.store.diff import Diff
    from dateline.store.judged import Judge
    from dateline.store.merging import Decide, Gathered
    from dateline.store.query import Rows

_EVENTS_A_PART = 5_000
AsOf = int | str | date | None
"""A version of a casebook: its number, a day (as it stood at its end, UTC), an instant; ``None`` is the newest."""


@dataclass(frozen=True, slots=True)
class MergeOutcome:
    """What a merging did. ``run`` is ``None`` when nothing had come in and nobody had decided anything."""

    run: Run | None
    found: Gathered


class Casebook:
    """A data set that grows by runs and forgets nothing.

    Every run that changes something is the next *version* (1, 2, 3…), and every version stays readable. Several
    processes may write and read at once. Methods that read take ``as_of``; without it they show the newest version
    at the time of the call.
    """

    def __init__(self, folder: Folder) -> None:
        with explained(folder.uri):
            self._con = encoding.connect()
        self._folder = folder
        self._ledger = Ledger(folder, self._con)
        self._snapshot: Snapshot | None = None

    @classmethod
    def open(cls, uri: str | os.PathLike[str], options: Mapping[str, str] | None = None) -> Casebook:
        """Open an existing casebook: a folder or an object-store URI (``s3://…``) with storage ``options``.

        Raises CasebookError when there is none, when it is broken, or when a newer dateline wrote it.
        """
        folder = Folder(uri, options)
        folder.check()
        return cls(folder)

    @classmethod
    def create(cls, uri: str | os.PathLike[str], options: Mapping[str, str] | None = None) -> Casebook:
        """Open a casebook, making an empty one first where there is none.

        Raises CasebookError when the folder holds other things or may not be written.
        """
        book = cls(Folder(uri, options))
        if not book._folder.has(RUNS):
            book._folder.create({**encoding.empty(book._con), RUNS: runs.schema(book._con)})
        book._folder.check()
        return book

    @property
    def uri(self) -> str:
        """Where it is: an absolute path or a URI."""
        return self._folder.uri

    @property
    def version(self) -> int:
        """The newest version, 0 for an empty casebook."""
        return version_at(self._ledger.all(), None)

    def history(self) -> list[Run]:
        """Every run: the committed ones by version, then those that were cut off or are still under way."""
        return self._ledger.all()

    def code(
        self,
        items: Iterable[Document | Problem],
        code_all: CodeAll,
        coder: str,
        *,
        inputs: Sequence[str] = (),
        seen: Seen = lambda item, verdict: None,
    ) -> Outcome:
        """Code the documents that the casebook does not know and commit them as one version.

        ``code_all`` codes documents in order (``Coder.code_all`` over items, or the same in several processes) and
        ``coder`` is its version. A document is passed over when this coder coded this very content before; coded
        again when another coder did; and a new version of its article when id or URL are known with other content.
        What an interrupted run staged is taken over, not coded again. ``inputs`` are kept for ``resume``.
        Raises CasebookError when the casebook cannot be written; what was committed before stays as it is.
        """
        return self._run(coder, inputs).code(items, code_all, seen)

    def commit(self, coded: Iterable[Coded | tuple[Document, Coded]], *, coder: str | None = None) -> Run | None:
        """Commit coded articles as one version; ``None`` when the casebook knows them all.

        With its document an article's bytes are kept and it can be told whether they are known. ``coder`` is by
        default what the reports say.
        """
        pairs = [item if isinstance(item, tuple) else (_document(item), item) for item in coded]
        named = coder if coder is not None else next((r.coder for _, c in pairs for r in c.reports), "")
        return self._run(named, ()).commit(pairs).run

    def _run(self, coder: str, inputs: Sequence[str]) -> CodingRun:
        ledger = self._ledger.all()
        snapshot = Snapshot(self._folder, ledger, version_at(ledger, None))  # a fresh one, with what others staged
        return CodingRun(self._folder, snapshot, self._ledger, runs.begin("code", coder, inputs))

    def unfinished(self) -> Run | None:
        """The last run of coding that was cut off (or is under way), with its inputs; ``None`` when there is none.

        A later run that took over its parts, or had the same inputs, has completed it.
        """
        ledger = self._ledger.all()
        committed = [run for run in ledger if run.version is not None]
        adopted = {part.split(".")[0] for run in committed for part in run.parts}
        cut_off = (run for run in reversed(ledger) if run.version is None and run.kind == "code" and run.inputs)
        return next((r for r in cut_off if r.id not in adopted and not any(_completes(c, r) for c in committed)), None)

    def merge(
        self, comparison: Comparison, decide: Decide | None = None, told: Callable[[str], None] = lambda step: None
    ) -> MergeOutcome:
        """Merge the reports that came in since the last time into events, and commit what changed as one version.

        When another version of the program merged last, everything is merged anew; events keep their ids either way.
        ``decide`` is asked, for the snapshot that is merged, what people decided about pairs of reports
        (``review.decided.decided``); ``told`` is called with what is being done. Raises CasebookError when the
        casebook cannot be read or written.
        """
        from dateline.store.merging import SEEN, gather

        ledger = self._ledger.all()
        view = self.snapshot(version_at(ledger, None))
        found = gather(view, ledger, comparison, decide, told)
        made = found.merged
        if not (found.looked_at or made.removed):
            return MergeOutcome(None, found)
        rows = _event_rows(made.events, made.members, made.merges, made.removed)
        return MergeOutcome(self._write("merge", comparison.version, rows, {SEEN: view.version}), found)

    def write_events(
        self,
        events: Iterable[Event],
        members: Iterable[Member],
        *,
        merges: Iterable[Merge] = (),
        removed: Iterable[Event] = (),
        merger: str = "",
    ) -> Run:
        """Commit what a merging of reports changed, as one version.

        ``events`` are new or changed ones, with all their ``members``: they replace what the casebook has under the
        same ids. ``removed`` are events that are no more; ``merges`` says into which others they went.
        """
        return self._write("merge", merger, _event_rows(events, members, merges, removed))

    def write_judgements(self, judgements: Iterable[Judgement]) -> Run:
        """Commit decisions as one version. One with a known id replaces the earlier one; none is ever deleted."""
        rows = [{"ordinal": n, "record": judgement} for n, judgement in enumerate(judgements)]
        return self._write("judge", "", [{"judgements": rows}])

    def _write(
        self,
        kind: str,
        coder: str,
        parts: Iterable[Mapping[str, Sequence[Mapping[str, Any]]]],
        counts: Mapping[str, int] | None = None,
    ) -> Run:
        run = runs.begin(kind, coder)
        stager = Stager(self._folder, self._con, self._ledger, run)
        try:
            for rows in parts:
                stager.write(rows)
        except ValueError as error:
            raise CasebookError(f"casebook {self.uri}: a value cannot be stored: {error}") from error
        return self._ledger.commit(replace(run, parts=tuple(stager.parts), counts={**stager.counts, **(counts or {})}))

    def snapshot(self, as_of: AsOf = None) -> Snapshot:
        """The casebook at one version, for several reads that must agree with each other."""
        ledger = self._ledger.all()
        version = version_at(ledger, as_of)
        if self._snapshot is None or self._snapshot.version != version:
            self._snapshot = Snapshot(self._folder, ledger, version)
        return self._snapshot

    def reports_of(self, event_id: str, as_of: AsOf = None) -> Iterator[Report]:
        """The reports that an event is made of, as far as they are current."""
        book = self.snapshot(as_of)
        members = list(book.records("event_members", "event_id = $event_id", event_id=event_id))
        # Written out, since only constants are looked up in the tables' filters.
        ids = ", ".join("'" + member.report_id.replace("'", "''") + "'" for member in members) or "NULL"
        articles = {member.article_id for member in members}
        return (r for r in book.records("reports", f"id IN ({ids})") if r.article_id in articles)

    def reports(self, as_of: AsOf = None, *, article_id: str | None = None, since: AsOf = None) -> Iterator[Report]:
        """The current reports, by article and place in it; those of one article, or only those newer than a version."""
        book = self.snapshot(as_of)
        where, given = "true", {}
        if article_id is not None:
            where, given = "article_id = $article_id", {"article_id": article_id}
        if since is not None:
            where += " AND coding IN (SELECT coding FROM documents WHERE version > $since)"
            given["since"] = version_at(self._ledger.all(), since)  # type: ignore[assignment]
        return book.records("reports", where, **given)

    def articles(self, as_of: AsOf = None) -> Iterator[Article]:
        """The current version of every article, by id."""
        return self.snapshot(as_of).records("articles")

    def documents(self, as_of: AsOf = None) -> Iterator[Document]:
        """The documents of the current articles, with their bytes, in the order of their coding."""
        return self.snapshot(as_of).records("documents")

    def quotes(self, as_of: AsOf = None) -> Iterator[Quote]:
        """The quotes of the current articles."""
        return self.snapshot(as_of).records("quotes")

    def problems(self, as_of: AsOf = None) -> Iterator[Problem]:
        """What went wrong with current articles and with inputs that could not be read."""
        return self.snapshot(as_of).records("problems")

    def events(self, as_of: AsOf = None) -> Iterator[Event]:
        """The events that merging made; reports that were not merged yet are in none."""
        return self.snapshot(as_of).records("events")

    def members(self, as_of: AsOf = None) -> Iterator[Member]:
        """Which reports the current events are made of, and why."""
        return self.snapshot(as_of).records("event_members")

    def merges(self, as_of: AsOf = None) -> Iterator[Merge]:
        """The merge log, oldest first."""
        return self.snapshot(as_of).records("event_merges")

    def judgements(self, as_of: AsOf = None) -> Iterator[Judgement]:
        """Every decision in its last state, withdrawn ones too, by time."""
        return self.snapshot(as_of).records("judgements")

    def query(self, sql: str, as_of: AsOf = None, judge: Judge | None = None) -> Rows:
        """The answer to one SELECT over the views, which can read this casebook and nothing else.

        With ``judge`` (``review.laid.judged``) reports and events are as people judged them, without it as they were
        coded and merged. Raises QueryError when the SQL is wrong or does more than read.
        """
        from dateline.store.query import query

        ledger = self._ledger.all()
        return query(self._folder, ledger, version_at(ledger, as_of), sql, judge)

    def query_to_parquet(self, sql: str, path: str, as_of: AsOf = None, judge: Judge | None = None) -> int:
        """Write the answer to one SELECT to a new Parquet file; returns the number of rows. Raises as ``query``."""
        from dateline.store.query import to_parquet

        ledger = self._ledger.all()
        return to_parquet(self._folder, ledger, version_at(ledger, as_of), sql, path, judge)

    def diff(self, a: AsOf, b: AsOf = None) -> Diff:
        """What changed from version ``a`` to version ``b``: events new, changed, deleted, merged."""
        from dateline.store.diff import diff

        return diff(self.snapshot(a), self.snapshot(b))

    def compact(self) -> None:
        """Join small files where there are many; every run does so after its commit."""
        self._folder.compact()


def _event_rows(
    events: Iterable[Event], members: Iterable[Member], merges: Iterable[Merge], removed: Iterable[Event]
) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """The rows part by part, an event and its members in one."""
    belong: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        belong[member.event_id].append(member)
    yield {
        "events": [{"ordinal": -1 - n, "removed": True, "record": event} for n, event in enumerate(removed)],
        "event_merges": [{"record": merge} for merge in merges],
    }
    for some in encoding.chunks(events, _EVENTS_A_PART):
        yield {
            "events": [{"ordinal": n, "removed": False, "record": event} for n, event in enumerate(some)],
            "event_members": [{"record": member} for event in some for member in belong[event.id]],
        }


def _completes(run: Run, other: Run) -> bool:
    return run.inputs == other.inputs and run.started > other.started


def _document(coded: Coded) -> Document:
    """Stands for the document of an article that came without it; the bytes are not kept."""
    article = coded.article
    if article is None:
        return Document(coded.id, b"", "text/plain")
    return Document(coded.id, b"", "text/plain", path=article.source_path, url=article.url, sha256=article.sha256)
