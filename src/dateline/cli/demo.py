"""``dateline demo``: a report of our own, coded, so that there is something to see with nothing at hand."""

from __future__ import annotations

import click


@click.command(short_help="Code a bundled report.")
@click.option("--explain", "explained", is_flag=True, help="Show the evidence for every event instead of the table.")
@click.option("--text", "raw", is_flag=True, help="Print the report as it was scraped, and code nothing.")
@click.pass_context
def demo(ctx: click.Context, explained: bool, raw: bool) -> int:
    """Code a bundled report on the summer of 2021 in Afghanistan, written for this purpose.

    To try other commands on it: dateline demo --text > report.txt
    """
    from importlib.resources import as_file, files

    from dateline.cli.code import code
    from dateline.cli.explain import explain

    with as_file(files("dateline.cli").joinpath("demo.txt")) as path:
        if raw:
            click.echo(path.read_text(encoding="utf-8"), nl=False)
            return 0
        result = ctx.invoke(explain, input_=str(path)) if explained else ctx.invoke(code, inputs=(str(path),))
    return int(result)
