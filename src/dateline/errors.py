"""The one tree of errors. A message says what happened and what to do about it."""

from __future__ import annotations


class DatelineError(Exception):
    """Anything dateline raises on purpose."""


class InputError(DatelineError):
    """An input could not be read: missing, empty, not text, broken."""


class LexiconError(DatelineError):
    """A data file of the lexicon, shipped or the user's, is not valid."""


class ModelError(DatelineError):
    """The reader's weights are missing or do not fit this version."""


class CasebookError(DatelineError):
    """A casebook cannot be opened, read or written: not one, too new, read-only, full disk, broken file."""


class QueryError(CasebookError):
    """A query that cannot be run: wrong SQL, or SQL that does more than read the casebook."""
