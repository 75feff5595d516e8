"""The ``dateline`` command: its subcommands, and what every error becomes on the way out."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from dateline.cli import casebook, exits
from dateline.cli.actors import actors
from dateline.cli.brief import brief
from dateline.cli.code import code
from dateline.cli.demo import demo
from dateline.cli.doctor import doctor
from dateline.cli.explain import explain
from dateline.cli.export import export
from dateline.cli.gazetteer import gazetteer
from dateline.cli.judgements import judgements
from dateline.cli.merge import merge
from dateline.cli.review import review
from dateline.cli.situation import situation
from dateline.errors import DatelineError

_EPILOG = "\b\nExit codes:\n" + "\n".join(f"  {code:>3}  {meaning}" for code, meaning in exits.MEANINGS.items())


class _PipeClosed(Exception):
    """The reader of our output is gone. Not an OSError, which click would turn into exit code 1."""


class _Group(click.Group):
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _PipeClosed from error


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"dateline {version('dateline')}")
        ctx.exit()


@click.group(cls=_Group, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version."
)
def app() -> None:
    """News reports on conflict and politics in, a sourced record of events out."""


for command in (
    code,
    explain,
    demo,
    doctor,
    merge,
    casebook.sql,
    casebook.history,
    casebook.diff,
    export,
    brief,
    situation,
    review,
    judgements,
    actors,
    gazetteer,
):
    app.add_command(command)


def run(arguments: Sequence[str]) -> int:
    """Run the command line with these arguments; returns the exit code and raises nothing."""
    try:
        result = app.main(list(arguments), prog_name="dateline", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else exits.OK
    except (_PipeClosed, BrokenPipeError):
        _let_go_of_stdout()
        return exits.PIPE_CLOSED
    except click.Abort:
        return _fail("stopped", exits.INTERRUPTED)
    except click.ClickException as error:
        error.show()
        return exits.USAGE
    except DatelineError as error:
        return _fail(str(error), exits.NOT_FIT)
    except OSError as error:
        return _fail(f"{error.filename or 'output'}: {error.strerror or error}", exits.NOT_FIT)


def _fail(message: str, code: int) -> int:
    click.echo(f"dateline: {message}", err=True)
    return code


def _let_go_of_stdout() -> None:
    """Point standard output at nothing, or Python complains when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
