"""Running dateline as users do, in a process of its own, to see what it takes."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable


def apart(work: Callable[..., None], *given: object) -> None:
    """Work in another process, since one that this one starts begins with the memory that this one held."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=given)
    process.start()
    process.join()


def used(*arguments: str) -> tuple[float, float]:
    """Run ``dateline`` with arguments; seconds of processors, and MB that the process held at most.

    Raises OSError when it fails.
    """
    process = os.posix_spawn(sys.executable, [sys.executable, "-m", "dateline", *arguments], os.environ)
    _, status, found = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status):
        raise OSError(f"dateline {' '.join(arguments)} failed")
    return found.ru_utime + found.ru_stime, found.ru_maxrss / 1024
