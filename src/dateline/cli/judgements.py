"""``dateline judgements``: people's decisions as JSON lines, and reviewed articles as annotated documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli import exits
from dateline.cli.casebook import output_option, storage_option

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dateline.records import Account, Happening
    from dateline.store import Casebook


@click.group(short_help="Write judgements to a file, or take them from one.")
def judgements() -> None:
    """Write a casebook's judgements to a file or take them from one."""


@judgements.command("export", short_help="Write all judgements, or the reviewed articles.")
@click.argument("casebook")
@output_option
@click.option(
    "--annotated", metavar="DIR", help="Write reviewed articles as annotated documents into a folder instead."
)
@click.option("--partial", is_flag=True, help="With --annotated: also articles of which some reports are not judged.")
@storage_option
def export_(casebook: str, output: str | None, annotated: str | None, partial: bool, storage: dict[str, str]) -> None:
    """Write a casebook's judgements as JSON lines, withdrawn ones too.

    With --annotated DIR the articles all of whose reports were judged are written as annotated documents:
    DIR/reviewed.texts.jsonl and DIR/reviewed.gold.jsonl.
    """
    from dateline.cli import output as out
    from dateline.review.lines import written
    from dateline.store import Casebook

    book = Casebook.open(casebook, storage)
    if annotated is not None:
        _annotate(book, Path(annotated), partial)
        return
    with out.opened(output) as sink:
        for line in written(book.judgements()):
            sink.stream.write(line)
    _tell_idle(book)


@judgements.command("import", short_help="Take judgements from a file.")
@click.argument("casebook")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@storage_option
def import_(casebook: str, file: Iterable[str], storage: dict[str, str]) -> int:
    """Take judgements from JSON lines ('-' is standard input), as one version of the casebook.

    What the casebook has already is passed over, and what was taken back there stays so. A line that is no judgement
    is told and left out.
    """
    from dateline.cli.run import line
    from dateline.records import Judgement
    from dateline.review.lines import news, read
    from dateline.store import Casebook

    book = Casebook.open(casebook, storage)
    items = list(read(file, getattr(file, "name", "-")))
    problems = [i for i in items if not isinstance(i, Judgement)]
    given = [i for i in items if isinstance(i, Judgement)]
    for problem in problems:
        click.echo(line(problem), err=True)
    new = news(given, book.judgements())
    if new:
        book.write_judgements(new)
    click.echo(f"dateline: {book.uri}: {len(new)} judgements are new, {len(given) - len(new)} were known", err=True)
    _tell_idle(book)
    return exits.SOME_FAILED if problems and given else exits.NOTHING_CODED if problems else exits.OK


def _tell_idle(book: Casebook) -> None:
    """Say which judgements bear on nothing, so that none is lost silently."""
    from dateline.review.laid import bearing, laid, live

    view = book.snapshot()
    judged = live(view)
    idle = laid(view, judged, bearing(view, judged)).idle if judged else ()
    for judgement, reason in idle:
        click.echo(f"dateline: judgement {judgement.id} ({judgement.verdict}) is not applied: {reason}", err=True)


def _annotate(book: Casebook, folder: Path, partial: bool) -> None:
    """Write the two files, and say what is not in them."""
    from dateline.cli import output as out
    from dateline.review.annotated import annotated
    from dateline.review.laid import happenings

    found = list(happenings(book.snapshot()))
    same = {a.report.id: h.event.id for h in found for a in h.accounts}
    judged, open_ = _by_article(found)
    rejected = _rejected(book)
    folder.mkdir(parents=True, exist_ok=True)
    done = lost = left = 0
    texts_file, gold_file = str(folder / "reviewed.texts.jsonl"), str(folder / "reviewed.gold.jsonl")
    with out.opened(texts_file) as texts, out.opened(gold_file) as gold:
        for article in book.articles():
            if article.id not in judged and article.id not in rejected:
                continue
            if article.id in open_ and not partial:
                left += 1
                continue
            made = annotated(article, judged.get(article.id, ()), same)
            texts.stream.write(json.dumps(made.text, ensure_ascii=False) + "\n")
            gold.stream.write(json.dumps(made.gold, ensure_ascii=False) + "\n")
            done, lost = done + 1, lost + len(made.lost)
    click.echo(f"dateline: {folder}: {done} annotated documents", err=True)
    if left:
        click.echo(f"dateline: left out: {left} articles, some of whose reports nobody judged (--partial)", err=True)
    if lost:
        click.echo(f"dateline: left out: {lost} values whose words stand in no single sentence", err=True)


def _by_article(found: Iterable[Happening]) -> tuple[Mapping[str, list[Account]], set[str]]:
    """The judged reports by article, and the articles that have reports which nobody judged."""
    judged: dict[str, list[Account]] = {}
    open_: set[str] = set()
    for account in (a for h in found for a in h.accounts):
        if account.verdict is None:
            open_.add(account.report.article_id)
        else:
            judged.setdefault(account.report.article_id, []).append(account)
    return judged, open_


def _rejected(book: Casebook) -> set[str]:
    """Articles of which reports were rejected: with no other report they are documents without an event."""
    from dateline.review.laid import live
    from dateline.review.overlay import anchors_of

    return {a.article for j in live(book.snapshot()) if j.verdict == "reject" for a in anchors_of(j)}
