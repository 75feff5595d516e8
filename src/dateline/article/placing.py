"""Where a line that is not content belongs in the draft."""

from __future__ import annotations

import re

from dateline.article.agencies import credit_line, is_agency_byline, named_agencies
from dateline.article.draft import Draft
from dateline.article.furniture import Kind
from dateline.article.lines import Line
from dateline.article.metaline import is_person, is_role
from dateline.article.photos import read_photo

_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)(?:\s?©|\s?\(c\))?\s?(?:by\s)?(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?,?)?\s?(?:by\s)?"
    r"(?P<name>(?:The\s)?[A-Z][\w&'’.-]*(?:\s(?:[A-Z][\w&'’-]*|of|and|the|for)){0,5})",
    re.IGNORECASE,
)
_PRINTED = re.compile(r"(?:First )?[Pp]ublished in (?P<name>[A-Z][\w' ]{2,40}?)(?:,| on) .{4,40}\d{4}\.?")
_NO_OWNER = re.compile(r"all|the author|by|notice|policy|reserved", re.IGNORECASE)


def place(line: Line, draft: Draft) -> bool:
    """Note what the line says and set it apart; False, and nothing done, when it may be content."""
    if line.kind is Kind.BODY or line.kind is Kind.HIGHLIGHTS:
        return False
    if line.kind is Kind.PHOTO:
        caption, credit = read_photo(line.text) or (None, None)
        draft.picture(caption=caption, credit=credit)
    elif line.kind is Kind.EMBED:
        draft.embeds.append(line.text)
    elif line.kind is Kind.CREDIT:
        draft.credit(*(credit_line(line.text) or ((), "agency")))
    else:
        draft.publisher = draft.publisher or _owner(line.text)
    draft.furniture.append(line.text)
    return True


def place_meta(line: Line, draft: Draft) -> bool:
    """Note the byline, stamps and section of a line; False when it says none of them."""
    meta = line.meta
    if not meta.found:
        return False
    draft.byline = draft.byline or meta.byline
    draft.published = draft.published or meta.published
    draft.updated = draft.updated or meta.updated
    if meta.byline and is_agency_byline(meta.byline):
        draft.credit(named_agencies(meta.byline), "agency")
    for rest in meta.rest:
        _place_rest(rest, draft)
    draft.furniture.append(line.text)
    return True


def _place_rest(rest: str, draft: Draft) -> None:
    """A part of such a line that is neither stamp nor byline: agency, writer or section."""
    if rest.lower().startswith("source"):
        draft.credit(named_agencies(rest), "agency")
    elif draft.byline is None and is_person(rest):
        draft.byline = rest
    elif not is_role(rest):
        draft.note_section(rest)


def _owner(line: str) -> str | None:
    """The outlet that a copyright notice names."""
    match = _PRINTED.match(line) or _COPYRIGHT.search(line[:160])
    name = re.split(r"\.? All\b|\.$", match["name"])[0].strip() if match else ""
    return name if name[:1].isupper() and not _NO_OWNER.fullmatch(name) else None
