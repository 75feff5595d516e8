"""Document to article: decode, take apart, judge the language, assemble."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from dateline.article.assemble import assemble
from dateline.article.draft import Draft
from dateline.article.language import language_of, name_of
from dateline.article.markup import bare_text, lighten
from dateline.article.plain import read_plain
from dateline.article.stamps import read_machine_stamp, read_url_stamp
from dateline.records import Article, Document, Problem
from dateline.text import clean, decode, printable, squeeze

MAX_TEXT = 300_000
_MANY = 4 * MAX_TEXT
_ERROR_PAGE = re.compile(
    r"\b(?:(?:page|article|file|document) (?:was |could )?not (?:be )?found|404|403 forbidden|access denied|are "
    r"you (?:a )?(?:human|robot)|"
    r"just a moment|attention required|verify (?:you are|that you)|security check|service unavailable|bad "
    r"gateway|captcha|"
    r"enable javascript|page (?:you|no longer|does not exist)|log ?in to continue)\b",
    re.IGNORECASE,
)
_ERROR_WORDS = 80
_SENTENCE = re.compile(r"(?:\S{1,40} ){4}\S{0,40}[\w%)\]\"'”’][.!?…][\"'”’)\]]{0,3}(?:\s|$)")
Built = tuple[Article | None, tuple[Problem, ...]]


@dataclass(slots=True)
class _Case:
    """One document on its way: what went wrong so far, and where."""

    document: Document
    where: str
    problems: list[Problem] = field(default_factory=list)

    def note(self, code: str, message: str, cure: str, *, fatal: bool = False) -> None:
        self.problems.append(Problem(code, message, cure, self.where, fatal))

    def given(self, key: str) -> str | None:
        return squeeze(self.document.given.get(key, "")) or None


def build(document: Document) -> Built:
    """Read the article out of a document; never raises.

    The article is ``None`` only when one of the problems is fatal: ``empty``, ``no-article``, ``not-english``. Others
    (``no-date``, ``bad-date``, ``too-long``, ``markup``, doubts about the encoding) come beside an article.
    ``document.given`` outranks what the page says.
    """
    case = _Case(document, _where(document))
    decoded = decode(document.data, document.charset, case.where)
    case.problems += decoded.problems
    if not decoded.text.strip():
        case.note("empty", "the input is empty", "Give a file that holds an article.", fatal=True)
        return None, tuple(case.problems)
    draft = _read_html(decoded.text, case) if document.media_type == "text/html" else _read_text(decoded.text, case)
    if not draft.paragraphs and not draft.headline:
        message = "no article was found: the page holds nothing but menus, links and notices"
        case.note("no-article", message, "Give the page of one article.", fatal=True)
        return None, tuple(case.problems)
    _lay_over(draft, case)
    _shorten(draft, case)
    return _finish(draft, case)


def _where(document: Document) -> str:
    """The path, and beside it the id that a container gave the one document among others."""
    own = "" if document.id.startswith("doc_") else document.id
    return f"{document.path} ({own})" if document.path and own else document.path or document.id


def _read_text(text: str, case: _Case) -> Draft:
    return read_plain(clean(text[:_MANY]), title=case.given("title"), top_level=_top_level(case.document.url))


def _read_html(text: str, case: _Case) -> Draft:
    markup, was_cut = lighten(printable(text))
    if was_cut:
        case.note(
            "too-long",
            f"the page is too large: only its first {len(markup):,} characters were read",
            "Save the article alone.",
        )
    draft = _read_page(markup, case)
    if draft is None or not draft.paragraphs:
        draft = read_plain(clean(bare_text(markup)[:_MANY]), title=case.given("title"))
    return draft if _holds_article(draft) else Draft()


def _read_page(markup: str, case: _Case) -> Draft | None:
    from dateline.article.page import read_page

    url = case.document.url
    try:
        return read_page(markup, url, case.given("title"), _top_level(url))
    except Exception as error:  # whatever hostile markup makes the parsers raise, its text can still be read
        reason = f"{type(error).__name__}: {error}".strip(": ")[:120]
        message = f"the markup could not be read as a page ({reason}); its text was read without it"
        case.note("markup", message, "Save the article as plain text.")
        return None


def _holds_article(draft: Draft) -> bool:
    """False for pages without a sentence, and for short ones whose words are those of error pages."""
    words = sum(paragraph.count(" ") + 1 for paragraph in draft.paragraphs)
    opening = " ".join([draft.headline or "", *draft.paragraphs])[:400]
    if words < _ERROR_WORDS and _ERROR_PAGE.search(opening):
        return False
    return any(_SENTENCE.search(paragraph) for paragraph in draft.paragraphs)


def _top_level(url: str | None) -> str | None:
    host = _host(url)
    return host.rsplit(".", 1)[-1] if host else None


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    return host.removeprefix("www.") or None


def _lay_over(draft: Draft, case: _Case) -> None:
    """What the container says, over what the page said."""
    draft.url = case.document.url or case.given("url") or draft.url
    draft.publisher = case.given("source") or draft.publisher
    published = case.given("published")
    if published:
        stamp = read_machine_stamp(published, "given")
        if stamp is None:
            message = f"the publication date given is not a date: {published[:40]!r}"
            case.note("bad-date", message, "Give it as ISO 8601, such as 2021-07-27.")
        draft.published = stamp or draft.published
    if draft.published is None and draft.updated is None and draft.url:
        draft.published = read_url_stamp(draft.url)


def _shorten(draft: Draft, case: _Case) -> None:
    """Keep the first ``MAX_TEXT`` characters, whole paragraphs where possible; say so."""
    room, kept = MAX_TEXT, 0
    for paragraph in draft.paragraphs:
        room -= len(paragraph)
        if room < 0:
            break
        kept += 1
    if kept == len(draft.paragraphs):
        return
    first = draft.paragraphs[:kept] or [draft.paragraphs[0][:MAX_TEXT].rsplit(" ", 1)[0]]
    left = sum(map(len, draft.paragraphs)) - sum(map(len, first))
    draft.paragraphs = first
    draft.highlights = {i for i in draft.highlights if i < len(first)}
    message = f"the text is longer than {MAX_TEXT:,} characters: at least {left:,} characters at its end were not read"
    case.note("too-long", message, "Give one article a file.")


def _finish(draft: Draft, case: _Case) -> Built:
    language = language_of("\n".join([*draft.paragraphs, draft.headline or ""]))
    if language not in (None, "en"):
        message = f"the text is not English; it looks like {name_of(language or '')}"
        case.note("not-english", message, "Give English text: dateline reads no other language.", fatal=True)
        return None, tuple(case.problems)
    article = assemble(draft, case.document, language, _host(draft.url))
    if article.anchor_date is None:
        message = "no publication date was found: relative dates such as 'on Wednesday' stay unresolved"
        case.note("no-date", message, "Give the day with --published, such as 2021-07-27.")
    return article, tuple(case.problems)
