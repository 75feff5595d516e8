"""What to review first: reports that the coder was not sure of or that disagree, and pairs that were nearly one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from dateline.records import Account, Event, Happening, Judgement

Pair = frozenset[str]
Likeness = Callable[[Account, Account], float]
"""How sure it is (0..1) that two reports tell of the same happening."""
_DISPUTED, _NEAR_DAYS, _CROWD = 0.7, 1, 12
DOUBT = "greatest(1 - 2 * abs(confidence - 0.5), CASE WHEN len(disputed) > 0 THEN 0.7 ELSE 0 END) DESC, id"
"""The order of doubt in SQL over the view ``events``, for taking the most doubtful part of a large casebook."""
UNJUDGED = (
    "coalesce(report_id, '') NOT IN (SELECT subject FROM judgements "
    "WHERE NOT withdrawn AND verdict IN ('accept', 'reject', 'correct'))"
)
"""A condition over the view ``events`` that leaves out those whose leading report people have judged."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question to a person: is this report right, or (with ``other``) do two reports tell of the same happening?

    ``doubt`` is in 0..1, ``why`` says in words what it comes from. ``event`` is the one that holds the report.
    """

    account: Account
    event: Event
    doubt: float
    why: str
    other: Account | None = None
    beside: tuple[str, ...] = ()
    """The reports that go with ``other`` when the two are told apart."""


def queue(
    happenings: Iterable[Happening], judgements: Iterable[Judgement] = (), likeness: Likeness | None = None
) -> list[Item]:
    """The questions, the most doubtful first; what people answered before is not asked again.

    ``likeness`` weighs pairs of happenings that are alike in type, place and day and were not merged; without it they
    are asked at middling doubt.
    """
    found = list(happenings)
    answered = {frozenset((j.subject, j.other)) for j in judgements if j.other and not j.withdrawn}
    items = [
        *(item for h in found for item in _reports(h)),
        *(item for h in found for item in _members(h, answered)),
        *_near(found, answered, likeness),
    ]
    return sorted(items, key=lambda i: (-i.doubt, i.account.report.id, i.other.report.id if i.other else ""))


def _reports(happening: Happening) -> Iterator[Item]:
    event = happening.event
    for account in happening.accounts:
        if account.verdict is None:
            report = account.report
            disputed = [c.field for c in event.claims if report.id in c.reports and _several(event, c.field)]
            unsure = _unsure(report.confidence)
            doubt = max(unsure, _DISPUTED) if disputed else unsure
            why = f"confidence {report.confidence:.2f}"
            why += f"; other reports differ in {', '.join(dict.fromkeys(disputed))}" if disputed else ""
            yield Item(account, event, doubt, why)


def _several(event: Event, field: str) -> bool:
    return sum(c.field == field for c in event.claims) > 1


def _unsure(probability: float) -> float:
    """1 at one half, 0 at certainty either way."""
    return 1 - 2 * abs(min(1.0, max(0.0, probability)) - 0.5)


def _members(happening: Happening, answered: Collection[Pair]) -> Iterator[Item]:
    """The reports that merging was not sure of, each beside the leading one."""
    lead, *others = happening.accounts
    for account in others:
        if account.score is None or frozenset((lead.report.id, account.report.id)) in answered:
            continue
        doubt, why = _unsure(account.score), f"merged at {account.score:.2f}"
        why += f": {account.why}" if account.why else ""
        yield Item(lead, happening.event, doubt, why, account, (account.report.id,))


def _near(found: Iterable[Happening], answered: Collection[Pair], likeness: Likeness | None) -> Iterator[Item]:
    """Happenings of one type, place and nearly one day that were not merged."""
    for block in _blocks(found):
        for a, b in combinations(block, 2):
            one, other = a.accounts[0], b.accounts[0]
            if frozenset((one.report.id, other.report.id)) in answered or not _close(a.event, b.event):
                continue
            doubt = _unsure(likeness(one, other)) if likeness else 0.5
            why = "same type, place and day, and not merged"
            yield Item(one, a.event, doubt, why, other, tuple(x.report.id for x in b.accounts))


def _blocks(found: Iterable[Happening]) -> Iterator[list[Happening]]:
    """Happenings by type and place; a crowd is left alone, as "fighting in Kabul" in a month of war."""
    blocks: dict[tuple[str, int], list[Happening]] = {}
    for happening in found:
        where = next((p.geonameid for p in happening.event.places if p.geonameid is not None), None)
        if where is not None:
            blocks.setdefault((happening.event.type, where), []).append(happening)
    return (block for block in blocks.values() if len(block) <= _CROWD)


def _close(a: Event, b: Event) -> bool:
    days = [(e.moment.first or e.moment.last) if e.moment else None for e in (a, b)]
    if days[0] is None or days[1] is None:
        return False
    return abs((date.fromisoformat(days[0]) - date.fromisoformat(days[1])).days) <= _NEAR_DAYS
