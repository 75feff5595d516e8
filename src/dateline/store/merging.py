"""Merging a casebook: what came in since the last time, with whatever it can be linked to, and nothing else.

Loaded are the articles with a report that can fall in the same stretches of time as a new one. When the links lead out
of what is loaded, more is, until nothing that matters is missing: so the outcome is that of merging everything. Many
new reports are taken by time, some thousands at once, so that memory holds those and what is around them in time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateline.merging.blocking import BUCKET, LONG, MOST_BUCKETS, SOME_DAY, When
from dateline.merging.decided import NOTHING, Decided
from dateline.merging.merge import Known, Merged, Merging, Reach
from dateline.merging.model import Comparison
from dateline.merging.profile import OPEN_DAYS
from dateline.merging.ready import Ready
from dateline.merging.words import Frequencies
from dateline.records import Event, Member, Merge

if TYPE_CHECKING:
    from dateline.store.runs import Run
    from dateline.store.snapshot import Snapshot

    Decide = Callable[[Snapshot, int], tuple[Decided, frozenset[str]]]
    """Tells, for a version of a casebook, what people decided about pairs of reports, and which reports a decision that
    was made or taken back since another version is about."""

SEEN = "seen_version"
"""The count of a merging's run that tells which version of the casebook it looked at."""
SLICE = 20_000
"""How many new reports are merged at once; what they can be linked to is loaded with them."""
_AROUND = 2
# The stretches that each report can fall in, as ``blocking.whens`` numbers them, or more: the first and the last one.
_STRETCHED = f"""
SELECT id, article_id, (first_ - 1) // {BUCKET} AS low, (last_ + 1) // {BUCKET} AS high FROM (
  SELECT id, article_id,
    date_diff('day', DATE '0001-01-01', coalesce(first_day, last_day - {OPEN_DAYS}, day - {OPEN_DAYS})) + 1 AS first_,
    date_diff('day', DATE '0001-01-01', coalesce(last_day, first_day + {OPEN_DAYS}, day + {OPEN_DAYS})) + 1 AS last_
  FROM (SELECT r.id, r.article_id, r.first_day, r.last_day,
          coalesce(a.published_day, TRY_CAST(a.dateline_date.value[:10] AS DATE),
                   TRY_CAST(a.updated.value[:10] AS DATE)) AS day
        FROM reports r JOIN articles a USING (coding)))
"""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a merging came to: what changed, how many reports were new, and how many were looked at."""

    merged: Merged
    fresh: int
    looked_at: int


def gather(
    view: Snapshot,
    runs: Iterable[Run],
    comparison: Comparison,
    decide: Decide | None = None,
    told: Callable[[str], None] = lambda step: None,
) -> Gathered:
    """Merge what came into a casebook since it was last merged; everything, when another version merged it last.

    See ``Casebook.merge``. Raises CasebookError on a broken file.
    """
    since, merger = seen(runs)
    decided, again = decide(view, since) if decide else (NOTHING, frozenset())
    fresh = _ids(view, "SELECT r.id FROM reports r JOIN documents d USING (coding) WHERE d.version > $since", since)
    anew = merger != comparison.version
    seeds = _ids(view, "SELECT id FROM reports") if anew else fresh | again
    work = _SliceBySlice(view, comparison, decided, fresh, told)
    for number, part in enumerate(_slices(view, seeds)):
        if number == 0 or not part <= work.done:
            work.merge(part, whole=anew and len(part) == len(seeds))
    return Gathered(work.merged(), len(fresh), len(work.done))


def _slices(view: Snapshot, ids: frozenset[str]) -> list[frozenset[str]]:
    """Reports by the first stretch that they can fall in, ``SLICE`` at once; one slice, empty, where there are none."""
    if len(ids) <= SLICE:
        return [ids]
    rows = view.execute(f"SELECT id FROM ({_STRETCHED}) ORDER BY low NULLS FIRST, id").fetchall()
    ordered = [id_ for (id_,) in rows if id_ in ids]
    return [frozenset(ordered[at : at + SLICE]) for at in range(0, len(ordered), SLICE)]


class _SliceBySlice:
    """A merging slice by slice: ``done`` are the reports that were looked at.

    Whatever two slices look at comes out of both alike, and counts once.
    """

    def __init__(
        self,
        view: Snapshot,
        comparison: Comparison,
        decided: Decided,
        fresh: frozenset[str],
        told: Callable[[str], None],
    ) -> None:
        self.done: set[str] = set()
        self._view, self._comparison, self._decided, self._fresh, self._told = view, comparison, decided, fresh, told
        self._events: dict[str, Event] = {}
        self._members: dict[tuple[str, str], Member] = {}
        self._merges: dict[tuple[str, str], Merge] = {}
        self._removed: dict[str, Event] = {}

    def merge(self, seeds: frozenset[str], *, whole: bool) -> None:
        """Merge a slice with all that it can be linked to; ``whole`` when it is everything."""
        self._told("reading")
        lot = _Lot(self._view, self._comparison.frequencies, self._decided)
        if whole:
            lot.everything()
        else:
            lot.around(seeds)
        while True:
            before = f", {len(self.done)} done before" if self.done else ""
            self._told(f"comparing {len(lot.ready.reports)} reports{before}")
            work = Merging(lot.ready, self._comparison, lot.known(), self._decided)
            reach = work.reach(seeds - self.done)
            if lot.complete(reach):
                break
        self._take(work.merged(reach, self._fresh))
        self.done |= reach.reports

    def _take(self, made: Merged) -> None:
        self._events.update((e.id, e) for e in made.events)
        self._members.update(((m.event_id, m.report_id), m) for m in made.members)
        self._merges.update(((m.old, m.new), m) for m in made.merges)
        self._removed.update((e.id, e) for e in made.removed)

    def merged(self) -> Merged:
        """What all slices came to."""
        events, members = tuple(self._events.values()), tuple(self._members.values())
        return Merged(events, members, tuple(self._merges.values()), tuple(self._removed.values()))


def seen(runs: Iterable[Run]) -> tuple[int, str | None]:
    """Up to which version the last merging looked at a casebook, and the version of the program that did it."""
    last = next((r for r in reversed(list(runs)) if r.version is not None and r.kind == "merge"), None)
    return (last.counts.get(SEEN, 0), last.coder) if last else (0, None)


def _ids(view: Snapshot, sql: str, since: int | None = None) -> frozenset[str]:
    return frozenset(id_ for (id_,) in view.execute(sql, {} if since is None else {"since": since}).fetchall())


class _Lot:
    """The articles of a casebook that a merging has made ready, by the stretches of time that are complete in it."""

    def __init__(self, view: Snapshot, frequencies: Frequencies, decided: Decided = NOTHING) -> None:
        self._view = view
        self._whole = False
        self._whens: set[When] = set()
        self._ids: set[str] = set()
        self._decided = self._articles_of(sorted({i for pair in decided.same | decided.different for i in pair}))
        self._lost = _ids(view, "SELECT event_id FROM event_members m ANTI JOIN reports r ON r.id = m.report_id")
        self.ready = Ready(frequencies)

    def everything(self) -> None:
        """Load all articles."""
        self._whole = True
        self.ready.add(self._view.stream("reports"), self._view.stream("articles"))

    def around(self, ids: Collection[str]) -> None:
        """Load what can fall in the stretches of these reports, what shared an event with reports that are gone, and
        what people decided about."""
        sql = f"SELECT DISTINCT low, high FROM ({_STRETCHED}) WHERE id IN (SELECT unnest($ids))"
        self._whens = {when for low, high in self._asked(sql, sorted(ids)) for when in _stretches(low, high)}
        self._add(self.within(self._whens) | self._left() | self._decided)

    def complete(self, reach: Reach) -> bool:
        """True when all that the reach can be linked to is loaded; else it is now."""
        missing = reach.whens - self._whens
        members = "SELECT DISTINCT article_id FROM event_members WHERE event_id IN (SELECT unnest($ids))"
        beside = {article for (article,) in self._asked(members, sorted(reach.events))} - self._ids
        if self._whole or not (missing or beside):
            return True
        wider = {when + n for when in missing if isinstance(when, int) for n in range(-_AROUND, _AROUND + 1)}
        self._whens |= missing | wider
        before = len(self._ids)
        self._add(self.within(missing | wider) | beside)
        return len(self._ids) == before

    def known(self) -> Known:
        """The events that have a loaded report or one that is gone, with all their members."""
        taken = _ids(self._view, "SELECT id FROM merged_events")
        if self._whole:
            return Known(tuple(self._view.records("events")), tuple(self._view.records("event_members")), taken)
        held = "SELECT DISTINCT event_id FROM event_members WHERE article_id IN (SELECT unnest($ids))"
        ids = sorted({id_ for (id_,) in self._asked(held, sorted(self._ids))} | self._lost)
        events: tuple[Event, ...] = tuple(self._view.records("events", "id IN (SELECT unnest($ids))", ids=ids))
        members: Iterable[Member] = self._view.records("event_members", "event_id IN (SELECT unnest($ids))", ids=ids)
        return Known(events, tuple(members), taken)

    def _asked(self, sql: str, ids: Sequence[Any]) -> list[tuple[Any, ...]]:
        return self._view.execute(sql, {"ids": list(ids)}).fetchall() if ids else []

    def _articles_of(self, report_ids: Sequence[str]) -> set[str]:
        found = self._asked("SELECT DISTINCT article_id FROM reports WHERE id IN (SELECT unnest($ids))", report_ids)
        return {article for (article,) in found}

    def _left(self) -> set[str]:
        """The articles of events that lost a report."""
        sql = "SELECT DISTINCT article_id FROM event_members WHERE event_id IN (SELECT unnest($ids))"
        return {article for (article,) in self._asked(sql, sorted(self._lost))}

    def within(self, whens: Collection[When]) -> set[str]:
        """The articles with a report that can fall in one of the stretches; some that cannot are among them."""
        fits = {LONG: f"high - low >= {MOST_BUCKETS}", SOME_DAY: "low IS NULL"}
        others = [f" OR {fits[when]}" for when in whens if isinstance(when, str)]
        sql = (
            f"WITH stretched AS ({_STRETCHED}), wanted AS (SELECT unnest($numbers) AS n) "
            "SELECT DISTINCT article_id FROM stretched "
            f"WHERE EXISTS (SELECT 1 FROM wanted WHERE n BETWEEN low AND high){''.join(sorted(others))}"
        )
        numbers = [when for when in whens if isinstance(when, int)]
        return {article for (article,) in self._view.execute(sql, {"numbers": numbers}).fetchall()}

    def _add(self, articles: set[str]) -> None:
        new = sorted(articles - self._ids)
        self._ids.update(new)
        self.ready.add(
            self._view.stream("reports", "article_id IN (SELECT unnest($ids))", ids=new),
            self._view.stream("articles", "id IN (SELECT unnest($ids))", ids=new),
        )


def _stretches(low: int | None, high: int | None) -> Iterable[When]:
    if low is None or high is None:
        return (SOME_DAY,)
    return (LONG,) if high - low >= MOST_BUCKETS else range(low, high + 1)
