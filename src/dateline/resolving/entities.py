"""What is known of an actor while its mentions are being linked."""

from __future__ import annotations

from dataclasses import dataclass, field

_COLLECTIVE = frozenset((
    "government", "military", "police", "armed_group", "igo", "organisation", "party", "media",
))  # fmt: skip
_LOCAL = frozenset(("place", "facility"))


@dataclass(slots=True)
class Entity:
    """Mentions (by index) taken to stand for the same actor, and what is known of it so far.

    ``names`` are its proper names in folded words, ``terms`` the agent words it was called, ``acronyms`` those brought
    in with its name, ``bodies`` the lexicon's bodies that its mentions name, ``ends`` where its mentions end.
    """

    members: list[int] = field(default_factory=list)
    kind: str | None = None
    several: bool = False
    gender: str | None = None
    entry: str | None = None
    country: str | None = None
    sector: str | None = None
    names: set[tuple[str, ...]] = field(default_factory=set)
    terms: set[str] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    ends: list[int] = field(default_factory=list)

    @property
    def family(self) -> str:
        """Person, collective, place or people: entities of different families are never the same."""
        return family(self.kind)


def family(kind: str | None) -> str:
    """The broad family of a kind."""
    if kind in _LOCAL:
        return "place"
    if kind in _COLLECTIVE:
        return "collective"
    return {"person": "person", "population": "people", None: "unknown"}.get(kind, "thing")
