"""What people decided about pairs, as merging takes it: reports that are of one happening, reports that are not."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.merging.decided import Decided
from dateline.records import Judgement
from dateline.review.happenings import View, of_ids
from dateline.review.laid import bearing
from dateline.review.overlay import PAIRS, Sides, sides

Pair = tuple[str, str]


def decided(view: View, since: int = 0) -> tuple[Decided, frozenset[str]]:
    """The decisions that hold, and the reports that a decision made or taken back after version ``since`` is about.

    Of decisions on one pair the last by time holds. One that says that two events are the same holds all their
    reports together; one that they differ parts the first report of the one from all of the other.
    """
    judgements = [j for j in view.records("judgements") if j.verdict in PAIRS]
    found = _sides(view, judgements)
    verdicts: dict[Pair, str] = {}
    for side in found:
        if not side.judgement.withdrawn:
            verdicts.update(dict.fromkeys(_pairs(side), side.judgement.verdict))
    same, different = ([pair for pair, v in verdicts.items() if v == verdict] for verdict in PAIRS)
    late = {id_ for (id_,) in view.execute("SELECT id FROM judgements WHERE version > $v", {"v": since}).fetchall()}
    changed = frozenset(id_ for side in found if side.judgement.id in late for pair in _pairs(side) for id_ in pair)
    return Decided(same, different), changed


def _sides(view: View, judgements: Sequence[Judgement]) -> list[Sides]:
    if not judgements:
        return []
    renamed = {m.old: m.new for m in view.records("event_merges")}
    return sides(list(of_ids(view, bearing(view, judgements))), judgements, renamed)


def _pairs(side: Sides) -> list[Pair]:
    """The pairs of reports that a decision is about, the smaller id first."""
    first, *rest = side.one
    others = [*rest, *side.other] if side.judgement.verdict == "same" else side.other
    return [(min(first, id_), max(first, id_)) for id_ in others if id_ != first]
