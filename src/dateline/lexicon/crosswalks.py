"""Crosswalks from PLOVER to the categories of ACLED and UCDP, as far as type, mode and target decide them.

The categories are those of the ACLED codebook (2023) and the UCDP GED codebook (version 23.1). ACLED codes what armed
groups, protesters and rioters do; what PLOVER has beyond that (statements, visits, aid) has no ACLED category.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.lexicon.plover import MODES, TYPES

ARMED_SECTORS = ("MIL", "COP", "SPY", "REB", "PRM", "UAF", "CRM")
STATE_SECTORS = ("GOV", "MIL", "COP", "SPY")
CIVILIAN_SECTORS = (
    "CVL",
    "REF",
    "SOC",
    "BUS",
    "LAB",
    "EDU",
    "JRN",
    "MED",
    "REL",
    "ELI",
    "AGR",
    "LEG",
    "JUD",
    "PTY",
    "OPP",
)

# (type, mode) to (event type, sub-event type); ``None`` as mode stands for every mode not listed.
_ACLED: dict[tuple[str, str | None], tuple[str, str]] = {
    ("ASSAULT", None): ("Battles", "Armed clash"),
    ("ASSAULT", "firearms"): ("Battles", "Armed clash"),
    ("ASSAULT", "abduct"): ("Violence against civilians", "Abduction/forced disappearance"),
    ("ASSAULT", "sexual"): ("Violence against civilians", "Sexual violence"),
    ("ASSAULT", "beat"): ("Violence against civilians", "Attack"),
    ("ASSAULT", "torture"): ("Violence against civilians", "Attack"),
    ("ASSAULT", "targeted"): ("Violence against civilians", "Attack"),
    ("ASSAULT", "destroy"): ("Strategic developments", "Looting/property destruction"),
    ("ASSAULT", "explosives"): ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
    ("ASSAULT", "suicide-attack"): ("Explosions/Remote violence", "Suicide bomb"),
    ("ASSAULT", "aerial"): ("Explosions/Remote violence", "Air/drone strike"),
    ("ASSAULT", "drone"): ("Explosions/Remote violence", "Air/drone strike"),
    ("ASSAULT", "heavy-weapons"): ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("ASSAULT", "unconventional"): ("Explosions/Remote violence", "Chemical weapon"),
    ("ASSAULT", "crowd-control"): ("Protests", "Excessive force against protesters"),
    ("PROTEST", None): ("Protests", "Peaceful protest"),
    ("PROTEST", "riot"): ("Riots", "Violent demonstration"),
    ("PROTEST", "vandalize"): ("Riots", "Violent demonstration"),
    ("COERCE", "seize"): ("Strategic developments", "Non-violent transfer of territory"),
    ("COERCE", "arrest"): ("Strategic developments", "Arrests"),
    ("RETREAT", "withdraw"): ("Strategic developments", "Non-violent transfer of territory"),
    ("RETREAT", "ceasefire"): ("Strategic developments", "Agreement"),
    ("MOBILIZE", None): ("Strategic developments", "Change to group/activity"),
}  # fmt: skip
_AGAINST_CIVILIANS = ("Violence against civilians", "Attack")
_ARMED_CLASH = ("Battles", "Armed clash")


def acled(type_: str, mode: str | None, civilian_target: bool) -> tuple[str, str] | None:
    """ACLED's event type and sub-event type, or ``None`` where ACLED would not code it.

    ``civilian_target`` says that the recipient is civilian: an armed clash is then an attack on civilians.
    """
    found = _ACLED.get((type_, mode)) or _ACLED.get((type_, None))
    return _AGAINST_CIVILIANS if civilian_target and found == _ARMED_CLASH else found


def acled_rows() -> Iterator[tuple[str, str | None, bool, str, str]]:
    """The whole crosswalk: type, mode, whether the target is civilian, event type, sub-event type."""
    for type_ in TYPES:
        for mode in (None, *MODES.get(type_, ())):
            for civilian in (False, True):
                found = acled(type_, mode, civilian)
                if found is not None:
                    yield (type_, mode, civilian, *found)
