"""Anchors: the words that a judgement is tied to, so that a report that was coded anew finds it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from dateline.records import Account


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a report stands: its article, the trigger and its offsets, the sentence and the trigger's place in it.

    ``type`` is what the report was at the time; of several reports at one trigger it is the one meant.
    """

    article: str
    start: int
    end: int
    trigger: str
    sentence: str
    at: int
    type: str
    url: str | None = None

    @classmethod
    def of(cls, account: Account) -> Anchor:
        """The anchor of a report."""
        report = account.report
        return cls(
            article=report.article_id,
            start=report.trigger.start,
            end=report.trigger.end,
            trigger=report.trigger.text,
            sentence=report.sentence.text,
            at=report.trigger.start - report.sentence.start,
            type=report.type,
            url=account.url,
        )

    @property
    def text(self) -> str:
        """JSON, as ``Judgement.anchor`` has it."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def parse(cls, text: str | None) -> Anchor | None:
        """The anchor of a judgement; ``None`` where it has none, or one that another program wrote in its own way."""
        try:
            return msgspec.json.decode(text, type=cls) if text else None
        except msgspec.DecodeError:
            return None


def found(anchor: Anchor, accounts: Iterable[Account]) -> Account | None:
    """The report that stands where the anchor says, in the article or in a later version of it; ``None`` if none.

    Best is the same trigger in the same place, then the same words in the same sentence wherever it moved to, then a
    trigger that shares characters with the anchor's.
    """
    ranked = [(rank, t) for t in accounts if (rank := _rank(anchor, t)) is not None]
    return min(ranked, key=lambda pair: (pair[0], pair[1].report.id))[1] if ranked else None


def _rank(anchor: Anchor, account: Account) -> tuple[int, int, int] | None:
    """How far a report is from the anchor: kind of fit, whether the type differs, characters apart."""
    report = account.report
    here = report.article_id == anchor.article
    if not here and (anchor.url is None or account.url != anchor.url):
        return None
    apart = abs(report.trigger.start - anchor.start)
    differs = int(report.type != anchor.type)
    if here and apart == 0 and report.trigger.text == anchor.trigger:
        return 0, differs, 0
    if report.sentence.text == anchor.sentence:
        at = report.trigger.start - report.sentence.start
        if report.trigger.text == anchor.trigger:
            return 1, differs, abs(at - anchor.at)
        if at < anchor.at + len(anchor.trigger) and anchor.at < at + len(report.trigger.text):
            return 2, differs, abs(at - anchor.at)
    return None
