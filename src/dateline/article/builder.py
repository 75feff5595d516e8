"""Document to article: decode, take apart, judge the language, assemble."""

from __future__ import annotations

from urllib.parse import urlsplit

from dateline.article.assemble import assemble
from dateline.article.draft import Draft
from dateline.article.language import language_of
from dateline.article.plain import read_plain
from dateline.article.stamps import read_machine_stamp, read_url_stamp
from dateline.records import Article, Document, Problem
from dateline.text import clean, decode, squeeze


def build(document: Document) -> tuple[Article | None, tuple[Problem, ...]]:
    """Read the article out of a document; never raises.

    The article is ``None`` only when one of the problems is fatal. ``document.given`` outranks what the page says.
    """
    where = document.path or document.id
    decoded = decode(document.data, document.charset, where)
    problems = list(decoded.problems)
    text = clean(decoded.text)
    if not text.strip():
        return None, (
            *problems,
            Problem("empty", "the input is empty", "Give a file that holds an article.", where, True),
        )
    draft = read_plain(text, title=squeeze(document.given.get("title", "")) or None, top_level=_top_level(document.url))
    problems += _lay_over(draft, document, where)
    return _finish(draft, document, where, problems)


def _top_level(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    return host.rsplit(".", 1)[-1] or None


def _lay_over(draft: Draft, document: Document, where: str) -> list[Problem]:
    """What the container says, over what the page said."""
    given = document.given
    draft.publisher = given.get("source") or draft.publisher
    draft.url = document.url or given.get("url") or draft.url
    problems = []
    if "published" in given:
        stamp = read_machine_stamp(given["published"], "given")
        if stamp is None:
            message = f"the publication date given is not a date: {given['published'][:40]!r}"
            problems.append(Problem("bad-date", message, "Give it as ISO 8601, such as 2021-07-27.", where))
        draft.published = stamp or draft.published
    if draft.published is None and draft.updated is None and draft.url:
        draft.published = read_url_stamp(draft.url)
    return problems


def _finish(
    draft: Draft, document: Document, where: str, problems: list[Problem]
) -> tuple[Article | None, tuple[Problem, ...]]:
    if not draft.paragraphs and not draft.headline:
        message = "no article was found: the page holds nothing but menus, links and notices"
        problems.append(Problem("no-article", message, "Give the page of one article.", where, fatal=True))
        return None, tuple(problems)
    language = language_of("\n".join([*draft.paragraphs, draft.headline or ""]))
    if language not in (None, "en"):
        message = f"the text is not English but looks like {language!r}"
        cure = "Give English text; dateline reads English only."
        return None, (*problems, Problem("not-english", message, cure, where, fatal=True))
    article = assemble(draft, document, language)
    if article.anchor_date is None:
        message = "no publication date was found: relative dates such as 'on Wednesday' stay unresolved"
        problems.append(Problem("no-date", message, "Give the day with --published, such as 2021-07-27.", where))
    return article, tuple(problems)
