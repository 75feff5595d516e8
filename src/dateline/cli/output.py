"""Where data goes: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

from dateline.cli.terminal import PLAIN_WIDTH

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


class Sink:
    """An open output, with the width and colours of its terminal, or plain text where it is none."""

    def __init__(self, stream: TextIO, *, on_screen: bool) -> None:
        self.stream, self.on_screen = stream, on_screen

    def write(self, text: str) -> None:
        """Write at once, so that a reader down the pipe sees each article as it is done."""
        self.stream.write(text)
        self.stream.flush()

    @cached_property
    def console(self) -> Console:
        """What drawings are made with."""
        from rich.console import Console

        width = None if self.on_screen or "COLUMNS" in os.environ else PLAIN_WIDTH
        return Console(file=self.stream, width=width, highlight=False)

    @property
    def colour(self) -> bool:
        """True when colours are seen."""
        return self.console.color_system is not None and not self.console.no_color

    def drawn(self, drawing: RenderableType) -> str:
        """A drawing as text; plain text has no blanks at line ends."""
        with self.console.capture() as capture:
            self.console.print(drawing)
        text = capture.get()
        return text if self.colour else "\n".join(line.rstrip() for line in text.split("\n"))


@contextlib.contextmanager
def opened(path: str | None) -> Iterator[Sink]:
    """The output named by ``--output``. Raises OSError when it cannot be written, before any work is done.

    A file is written beside its place and moved there at the end; when the run fails, what stood there stays.
    """
    if path in (None, "-"):
        yield _standard()
    elif os.path.exists(str(path)) and not os.path.isfile(str(path)):  # a pipe or device: nothing to replace
        with open(str(path), "w", encoding="utf-8", newline="") as stream:
            yield Sink(stream, on_screen=stream.isatty())
    else:
        with _replacing(os.path.realpath(str(path))) as stream:
            yield Sink(stream, on_screen=False)


def _standard() -> Sink:
    """Standard output as UTF-8 with plain newlines, whatever the locale; a terminal keeps its own encoding."""
    stream = sys.stdout
    if hasattr(stream, "reconfigure"):
        on_screen = stream.isatty()
        stream.reconfigure(errors="replace") if on_screen else stream.reconfigure(encoding="utf-8", newline="\n")
    return Sink(stream, on_screen=stream.isatty())


@contextlib.contextmanager
def _replacing(path: str) -> Iterator[TextIO]:
    folder, name = os.path.split(path)
    handle, own = tempfile.mkstemp(prefix=f".{name}.", suffix=".part", dir=folder)
    try:
        with open(handle, "w", encoding="utf-8", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(own, _mode(path))
        os.replace(own, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(own)
        raise


def _mode(path: str) -> int:
    """The permissions that the file has, or that a new one would get."""
    with contextlib.suppress(OSError):
        return stat.S_IMODE(os.stat(path).st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
