"""``dateline brief``: a situation report on a country and a period."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from dateline.cli.casebook import as_of_option, output_option, storage_option
from dateline.cli.export import country, day

if TYPE_CHECKING:
    from dateline.records import Happening
    from dateline.store.snapshot import Snapshot

FORMATS = ("markdown", "html")


@click.command(short_help="Write a situation report on a country.")
@click.argument("casebook")
@click.option(
    "--country", metavar="COUNTRY", callback=country, required=True, help="ISO code of three letters, or name."
)
@click.option("--since", metavar="DAY", callback=day, help="First day; by default the day of the first article.")
@click.option("--until", metavar="DAY", callback=day, help="Last day; by default the day of the last article.")
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="What to write; by default what the name of --output ends with, else Markdown.",
)
@output_option
@as_of_option
@storage_option
def brief(
    casebook: str,
    country: str,
    since: str | None,
    until: str | None,
    format_: str | None,
    output: str | None,
    as_of: str | None,
    storage: dict[str, str],
) -> None:
    """Write what happened in a country in a period: by day, who, where, tolls, what is disputed, what is announced.

    Every line is made of what reports say and carries the numbers of its sources, which are listed with the words
    that it was read from. The HTML page stands alone: it has no script and asks nothing of any server.
    """
    from dateline.cli import output as out
    from dateline.export import brief as briefs
    from dateline.export import brief_html, brief_markdown
    from dateline.export.sides import country_name
    from dateline.store import Casebook

    book = Casebook.open(casebook, storage)
    view = book.snapshot(as_of)
    first, last = since or _published(view, "min"), until or _published(view, "max")
    if first is None or last is None:
        raise click.UsageError("No article of this casebook has a day; give --since and --until.")
    if first > last:
        raise click.UsageError(f"The period ends before it begins: {first} to {last}.")
    name = country_name(country) or country
    made = briefs.brief(_known(view, last), country=country, name=name, since=first, until=last)
    with out.opened(output) as sink:
        if (format_ or _by_name(output)) == "html":
            sink.stream.write(brief_html.page(made, _made(view)))
        else:
            sink.stream.writelines(f"{line}\n" for line in brief_markdown.document(made, _made(view)))


def _published(view: Snapshot, which: str) -> str | None:
    found = view.execute(f"SELECT CAST({which}(published_day) AS VARCHAR) FROM articles").fetchone()
    return str(found[0]) if found and found[0] else None


def _known(view: Snapshot, until: str) -> Iterator[Happening]:
    """What had happened or was told by a day, people's judgements applied."""
    from dateline.review.laid import happenings

    where = "least(first_day, last_day, first_reported) <= CAST($until AS DATE) OR first_reported IS NULL"
    return happenings(view, where, {"until": until})


def _by_name(output: str | None) -> str:
    return "html" if (output or "").lower().endswith((".html", ".htm")) else "markdown"


def _made(view: Snapshot) -> str:
    from importlib.metadata import version

    return f"Made by dateline {version('dateline')} from version {view.version} of a casebook."
