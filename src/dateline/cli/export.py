"""``dateline export``: a casebook, or a part of it, in the formats of other tools."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from dateline.cli.casebook import as_of_option, storage_option

if TYPE_CHECKING:
    from collections import Counter

    from dateline.export.filters import Box, Filter
    from dateline.export.formats import Format
    from dateline.records import Happening

NAMES = (
    "csv", "jsonl", "geojson", "parquet", "geoparquet", "xlsx", "plover", "acled-style", "ucdp-style", "timemap", "ftm",
    "rss",
)  # fmt: skip


def day(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """An ISO day, for options that bound a time."""
    from datetime import date

    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError as error:
        raise click.BadParameter("give a day such as 2021-07-27.") from error


def types(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    from dateline.lexicon.plover import MODES, TYPES

    given = [part.strip() for value in values for part in value.split(",") if part.strip()]
    out = []
    for one in given:
        type_, _, mode = one.partition("/")
        if type_.upper() not in TYPES or (mode and mode not in MODES.get(type_.upper(), ())):
            raise click.BadParameter(f"{one!r} is no PLOVER type, nor a type and a mode such as ASSAULT/aerial.")
        out.append(f"{type_.upper()}/{mode}" if mode else type_.upper())
    return tuple(out)


def country(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """ISO alpha-3 of a country given by its code or name."""
    from dateline.lexicon.actors import ActorLexicon

    if value is None:
        return None
    countries = ActorLexicon.load().countries
    for code, known in countries.items():
        if value.casefold() in (code.casefold(), known.name.casefold(), *(n.casefold() for n in known.names)):
            return code
    raise click.BadParameter(f"{value!r} is no country; give its ISO code of three letters, such as AFG.")


def _box(ctx: click.Context, parameter: click.Parameter, value: str | None) -> Box | None:
    if value is None:
        return None
    try:
        west, south, east, north = (float(part) for part in value.split(","))
    except ValueError as error:
        raise click.BadParameter("give WEST,SOUTH,EAST,NORTH in degrees, such as 60,29,75,39.") from error
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise click.BadParameter("west and east lie in -180..180, south and north in -90..90, south first.")
    return west, south, east, north


@click.command(short_help="Write a casebook in the format of another tool.")
@click.argument("casebook")
@click.option("-f", "--format", "format_", type=click.Choice(NAMES), required=True, help="What to write.")
@click.option("-o", "--output", metavar="FILE", help="Write to a file, all of it or none; xlsx and Parquet need one.")
@click.option("--since", metavar="DAY", callback=day, help="Leave out what was over before this day.")
@click.option("--until", metavar="DAY", callback=day, help="Leave out what began after this day.")
@click.option(
    "--type",
    "types",
    metavar="TYPE[/MODE]",
    multiple=True,
    callback=types,
    help="PLOVER types, such as ASSAULT or COERCE/seize; several by commas or by giving it again.",
)
@click.option("--actor", metavar="NAME|ID", help="An actor or recipient: words of its name, or its id in the lexicon.")
@click.option(
    "--country", metavar="COUNTRY", callback=country, help="Where it was: ISO code of three letters, or name."
)
@click.option("--bbox", metavar="W,S,E,N", callback=_box, help="Where it was: a box in degrees.")
@click.option("--min-sources", metavar="N", type=click.IntRange(1), default=1, help="Independent sources, at least.")
@as_of_option
@storage_option
def export(
    casebook: str,
    format_: str,
    output: str | None,
    since: str | None,
    until: str | None,
    types: tuple[str, ...],
    actor: str | None,
    country: str | None,
    bbox: Box | None,
    min_sources: int,
    as_of: str | None,
    storage: dict[str, str],
) -> None:
    """Write the happenings of a casebook, people's judgements applied, in the format of another tool.

    A happening is an event with its reports where merging has run, else a report. Standard error says what the
    format could not hold, and why.
    """
    from collections import Counter

    from dateline.export.filters import Filter
    from dateline.export.formats import FORMATS
    from dateline.review.laid import happenings
    from dateline.store import Casebook

    wanted = Filter(since, until, types, actor, country, bbox, min_sources)
    view = Casebook.open(casebook, storage).snapshot(as_of)
    left_out: Counter[str] = Counter()
    sieve = _Sieve(wanted)
    _write(sieve(happenings(view, *wanted.sql())), FORMATS[format_], output, left_out)
    _tell(sieve.matching, left_out)


class _Sieve:
    """Lets through what matches, and counts it."""

    def __init__(self, wanted: Filter) -> None:
        self.wanted, self.matching = wanted, 0

    def __call__(self, stream: Iterable[Happening]) -> Iterator[Happening]:
        for happening in stream:
            if self.wanted.matches(happening.event):
                self.matching += 1
                yield happening


def _write(found: Iterator[Happening], format_: Format, output: str | None, left_out: Counter[str]) -> None:
    from dateline.cli import output as out

    if format_.lines is not None:
        with out.opened(output) as sink:
            for text in format_.lines(found, left_out):
                sink.stream.write(text)
    elif format_.write is not None:
        if output in (None, "-"):
            raise click.UsageError("This format needs --output FILE.")
        with _beside(str(output)) as path:
            format_.write(found, path, left_out)


@contextlib.contextmanager
def _beside(output: str) -> Iterator[str]:
    """A path for a new file, which takes the place of ``output`` once it is whole."""
    target = os.path.realpath(output)
    with tempfile.TemporaryDirectory(prefix=".dateline-", dir=os.path.dirname(target)) as folder:
        own = os.path.join(folder, "export")
        yield own
        os.replace(own, target)


def _tell(matching: int, left_out: Counter[str]) -> None:
    """Say on standard error how much there is, and what the format left out."""
    if not matching:
        click.echo("dateline: no happening matches; without filters all are written", err=True)
    for reason, number in sorted(left_out.items(), key=lambda item: (-item[1], item[0])):
        click.echo(f"dateline: left out: {number} of {matching}, {reason}", err=True)
