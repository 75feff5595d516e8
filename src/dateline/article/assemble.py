"""Draft to article: one text, and spans into it."""

from __future__ import annotations

from dateline.article.datelines import read_dateline, read_place_line
from dateline.article.draft import Draft
from dateline.article.metaline import outlet_of_byline
from dateline.records import Article, Document, Span, Stamp
from dateline.text import same_words

GAP = "\n\n"


def assemble(draft: Draft, document: Document, language: str | None, host: str | None) -> Article:
    """Lay out headline and paragraphs as one text; every span is cut from it. ``host`` stands for an unnamed outlet."""
    pieces = ([draft.headline] if draft.headline else []) + draft.paragraphs
    text = GAP.join(pieces)
    spans = _lay_out(text, pieces)
    headline = spans[0] if draft.headline else None
    paragraphs = tuple(spans[1:] if draft.headline else spans)
    place, day = _dateline(text, draft, paragraphs)
    return Article(
        id=document.id,
        text=text,
        headline=draft.headline,
        headline_span=headline,
        highlights=tuple(paragraphs[i] for i in sorted(draft.highlights)),
        paragraphs=paragraphs,
        byline=draft.byline,
        publisher=draft.publisher or (outlet_of_byline(draft.byline) if draft.byline else None) or host,
        section=_section(draft),
        published=draft.published,
        updated=draft.updated,
        dateline_place=place,
        dateline_date=day,
        image=draft.image,
        embeds=tuple(draft.embeds),
        agencies=tuple(sorted(draft.agencies)),
        origin=draft.origin or ("own" if draft.byline else None),
        language=language,
        url=draft.url,
        source_path=document.path,
        furniture=tuple(draft.furniture),
        sha256=document.sha256,
    )


def _section(draft: Draft) -> str | None:
    """The section, unless what looked like one is the outlet's name."""
    outlet = (draft.publisher or "").removeprefix("The ")
    return None if same_words((draft.section or "").removeprefix("The "), outlet) else draft.section


def _lay_out(text: str, pieces: list[str]) -> list[Span]:
    spans, at = [], 0
    for piece in pieces:
        spans.append(Span.of(text, at, at + len(piece)))
        at += len(piece) + len(GAP)
    return spans


def _dateline(text: str, draft: Draft, paragraphs: tuple[Span, ...]) -> tuple[Span | None, Stamp | None]:
    """The dateline of the first paragraph that has one, among the first few; it tells the agency as well."""
    anchor = draft.published or draft.updated
    for paragraph in paragraphs[:4]:
        found = read_dateline(paragraph.text, anchor.value if anchor else None)
        if found is not None:
            if found.agencies:
                draft.credit(found.agencies, "agency")
            place = found.place
            span = Span.of(text, paragraph.start + place[0], paragraph.start + place[1]) if place else None
            return span, found.date
        alone = read_place_line(paragraph.text)
        if alone:
            return Span.of(text, paragraph.start + alone[0], paragraph.start + alone[1]), None
    return None, None
