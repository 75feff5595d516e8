"""``dateline gazetteer``: build an index with the user's own places, ask what a name may mean."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli import exits
from dateline.cli.options import day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dateline.lexicon.gazetteer import Gazetteer, Place

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)
_MOST = 20


@click.group(short_help="Bring your own places, ask for places.")
def gazetteer() -> None:
    """Places by name: those that dateline ships, and your own.

    Yours lie in DATELINE_HOME/gazetteer, where 'build' puts them, and are taken up by every run.
    """


@gazetteer.command(short_help="Build a gazetteer with places of your own.")
@click.option(
    "--geonames", "dumps", multiple=True, metavar="FILE", type=_FILE, help="A GeoNames dump, such as allCountries.txt."
)
@click.option(
    "--table",
    "tables",
    multiple=True,
    metavar="FILE",
    type=_FILE,
    help="A table of places (CSV or tab-separated, with a header): name, lat, lon, and what else is known.",
)
@click.option("--only", is_flag=True, help="Leave out the places that dateline ships.")
@click.option(
    "-o", "--output", type=_FOLDER, metavar="FOLDER", help="Where to put it; DATELINE_HOME/gazetteer if left out."
)
def build(dumps: tuple[Path, ...], tables: tuple[Path, ...], only: bool, output: Path | None) -> int:
    """Build a gazetteer from a GeoNames dump, a table of your own or a historical gazetteer, or several of them.

    The places that dateline ships are in it too; a place of the dump that is among them gives it further names. In a
    table 'first' and 'last' say between which days a place was there or bore its name. It takes the place of the one
    that was built before only when it is whole. Lines that give no place are told and left out.
    """
    if not dumps and not tables:
        raise click.UsageError("Give --geonames FILE, --table FILE, or both.")
    from dateline.lexicon.gazetteer import Gazetteer
    from dateline.lexicon.gazetteer_imports import build as build_index
    from dateline.lexicon.own import gazetteer_folder

    target = output or gazetteer_folder()
    _refuse_other(target)
    base = Gazetteer.empty() if only else Gazetteer.load()
    with _progress(sum(path.stat().st_size for path in (*dumps, *tables))) as advance:
        built = build_index(target, base, dumps, tables, advance)
    for path, left in built.examples:
        click.echo(f"dateline: {path}, line {left.line}: {left.why}", err=True)
    if built.left_out > len(built.examples):
        click.echo(f"dateline: and {built.left_out - len(built.examples):,} more lines like these", err=True)
    told = f"{built.shipped:,} places as shipped, {built.added:,} added, {built.renamed:,} given further names"
    click.echo(f"{target}: {told}, {built.left_out:,} lines left out")
    return exits.OK


def _refuse_other(target: Path) -> None:
    """A folder that holds something else is not overwritten."""
    if target.is_dir() and any(target.iterdir()) and not (target / "codes.json").is_file():
        raise click.UsageError(f"{target} holds something that is no gazetteer; give an empty or a new folder.")


@contextlib.contextmanager
def _progress(size: int) -> Iterator[Callable[[int], None]]:
    """A bar over the bytes of the files, where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("building", total=size)
        pending = 0

        def advance(read: int) -> None:
            nonlocal pending
            pending += read
            if pending > 1 << 20:
                bar.advance(task, pending)
                pending = 0

        yield advance


@gazetteer.command(short_help="Say what places a name may mean.")
@click.argument("name", nargs=-1, required=True)
@click.option("--on", "on", metavar="DATE", callback=day, help="The day to answer for (ISO 8601).")
@click.option("--gazetteer", "folder", type=_FOLDER, metavar="FOLDER", help="The gazetteer to ask, instead of yours.")
def search(name: tuple[str, ...], on: str | None, folder: Path | None) -> int:
    """Say what places a NAME may mean, the most populous first. Exit code 1 when there is none."""
    from dateline.lexicon.gazetteer import Gazetteer
    from dateline.lexicon.own import Own

    chosen = Own.found(gazetteer=folder).gazetteer
    places = Gazetteer.load() if chosen is None else Gazetteer.open(chosen)
    found = places.find(" ".join(name), on[:10] if on else None)
    for line in _told(places, found[:_MOST]):
        click.echo(line)
    if len(found) > _MOST:
        click.echo(f"dateline: and {len(found) - _MOST:,} more of the name", err=True)
    if not found:
        click.echo(f"dateline: no place of the name {' '.join(name)!r} among {len(places):,}", err=True)
    return exits.OK if found else exits.SOME_FAILED


def _told(places: Gazetteer, found: Sequence[Place]) -> Iterator[str]:
    for place in found:
        division = places.admin1(place.country, place.admin1) if place.admin1 else None
        where = ", ".join(p for p in (division.name if division else "", place.country) if p)
        days = f"  {place.first or '…'}..{place.last or '…'}" if place.first or place.last else ""
        known = f"GeoNames {place.geonameid}" if place.geonameid else "no GeoNames id"
        point = f"{place.lat:.4f} {place.lon:.4f} within {place.radius_km:g} km"
        people = f", {place.population:,} people" if place.population else ""
        yield f"{place.name}  {place.kind}{f' in {where}' if where else ''}  {point}  {known}{people}{days}"
