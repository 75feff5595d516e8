"""The stages put together: document to article, reading, reports and quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from traceback import extract_tb

from dateline import article as articles
from dateline import sources
from dateline.lexicon.gazetteer import Gazetteer
from dateline.lexicon.own import Own
from dateline.reading.reader import Reader
from dateline.records import Coded, Document, Problem
from dateline.resolving.actors import ActorResolver
from dateline.resolving.places import PlaceResolver
from dateline.resolving.reports import resolve


@dataclass(frozen=True)
class Coder:
    """Everything that coding needs, opened once; ``code`` is a pure function of the document."""

    reader: Reader
    actors: ActorResolver
    places: PlaceResolver
    own: Own = field(default_factory=Own)

    @classmethod
    def load(cls, weights: Path | None = None, *, threads: int = 0, own: Own | None = None) -> Coder:
        """Open the shipped weights (or those in a folder), lexicon and gazetteer, and the user's own actors and places.

        ``own`` stands in for what lies in the user's folder. Raises ModelError, LexiconError.
        """
        own = Own.found() if own is None else own
        gazetteer = Gazetteer.load() if own.gazetteer is None else Gazetteer.open(own.gazetteer)
        actors = ActorResolver.load(*own.actors, gazetteer=gazetteer)
        return cls(Reader.load(weights, threads=threads), actors, PlaceResolver(gazetteer), own)

    @cached_property
    def version(self) -> str:
        """What ``Report.coder`` says: the versions of code and model, and of the user's own actors and places."""
        mine = f" own-{self.own.version}" if self.own.version else ""
        return f"dateline {version('dateline')} {self.reader.version}{mine}"

    def code(self, document: Document) -> Coded:
        """One document to its article, reports and quotes; what went wrong is in ``problems``."""
        article, problems = articles.build(document)
        if article is None:
            return Coded(document.id, None, problems=problems)
        reports, quotes = resolve(article, self.reader.read(article), self, self.version)
        return Coded(document.id, article, reports, quotes, (*problems, *_why_empty(article.id, reports)))

    def code_item(self, item: Document | Problem) -> Coded:
        """As ``code``, for a run that must go on: a problem passes through, an error of ours becomes one."""
        if isinstance(item, Problem):
            return Coded(item.where or "", None, problems=(item,))
        try:
            return self.code(item)
        except Exception as error:
            return Coded(item.id, None, problems=(_internal(item, error),))

    def code_all(self, inputs: Sequence[str], stdin: bytes | None = None) -> Iterator[Coded]:
        """Every document of the inputs in order; an input that could not be read yields its problem alone."""
        yield from map(self.code_item, documents(inputs, stdin=stdin))


def documents(
    inputs: Sequence[str], given: Mapping[str, str] | None = None, stdin: bytes | None = None
) -> Iterator[Document | Problem]:
    """Every document and problem of the inputs in order; ``given`` (``published``, ``title``) outranks theirs."""
    for item in sources.read(inputs, stdin):
        yield replace(item, given={**item.given, **given}) if given and isinstance(item, Document) else item


def _internal(document: Document, error: Exception) -> Problem:
    at = extract_tb(error.__traceback__)[-1]
    message = f"dateline failed on it: {type(error).__name__}: {error} ({Path(at.filename).name}:{at.lineno})"
    cure = "This is an error in dateline; report it with the input."
    return Problem("internal", message, cure, document.path or document.id, fatal=True)


def _why_empty(where: str, reports: Sequence[object]) -> tuple[Problem, ...]:
    if reports:
        return ()
    message = "the article was read, and no political event was found in it"
    return (Problem("no-events", message, "Nothing to mend if it reports none.", where),)
