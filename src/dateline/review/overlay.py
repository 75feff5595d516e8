"""Judgements laid over happenings: a pure function; neither reports nor events nor judgements are altered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dateline.records import Account, Event, Happening, Judgement, content_id
from dateline.review.anchors import Anchor, found
from dateline.review.corrections import corrected, values
from dateline.review.events import alone, event_of

PAIRS = ("same", "different")


@dataclass(frozen=True, slots=True)
class Laid:
    """What came out: the happenings, and the judgements that found nothing, with the reason in words."""

    happenings: tuple[Happening, ...]
    idle: tuple[tuple[Judgement, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sides:
    """A judgement of a pair, and the ids of the reports that it means on either side, at least one each."""

    judgement: Judgement
    one: tuple[str, ...]
    other: tuple[str, ...]


def sides(happenings: Sequence[Happening], judgements: Iterable[Judgement], renamed: Mapping[str, str]) -> list[Sides]:
    """What each judgement of a pair means, by time; those that find nothing are left out. ``renamed`` as in ``lay``."""
    work, out = _Work(happenings, renamed), []
    for judgement in sorted(judgements, key=lambda j: (j.at, j.id)):
        one, other = work.sides(judgement)
        if judgement.verdict in PAIRS and one and other:
            out.append(Sides(judgement, tuple(one), tuple(other)))
    return out


@dataclass(slots=True)
class _Group:
    """Reports that make one happening, on the way."""

    accounts: list[str]
    made_of: list[Happening]
    judged: set[str] = field(default_factory=set)
    regrouped: bool = False


def lay(
    happenings: Sequence[Happening], judgements: Iterable[Judgement], renamed: Mapping[str, str] | None = None
) -> Laid:
    """The happenings as people judged them; of judgements at odds the last by time holds.

    A rejected report is taken out, and with its last report a happening is gone. A corrected or accepted one keeps
    its id. ``same`` joins two happenings, ``different`` parts them. A judgement of an event is one of each of its
    reports. ``renamed`` is the merge log, old ids to new ones. A judgement whose report is no more is followed by its
    anchor.
    """
    work = _Work(happenings, renamed or {})
    for judgement in sorted(judgements, key=lambda j: (j.at, j.id)):
        if not judgement.withdrawn:
            work.take(judgement)
    return Laid(tuple(work.made()), tuple(work.idle))


class _Work:
    """The state of one laying."""

    def __init__(self, happenings: Sequence[Happening], renamed: Mapping[str, str]) -> None:
        self.idle: list[tuple[Judgement, str]] = []
        self._renamed = renamed
        self._accounts = {t.report.id: t for h in happenings for t in h.accounts}
        self._original = dict(self._accounts)
        self._groups = [_Group([t.report.id for t in h.accounts], [h]) for h in happenings]
        self._group = {id_: g for g in self._groups for id_ in g.accounts}
        self._events = {h.event.id: g for h, g in zip(happenings, self._groups, strict=True)}
        self._rejected: set[str] = set()

    def take(self, judgement: Judgement) -> None:
        """Apply one judgement, or note why it cannot be."""
        reports = self._reports(judgement.subject, judgement.anchor, 0)
        if not reports:
            self.idle.append((judgement, f"there is no report or event {judgement.subject} any more"))
        elif judgement.verdict in PAIRS:
            self._pair(judgement, reports[0])
        else:
            self._decide(judgement, reports)

    def _reports(self, subject: str, anchor: str | None, side: int) -> list[str]:
        """The reports that an id stands for: itself, or those of the event; else the one where the anchor says."""
        if subject in self._accounts:
            return [subject]
        seen = {subject}
        while subject in self._renamed and self._renamed[subject] not in seen:
            subject = self._renamed[subject]
            seen.add(subject)
        if subject in self._events:
            return [t.report.id for h in self._events[subject].made_of for t in h.accounts]
        place = _anchor(anchor, side)
        account = found(place, self._original.values()) if place else None
        return [account.report.id] if account else []

    def sides(self, judgement: Judgement) -> tuple[list[str], list[str]]:
        """The reports that a judgement means: of its subject, and of the other with those that go along with it."""
        other = self._reports(judgement.other or "", judgement.anchor, 1)
        along = _with_other(judgement) if judgement.verdict == "different" and other else ()
        known = [id_ for id_ in along if id_ in self._accounts]
        return self._reports(judgement.subject, judgement.anchor, 0), list(dict.fromkeys([*other, *known]))

    def _decide(self, judgement: Judgement, reports: Sequence[str]) -> None:
        try:
            given = values(judgement)
            for id_ in reports:
                self._accounts[id_] = _judged(self._accounts[id_], judgement, given)
        except ValueError as error:
            self.idle.append((judgement, str(error)))
            return
        change = self._rejected.update if judgement.verdict == "reject" else self._rejected.difference_update
        change(reports)
        for id_ in reports:
            self._group[id_].judged.add(judgement.verdict)

    def _pair(self, judgement: Judgement, one: str) -> None:
        others = self._reports(judgement.other or "", judgement.anchor, 1)
        if not others:
            self.idle.append((judgement, f"there is no report or event {judgement.other} any more"))
            return
        a, b = self._group[one], self._group[others[0]]
        if judgement.verdict == "same" and a is not b:
            self._join(a, b)
        elif judgement.verdict == "different" and a is b and one != others[0]:
            b = self._part(a, one, [*others, *_with_other(judgement)])
        for group in (a, b):
            group.judged.add(judgement.verdict)

    def _join(self, a: _Group, b: _Group) -> None:
        a.accounts += b.accounts
        a.made_of += b.made_of
        a.judged |= b.judged
        a.regrouped = True
        for id_ in b.accounts:
            self._group[id_] = a
        b.accounts = []

    def _part(self, group: _Group, stays: str, leave: Iterable[str]) -> _Group:
        """A new group of those that leave."""
        leaving = [id_ for id_ in dict.fromkeys(leave) if id_ in group.accounts and id_ != stays]
        new = _Group(leaving, [], set(group.judged), True)
        group.accounts = [id_ for id_ in group.accounts if id_ not in leaving]
        group.regrouped = True
        self._groups.append(new)
        for id_ in leaving:
            self._group[id_] = new
        return new

    def made(self) -> Iterable[Happening]:
        """The happenings that are left."""
        for group in self._groups:
            accounts = tuple(self._accounts[id_] for id_ in group.accounts if id_ not in self._rejected)
            if accounts:
                yield self._happening(group, accounts)

    def _happening(self, group: _Group, accounts: tuple[Account, ...]) -> Happening:
        judged = tuple(sorted(group.judged))
        before = [self._original[id_].report for id_ in group.accounts]
        if not group.regrouped and [t.report for t in accounts] == before:
            return replace(group.made_of[0], accounts=accounts, judged=judged)
        return Happening(_event(group, accounts), accounts, judged)


def _event(group: _Group, accounts: tuple[Account, ...]) -> Event:
    """The event of a group that people changed. It keeps an id that programs gave it, where it has one."""
    held = [h.event for h in group.made_of if len(h.accounts) > 1 or h.event.id != h.accounts[0].report.id]
    merger = next((h.event.merger for h in group.made_of), accounts[0].report.coder)
    if not held and len(accounts) == 1:
        return alone(accounts[0])
    oldest = min(t.report.id for t in accounts)
    id_ = max(held, key=lambda e: (e.reports, e.id)).id if held else content_id("evt", oldest)
    most = sum(h.event.sources for h in group.made_of) if group.made_of else None
    return event_of(id_, accounts, merger, most)


def _judged(account: Account, judgement: Judgement, given: Mapping[str, object]) -> Account:
    report = account.report
    for name, value in given.items():
        report = corrected(report, name, value)
    verdict = judgement.verdict
    if verdict == "reject":
        verdict_after: str | None = None
    else:
        verdict_after = "correct" if "correct" in (verdict, account.verdict) else "accept"
    return replace(account, report=report, verdict=verdict_after)


def anchors_of(judgement: Judgement) -> list[Anchor]:
    """The anchors of a judgement: one, or one for each side of a pair."""
    both = [_anchor(judgement.anchor, side) for side in (0, 1)]
    return [anchor for anchor in both if anchor is not None]


def _anchor(text: str | None, side: int) -> Anchor | None:
    """The anchor of a judgement's subject (0) or other (1): those of a pair are a JSON list of two."""
    if not text or not text.startswith("["):
        return Anchor.parse(text) if side == 0 else None
    try:
        return Anchor.parse(json.dumps(json.loads(text)[side]))
    except (ValueError, IndexError):
        return None


def _with_other(judgement: Judgement) -> list[str]:
    """The reports that were on the second side when the two were told apart."""
    try:
        known = json.loads(judgement.value or "[]")
    except ValueError:
        return []
    return [id_ for id_ in known if isinstance(id_, str)] if isinstance(known, list) else []
