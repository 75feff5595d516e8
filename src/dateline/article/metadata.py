"""What a page says of its article beside the text: JSON-LD, OpenGraph, meta and time tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from dateline.article.head import split_outlet
from dateline.article.jsonld import Node, article_nodes, first_text, names
from dateline.article.markup import Element, text_of
from dateline.article.metaline import byline_of
from dateline.article.photos import read_photo
from dateline.article.phrases import in_order
from dateline.article.stamps import read_machine_stamp
from dateline.records import Image, Stamp
from dateline.text import same_words, squeeze

_PUBLISHED = in_order("""
    article:published_time article:published og:published_time datepublished pubdate publish-date publish_date
    publication_date published_at parsely-pub-date sailthru.date article_date_original article.published
    dc.date.issued dcterms.created dc.date dcterms.date date pdate og:pubdate cxenseparse:recs:publishtime
    iso-8601-publish-date date.available
""")
_UPDATED = in_order("""
    article:modified_time article:modified og:updated_time og:modified_time datemodified lastmod last-modified
    article_date_updated article.updated dcterms.modified updated-date revised
""")
_AUTHOR = in_order("""
    author article:author byl byline dc.creator parsely-author sailthru.author article_author
""")
_SECTION = in_order("""
    article:section og:section article.section parsely-section section sailthru_section prism.section
""")
_SITE = in_order("""
    og:site_name application-name dc.publisher article_publisher apple-mobile-web-app-title
""")
_IMAGE = in_order("""
    og:image og:image:url og:image:secure_url twitter:image twitter:image:src image parsely-image-url
""")
_DESCRIPTION = in_order("""
    og:description description twitter:description dc.description
""")
_EARLIEST, _LATEST = "1985", "2100"
_SAME, _NEARLY = 0.5, 0.8  # shares of words that two forms of a headline have in common
_BY = re.compile(r"^by:?\s+", re.IGNORECASE)
_BYLINE_PLACES = (
    '//*[@itemprop="author"]', '//a[@rel="author"]',
    '//*[contains(concat(" ", normalize-space(@class), " "), " byline ") or contains(@class, "author-name")'
    ' or contains(@class, "byline__name") or contains(@class, "article-author")]',
)  # fmt: skip
_STAMP_PLACES = ('//*[@itemprop="{}"]', '//time[contains(@class, "{}")]')


@dataclass(slots=True)
class Metadata:
    """What was said; ``headlines`` are all forms of the headline, the one to show first."""

    headlines: list[str] = field(default_factory=list)
    byline: str | None = None
    publisher: str | None = None
    section: str | None = None
    published: Stamp | None = None
    updated: Stamp | None = None
    image: Image | None = None
    url: str | None = None
    description: str | None = None
    body: str | None = None


def read_metadata(root: Element, address: str | None = None) -> Metadata:
    """Read a page's tree; ``address`` is where it was found and completes relative links."""
    tags = _meta_tags(root)
    nodes = article_nodes([script.text or "" for script in root.xpath('//script[contains(@type, "ld+json")]')])
    headlines = _headlines(root, tags)
    node = _best(nodes, headlines)
    headlines = list(
        dict.fromkeys([*(headlines or [first_text(node.get("headline")) or ""]), *names(node.get("headline"))])
    )
    site = first_text(node.get("publisher")) or _first(tags, _SITE)
    site = None if site and site.startswith(("http:", "https:")) else site
    title_outlet = next((outlet for headline in headlines if (outlet := split_outlet(headline)[1])), None)
    return Metadata(
        headlines=[_without_site(headline, site) for headline in headlines],
        byline=_byline(root, tags, node, site),
        publisher=site or title_outlet,
        section=first_text(node.get("articleSection")) or _first(tags, _SECTION),
        published=_stamp(root, tags, node, ("datePublished", "dateCreated"), _PUBLISHED, "publish"),
        updated=_stamp(root, tags, node, ("dateModified",), _UPDATED, "updat"),
        image=_image(root, tags, node, address),
        url=_canonical(root, tags, address),
        description=_first(tags, _DESCRIPTION) or first_text(node.get("description")),
        body=node["articleBody"] if isinstance(node.get("articleBody"), str) else None,
    )


def _meta_tags(root: Element) -> dict[str, str]:
    tags: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = squeeze(meta.get("content") or "")
        if name and content:
            tags.setdefault(name, content)
    return tags


def _first(tags: dict[str, str], wanted: Sequence[str]) -> str | None:
    return next((tags[name] for name in wanted if name in tags), None)


def _headlines(root: Element, tags: dict[str, str]) -> list[str]:
    """The headline as shown in the page where it fits what the page's head says, and its other forms."""
    told = [tags[name] for name in ("og:title", "twitter:title") if name in tags]
    others = [text for text in (*told, *(text_of(element) for element in root.iter("title"))) if text]
    shown = [text for element in root.iter("h1") if (text := text_of(element))]
    fitting = [text for text in shown if any(_overlap(text, other) >= _SAME for other in others)]
    if not fitting and len(shown) == 1 and shown[0].count(" ") >= 3:
        fitting = shown
    return list(dict.fromkeys(fitting[:1] + others))


def _overlap(one: str, other: str) -> float:
    left, right = set(one.lower().split()), set(other.lower().split())
    return len(left & right) / max(1, min(len(left), len(right)))


def _without_site(headline: str, site: str | None) -> str:
    for mark in (" | ", " - ", " – ", " — ", " :: ", " » "):
        head, found, tail = headline.rpartition(mark)
        if found and head.count(" ") >= 2 and site and (same_words(tail, site) or tail.lower() in site.lower()):
            return head.strip()
    return split_outlet(headline)[0]


def _best(nodes: Sequence[Node], headlines: Sequence[str]) -> Node:
    """The node whose headline is the page's; pages list other articles as nodes too."""
    for node in nodes:
        name = first_text(node.get("headline")) or ""
        if any(_overlap(name, headline) >= _NEARLY for headline in headlines if name):
            return node
    return nodes[0] if nodes else {}


def _byline(root: Element, tags: dict[str, str], node: Node, site: str | None) -> str | None:
    told = (
        names(node.get("author")) or names(node.get("creator")) or [tags[name] for name in _AUTHOR if name in tags][:1]
    )
    found = [name for raw in told if (name := _name(raw, site))]
    if found:
        return ", ".join(dict.fromkeys(found))
    for path in _BYLINE_PLACES:
        for element in root.xpath(path)[:3]:
            raw = squeeze(element.get("content") or "") or text_of(element)
            name = _name(byline_of(raw) or raw, site)
            if name:
                return name
    return None


def _name(raw: str, site: str | None) -> str | None:
    name = _BY.sub("", raw).strip(" ,;|")
    unfit = "://" in name or "@" in name or len(name) > 90 or len(name) < 2 or not any(c.isalpha() for c in name)
    return None if unfit or (site is not None and same_words(name, site)) else name


def _stamp(
    root: Element, tags: dict[str, str], node: Node, keys: Sequence[str], metas: Sequence[str], word: str
) -> Stamp | None:
    told = [(first_text(node.get(key)), "json-ld") for key in keys] + [(tags.get(name), "meta") for name in metas]
    told += [(text, "time") for text in _time_tags(root, keys[0], word)]
    for text, how in told:
        stamp = read_machine_stamp(text, how) if text else None
        if stamp is not None and _EARLIEST <= stamp.value[:4] < _LATEST:
            return stamp
    return None


def _time_tags(root: Element, prop: str, word: str) -> Iterator[str]:
    for path in _STAMP_PLACES:
        for element in root.xpath(path.format(prop if "itemprop" in path else word))[:2]:
            yield element.get("datetime") or element.get("content") or ""
    if word == "publish":
        for element in root.xpath("//article//time[@datetime] | //main//time[@datetime]")[:1]:
            yield element.get("datetime")


def _image(root: Element, tags: dict[str, str], node: Node, address: str | None) -> Image | None:
    told = node.get("image")
    lead = next((item for item in told if isinstance(item, (dict, str))), None) if isinstance(told, list) else told
    of_node = lead if isinstance(lead, dict) else {}
    url = _first(tags, _IMAGE) or first_text(
        of_node.get("url") or of_node.get("contentUrl") or (lead if isinstance(lead, str) else None)
    )
    caption, credit = _figure(root)
    caption = caption or first_text(of_node.get("caption"))
    credit = credit or first_text(of_node.get("creditText") or of_node.get("creator"))
    return Image(_absolute(url, address), caption, credit) if url or caption or credit else None


def _figure(root: Element) -> tuple[str | None, str | None]:
    """Caption and credit of the first figure that has either."""
    for caption in root.xpath("//figcaption")[:4]:
        text = text_of(caption)
        if 3 <= len(text) <= 500:
            read = read_photo(text)
            return read if read is not None else (text, None)
    return None, None


def _canonical(root: Element, tags: dict[str, str], address: str | None) -> str | None:
    links = [link.get("href") for link in root.xpath('//link[@rel="canonical"]')]
    for url in (*links, tags.get("og:url")):
        absolute = _absolute(url, address)
        if absolute:
            return absolute
    return None


def _absolute(url: str | None, address: str | None) -> str | None:
    try:
        whole = urljoin(address or "", (url or "").strip())
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in ("http", "https") and parts.netloc else None
