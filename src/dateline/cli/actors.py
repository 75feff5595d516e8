"""``dateline actors``: ask the lexicon who a name is, bring own actors, check a file of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli import exits
from dateline.cli.options import day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.lexicon.actor_imports import Imported
    from dateline.lexicon.actors import Actor, ActorLexicon, Named

_MOST_TOLD = 20
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(short_help="Ask for actors, bring your own, check a file of them.")
def actors() -> None:
    """States, officials with dated roles, bodies, armed groups and parties: those that dateline knows, and your own.

    Your own lie in DATELINE_HOME/actors and are taken up by every run, before those that dateline ships.
    """


@actors.command(short_help="Say who a name stands for.")
@click.argument("name", nargs=-1, required=True)
@click.option("--on", "on", metavar="DATE", callback=day, help="The day to answer for (ISO 8601).")
def search(name: tuple[str, ...], on: str | None) -> int:
    """Say who a NAME stands for, in any spelling of case and accents: its codes on a day, its roles, its source.

    Whole names come first, then names that hold all of the words. Exit code 1 when nothing is found.
    """
    from dateline.lexicon.actors import ActorLexicon
    from dateline.lexicon.own import actor_files

    lexicon = ActorLexicon.load(*actor_files())
    words = " ".join(name)
    whole = lexicon.named(words)
    others = [] if whole else _holding(lexicon, words)
    for found in (*whole, *others[:_MOST_TOLD]):
        click.echo("\n".join(_told(found, on[:10] if on else None)))
    if len(others) > _MOST_TOLD:
        click.echo(f"dateline: {len(others) - _MOST_TOLD} more hold these words; give more of the name", err=True)
    if not whole and not others:
        click.echo(f"dateline: no actor of the name {words!r}; add your own with 'dateline actors add FILE'", err=True)
        return exits.SOME_FAILED
    return exits.OK


def _holding(lexicon: ActorLexicon, words: str) -> list[Named]:
    """Actors of whose names one holds all of the words."""
    from dateline.lexicon.actors import Named
    from dateline.lexicon.naming import key_of

    asked = set(key_of(words).split())
    every = lexicon.actors.values() if asked else ()
    return [
        Named(a.name, "alias", actor=a)
        for a in every
        if any(asked <= set(key_of(n).split()) for n in (a.name, *a.aliases))
    ]


def _told(found: Named, on: str | None) -> Iterator[str]:
    actor, country = found.actor, found.country
    if actor is not None:
        yield from _actor(actor, on)
    elif country is not None:
        yield f"{country.name}  {country.id} {found.sector or ''}".rstrip() + f"  (country, by its {found.how})"
        yield f"  also: {', '.join((*country.names, *country.demonyms, *country.capitals))}"


def _actor(actor: Actor, on: str | None) -> Iterator[str]:
    standing = actor.standing(on)
    country = actor.country_in(standing.sector) or "?"
    codes = country if country == standing.sector else f"{country} {standing.sector}"
    yield f"{actor.name}  {codes}  ({actor.kind}, {actor.id})"
    if standing.why:
        yield f"  why: {standing.why}"
    if actor.aliases:
        yield f"  also: {', '.join(actor.aliases)}"
    for role in actor.roles:
        if role.title or role.years:
            yield f"  {role.first or '…'}..{role.last or '…'}  {role.sector} {role.title}".rstrip()
    yield f"  source: {actor.source}"


@actors.command(short_help="Bring your own actors.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=_FILE)
def add(files: tuple[Path, ...]) -> int:
    """Bring your own actors: a CSV file, or a dictionary of the Phoenix family (TABARI, Petrarch).

    A FILE is read, turned into the lexicon's own shape and kept in DATELINE_HOME/actors; one of the same name that
    was added before is replaced. Lines that give no entry are told; the rest is added. Exit code 1 when nothing is.
    """
    from dateline.lexicon.own import actors_folder

    added = 0
    for path in files:
        for imported in _read(path):
            target = actors_folder() / f"{path.stem}{'-agents' if 'term' in imported.columns else ''}.csv"
            added += len(imported.rows)
            if imported.rows:
                _write(target, imported.text())
                click.echo(f"{len(imported.rows):,} entries of {path} are in {target}")
    return exits.OK if added else exits.SOME_FAILED


def _write(target: Path, text: str) -> None:
    """All of it or none: a run that reads at the same time sees the old file or the new one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(target)


@actors.command(short_help="Check files of actors.")
@click.argument("files", nargs=-1, metavar="FILE...", type=_FILE)
def check(files: tuple[Path, ...]) -> int:
    """Check files of actors, without a FILE those that were added: each line that breaks a rule is told.

    Names that another actor bears too, and ids that stand twice, are told as well; they are allowed. Exit code 1 when
    a line breaks a rule.
    """
    from dateline.lexicon.own import actor_files, actors_folder

    chosen = files or actor_files()
    if not chosen:
        click.echo(f"dateline: there are no actors of your own in {actors_folder()}", err=True)
    broken = 0
    for path in chosen:
        for imported in _read(path):
            broken += len(imported.left_out)
            notes = list(_clashes(imported))
            _tell([f"{path}: {note}" for note in notes])
            click.echo(f"{path}: {len(imported.rows):,} entries, {len(imported.left_out):,} lines left out")
    return exits.SOME_FAILED if broken else exits.OK


def _read(path: Path) -> list[Imported]:
    """The entries of a file; the lines that gave none are told on standard error."""
    from dateline.lexicon.actor_imports import read_file

    found = read_file(path)
    _tell([f"{path}, line {left.line}: {left.why}" for imported in found for left in imported.left_out])
    return found


def _tell(lines: Sequence[str]) -> None:
    for line in lines[:_MOST_TOLD]:
        click.echo(f"dateline: {line}", err=True)
    if len(lines) > _MOST_TOLD:
        click.echo(f"dateline: and {len(lines) - _MOST_TOLD:,} more lines like these", err=True)


def _clashes(imported: Imported) -> Iterator[str]:
    """Ids that stand twice, and names that the shipped lexicon has for another."""
    from dateline.lexicon.actors import ActorLexicon

    lexicon = ActorLexicon.load()
    seen: set[str] = set()
    for row in imported.rows:
        if (key := row.get("id") or row.get("term", "")) in seen:
            yield f"{key!r} stands twice; the first is kept"
        seen.add(key)
        for name in (row.get("name", ""), *filter(None, row.get("aliases", "").split("|"))):
            other = next((n for n in lexicon.named(name) if n.id != row.get("id")), None)
            if name and other is not None:
                yield f"{name!r} is also a name of {other.name} ({other.id}); yours comes first"
