"""Options that several commands share, and what they mean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from dateline.lexicon.own import Own

Command = TypeVar("Command", bound=Callable[..., Any])


def day(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Callback of an option that takes an ISO date or date-time."""
    from datetime import datetime

    if value is None:
        return None
    try:
        datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter("give an ISO date such as 2021-07-27 or 2021-07-27T16:08+05:30.") from error
    return value


def about(command: Command) -> Command:
    """Add ``--published`` and ``--title``: what is known of an input beside what it says itself."""
    published = click.option(
        "--published",
        metavar="DATE",
        callback=day,
        help="When the report was published (ISO 8601), whatever the input says. Relative dates count from it.",
    )
    title = click.option("--title", metavar="TEXT", help="The headline, whatever the input says.")
    return published(title(command))


def given(published: str | None, title: str | None) -> dict[str, str]:
    """The options as ``Document.given`` holds them, those that were used."""
    return {key: value for key, value in (("published", published), ("title", title)) if value}


def own_files(command: Command) -> Command:
    """Add ``--actors`` and ``--gazetteer``: the user's own, for this run."""
    actors = click.option(
        "--actors",
        multiple=True,
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A file of your own actors for this run, before those added with 'dateline actors add'; may be repeated.",
    )
    gazetteer = click.option(
        "--gazetteer",
        metavar="FOLDER",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="A gazetteer made with 'dateline gazetteer build', for this run.",
    )
    return actors(gazetteer(command))


def brought(actors: tuple[Path, ...], gazetteer: Path | None) -> Own:
    """The user's own actors and places: those of the options, and those in the user's folder."""
    from dateline.lexicon.own import Own

    return Own.found(actors, gazetteer)
