"""An article: what was read out of a document, and the one text that every offset refers to."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.records.span import Span


@dataclass(frozen=True, slots=True)
class Stamp:
    """A point in time as an outlet printed it.

    ``value`` is ISO 8601, a date or a date-time with offset where a zone was given; ``raw`` is what it was read from;
    ``how`` says where that was found: ``given``, ``json-ld``, ``meta``, ``time``, ``furniture``, ``dateline``, ``url``.
    """

    value: str
    how: str
    raw: str


@dataclass(frozen=True, slots=True)
class Image:
    """The lead image: its address, caption and credit, each ``None`` where the page names none."""

    url: str | None = None
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One news report as a reader sees it.

    ``text`` is the title (where there is one) and the paragraphs in order, joined by blank lines; ``headline_span``
    and ``paragraphs`` are spans of it. ``highlights`` are also paragraphs of ``text``. ``furniture`` lists the lines
    of a text, or of a page's extracted body, that were set apart, so that nothing is lost. ``origin`` is ``own``,
    ``agency`` (a wire copy) or ``with-agencies``; ``agencies`` names the agencies credited. ``language`` is an
    ISO 639-1 code.
    """

    id: str
    text: str
    headline: str | None = None
    headline_span: Span | None = None
    highlights: tuple[Span, ...] = ()
    paragraphs: tuple[Span, ...] = ()
    byline: str | None = None
    publisher: str | None = None
    section: str | None = None
    published: Stamp | None = None
    updated: Stamp | None = None
    dateline_place: Span | None = None
    dateline_date: Stamp | None = None
    image: Image | None = None
    embeds: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    origin: str | None = None
    language: str | None = None
    url: str | None = None
    source_path: str | None = None
    furniture: tuple[str, ...] = ()
    sha256: str = ""

    @property
    def anchor_date(self) -> str | None:
        """The ISO day that relative dates count from: published, else dateline, else updated; ``None`` if none."""
        for stamp in (self.published, self.dateline_date, self.updated):
            if stamp is not None:
                return stamp.value[:10]
        return None
