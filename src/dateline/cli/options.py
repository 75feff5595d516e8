"""Options that several commands share, and what they mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def _day(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
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
        callback=_day,
        help="When the report was published (ISO 8601), whatever the input says. Relative dates count from it.",
    )
    title = click.option("--title", metavar="TEXT", help="The headline, whatever the input says.")
    return published(title(command))


def given(published: str | None, title: str | None) -> dict[str, str]:
    """The options as ``Document.given`` holds them, those that were used."""
    return {key: value for key, value in (("published", published), ("title", title)) if value}
