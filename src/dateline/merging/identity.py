"""Ids that last: which event a group of reports continues, and the log of those that went into others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from dateline.records import Event, Merge, content_id

Order = Callable[[str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Named:
    """An id for each group, ``None`` for a report that stands for itself; the log's entries; ids that are no more."""

    ids: tuple[str | None, ...]
    merges: tuple[Merge, ...]
    removed: tuple[str, ...]


def named(
    groups: Sequence[Sequence[str]],
    before: Mapping[str, Event],
    event_of: Mapping[str, str],
    fresh: Collection[str],
    order: Order,
    taken: Collection[str] = (),
) -> Named:
    """Let every group go on under the id of an event ``before`` that it holds most of; ``event_of`` is by report.

    An event that went to pieces goes on as the piece with most of its reports. A group that holds several goes on as
    the one first reported, and the log tells of the others. A group that holds none gets an id made of its first
    report in ``order``, and not one that is ``taken``; its reports that stood for themselves, those that are not
    ``fresh``, go into the log.
    """
    heir = _heirs(groups, event_of)
    held: list[list[str]] = [[] for _ in groups]
    for event_id, at in sorted(heir.items()):
        held[at].append(event_id)
    used = {*before, *taken}
    ids = []
    for group, mine in zip(groups, held, strict=True):
        ids.append(_id(group, mine, before, used, order))
        used.add(ids[-1] or "")
    merges = [
        m
        for group, mine, id_ in zip(groups, held, ids, strict=True)
        if id_
        for m in _merges(group, mine, id_, event_of, fresh)
    ]
    return Named(tuple(ids), tuple(merges), tuple(sorted(heir.keys() - set(ids))))


def _heirs(groups: Sequence[Sequence[str]], event_of: Mapping[str, str]) -> dict[str, int]:
    """For each event that has reports in the groups, the group with most of them, the first at a tie."""
    votes = Counter((event_of[id_], at) for at, group in enumerate(groups) for id_ in group if id_ in event_of)
    best: dict[str, tuple[int, int]] = {}
    for (event_id, at), count in votes.items():
        best[event_id] = max(best.get(event_id, (0, 0)), (count, -at))
    return {event_id: -at for event_id, (_, at) in best.items()}


def _id(
    group: Sequence[str], mine: Sequence[str], before: Mapping[str, Event], taken: Collection[str], order: Order
) -> str | None:
    if mine:
        return min(mine, key=lambda id_: (before[id_].first_reported or "9999", id_))
    if len(group) == 1:
        return None
    first = min(group, key=order)
    tries = (content_id("evt", first, *([n] if n else [])) for n in range(len(taken) + 1))
    return next(id_ for id_ in tries if id_ not in taken)


def _merges(
    group: Sequence[str], mine: Sequence[str], id_: str, event_of: Mapping[str, str], fresh: Collection[str]
) -> list[Merge]:
    joined = [Merge(old, id_, "their reports tell of one happening") for old in mine if old != id_]
    alone = [r for r in sorted(group) if r not in event_of and r not in fresh]
    return joined + [Merge(report, id_, "it tells of the same happening") for report in alone]
