"""One question of a review as it stands on the screen."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dateline.cli import wording
from dateline.cli.terminal import STATUS_STYLES, STYLES
from dateline.records import Account, Event
from dateline.review.queue import Item
from dateline.review.session import State


def drawn(state: State) -> Group:
    """The open question, what the keys do, and what the last key did."""
    return Group(*_parts(state))


def _parts(state: State) -> Iterator[RenderableType]:
    item = state.item
    if item is None:
        yield Text("That was the last one.", style="bold")
    else:
        yield Text(f"{state.at + 1} of {len(state.items)}   {item.why}\n", style="dim")
        yield from _pair(item) if item.other else _report(item)
    yield Text()
    yield Text(f"{state.ask}: {state.typed}▏") if state.asking else _keys(state)
    yield Text(state.note, style="yellow")


def _report(item: Item) -> Iterator[RenderableType]:
    yield _account(item.account)
    if item.event.reports > 1:
        yield Text(f"\none of {item.event.reports} reports of: {_event(item.event)}", style="dim")


def _pair(item: Item) -> Iterator[RenderableType]:
    assert item.other is not None
    yield Text("Do these two tell of the same happening?\n", style="bold")
    yield _account(item.account)
    yield Text()
    yield _account(item.other)


def _event(event: Event) -> str:
    kind = f"{event.type} {event.mode}" if event.mode else event.type
    return f"{kind}, {wording.moment(event.moment) or 'day unknown'}, {event.sources} sources"


def _account(account: Account) -> Table:
    report = account.report
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True, min_width=8)
    grid.add_column(overflow="fold")
    told = " · ".join(t for t in (account.publisher, account.published and account.published[:10]) if t)
    grid.add_row("in", _plain(f"{told or account.report.article_id}: {account.headline or ''}"))
    grid.add_row("", _sentence(account))
    grid.add_row("did", _plain(f"{wording.kind(report)}  “{report.trigger.text}”", STYLES["did"]))
    for label, refs in (("who", report.actors), ("whom", report.recipients), ("said by", report.sources)):
        if refs:
            names = "; ".join(f"{wording.party(r)} ({wording.codes(r)})" for r in refs)
            grid.add_row(label, _plain(names, STYLES[label]))
    grid.add_row("where", _plain(wording.located(report.places) or "?", STYLES["where"]))
    grid.add_row("when", Text(wording.moment(report.moment) or "?", style=STYLES["when"]))
    if report.counts:
        grid.add_row("how many", _plain("; ".join(map(wording.count, report.counts))))
    certain = f"{report.status} {report.confidence:.2f}" + (f", {account.verdict}ed" if account.verdict else "")
    grid.add_row("certain", Text(certain, style=STATUS_STYLES.get(report.status, "")))
    return grid


def _sentence(account: Account) -> Text:
    """The sentence with its trigger marked."""
    report = account.report
    text = _plain(report.sentence.text)
    start = report.trigger.start - report.sentence.start
    text.stylize("reverse", start, start + len(report.trigger.text))
    return text


def _plain(text: str, style: str = "") -> Text:
    """Text of others: no markup, and no character that a terminal would obey."""
    return Text("".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text), style=style)


def _keys(state: State) -> Text:
    out = Text()
    for key, action in state.keys.items():
        out.append(f" {key} ", style="bold reverse").append(f" {action}  ")
    return out
