"""``dateline code``: inputs in, their reports out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli.casebook import storage_option
from dateline.cli.options import about, brought, given, own_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dateline.cli.output import Sink
    from dateline.records import Coded

FORMATS = ("table", "json", "jsonl", "csv")


@click.command(short_help="Code reports: who did what to whom, where, when.")
@click.argument("inputs", nargs=-1, metavar="INPUT...")
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="What to write; by default what the name of --output ends with, else a table.",
)
@click.option("-o", "--output", metavar="FILE", help="Write to a file, all of it or none; standard output if '-'.")
@about
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="X",
    help="Leave out reports less certain than this, 0 to 1.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(0, 256),
    default=1,
    metavar="N",
    help="Processes to share the inputs; 0 is one a core. Results keep the order of the inputs.",
)
@own_files
@click.option("--into", metavar="CASEBOOK", help="Keep everything in a casebook, a folder or an s3:// address.")
@click.option("--resume", is_flag=True, help="With --into: go on with the run that was cut off; needs no INPUT.")
@storage_option
def code(
    inputs: tuple[str, ...],
    format_: str | None,
    output: str | None,
    published: str | None,
    title: str | None,
    min_confidence: float,
    jobs: int,
    actors: tuple[Path, ...],
    gazetteer: Path | None,
    into: str | None,
    resume: bool,
    storage: dict[str, str],
) -> int:
    """Code news reports: who did what to whom, where, when, how certain, on whose word.

    An INPUT is a file, a folder, or '-' for standard input: plain text as scraped, HTML, or JSON Lines with "text" or
    "html", and "id", "title", "published", "url", "source" where known. Data goes to standard output, problems and
    progress to standard error.

    With --into, articles go into a casebook: those it knows are passed over, changed ones become new versions, and
    the run is one new version of the casebook. Ask it with 'dateline sql'.
    """
    if into is not None:
        if format_ or output or min_confidence:
            raise click.UsageError("--into keeps every report; choose what to write with 'dateline sql'.")
    elif resume or storage:
        raise click.UsageError("--resume and --storage-option need --into CASEBOOK.")
    if not inputs and not resume:
        raise click.UsageError("Missing argument 'INPUT...'.")
    if into is not None:
        from dateline.cli.into import code_into

        return code_into(into, inputs, given(published, title), jobs, resume, storage, brought(actors, gazetteer))
    from dateline.cli import output as out
    from dateline.cli.run import Run
    from dateline.cli.workers import code_all
    from dateline.pipeline import documents

    run = Run(min_confidence)
    with out.opened(output) as sink:
        write = _writer(format_ or _by_name(output), sink)
        coded = code_all(documents(inputs, given(published, title)), jobs, brought(actors, gazetteer))
        for chunk in write(run.watch(coded, progress=run.many(inputs) and not sink.on_screen)):
            sink.write(chunk)
    return run.exit_code


def _by_name(output: str | None) -> str:
    ending = (output or "").rpartition(".")[2].lower()
    return ending if ending in FORMATS else "table"


def _writer(format_: str, sink: Sink) -> Callable[[Iterable[Coded]], Iterator[str]]:
    from dateline.cli.table import tables
    from dateline.export import csv, json

    if format_ == "table":
        return lambda coded: tables(coded, sink)
    return {"json": json.document, "jsonl": json.lines, "csv": csv.lines}[format_]
