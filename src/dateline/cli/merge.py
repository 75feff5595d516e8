"""``dateline merge``: the reports of a casebook put together into events."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from dateline.cli.casebook import storage_option

if TYPE_CHECKING:
    from dateline.store import MergeOutcome


@click.command(short_help="Count each happening once: merge a casebook's reports.")
@click.argument("casebook")
@storage_option
def merge(casebook: str, storage: dict[str, str]) -> None:
    """Put together the reports that tell of the same happening, as one new version of the casebook.

    What came in since the last time is compared with what it can be linked to; events keep their ids. What people
    decided with 'dateline review' holds.
    """
    from dateline.merging.model import Comparison
    from dateline.review.decided import decided
    from dateline.store import Casebook

    book = Casebook.open(casebook, storage)
    comparison = Comparison.load()
    with _status() as told:
        outcome = book.merge(comparison, decided, told)
    click.echo(f"dateline: {_summary(casebook, outcome, book.version)}", err=True)


@contextlib.contextmanager
def _status() -> Iterator[Callable[[str], None]]:
    """What is being done, where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console

    with Console(stderr=True).status("merging") as status:
        yield lambda step: status.update(f"merging: {step}")


def _summary(uri: str, outcome: MergeOutcome, version: int) -> str:
    if version == 0:
        return f"{uri} is empty; fill it with: dateline code INPUT... --into {uri}"
    if outcome.run is None:
        return f"{uri}: nothing new since the last merging"
    found = outcome.found
    made = found.merged
    told = f"{found.fresh} new reports, {found.looked_at} looked at; events new or changed: {len(made.events)}"
    gone = f", gone: {len(made.removed)}" if made.removed else ""
    return f"{uri}: version {outcome.run.version}: {told}{gone}"
