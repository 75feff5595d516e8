"""Reports to events: which reports are compared and grouped, and what becomes of the events that there were before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import fsum

from dateline.merging.blocking import Blocks
from dateline.merging.clustering import cluster, components
from dateline.merging.copies import Copies, find_copies
from dateline.merging.event import event_of
from dateline.merging.identity import Named, named
from dateline.merging.model import Comparison
from dateline.merging.profile import Profile, profiles
from dateline.merging.reasons import why_same
from dateline.merging.sourced import Sourced
from dateline.merging.tellings import by_article
from dateline.records import Article, Event, Member, Merge, Report

Pair = tuple[str, str]
_ALL_PAIRS = 100
"""In a group of linked reports up to this size every pair is compared, not only those that a key proposes."""


@dataclass(frozen=True, slots=True)
class Known:
    """The events that there are before a merging, and what they are made of."""

    events: Sequence[Event] = ()
    members: Sequence[Member] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merging changed: new and changed events with all their members, the merge log's new entries, and events
    that are no more.

    A report that is alone in its happening makes no event: it stands for itself, as it does before merging.
    """

    events: tuple[Event, ...] = ()
    members: tuple[Member, ...] = ()
    merges: tuple[Merge, ...] = ()
    removed: tuple[Event, ...] = ()


def merge(
    reports: Iterable[Report],
    articles: Iterable[Article],
    comparison: Comparison,
    *,
    known: Known | None = None,
    fresh: Collection[str] | None = None,
    gone: Collection[str] = (),
) -> Merged:
    """Put together the reports that tell of one happening.

    ``fresh`` are the ids of reports that were not merged before, by default all; ``gone`` those of members that are
    no longer reports. Only what is linked to either is grouped anew, and comes out as if everything had been: which
    reports are linked, and how the linked are grouped, does not depend on when they came. Ids do: an event keeps the
    id it has got, and of events that turn out to be one the first reported keeps its id. ``reports`` and ``articles``
    have to hold those that the fresh ones can be linked to, and all members of events that any of them belong to.
    """
    known = known or Known()
    found = {a.id: a for a in articles}
    work = _Work(profiles(reports, found, comparison.frequencies), comparison, known)
    new = set(work.reports) if fresh is None else set(fresh)
    groups = work.groups(new, set(gone))
    result = named(groups, work.events, work.event_of, new, work.order)
    return work.merged(groups, result, find_copies(found.values()))


class _Work:
    """One merging: what every article tells, the scores computed so far, and the events before.

    A *telling* here is the profile of all reports of one article that are of one happening; its id is its first
    report's.
    """

    def __init__(self, found: Sequence[Profile], comparison: Comparison, known: Known) -> None:
        self.reports = {p.id: p for p in found}
        self.events = {e.id: e for e in known.events}
        self.event_of = {m.report_id: m.event_id for m in known.members}
        self._before: dict[str, list[Member]] = defaultdict(list)
        for member in known.members:
            self._before[member.event_id].append(member)
        self._comparison = comparison
        told = by_article(found, comparison)
        self._told = {p.id: p for p in told}
        self._telling_of = {r.id: p.id for p in told for r in p.reports}
        self._blocks = Blocks(told, comparison.frequencies.rarity)
        self._scores: dict[Pair, float] = {}

    def order(self, id_: str) -> tuple[str, str]:
        """Sorts reports by publication, unknown days last."""
        return (self._day(id_) or "9999", id_)

    def _day(self, id_: str) -> str | None:
        day = self.reports[id_].story.day
        return None if day is None else date.fromordinal(day).isoformat()

    def groups(self, fresh: Collection[str], gone: Collection[str]) -> list[list[str]]:
        """The reports that are linked to fresh ones, or shared an event with one that is gone, by happening."""
        touched, links = self._explore({self._telling_of[id_] for id_ in self._seeds(fresh, gone)})
        groups = [group for linked in components(touched, links) for group in self._cluster(linked)]
        return sorted(sorted(r.id for id_ in group for r in self._told[id_].reports) for group in groups)

    def _seeds(self, fresh: Collection[str], gone: Collection[str]) -> set[str]:
        left = {self.event_of[id_] for id_ in gone if id_ in self.event_of}
        beside = {m.report_id for event_id in left for m in self._before[event_id]}
        return (set(fresh) | beside) & self.reports.keys()

    def _explore(self, seeds: Collection[str]) -> tuple[set[str], set[Pair]]:
        """The tellings that links or common events lead to from the seeds, and the links."""
        todo, seen, links = sorted(seeds), set(seeds), set()
        while todo:
            id_ = todo.pop()
            linked = {other for other in self._blocks.partners(id_) if self._linked(id_, other)}
            links |= {_pair(id_, other) for other in linked}
            found = sorted((linked | self._fellows(id_)) - seen)
            seen.update(found)
            todo += found
        return seen, links

    def _linked(self, a: str, b: str) -> bool:
        """Only through a pair with such a score can groups that hold the two come together."""
        return self._score(a, b) >= self._comparison.across.threshold

    def _fellows(self, id_: str) -> set[str]:
        """The tellings in the events that a telling's reports were in."""
        events = {self.event_of[r.id] for r in self._told[id_].reports if r.id in self.event_of}
        fellows = {m.report_id for event_id in events for m in self._before[event_id]}
        return {self._telling_of[report] for report in fellows if report in self._telling_of}

    def _score(self, a: str, b: str) -> float:
        pair = _pair(a, b)
        found = self._scores.get(pair)
        if found is None:
            found = self._scores[pair] = self._comparison.score(self._told[pair[0]], self._told[pair[1]])
        return found

    def _cluster(self, linked: Sequence[str]) -> list[list[str]]:
        scores = {pair: self._score(*pair) for pair in self._compared(linked)}
        weights = self._comparison.across
        return cluster(linked, scores, weights.threshold, absent=weights.absent)

    def _compared(self, linked: Sequence[str]) -> Iterator[Pair]:
        if len(linked) <= _ALL_PAIRS:
            yield from combinations(linked, 2)
            return
        inside = set(linked)
        for id_ in linked:
            yield from ((id_, other) for other in self._blocks.partners(id_) if other > id_ and other in inside)

    def merged(self, groups: Sequence[Sequence[str]], result: Named, copies: Copies) -> Merged:
        """The events of the groups as far as they differ from what they were."""
        events, members = [], []
        for group, id_ in zip(groups, result.ids, strict=True):
            if id_ is None:
                continue
            tellings = [
                Sourced(self.reports[r].report, copies.source(self.reports[r].report), self._day(r)) for r in group
            ]
            event = event_of(id_, tellings, self._comparison.version)
            belong = list(self._members(id_, group))
            if event != self.events.get(id_) or belong != self._before.get(id_):
                events.append(event)
                members += belong
        removed = tuple(self.events[id_] for id_ in result.removed)
        return Merged(tuple(events), tuple(members), result.merges, removed)

    def _members(self, event_id: str, group: Sequence[str]) -> Iterator[Member]:
        told = sorted({self._telling_of[id_] for id_ in group})
        for id_ in group:
            mine = self._telling_of[id_]
            score, why = self._place(id_, mine, [other for other in told if other != mine])
            yield Member(event_id, id_, self.reports[id_].story.id, score, why)

    def _place(self, id_: str, mine: str, others: Sequence[str]) -> tuple[float | None, str]:
        """How sure a report's place among the others is, and why it has it."""
        if others:
            scores = {other: self._known_score(mine, other) for other in others}
            like = max(others, key=lambda other: (scores[other], other))
            why = why_same(self._comparison, self._told[mine], self._told[like])
            return round(fsum(scores.values()) / len(scores), 4), why
        beside = [self.reports[r.id] for r in self._told[mine].reports if r.id != id_]
        if not beside:
            return None, "the only report of it"
        alike = {p.id: self._comparison.score(self.reports[id_], p) for p in beside}
        best = max(beside, key=lambda p: (alike[p.id], p.id))
        return round(fsum(alike.values()) / len(alike), 4), why_same(self._comparison, self.reports[id_], best)

    def _known_score(self, a: str, b: str) -> float:
        return self._scores.get(_pair(a, b), self._comparison.across.absent)


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)
