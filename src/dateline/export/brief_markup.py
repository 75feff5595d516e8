"""HTML and SVG put together so that text of others is always escaped: only ``element`` makes markup."""

from __future__ import annotations

import html
from dataclasses import dataclass

_VOID = frozenset(("meta", "br", "hr", "link", "col"))


@dataclass(frozen=True, slots=True)
class Html:
    """Markup that is safe to put into a page. ``element`` makes it; nothing else should."""

    text: str


Content = str | Html


def element(name: str, /, *children: Content, **attributes: str | None) -> Html:
    """An element; text and values of attributes are escaped.

    In the names of attributes ``_`` stands for ``-``, and a last ``_`` is dropped (``class_``); one that is ``None``
    is left out.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(value, quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Html(f"<{name}{given}>")
    return Html(f"<{name}{given}>{joined(*children).text}</{name}>")


def joined(*children: Content) -> Html:
    """Pieces one after the other."""
    return Html("".join(c.text if isinstance(c, Html) else html.escape(c, quote=False) for c in children))


def raw_style(css: str) -> Html:
    """A style sheet of our own; it must not hold ``</``."""
    if "</" in css:
        raise ValueError("a style sheet cannot hold '</'")
    return Html(f"<style>{css}</style>")
