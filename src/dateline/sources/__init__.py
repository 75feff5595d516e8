"""Sources: paths, folders, JSON Lines and standard input to documents, one at a time."""

from dateline.sources.reader import read

__all__ = ["read"]
