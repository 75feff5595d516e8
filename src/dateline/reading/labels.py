"""The reader's label inventories; the order is part of the weights' format."""

from __future__ import annotations

from dateline.lexicon.plover import EVENT_TYPES, MENTION_KINDS, MODES, STATUSES

MENTION_TAGS = ("O", *(f"{b}-{k}" for k in MENTION_KINDS for b in "BI"))
MODE_LABELS = ("", *(f"{t}/{m}" for t in EVENT_TYPES for m in MODES.get(t, ())))
EVENT_ROLES = ("actor", "recipient", "object", "instrument", "place", "time", "source", "count")
QUOTE_ROLES = ("speaker", "content")
TABLE_ROLES = (*EVENT_ROLES, *QUOTE_ROLES)

__all__ = [
    "EVENT_ROLES",
    "EVENT_TYPES",
    "MENTION_KINDS",
    "MENTION_TAGS",
    "MODES",
    "MODE_LABELS",
    "QUOTE_ROLES",
    "STATUSES",
    "TABLE_ROLES",
]
