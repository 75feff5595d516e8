"""RSS 2.0 with GeoRSS points: the newest happenings, for feed readers and alerts."""

from __future__ import annotations

import heapq
import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from dateline.export.columns import place
from dateline.export.wording import facts, title
from dateline.records import Account, Event, Happening

MOST = 500
_NO_TAGS = str.maketrans("<>", "‹›")  # some readers take a title for HTML and some for plain text
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<rss version="2.0" xmlns:georss="http://www.georss.org/georss" xmlns:atom="http://www.w3.org/2005/Atom">\n<channel>\n'
    "<title>Casebook</title>\n<link>urn:dateline:casebook</link>\n"
    "<description>Happenings reported in the news, the newest first</description>\n<language>en</language>\n"
    "<generator>dateline</generator>\n"
)


def lines(stream: Iterable[Happening], left_out: Counter[str]) -> Iterator[str]:
    """The feed: the ``MOST`` happenings that were reported last, one item each."""
    total = 0

    def counted() -> Iterator[tuple[str, str, Happening]]:
        nonlocal total
        for happening in stream:
            total += 1
            yield happening.event.last_reported or "", happening.event.id, happening

    newest = heapq.nlargest(MOST, counted(), key=lambda item: item[:2])
    if total > len(newest):
        left_out[f"older than the newest {MOST}, which is what a feed holds"] += total - len(newest)
    yield _HEAD
    yield from (_item(happening) for _, _, happening in newest)
    yield "</channel>\n</rss>\n"


def _item(happening: Happening) -> str:
    event = happening.event
    parts = [
        _element("title", title(event).translate(_NO_TAGS)),
        f'<guid isPermaLink="false">{_xml(event.id)}</guid>',
        _element("category", event.type),
        _element("description", _description(happening)),
        *(_element("link", url) for url in [_link(happening.accounts)] if url),
        *(_element("pubDate", when) for when in [_published(event)] if when),
        *_point(event),
    ]
    return "<item>\n" + "\n".join(parts) + "\n</item>\n"


def _link(accounts: tuple[Account, ...]) -> str | None:
    """The first address that a browser may follow: no ``javascript:``."""
    return next((t.url for t in accounts if t.url and t.url.lower().startswith(("http://", "https://"))), None)


def _description(happening: Happening) -> str:
    """HTML: the sentence, the facts, and who reports it. All text of others is escaped."""
    event = happening.event
    said = f"<p>{html.escape(event.sentence)}</p>" if event.sentence else ""
    told = f"<p>{html.escape('; '.join(facts(event)))}</p>"
    return f"{said}{told}<ul>{''.join(map(_teller, happening.accounts))}</ul>"


def _teller(account: Account) -> str:
    name = html.escape(account.publisher or account.headline or account.report.article_id)
    link = _link((account,))
    named = f'<a href="{html.escape(link)}">{name}</a>' if link else name
    return f"<li>{named}{f', {account.published[:10]}' if account.published else ''}</li>"


def _published(event: Event) -> str | None:
    """The day of the last report as RFC 822 has it; a day has no hour, so it is midnight UTC."""
    if event.last_reported is None:
        return None
    return format_datetime(datetime.fromisoformat(event.last_reported).replace(tzinfo=UTC))


def _point(event: Event) -> list[str]:
    where = place(event)
    return [] if where is None or where.lat is None else [f"<georss:point>{where.lat} {where.lon}</georss:point>"]


def _element(name: str, text: str) -> str:
    return f"<{name}>{_xml(text)}</{name}>"


def _xml(text: str) -> str:
    """Text as XML has it; characters that XML forbids become U+FFFD."""
    return escape(_NOT_XML.sub("\ufffd", text))
