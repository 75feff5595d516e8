"""``dateline situation``: which states of affairs run on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from dateline.cli.casebook import as_of_option, output_option, storage_option
from dateline.cli.export import country, day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from dateline.merging.situation import Evidence, Situation, State
    from dateline.store.snapshot import Snapshot

FORMATS = ("table", "json", "markdown")
KINDS = (
    "holds", "closed", "open", "siege", "curfew", "emergency", "ceasefire", "talks", "deadline", "announced",
    "sanctions", "suspended", "restriction", "cut off", "detained", "abducted",
)  # fmt: skip


@click.command(short_help="Tell who holds what, what is closed, what runs on a day.")
@click.argument("casebook")
@click.option("--at", "at", metavar="DAY", callback=day, required=True, help="The day; the situation at its end.")
@click.option("--known-by", metavar="DAY", callback=day, help="Use reports up to this day; by default up to --at.")
@click.option("--country", metavar="COUNTRY", callback=country, help="Only states there: ISO code, or name.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only this kind; several by repeating.")
@click.option("--all", "all_", is_flag=True, help="States that are over, too.")
@click.option(
    "-f", "--format", "format_", type=click.Choice(FORMATS), default="table", help="What to write; a table by default."
)
@output_option
@as_of_option
@storage_option
def situation(
    casebook: str,
    at: str,
    known_by: str | None,
    country: str | None,
    kinds: tuple[str, ...],
    all_: bool,
    format_: str,
    output: str | None,
    as_of: str | None,
    storage: dict[str, str],
) -> None:
    """Tell the situation at the end of a day, each line with since when, until when, and on whose word.

    Who holds which place; what is closed, open, besieged or under curfew; which talks, truces, deadlines, sanctions
    and detentions run.
    """
    from dateline.cli import output as out
    from dateline.store import Casebook

    found = _situation(Casebook.open(casebook, storage).snapshot(as_of), at, known_by or at)
    wanted = tuple(s for s in found.states if _wanted(s, country, kinds, all_))
    shown = replace(found, states=wanted)
    with out.opened(output) as sink:
        if format_ == "json":
            sink.write(_json(shown) + "\n")
        elif format_ == "markdown":
            sink.stream.writelines(f"{line}\n" for line in _markdown(shown))
        elif wanted:
            sink.write(sink.drawn(_table(wanted)))
    if not wanted:
        click.echo(f"dateline: no report tells of a state that runs on {at}; --all adds those that are over", err=True)
    if found.passed_over and format_ != "json":
        click.echo(f"dateline: {_passed(found)}", err=True)


def _situation(view: Snapshot, at: str, known_by: str) -> Situation:
    from datetime import date

    from dateline.merging import situation as situations
    from dateline.review.laid import happenings

    where = (
        "(type IN (SELECT unnest($types)) OR status = 'planned') "
        "AND (first_reported IS NULL OR first_reported <= CAST($known AS DATE))"
    )
    told = happenings(view, where, {"types": list(situations.RELEVANT), "known": known_by})
    return situations.situation(told, at=date.fromisoformat(at), known_by=date.fromisoformat(known_by))


def _wanted(state: State, country: str | None, kinds: Sequence[str], all_: bool) -> bool:
    return (
        (all_ or state.running)
        and (not kinds or state.kind in kinds)
        and (country is None or country in state.countries)
    )


def _passed(found: Situation) -> str:
    n = len(found.passed_over)
    return f"{n} report{'s' * (n != 1)} tell of a state without saying of what or whom; --format json lists them"


def _json(found: Situation) -> str:
    import msgspec

    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode()


def _table(states: Sequence[State]) -> Table:
    from rich.table import Table
    from rich.text import Text

    from dateline.export.brief_words import state_words

    heads = ("kind", "what", "since", "until", "status", "evidence")
    table = Table(*heads, box=None, header_style="bold", pad_edge=False)
    for state in states:
        cells = (state.kind, state_words(state), _since(state), _until(state), state.status, _reports(state))
        table.add_row(*map(Text, cells))
    return table


def _since(state: State) -> str:
    from dateline.export.brief_words import moment_name

    return moment_name(state.since) if state.since else ""


def _until(state: State) -> str:
    from dateline.export.brief_words import moment_name

    return moment_name(state.until) if state.until else ""


def _reports(state: State) -> str:
    """The ids of the reports, the latest first, and those against."""
    told = " ".join(e.report for e in state.evidence[::-1][:3]) or " ".join(e.report for e in state.ending[:3])
    more = len(state.evidence) - 3
    told += f" and {more} more" if more > 0 else ""
    against = " ".join(e.report for e in state.against[:2])
    return "; ".join(filter(None, (told, against and f"against: {against}")))


def _markdown(found: Situation) -> Iterator[str]:
    from itertools import groupby

    from dateline.export.brief_words import KIND_NAMES, day_name

    yield f"# Situation on {day_name(found.at)}"
    if not found.states:
        yield from ("", "No report tells of a state of affairs on this day.")
    for kind, states in groupby(found.states, key=lambda s: s.kind):
        yield from ("", f"## {KIND_NAMES[kind]}")
        for state in states:
            yield from _lines(state)


def _lines(state: State) -> Iterator[str]:
    from dateline.export.brief_markdown import escaped
    from dateline.export.brief_words import state_words

    since, until = _since(state), _until(state)
    when = "".join((f", since {since}" if since else "", f", until {until}" if until else ""))
    yield from ("", f"**{escaped(state_words(state))}**{when} ({state.status})")
    yield ""
    for head, evidence in (("", state.evidence), ("Ended: ", state.ending), ("Against it: ", state.against)):
        yield from (f"- {head}{_told(e)}" for e in evidence)


def _told(evidence: Evidence) -> str:
    from dateline.export.brief_markdown import escaped
    from dateline.export.brief_words import day_name

    where = ", ".join(filter(None, (evidence.publisher, evidence.published and day_name(evidence.published))))
    return f"“{escaped(evidence.quote)}” ({escaped(where or 'outlet not told')}; {evidence.report})"
