"""A problem: something that went wrong with one input, said so that it can be mended."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What happened (``message``), where (``where``), what to do (``cure``).

    ``code`` is a stable short name (``empty``, ``not-text``, ``not-english``…); ``fatal`` means that the input
    yielded nothing.
    """

    code: str
    message: str
    cure: str
    where: str | None = None
    fatal: bool = False
