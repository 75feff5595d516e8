"""What to review first: reports that the coder was not sure of or that disagree, and pairs that were nearly one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from dateline.records import Account, Event, Happening, Judgement

Pair = frozenset[str]
_DISPUTED = 0.7
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
    happenings: Iterable[Happening],
    judgements: Iterable[Judgement] = (),
    near: Iterable[Item] = (),
    threshold: float = 0.5,
) -> list[Item]:
    """The questions, the most doubtful first; what people answered before is not asked again.

    ``near`` are the pairs of happenings that were not merged (``review.near``). ``threshold`` is the score from which
    merging joins: a report that came into its event with just that is the most doubtful.
    """
    found = list(happenings)
    answered = {frozenset((j.subject, j.other)) for j in judgements if j.other and not j.withdrawn}
    items = [
        *(item for h in found for item in _reports(h)),
        *(item for h in found for item in _members(h, answered, threshold)),
        *near,
    ]
    return sorted(items, key=lambda i: (-i.doubt, i.account.report.id, i.other.report.id if i.other else ""))


def _reports(happening: Happening) -> Iterator[Item]:
    event = happening.event
    for account in happening.accounts:
        if account.verdict is None:
            report = account.report
            disputed = [c.field for c in event.claims if report.id in c.reports and _several(event, c.field)]
            doubt = unsure(report.confidence)
            doubt = max(doubt, _DISPUTED) if disputed else doubt
            why = f"confidence {report.confidence:.2f}"
            why += f"; other reports differ in {', '.join(dict.fromkeys(disputed))}" if disputed else ""
            yield Item(account, event, doubt, why)


def _several(event: Event, field: str) -> bool:
    return sum(c.field == field for c in event.claims) > 1


def unsure(probability: float, even: float = 0.5) -> float:
    """Doubt in 0..1: none where a probability is certain either way, 1 where it is ``even``."""
    sure = min(1.0, max(0.0, probability))
    return sure / even if sure < even else (1 - sure) / (1 - even)


def _members(happening: Happening, answered: Collection[Pair], threshold: float) -> Iterator[Item]:
    """The reports that merging was not sure of, each beside the leading one."""
    lead, *others = happening.accounts
    for account in others:
        if account.score is None or frozenset((lead.report.id, account.report.id)) in answered:
            continue
        doubt, why = unsure(account.score, threshold), f"merged at {account.score:.2f}"
        why += f": {account.why}" if account.why else ""
        yield Item(lead, happening.event, doubt, why, account, (account.report.id,))
