"""A casebook's happenings with its judgements laid over them: what exports and reports show."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dateline.records import Happening, Judgement
from dateline.review.anchors import Anchor
from dateline.review.happenings import View, of_ids, read
from dateline.review.overlay import Laid, anchors_of, lay

_LAST = "9999-99-99"


def happenings(view: View, where: str = "true", parameters: Mapping[str, Any] | None = None) -> Iterator[Happening]:
    """The happenings by day and id, people's judgements applied, without those that they rejected.

    ``where`` is a condition over the view ``events``; a happening that a judgement bears on comes whether it fits or
    not, since the judgement can have changed what the condition asks for: ask it again with the event itself. ``view``
    is ``Casebook.snapshot``. Held in memory is what judgements bear on; of all others one at a time.
    """
    judgements = live(view)
    if not judgements:
        yield from read(view, where, parameters or {})
        return
    touched = bearing(view, judgements)
    judged = sorted(laid(view, judgements, touched).happenings, key=_by_day)
    beside = f"({where}) AND id NOT IN (SELECT unnest($touched))"
    rest = read(view, beside, {**(parameters or {}), "touched": sorted(touched)})
    yield from heapq.merge(judged, rest, key=_by_day)


def judged(view: View) -> tuple[set[str], tuple[Happening, ...]]:
    """The ids of the happenings that judgements bear on, and what became of these: for ``Casebook.query``."""
    judgements = live(view)
    if not judgements:
        return set(), ()
    touched = bearing(view, judgements)
    return touched, laid(view, judgements, touched).happenings


def live(view: View) -> list[Judgement]:
    """The judgements that were not taken back, by time."""
    return [j for j in view.records("judgements") if not j.withdrawn]


def laid(view: View, judgements: Sequence[Judgement], touched: set[str]) -> Laid:
    """The judged happenings alone, and the judgements that found nothing; ``touched`` is what ``bearing`` gave."""
    renamed = {m.old: m.new for m in view.records("event_merges")}
    return lay(list(of_ids(view, touched)), judgements, renamed)


def bearing(view: View, judgements: Sequence[Judgement]) -> set[str]:
    """The ids of the happenings that judgements can bear on: by report, by event, by the merge log, by anchor."""
    named = {id_ for j in judgements for id_ in (j.subject, j.other) if id_}
    named |= _renamed(view, named)
    anchors = [a for j in judgements for a in anchors_of(j)]
    reports = _reports(view, named, anchors)
    held = view.execute(
        "SELECT event_id, report_id FROM event_members "
        "WHERE report_id IN (SELECT unnest($reports)) OR event_id IN (SELECT unnest($named))",
        {"reports": reports, "named": sorted(named)},
    ).fetchall()
    inside = {report for _, report in held}
    return {event for event, _ in held} | {id_ for id_ in reports if id_ not in inside}


def _renamed(view: View, named: set[str]) -> set[str]:
    """The events that live on under other ids, and all ids on the way."""
    log = {m.old: m.new for m in view.records("event_merges")}
    out: set[str] = set()
    for id_ in named:
        while id_ in log and log[id_] not in out:
            id_ = log[id_]
            out.add(id_)
    return out


def _reports(view: View, named: set[str], anchors: Sequence[Anchor]) -> list[str]:
    found = view.execute(
        "SELECT id FROM reports WHERE id IN (SELECT unnest($named)) OR article_id IN (SELECT unnest($articles)) "
        "OR url IN (SELECT unnest($urls))",
        {
            "named": sorted(named),
            "articles": sorted({a.article for a in anchors}),
            "urls": sorted({a.url for a in anchors if a.url}),
        },
    ).fetchall()
    return [id_ for (id_,) in found]


def _by_day(happening: Happening) -> tuple[str, str]:
    moment = happening.event.moment
    return (moment.first or moment.last or _LAST) if moment else _LAST, happening.event.id
