"""A document: bytes as they were received."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes as received, before anything is read out of them.

    ``media_type`` is ``text/plain`` or ``text/html``; ``charset`` what a transport or container declared.
    ``given`` holds what the container says of the document (``title``, ``published``, ``url``, ``source``).
    """

    id: str
    data: bytes
    media_type: str
    path: str | None = None
    url: str | None = None
    charset: str | None = None
    sha256: str = ""
    given: dict[str, str] = field(default_factory=dict)
