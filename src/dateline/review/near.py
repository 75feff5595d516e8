"""Pairs of happenings that merging left apart and is most doubtful about, for people to say whether they are one.

Compared is with merging's own learnt comparison, and only what merging's blocking proposes: the work grows with the
number of happenings that are given, not with its square.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from dateline.merging.blocking import Blocks
from dateline.merging.clustering import SPOKESMEN
from dateline.merging.model import Comparison
from dateline.merging.profile import Profile, profiles
from dateline.merging.reasons import why_same
from dateline.merging.words import Frequencies
from dateline.records import Account, Happening, Judgement
from dateline.review.happenings import View
from dateline.review.overlay import PAIRS, anchors_of, sides
from dateline.review.queue import Item, unsure

RECENT = "last_reported DESC NULLS LAST, id"
"""The order in SQL over the view ``events`` in which happenings are taken for comparing."""
COMPARED = 1_000
"""Happenings that are compared at most, so that a large casebook is asked about as soon as a small one."""
_LEAST = 0.25
"""Pairs of less doubt are not worth a person's time."""
Places = tuple[int, int]
"""Two happenings by their place in the list, the smaller first."""


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well two happenings fit on the whole, as clustering has it, and the two reports that fit best."""

    score: float
    one: Profile
    other: Profile


def near(
    view: View, found: Iterable[Happening], judgements: Iterable[Judgement], comparison: Comparison, most: int
) -> list[Item]:
    """The ``most`` doubtful pairs among the ``COMPARED`` most recently reported of these happenings.

    A pair is shown by the two reports that fit best. What people decided about a pair before is not asked again.
    Raises CasebookError on a broken file.
    """
    given = heapq.nlargest(COMPARED, found, key=lambda h: (h.event.last_reported or "", h.event.id))
    given.sort(key=lambda h: h.event.id)
    ready = _profiles(view, [a for h in given for a in _spokesmen(h)], comparison.frequencies)
    answered = _answered(given, judgements, {m.old: m.new for m in view.records("event_merges")})
    return pairs(given, ready, comparison, answered, most)


def pairs(
    given: Sequence[Happening],
    ready: Mapping[str, Profile],
    comparison: Comparison,
    answered: Collection[Places],
    most: int,
) -> list[Item]:
    """The ``most`` doubtful pairs of happenings, the most doubtful first; ``ready`` are profiles of reports by id."""
    weighed = []
    for a, b in sorted(_proposed(given, ready, comparison).difference(answered)):
        fit = _fit(given[a], given[b], ready, comparison)
        doubt = unsure(fit.score, comparison.threshold)
        if doubt >= _LEAST:
            weighed.append((-doubt, a, b, fit))
    return [_item(given[a], given[b], fit, -doubt, comparison) for doubt, a, b, fit in heapq.nsmallest(most, weighed)]


def _spokesmen(happening: Happening) -> list[Account]:
    return sorted(happening.accounts, key=lambda a: a.report.id)[:SPOKESMEN]


def _profiles(view: View, accounts: Sequence[Account], frequencies: Frequencies) -> dict[str, Profile]:
    """Profiles of the reports as people see them, corrected ones as they were corrected."""
    seen = {a.report.id: a.report for a in accounts}
    ids = sorted({report.article_id for report in seen.values()})
    articles = {a.id: a for a in view.records("articles", "id IN (SELECT unnest($ids))", ids=ids)}
    reports = view.records("reports", "article_id IN (SELECT unnest($ids))", ids=ids)
    return {p.id: p for p in profiles((seen.get(r.id, r) for r in reports), articles, frequencies, seen)}


def _proposed(given: Sequence[Happening], ready: Mapping[str, Profile], comparison: Comparison) -> set[Places]:
    """The pairs of happenings that two reports in one block are of."""
    place = {a.report.id: n for n, h in enumerate(given) for a in _spokesmen(h)}
    blocks = Blocks((ready[id_] for id_ in place), comparison.frequencies.rarity)
    return set(_apart((place[a], place[b]) for a, b in blocks.pairs()))


def _apart(both: Iterable[Places]) -> Iterator[Places]:
    return ((min(a, b), max(a, b)) for a, b in both if a != b)


def _fit(a: Happening, b: Happening, ready: Mapping[str, Profile], comparison: Comparison) -> _Fit:
    ours, theirs = ([ready[t.report.id] for t in _spokesmen(h)] for h in (a, b))
    scores = {(x.id, y.id): comparison.score(x, y) for x in ours for y in theirs}
    one, other = max(scores, key=lambda pair: (scores[pair], pair))
    return _Fit(fsum(scores.values()) / len(scores), ready[one], ready[other])


def _item(a: Happening, b: Happening, fit: _Fit, doubt: float, comparison: Comparison) -> Item:
    one, other = (
        next(t for t in h.accounts if t.report.id == p.id) for h, p in ((a, fit.one), (b, fit.other))
    )  # fmt: skip
    why = (
        f"scores {fit.score:.2f}, merging takes {comparison.threshold:.2f}: {why_same(comparison, fit.one, fit.other)}"
    )
    return Item(one, a.event, doubt, why, other, tuple(t.report.id for t in b.accounts))


def _answered(given: Sequence[Happening], judgements: Iterable[Judgement], renamed: Mapping[str, str]) -> set[Places]:
    """The pairs of happenings that people decided about, followed to where the reports have gone since."""
    accounts = [a for h in given for a in h.accounts]
    place = {a.report.id: n for n, h in enumerate(given) for a in h.accounts}
    named = {*place, *renamed, *(h.event.id for h in given)}
    where = {a.report.article_id for a in accounts} | {a.url for a in accounts if a.url}

    def bears(judgement: Judgement) -> bool:
        known = {judgement.subject, judgement.other} & named
        return bool(known) or any({a.article, a.url} & where for a in anchors_of(judgement))

    asked = [j for j in judgements if j.verdict in PAIRS and not j.withdrawn and bears(j)]
    return set(_apart((place[a], place[b]) for s in sides(given, asked, renamed) for a in s.one for b in s.other))
