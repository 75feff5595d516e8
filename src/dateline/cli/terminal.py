"""Widths and styles of what is shown to people."""

from __future__ import annotations

PLAIN_WIDTH = 100
WIDE = 150

STYLES = {
    "did": "bold red",
    "who": "bold cyan",
    "whom": "bold magenta",
    "what": "magenta",
    "with": "magenta underline",
    "where": "green",
    "when": "yellow",
    "how many": "bold",
    "said by": "blue",
}
STATUS_STYLES = {"occurred": "", "ongoing": "", "planned": "yellow", "possible": "yellow", "negated": "red"}
