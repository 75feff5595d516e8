"""A happening in a line of words, for formats that want a title."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.export.columns import day, disputed, place, said, toll
from dateline.records import Event, Party

_MOST = 2
# Who is named once where another is named more often than this is left out of a title.
_OFTEN = 3
_CERTAIN = ("occurred", "ongoing")


def title(event: Event) -> str:
    """What, who to whom, where: ``ASSAULT firearms: Gunmen → Villagers, Strelsau``; what is not certain says so."""
    kind = f"{event.type} {event.mode}" if event.mode else event.type
    status = "" if event.status in _CERTAIN else f" ({event.status})"
    where = place(event)
    parties = " → ".join(t for t in (_named(event.actors), _named(event.recipients)) if t)
    told = ", ".join(t for t in (parties, where.name if where else "") if t)
    return f"{kind}{status}: {told}" if told else f"{kind}{status}"


def principal(parties: Sequence[Party]) -> tuple[Party, ...]:
    """The parties that a title names, in their order.

    Ten outlets call the same people by ten descriptions: beside an actor that is known by name, those of its country
    and sector are its own, and others count when several reports tell of them; of more than two without a name, the one
    that most reports tell of stands for them. Who is named by less than a third as many reports as the one named most
    is left out: a misread name, or someone a single account adds.
    """
    most = max((p.reports for p in parties), default=0)
    known = [p for p in parties if p.id and _OFTEN * p.reports >= most]
    covered = {(p.country, p.sector) for p in known}
    others = [p for p in parties if not p.id and (p.country, p.sector) not in covered]
    if known:
        others = [p for p in others if p.reports > 1]
    if len(others) > _MOST:
        others = [max(others, key=lambda p: p.reports)]
    return tuple(p for p in parties if p in known or p in others)


def _named(parties: Sequence[Party]) -> str:
    names = [p.name for p in principal(parties)]
    return ", ".join(names[:_MOST]) + (f" and {len(names) - _MOST} more" if len(names) > _MOST else "")


def facts(event: Event) -> list[str]:
    """When, how many, what is disputed and on how many words, each in a phrase."""
    out = []
    if when := day(event):
        last = event.moment.last if event.moment else None
        out.append(f"{when} to {last}" if last and last != when else when)
    for of in ("killed", "injured"):
        if count := toll(event, of):
            out.append(f"{of}: {_range(count.low, count.high)}")
    out += [f"disputed {field}: {' / '.join(map(said, claims))}" for field, claims in disputed(event).items()]
    out.append(f"{event.sources} independent source{'s' * (event.sources != 1)}")
    return out


def _range(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return f"at least {low}" if low is not None else f"at most {high}" if high is not None else "some"
    return str(low) if low == high else f"{low} to {high}"
