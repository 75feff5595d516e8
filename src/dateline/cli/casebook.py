"""``dateline sql``, ``history`` and ``diff``: asking a casebook."""

from __future__ import annotations

import itertools
import os
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dateline.cli.output import Sink
    from dateline.store import Casebook, Run
    from dateline.store.judged import Judge

FORMATS = ("table", "csv", "json", "jsonl", "parquet")
_VIEWS = (
    "SELECT table_name AS view, string_agg(column_name, ', ' ORDER BY column_index) AS columns FROM duckdb_columns() "
    "WHERE table_name NOT LIKE '\\_%' ESCAPE '\\' AND NOT internal AND table_name NOT LIKE 'rows\\_%' ESCAPE '\\' "
    "GROUP BY 1 ORDER BY 1"
)


def _options(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    pairs = [value.partition("=") for value in values]
    if not all(sign for _, sign, _ in pairs):
        raise click.BadParameter("give KEY=VALUE, such as AWS_REGION=eu-west-1.")
    return {key: value for key, _, value in pairs}


storage_option = click.option(
    "--storage-option",
    "storage",
    multiple=True,
    metavar="KEY=VALUE",
    callback=_options,
    help="For a casebook in an object store: credentials, region, endpoint. May be given several times.",
)
output_option = click.option("-o", "--output", metavar="FILE", help="Write to a file, all of it or none.")
as_of_option = click.option(
    "--as-of", metavar="VERSION|DATE", help="The casebook as it was: a version's number, or a day (UTC)."
)


@click.command(short_help="Ask a casebook in SQL.")
@click.argument("casebook")
@click.argument("query", required=False, metavar="[SQL]")
@as_of_option
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="What to write; by default what the name of --output ends with, else a table.",
)
@click.option("--as-coded", is_flag=True, help="Leave people's judgements out: as it was coded and merged.")
@output_option
@storage_option
def sql(
    casebook: str,
    query: str | None,
    as_of: str | None,
    as_coded: bool,
    format_: str | None,
    output: str | None,
    storage: dict[str, str],
) -> None:
    """Ask a casebook with one SQL SELECT (DuckDB's dialect); '-' reads it from standard input.

    Without SQL the views and their columns are listed. Reports and events are as people judged them. The query can
    read the casebook and nothing else.
    """
    from dateline.review.laid import judged
    from dateline.store import Casebook

    book = Casebook.open(casebook, storage)
    text = sys.stdin.read() if query == "-" else query or _VIEWS
    chosen = format_ or _by_name(output)
    judge = None if as_coded else judged
    if chosen == "parquet":
        _parquet(book, text, as_of, judge, output)
    else:
        rows = book.query(text, as_of, judge)
        _write(rows.columns, rows, chosen, output)


@click.command(short_help="List the versions of a casebook.")
@click.argument("casebook")
@click.option("-f", "--format", "format_", type=click.Choice(FORMATS[:4]), help="As in 'dateline sql'.")
@output_option
@storage_option
def history(casebook: str, format_: str | None, output: str | None, storage: dict[str, str]) -> None:
    """List the versions of a casebook: when, by which program, what came in; and runs that were cut off."""
    from dateline.store import Casebook

    columns = ("version", "committed", "kind", "coder", "new", "changed", "recoded", "reports", "problems", "inputs")
    rows = (_told(run) for run in Casebook.open(casebook, storage).history())
    _write(columns, (tuple(row[c] for c in columns) for row in rows), format_ or _by_name(output), output)


@click.command(short_help="Tell what changed between two versions.")
@click.argument("casebook")
@click.argument("a", metavar="A")
@click.argument("b", metavar="[B]", required=False)
@click.option("-f", "--format", "format_", type=click.Choice(("text", "json")), default="text", help="What to write.")
@output_option
@storage_option
def diff(casebook: str, a: str, b: str | None, format_: str, output: str | None, storage: dict[str, str]) -> None:
    """Tell which events are new (+), changed (~), deleted (-) or merged into others (>) from version A to B.

    A and B are numbers of versions or days (UTC); without B it is the newest version.
    """
    from dateline.cli import output as out
    from dateline.store import Casebook
    from dateline.store.diff import lines

    found = Casebook.open(casebook, storage).diff(a, b)
    with out.opened(output) as sink:
        if format_ == "json":
            sink.write(_json(found) + "\n")
        else:
            for line in lines(found):
                sink.write(line + "\n")


def _by_name(output: str | None) -> str:
    ending = (output or "").rpartition(".")[2].lower()
    return ending if ending in FORMATS else "table"


def _told(run: Run) -> dict[str, Any]:
    counts = {name: run.counts.get(name, 0) for name in ("new", "changed", "recoded", "reports", "problems")}
    committed = run.committed[:19] if run.committed else f"not finished, begun {run.started[:19]}"
    return {
        "version": run.version,
        "committed": committed,
        "kind": run.kind,
        "coder": run.coder,
        **counts,
        "inputs": " ".join(run.inputs),
    }


def _parquet(book: Casebook, text: str, as_of: str | None, judge: Judge | None, output: str | None) -> None:
    if output is None or output == "-":
        raise click.UsageError("Parquet needs --output FILE.")
    own = f"{os.path.realpath(output)}.part"
    try:
        book.query_to_parquet(text, own, as_of, judge)
        os.replace(own, os.path.realpath(output))
    finally:
        if os.path.exists(own):
            os.unlink(own)


def _write(columns: Sequence[str], rows: Iterable[Sequence[Any]], format_: str, output: str | None) -> None:
    from dateline.cli import output as out

    with out.opened(output) as sink:
        for text in _writer(format_, sink)(columns, rows):
            sink.write(text)


def _writer(format_: str, sink: Sink) -> Callable[[Sequence[str], Iterable[Sequence[Any]]], Iterator[str]]:
    writers = {"csv": _csv, "json": _json_list, "jsonl": _json_lines}
    return writers.get(format_) or (lambda columns, rows: _table(columns, rows, sink))


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Plain CSV; lists and structures are JSON text."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in itertools.chain([columns], rows):
        writer.writerow([_json(v) if isinstance(v, (list, dict)) else v for v in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def _json_list(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    mark = "[\n"
    for row in rows:
        yield mark + _json(dict(zip(columns, row, strict=True)))
        mark = ",\n"
    yield "[]\n" if mark == "[\n" else "\n]\n"


def _json_lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    for row in rows:
        yield _json(dict(zip(columns, row, strict=True))) + "\n"


def _json(value: Any) -> str:
    import msgspec

    return msgspec.json.Encoder(decimal_format="number", enc_hook=str).encode(value).decode()


def _table(columns: Sequence[str], rows: Iterable[Sequence[Any]], sink: Sink) -> Iterator[str]:
    from rich.table import Table

    table = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*("" if v is None else _json(v) if isinstance(v, (list, dict)) else str(v) for v in row))
    yield sink.drawn(table)
