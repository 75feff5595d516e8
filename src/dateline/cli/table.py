"""Reports as a table for people: who did what to whom, where, when, how certain, on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table
from rich.text import Text

from dateline.cli import wording
from dateline.cli.terminal import STATUS_STYLES, STYLES, WIDE
from dateline.records import ActorRef, Article, Coded, Report, Span

if TYPE_CHECKING:
    from dateline.cli.output import Sink

_MOST = 3  # parties named in a cell


def tables(coded: Iterable[Coded], sink: Sink) -> Iterator[str]:
    """One table an article, drawn for ``sink``; nothing for an input that failed, whose problem is told apart."""
    for one in coded:
        if one.article is not None:
            yield sink.drawn(_article(one, one.article, sink.console.width))


def _article(coded: Coded, article: Article, width: int) -> Group:
    heading = Text(wording.heading(article), style="bold")
    about = Text(wording.about(article), style="dim")
    body = _table(coded.reports, width) if coded.reports else Text("No political event was found in it.\n")
    return Group(heading, *([about] if about else []), body, *([_summary(coded)] if coded.reports else []))


def _summary(coded: Coded) -> Text:
    reports, quotes = len(coded.reports), len(coded.quotes)
    of = f"{reports} report{'s' * (reports != 1)}, {quotes} quote{'s' * (quotes != 1)}"
    return Text(f"{of}. The evidence for a row: dateline explain INPUT NUMBER\n", style="dim")


def _table(reports: Sequence[Report], width: int) -> Table:
    wide = width >= WIDE
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), collapse_padding=True, pad_edge=False, show_edge=False)
    table.add_column("#", justify="right", style="dim")
    place_and_word = ("where", "when", "how certain", "on whose word") if wide else ("where, when", "certain, source")
    for name in ("who", "did what", "to whom, what", *place_and_word):
        table.add_column(name, overflow="fold")
    for number, report in enumerate(reports, 1):
        cells = _wide_cells(report) if wide else _narrow_cells(report)
        table.add_row(str(number), *cells)
    return table


def _wide_cells(report: Report) -> tuple[Text, ...]:
    did, to_whom, where, when = Text(" ").join(_did(report)), _to_whom(report), _where(report), _when(report)
    return (_who(report), did, to_whom, where, when, _certain(report), _word(report))


def _narrow_cells(report: Report) -> tuple[Text, ...]:
    return (
        _who(report),
        _lines(*_did(report)),
        _to_whom(report),
        _lines(_where(report), _when(report)),
        _lines(_certain(report), _word(report)),
    )


def _who(report: Report) -> Text:
    return _parties(report.actors, STYLES["who"])


def _did(report: Report) -> tuple[Text, Text]:
    return Text(wording.kind(report), style=STYLES["did"]), Text(f"“{wording.short(report.trigger.text)}”")


def _to_whom(report: Report) -> Text:
    counts = Text("; ".join(map(wording.count, report.counts)), style=STYLES["how many"])
    return _lines(
        _parties(report.recipients, STYLES["whom"]),
        _things(report.objects, "", STYLES["what"]),
        _things(report.instruments, "with ", STYLES["what"]),
        counts,
    )


def _where(report: Report) -> Text:
    return Text(wording.located(report.places, report.scope), style=STYLES["where"])


def _when(report: Report) -> Text:
    return Text(wording.moment(report.moment), style=STYLES["when"])


def _certain(report: Report) -> Text:
    return Text(f"{report.status} {report.confidence:.2f}", style=STATUS_STYLES.get(report.status, ""))


def _word(report: Report) -> Text:
    return _parties(report.sources, STYLES["said by"])


def _parties(refs: Sequence[ActorRef], style: str) -> Text:
    """Names with their codes, one a line, each once."""
    named = {(wording.party(r), wording.codes(r)): None for r in refs}
    lines = [Text.assemble((name, style), (f" {codes}", "dim")) for name, codes in named]
    more = [Text(f"and {len(lines) - _MOST} more", style="dim")] if len(lines) > _MOST else []
    return _lines(*lines[:_MOST], *more)


def _things(spans: Sequence[Span], before: str, style: str) -> Text:
    names = "; ".join(wording.short(s.text) for s in spans)
    return Text(f"{before}{names}" if names else "", style=style)


def _lines(*parts: Text) -> Text:
    """The parts that say something, one a line."""
    return Text("\n").join(p for p in parts if p.plain)
