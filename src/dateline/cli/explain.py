"""``dateline explain``: the evidence for what was coded."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

import click

from dateline.cli.options import about, given

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.records import Coded, Document, Problem, Report


@click.command(short_help="Show the evidence of an article's events.")
@click.argument("input_", metavar="INPUT")
@click.argument("report_id", required=False)
@about
def explain(input_: str, report_id: str | None, published: str | None, title: str | None) -> int:
    """Show an article with the evidence of its events marked, and why each actor, place and date is what it is.

    REPORT_ID picks one event: its id (or the beginning of it), or its number in the table where INPUT is one article.
    Colours mark the evidence on a terminal, labelled brackets elsewhere.
    """
    from dateline.pipeline import documents

    return _show(documents([input_], given(published, title)), report_id)


def _show(items: Iterator[Document | Problem], wanted: str | None) -> int:
    from dateline.cli import output
    from dateline.cli.evidence import evidence
    from dateline.cli.run import Run
    from dateline.cli.workers import code_all

    head = list(islice(items, 2))
    run, shown = Run(), 0
    with output.opened(None) as sink:
        for coded in run.watch(code_all(chain(head, items))):
            reports = _chosen(coded, wanted, alone=len(head) == 1)
            if coded.article is None or (wanted and not reports):
                continue
            shown += 1
            sink.write(sink.drawn(evidence(coded, coded.article, reports, colour=sink.colour)))
    if wanted and run.coded and not shown:
        raise click.ClickException(
            f"no report is {wanted!r}; dateline code INPUT shows their numbers, --format json their ids."
        )
    return run.exit_code


def _chosen(coded: Coded, wanted: str | None, *, alone: bool) -> list[tuple[int, Report]]:
    """The reports asked for with their numbers in the table."""
    numbered = list(enumerate(coded.reports, 1))
    if wanted is None:
        return numbered
    if wanted.isdecimal() and alone:
        return [pair for pair in numbered if pair[0] == int(wanted)]
    return [pair for pair in numbered if pair[1].id.startswith(wanted)]
