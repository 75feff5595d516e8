"""The reader's label inventories; the order is part of the weights' format."""

from __future__ import annotations

MENTION_KINDS = (
    "person", "government", "military", "police", "armed_group", "igo", "organisation",
    "party", "media", "population", "place", "facility", "weapon",
)  # fmt: skip
MENTION_TAGS = ("O", *(f"{b}-{k}" for k in MENTION_KINDS for b in "BI"))
EVENT_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
STATUSES = ("occurred", "ongoing", "planned", "possible", "negated")
MODES: dict[str, tuple[str, ...]] = {
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": ("seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold",
               "misinformation", "cyber"),
    "ASSAULT": ("abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
                "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional"),
}  # fmt: skip
MODE_LABELS = ("", *(f"{t}/{m}" for t in EVENT_TYPES for m in MODES.get(t, ())))
EVENT_ROLES = ("actor", "recipient", "object", "instrument", "place", "time", "source", "count")
QUOTE_ROLES = ("speaker", "content")
TABLE_ROLES = (*EVENT_ROLES, *QUOTE_ROLES)
