"""What the page readers hand to the builder: metadata and paragraphs, before offsets exist."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.records import Image, Stamp

_LONGEST_SECTION = 40


@dataclass(slots=True)
class Draft:
    """One page taken apart. ``paragraphs`` in order; ``highlights`` are the indexes of those that are highlights."""

    headline: str | None = None
    paragraphs: list[str] = field(default_factory=list)
    highlights: set[int] = field(default_factory=set)
    byline: str | None = None
    publisher: str | None = None
    section: str | None = None
    published: Stamp | None = None
    updated: Stamp | None = None
    image: Image | None = None
    embeds: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    origin: str | None = None
    url: str | None = None
    furniture: list[str] = field(default_factory=list)

    def add(self, text: str, *, highlight: bool = False) -> None:
        """Add a paragraph."""
        if highlight:
            self.highlights.add(len(self.paragraphs))
        self.paragraphs.append(text)

    def note_section(self, text: str) -> None:
        """Note a section by its name, where it can be one and none is known yet."""
        fits = len(text) <= _LONGEST_SECTION and text[:1].isupper() and not any(c.isdigit() or c == ":" for c in text)
        if self.section is None and fits:
            self.section = text

    def picture(self, url: str | None = None, caption: str | None = None, credit: str | None = None) -> None:
        """Note what is said of the lead image; the first word on each of its parts stands."""
        have = self.image or Image()
        self.image = Image(have.url or url, have.caption or caption, have.credit or credit)

    def credit(self, names: tuple[str, ...], origin: str) -> None:
        """Note agencies and what they mean for the text; a wire copy outranks mere inputs."""
        self.agencies.extend(name for name in names if name not in self.agencies)
        if self.origin != "agency":
            self.origin = origin
