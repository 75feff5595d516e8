"""Reports to events: which reports are compared and grouped, and what becomes of the events that there were before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

from dateline.merging.blocking import Blocks, When, whens
from dateline.merging.clustering import cluster
from dateline.merging.copies import Copies, copies_among
from dateline.merging.decided import NOTHING, Decided
from dateline.merging.event import event_of
from dateline.merging.identity import named
from dateline.merging.model import Comparison
from dateline.merging.ready import Ready
from dateline.merging.reasons import why_same
from dateline.merging.sourced import Sourced
from dateline.records import Article, Event, Member, Merge, Report

Pair = tuple[str, str]
_ASKED = 32
"""How many of the others in an event say how sure a report's place in it is."""


@dataclass(frozen=True, slots=True)
class Known:
    """The events that there are before a merging, and what they are made of; ``taken`` are ids of further events."""

    events: Sequence[Event] = ()
    members: Sequence[Member] = ()
    taken: Collection[str] = ()


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


@dataclass(frozen=True, slots=True)
class Reach:
    """What a merging has to look at: reports and the links between them, the stretches of time that they can fall in,
    and the events that they were in."""

    reports: frozenset[str]
    links: frozenset[Pair]
    whens: frozenset[When]
    events: frozenset[str]


def merge(
    reports: Iterable[Report],
    articles: Iterable[Article],
    comparison: Comparison,
    *,
    known: Known | None = None,
    fresh: Collection[str] | None = None,
    decided: Decided = NOTHING,
) -> Merged:
    """Put together the reports that tell of one happening.

    ``fresh`` are the ids of reports that were not merged before, by default all. Only what is linked to them, or was
    in an event with a report that is no more, is grouped anew, and comes out as if everything had been: which reports
    are linked, and how the linked are grouped, does not depend on when they came. Ids do: an event keeps the id it has
    got, and of events that turn out to be one the first reported keeps its id. What people ``decided`` holds whatever
    the scores say. ``reports`` and ``articles`` have to hold those that the fresh ones can be linked to, and all
    members of events that any of them belong to. ``articles`` are asked for one by one, and none is kept.
    """
    ready = Ready(comparison.frequencies)
    ready.add(reports, articles)
    work = Merging(ready, comparison, known or Known(), decided)
    new = work.reports.keys() if fresh is None else fresh
    return work.merged(work.reach(new), new)


class Merging:
    """One merging: the reports made ready for comparing, the scores computed so far, and the events before."""

    def __init__(self, ready: Ready, comparison: Comparison, known: Known, decided: Decided = NOTHING) -> None:
        self.reports = ready.reports
        self._articles = ready.articles
        self.events = {e.id: e for e in known.events}
        self.event_of = {m.report_id: m.event_id for m in known.members}
        self._taken = known.taken
        self._before: dict[str, list[Member]] = defaultdict(list)
        for member in known.members:
            self._before[member.event_id].append(member)
        self._comparison = comparison
        self._decided = decided
        self._blocks = Blocks(self.reports.values(), comparison.frequencies.rarity)
        self._scores: dict[Pair, float] = {}

    def order(self, id_: str) -> tuple[str, str]:
        """Sorts reports by publication, unknown days last."""
        return (self._day(id_) or "9999", id_)

    def _day(self, id_: str) -> str | None:
        day = self.reports[id_].story.day
        return None if day is None else date.fromordinal(day).isoformat()

    def reach(self, fresh: Collection[str]) -> Reach:
        """What fresh reports are linked to, directly or not, and what shared an event with a report that is gone."""
        seeds = self._seeds(fresh)
        todo, seen, links = sorted(seeds), set(seeds), set()
        while todo:
            id_ = todo.pop()
            linked = {other for other in self._blocks.partners(id_) if self._linked(id_, other)}
            linked.update(other for other in self._decided.same_as(id_) if other in self.reports)
            links |= {_pair(id_, other) for other in linked}
            found = sorted((linked | self._fellows(id_)) - seen)
            seen.update(found)
            todo += found
        stretches = frozenset(when for id_ in seen for when in whens(self.reports[id_]))
        events = frozenset(self.event_of[id_] for id_ in seen if id_ in self.event_of)
        return Reach(frozenset(seen), frozenset(links), stretches, events)

    def _seeds(self, fresh: Collection[str]) -> set[str]:
        left = {event_id for report, event_id in self.event_of.items() if report not in self.reports}
        beside = {m.report_id for event_id in left for m in self._before[event_id]}
        return (set(fresh) | beside) & self.reports.keys()

    def _linked(self, a: str, b: str) -> bool:
        """Only through a pair with such a score, or a decision, can groups that hold the two come together."""
        return self._score(a, b) >= self._comparison.threshold

    def _fellows(self, id_: str) -> set[str]:
        """The reports in the event that a report was in."""
        event_id = self.event_of.get(id_)
        return {m.report_id for m in self._before[event_id] if m.report_id in self.reports} if event_id else set()

    def _score(self, a: str, b: str) -> float:
        pair = _pair(a, b)
        found = self._scores.get(pair)
        if found is None:
            found = self._scores[pair] = self._comparison.score(self.reports[pair[0]], self.reports[pair[1]])
        return found

    def _groups(self, reach: Reach) -> list[list[str]]:
        """The reports that are in reach, by happening."""
        together, apart = self._decided.among(reach.reports)
        threshold = self._comparison.threshold
        return cluster(reach.reports, reach.links, self._score, threshold, together=together, apart=apart)

    def merged(self, reach: Reach, fresh: Collection[str]) -> Merged:
        """The events in reach as far as they differ from what they were."""
        groups, copies = self._groups(reach), copies_among(self._articles.values())
        result = named(groups, self.events, self.event_of, fresh, self.order, self._taken)
        events, members = [], []
        for group, id_ in zip(groups, result.ids, strict=True):
            if id_ is None:
                continue
            event = event_of(id_, [self._sourced(r, copies) for r in group], self._comparison.version)
            belong = list(self._members(id_, group))
            if event != self.events.get(id_) or belong != self._before.get(id_):
                events.append(event)
                members += belong
        removed = sorted({*result.removed, *self._emptied()})
        return Merged(tuple(events), tuple(members), result.merges, tuple(self.events[id_] for id_ in removed))

    def _sourced(self, id_: str, copies: Copies) -> Sourced:
        report = self.reports[id_].report
        return Sourced(report, copies.source(report), self._day(id_))

    def _emptied(self) -> Iterator[str]:
        """The events that no report is left of."""
        for event_id, members in self._before.items():
            if event_id in self.events and not any(m.report_id in self.reports for m in members):
                yield event_id

    def _members(self, event_id: str, group: Sequence[str]) -> Iterator[Member]:
        for id_ in group:
            score, why = self._place(id_, [other for other in group if other != id_])
            yield Member(event_id, id_, self.reports[id_].story.id, score, why)

    def _place(self, id_: str, others: Sequence[str]) -> tuple[float | None, str]:
        """How sure a report's place among the others is, and why it has it."""
        if not others:
            return None, "the only report of it"
        if not set(self._decided.same_as(id_)).isdisjoint(others):
            return 1.0, "same because it was judged to be"
        scores = {other: self._score(id_, other) for other in others[:_ASKED]}
        like = max(scores, key=lambda other: (scores[other], other))
        why = why_same(self._comparison, self.reports[id_], self.reports[like])
        return round(fsum(scores.values()) / len(scores), 4), why


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)
