"""``dateline review``: judging a casebook's doubtful reports with single keys."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from dateline.cli.casebook import storage_option
from dateline.cli.export import country, day, types

if TYPE_CHECKING:
    from dateline.export.filters import Filter
    from dateline.records import Happening
    from dateline.review.happenings import View
    from dateline.review.queue import Item
    from dateline.review.session import Tools
    from dateline.store import Casebook


@click.command(short_help="Judge a casebook's doubtful reports, key by key.")
@click.argument("casebook")
@click.option("--by", metavar="NAME", help="Who judges; by default the name that you are logged in with.")
@click.option("--limit", metavar="N", type=click.IntRange(1), default=200, help="Ask the N most doubtful questions.")
@click.option("--since", metavar="DAY", callback=day, help="As in 'dateline export'.")
@click.option("--until", metavar="DAY", callback=day, help="As in 'dateline export'.")
@click.option("--type", "types", metavar="TYPE[/MODE]", multiple=True, callback=types, help="As in 'dateline export'.")
@click.option("--actor", metavar="NAME|ID", help="As in 'dateline export'.")
@click.option("--country", metavar="COUNTRY", callback=country, help="As in 'dateline export'.")
@storage_option
def review(
    casebook: str,
    by: str | None,
    limit: int,
    since: str | None,
    until: str | None,
    types: tuple[str, ...],
    actor: str | None,
    country: str | None,
    storage: dict[str, str],
) -> None:
    """Judge a casebook's reports and pairs of reports, the most doubtful first, with single keys.

    Every decision is kept at once, as a row of its own; u takes the last one back.
    """
    from dateline.export.filters import Filter
    from dateline.review.naming import Names
    from dateline.review.session import Tools
    from dateline.store import Casebook

    book = Casebook.open(casebook, storage)
    items = doubtful(book, Filter(since, until, types, actor, country), limit)
    if not items:
        click.echo("dateline: nothing is left to review here", err=True)
        return
    names = Names()
    tools = Tools(by or getpass.getuser(), _now, names.actor, names.place)
    _loop(items, tools, book)


def doubtful(book: Casebook, wanted: Filter, limit: int) -> list[Item]:
    """The questions about the happenings that match, people's judgements so far applied.

    Reports are of the ``limit`` most doubtful happenings, pairs of those reported last.
    """
    from dateline.merging.model import Comparison
    from dateline.review.laid import live
    from dateline.review.near import COMPARED, RECENT, near
    from dateline.review.queue import DOUBT, UNJUDGED, queue

    view, comparison = book.snapshot(), Comparison.load()
    judgements = live(view)
    where, parameters = wanted.sql()
    unsure = _matching(view, wanted, f"({where}) AND {UNJUDGED}", parameters, f"{DOUBT} LIMIT {limit}")
    recent = _matching(view, wanted, where, parameters, f"{RECENT} LIMIT {COMPARED}")
    pairs = near(view, recent, judgements, comparison, limit)
    return queue(unsure, judgements, pairs, comparison.threshold)[:limit]


def _matching(view: View, wanted: Filter, where: str, parameters: Mapping[str, Any], order: str) -> list[Happening]:
    """The first happenings of an order that match."""
    from dateline.review.happenings import ids
    from dateline.review.laid import happenings

    chosen = ids(view, where, parameters, order)
    found = happenings(view, "id IN (SELECT unnest($chosen))", {"chosen": chosen})
    return [h for h in found if wanted.matches(h.event)]


def _now() -> str:
    return datetime.now(UTC).isoformat()


def keys(read: str) -> list[str]:
    """The keys in what a terminal sent at once: letters typed fast or pasted, or one key such as an arrow."""
    return [read] if read.startswith("\x1b") else list(read)


def _loop(items: list[Item], tools: Tools, book: Casebook) -> None:
    """Draw, wait for a key, keep what it made; until quit or Ctrl-C."""
    from rich.console import Console

    from dateline.cli.card import drawn
    from dateline.review.session import State, press

    console, kept = Console(highlight=False), 0
    state = State(tuple(items))
    try:
        while not state.done:
            console.clear()
            console.print(drawn(state))
            for key in keys(click.getchar()):
                state, judgement = press(state, key, tools)
                if judgement is not None:
                    book.write_judgements([judgement])
                    kept += 1
    except (KeyboardInterrupt, EOFError):
        pass
    click.echo(f"dateline: {kept} decisions are kept in {book.uri}", err=True)
