"""The user's own actors and gazetteer: files in one folder that coding takes up by itself.

``DATELINE_HOME``, else the platform's folder for a user's data, holds ``actors/*.csv`` (see ``lexicon.actors``) and
``gazetteer/``, an index that ``dateline gazetteer build`` wrote. Nothing else is looked for, and nothing is written
there but by the commands that say so.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from dateline.errors import LexiconError


@dataclass(frozen=True, slots=True)
class Own:
    """What the user brings: files of actors, the first outranking the next, and the folder of a gazetteer's index."""

    actors: tuple[Path, ...] = ()
    gazetteer: Path | None = None

    @classmethod
    def found(cls, actors: Sequence[Path] = (), gazetteer: Path | None = None) -> Own:
        """What lies in the user's folder, after ``actors``; ``gazetteer`` stands in for the one that lies there."""
        there = gazetteer_folder()
        kept = there if (there / "codes.json").is_file() else None
        return cls((*actors, *actor_files()), gazetteer or kept)

    @property
    def version(self) -> str:
        """Eight hexadecimal digits that change with the content, "" when there is nothing; raises LexiconError."""
        if not self.actors and self.gazetteer is None:
            return ""
        digest = blake2b(digest_size=4)
        index = (self.gazetteer / "codes.json", self.gazetteer / "keys.npy") if self.gazetteer else ()
        for path in (*self.actors, *index):
            digest.update(_digest(path))
        return digest.hexdigest()


def _digest(path: Path) -> bytes:
    whole = blake2b(digest_size=16)
    try:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                whole.update(block)
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read: {error.strerror or error}") from error
    return whole.digest()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line of a user's file that gave no entry, and why."""

    line: int
    why: str


def home() -> Path:
    """The user's folder: ``DATELINE_HOME``, else ``dateline`` in the platform's folder for a user's data."""
    if given := os.environ.get("DATELINE_HOME"):
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home() / "AppData" / "Roaming")) / "dateline"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "dateline"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "dateline"


def actors_folder() -> Path:
    """Where the user's own files of actors are."""
    return home() / "actors"


def actor_files() -> tuple[Path, ...]:
    """The user's own files of actors, in order of name."""
    return tuple(sorted(actors_folder().glob("*.csv")))


def gazetteer_folder() -> Path:
    """Where the user's own gazetteer is."""
    return home() / "gazetteer"
