"""``dateline doctor``: what is installed, and what is missing with its cure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import click

from dateline.cli import exits

_REINSTALL = "install dateline again from where it came: pip install --force-reinstall FOLDER_OR_WHEEL"
_WORKSHOP = ("dev", "train")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what was found, and its cure when it is not as it should be, unless it is ``optional``."""

    name: str
    told: str
    cure: str | None = None
    optional: bool = False


@click.command(short_help="Say what is installed and what is missing.")
def doctor() -> int:
    """Say what is installed: versions, weights, lexicon, gazetteer; what is missing, and how to mend it."""
    findings = list(_findings())
    for finding in findings:
        click.echo(f"{_state(finding)}  {finding.name:<14} {finding.told}")
    cures = [f"{finding.name}: {finding.cure}" for finding in findings if finding.cure]
    for cure in cures:
        click.echo(f"dateline: {cure}", err=True)
    return exits.NOT_FIT if cures else exits.OK


def _state(finding: Finding) -> str:
    if finding.optional:
        return click.style("absent ", dim=True)
    return click.style("missing", fg="red") if finding.cure else click.style("ok     ", fg="green")


def _findings() -> Iterator[Finding]:
    yield _python()
    yield from _packages()
    for name, check, cure in (
        ("HTML", _html, _REINSTALL),
        ("reader", _reader, _REINSTALL),
        ("actor lexicon", _lexicon, _REINSTALL),
        ("gazetteer", _gazetteer, _REINSTALL),
        ("time zones", _zones, "install the tzdata package (pip install tzdata)"),
        ("demo report", _demo, _REINSTALL),
    ):
        yield _checked(name, check, cure)
    yield from _cache()


def _checked(name: str, check: Callable[[], str], cure: str) -> Finding:
    try:
        return Finding(name, check())
    except Exception as error:  # whatever is wrong with an installation is what is asked for
        return Finding(name, f"{type(error).__name__}: {error}", cure)


def _python() -> Finding:
    import platform
    import sys
    from importlib.metadata import version

    where = f"dateline {version('dateline')}, Python {platform.python_version()}, {platform.platform(terse=True)}"
    return Finding("dateline", where, None if sys.version_info >= (3, 11) else "install Python 3.11 or newer")


def _packages() -> Iterator[Finding]:
    import re
    from importlib.metadata import PackageNotFoundError, requires, version

    for requirement in requires("dateline") or ():
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        extra = re.search(r"extra == ['\"](\w+)['\"]", requirement)
        if extra and extra[1] in _WORKSHOP:
            continue
        try:
            yield Finding(name, version(name))
        except PackageNotFoundError:
            if extra:
                yield Finding(name, f"is not installed; it comes with the extra {extra[1]!r}", optional=True)
            else:
                yield Finding(name, "is not installed", f"pip install '{requirement}'")


def _html() -> str:
    """What reads pages can be installed and yet not work, when a part that it asks for is missing."""
    import lxml.etree
    import trafilatura

    return f"pages are read by {trafilatura.__name__} with libxml {'.'.join(map(str, lxml.etree.LIBXML_VERSION))}"


def _reader() -> str:
    from dateline.reading.network import WEIGHTS, Network
    from dateline.reading.reader import Reader

    meta = Network(WEIGHTS).meta
    size = sum(path.stat().st_size for path in WEIGHTS.iterdir()) / 1e6
    trained = f", trained on {meta['trained_on']}" if meta.get("trained_on") else ""
    return f"{Reader.load().version}, {size:.1f} MB{trained}"


def _lexicon() -> str:
    from dateline.lexicon.actors import ActorLexicon
    from dateline.lexicon.plover import MODES, SECTORS, TYPES

    lexicon = ActorLexicon.load()
    people = sum(actor.kind == "person" for actor in lexicon.actors.values())
    plover = f"PLOVER with {len(TYPES)} types, {sum(map(len, MODES.values()))} modes, {len(SECTORS)} sectors"
    return f"{len(lexicon.countries)} countries, {people} people, {len(lexicon.actors) - people} bodies; {plover}"


def _gazetteer() -> str:
    from dateline.lexicon.gazetteer import Gazetteer

    return f"{len(Gazetteer.load()):,} places"


def _cache() -> Iterator[Finding]:
    """Where a gazetteer that the package does not ship is kept; nothing to look at when it does."""
    import os
    import tempfile

    from dateline.lexicon.gazetteer import cache_folder, shipped_is_current

    if shipped_is_current():
        return
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            yield Finding("cache folder", os.fspath(folder))
    except OSError as error:
        cure = "set DATELINE_CACHE to a folder that you may write; until then the gazetteer is built on every run"
        yield Finding("cache folder", f"{folder}: {error.strerror}", cure)


def _zones() -> str:
    from zoneinfo import ZoneInfo, available_timezones

    return f"{len(available_timezones())} zones, {ZoneInfo('Europe/London')} among them"


def _demo() -> str:
    from importlib.resources import files

    text = files("dateline.cli").joinpath("demo.txt").read_text(encoding="utf-8")
    return f"{len(text.split())} words"
