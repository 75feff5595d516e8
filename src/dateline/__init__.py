"""dateline: news reports on conflict and politics in, a sourced record of events out.

>>> import dateline
>>> coded = dateline.code("KABUL - The Taliban seized the crossing of Spin Boldak on Wednesday.")  # doctest: +SKIP
>>> for report in coded.reports:  # doctest: +SKIP
...     print(report.type, [actor.name for actor in report.actors], report.moment, report.confidence)
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.pipeline import Coder
    from dateline.records import Coded, Document

    __version__: str

__all__ = ["__version__", "code"]


def code(source: str | os.PathLike[str], *, published: str | None = None, title: str | None = None) -> Coded:
    """Code one report: who did what to whom, where, when, how certain, on whose word.

    ``source`` is the path of a file, or the text (plain or HTML) itself: a string is taken for a path when it is a
    ``PathLike``, or names an existing file. ``published`` (ISO 8601) anchors relative dates, whatever the text says.
    Returns the article, its reports and quotes, and ``problems`` that say why anything is missing. Raises InputError
    when nothing could be read at all, ModelError when the weights are missing. Of a file that holds several articles
    the first is coded; ``dateline.pipeline.Coder.code_all`` codes all.
    """
    from dateline.errors import InputError

    given = {k: v for k, v in (("title", title), ("published", published)) if v}
    coded = _coder().code(_document(source, given))
    fatal = [p for p in coded.problems if p.fatal]
    if fatal:
        raise InputError(f"{fatal[0].message}. {fatal[0].cure}")
    return coded


def __getattr__(name: str) -> str:
    if name == "__version__":
        from importlib.metadata import version

        return version("dateline")
    raise AttributeError(f"module 'dateline' has no attribute {name!r}")


@lru_cache(maxsize=1)
def _coder() -> Coder:
    from dateline.pipeline import Coder

    return Coder.load()


def _document(source: str | os.PathLike[str], given: dict[str, str]) -> Document:
    from dateline.errors import InputError
    from dateline.pipeline import documents
    from dateline.records import Document

    is_path = isinstance(source, os.PathLike) or (len(source) < 1000 and "\n" not in source and os.path.isfile(source))
    name = os.fspath(source)
    found = next(documents([name], given) if is_path else documents(["-"], given, name.encode("utf-8", "replace")))
    if not isinstance(found, Document):
        raise InputError(f"{found.where}: {found.message}. {found.cure}")
    return found
