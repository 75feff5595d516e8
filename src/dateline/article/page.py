"""An HTML page to a draft: the body through trafilatura, the rest from what the page says of itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from lxml import etree

from dateline.article.agencies import is_agency_byline, named_agencies
from dateline.article.draft import Draft
from dateline.article.furniture import is_prose
from dateline.article.lines import Block
from dateline.article.markup import MAX_ELEMENTS, Element, is_crowded, parse, text_of
from dateline.article.metadata import Metadata, read_metadata
from dateline.article.plain import read_blocks
from dateline.text import clean, same_words, squeeze

_PRUNE = "//figcaption | //*[contains(@class, 'caption') and not(.//p[3])]"
_EMBEDS = {
    "youtube": "YouTube", "youtu.be": "YouTube", "vimeo": "Vimeo", "dailymotion": "Dailymotion", "twitter": "Twitter",
    "x.com": "Twitter", "facebook": "Facebook", "instagram": "Instagram", "tiktok": "TikTok", "spotify": "Spotify",
    "soundcloud": "SoundCloud", "telegram": "Telegram", "t.me": "Telegram", "datawrapper": "Datawrapper",
    "flourish": "Flourish",
}  # fmt: skip
_LEAD_PLACES = "|".join(
    f"//*[contains(translate(@class, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), '{word}')]"
    for word in (
        "standfirst",
        "subhead",
        "sub-head",
        "subtitle",
        "sub-title",
        "dek",
        "deck",
        "strapline",
        "synopsis",
        "summary",
    )
)
_CHROME = {"nav", "footer", "aside", "form", "button", "figure", "noscript"}
_SIDE = re.compile(
    r"comment|related|footer|sidebar|promo|newsletter|recirc|recommend|author-bio|disclaimer|caption", re.IGNORECASE
)
_INLINE = {"hi", "ref", "del", "span", "graphic"}
_LONG, _SHORT_LINK, _ENOUGH = 60, 12, 250
_POSTS, _TITLE = 3, range(12, 240)


def read_page(
    markup: str, address: str | None = None, title: str | None = None, top_level: str | None = None
) -> Draft | None:
    """Take an HTML page apart, ``None`` when it has no markup that can be parsed; ValueError on too many elements.

    ``title`` is the headline where the container tells it; else the page's own is used.
    """
    root = parse(markup)
    if root is None:
        return None
    if is_crowded(root):
        raise ValueError(f"more than {MAX_ELEMENTS:,} elements")
    told = read_metadata(root, address)
    etree.strip_elements(root, "script", "style", "template", with_tail=False)
    blocks = list(_titled(root, list(_recovered(root, _body(root)))))
    if told.body and _is_short(blocks, told.body):
        blocks = [Block(line) for line in clean(told.body).split("\n") if line]
    names = [*told.headlines, *([title] if title else [])]
    blocks = [block for block in blocks if not any(same_words(block.text, name) for name in names)]
    leads = _leads(root, told, blocks)
    draft = read_blocks(blocks, title=title or next(iter(told.headlines), None), top_level=top_level)
    draft.highlights = {i for i, text in enumerate(draft.paragraphs) if text in leads}
    _overlay(draft, told)
    draft.embeds += [name for name in _embeds(root) if name not in draft.embeds]
    return draft


def _body(root: Element) -> list[Block]:
    from trafilatura import bare_extraction

    links = {key for a in root.iter("a") if len(key := _key(text_of(a))) >= _SHORT_LINK}
    for fast in (True, False):
        found = bare_extraction(root, include_comments=False, fast=fast, prune_xpath=_PRUNE)
        body = getattr(found, "body", None)
        lines = [] if body is None else _lines(body)
        if sum(map(len, lines)) >= _ENOUGH:
            break
    return [Block(line, linked=_key(line) in links) for line in lines]


def _lines(body: Element) -> list[str]:
    """The text of the extracted body: one line a paragraph, heading, item or row, and at line breaks."""
    parts: list[str] = []
    for event, node in etree.iterwalk(body, events=("start", "end")):
        text = node.text if event == "start" else node.tail
        mark = "" if node.tag in _INLINE else " " if node.tag == "cell" else "\n"
        parts += [mark, (text or "").replace("\n", " ")]
    return [line for piece in "".join(parts).split("\n") if (line := squeeze(piece))]


def _recovered(root: Element, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, and the paragraphs of a body that the page keeps in several containers of the same class."""
    have, all_of_it = {_key(block.text) for block in blocks}, "".join(_key(block.text) for block in blocks)
    paragraphs = [(text, _key(text), p.getparent()) for p in root.iter("p") if len(text := text_of(p)) >= _LONG]
    homes = Counter(_home(parent) for _, key, parent in paragraphs if key in have)
    homes.pop(None, None)
    missing: dict[str, list[str]] = {}
    last = ""
    for text, key, parent in paragraphs:
        if key in have:
            last = key
        elif last and homes[_home(parent)] >= 2 and key not in all_of_it and is_prose(text) and not _is_aside(parent):
            missing.setdefault(last, []).append(text)
    for block in blocks:
        yield block
        yield from (Block(text) for text in missing.pop(_key(block.text), ()))


def _titled(root: Element, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, and the titles of a live page's posts, which extraction takes for links or for a page's furniture."""
    have = {_key(block.text) for block in blocks}
    titles = {key: title for key, title in _over(root, have).items() if _key(title) not in have}
    for block in blocks:
        if title := titles.pop(_key(block.text), None):
            yield Block(title)
        yield block


def _over(root: Element, have: Collection[str]) -> dict[str, str]:
    """Headings right above paragraphs of the body, by the paragraph's key; none of a rank that heads few of them."""
    found: dict[str, tuple[str, str]] = {}
    heading: Element | None = None
    for node in root.iter("h2", "h3", "h4", "p"):
        if node.tag != "p":
            heading = None if _is_aside(node) else node
        elif key := _key(text_of(node)):
            if heading is not None and key in have and len(title := text_of(heading)) in _TITLE:
                found.setdefault(key, (str(heading.tag), title))
            heading = None
    ranks = Counter(rank for rank, _ in found.values())
    return {key: title for key, (rank, title) in found.items() if ranks[rank] >= _POSTS}


def _key(text: str) -> str:
    """The letters and digits of a text, to compare what was cut from the page in two ways."""
    return "".join(filter(str.isalnum, text)).lower()


def _home(parent: Element | None) -> str | None:
    """What tells the containers of a body: their tag and class."""
    return None if parent is None or not parent.get("class") else f"{parent.tag} {parent.get('class')}"


def _is_aside(element: Element) -> bool:
    return any(
        node.tag in _CHROME or _SIDE.search(f"{node.get('class', '')} {node.get('id', '')}")
        for node in (element, *element.iterancestors())
        if node.tag not in ("body", "html")
    )


def _is_short(blocks: Sequence[Block], told: str) -> bool:
    """True when the page's own copy of the body is much longer than what was extracted, and is not markup."""
    return sum(len(block.text) for block in blocks) < 0.6 * len(told) and "</" not in told


def _leads(root: Element, told: Metadata, blocks: Sequence[Block]) -> set[str]:
    """The first blocks that the page calls a standfirst, by their class or as a heading that is its description."""
    named = [text for element in root.xpath(_LEAD_PLACES)[:20] if len(text := text_of(element)) < 600]
    headings = {text_of(element) for tag in ("h2", "h3", "h4") for element in root.iter(tag)}
    if told.description in headings:
        named.append(told.description or "")
    return {block.text for block in blocks[:3] if any(same_words(block.text, lead) for lead in named)}


def _overlay(draft: Draft, told: Metadata) -> None:
    """What the page says of itself outranks what stands printed in it."""
    draft.byline = told.byline or draft.byline
    draft.publisher = told.publisher or draft.publisher
    draft.section = told.section or draft.section
    draft.published = told.published or draft.published
    draft.updated = told.updated or draft.updated
    draft.url = told.url or draft.url
    printed = draft.image
    draft.image = told.image
    if printed is not None:
        draft.picture(printed.url, printed.caption, printed.credit)
    if told.byline and is_agency_byline(told.byline):
        draft.credit(named_agencies(told.byline), "agency")


def _embeds(root: Element) -> Iterator[str]:
    """Players and posts embedded in the page, as service and address."""
    for element in root.xpath(
        "//article//iframe[@src] | //main//iframe[@src] | //blockquote[contains(@class, 'twitter-tweet')]"
    ):
        links = [a.get("href") or "" for a in element.iter("a")]
        address = element.get("src") or (links[-1] if links else "")
        service = next((name for mark, name in _EMBEDS.items() if mark in address[:80].lower()), None)
        if service:
            yield f"{service}: {address.split('?')[0]}"
