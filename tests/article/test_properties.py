"""What holds for any input: ``build`` never raises, every span is what it says, nothing of a text is lost."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dateline import article
from dateline.article.furniture import kind_of
from dateline.records import Article, Document, Span
from dateline.text import clean, split_sentences
from dateline.text.encoding import decode

PIECES = [
    "The army said on Monday that it had left the town.", "KABUL, Aug 9 (Reuters) -", "By Jane Roe", "Watch:",
    "Comments (3)", "Story highlights", "Photograph:(AFP)", "Updated: Jul 27, 2021, 04:08 PM IST",
    "Advertisement", "Related stories", "Rebels enter town", "(With inputs from Agencies)",
    "Home > World > Asia", "Share", "© 2021 Example Times", "14:05 GMT", "[", "]", "(", ")", "/", "|", "-", "—",
    "“", "”", "'", ".", ":", "\u200b", "\x00", "\ufeff", "🙂", "दिल्ली", "é", "<b>", "&amp;", "AFP", "AP/",
    "Photo", "99:99", "31/31/2021", "Feb 30, 2021", "U.S.", "Mr.", "@x", "https://", "END", "...", "?", "!",
]  # fmt: skip
lines = st.lists(st.sampled_from(PIECES) | st.text(max_size=40), max_size=8).map(" ".join)
texts = st.lists(lines, max_size=14).flatmap(
    lambda ls: st.sampled_from(["\n", "\n\n", "\r\n", " "]).map(lambda s: s.join(ls))
)
TAGS = [
    "p",
    "div",
    "article",
    "h1",
    "h2",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "script",
    "figure",
    "figcaption",
    "time",
    "a",
    "meta",
]
ATTRIBUTES = [
    "",
    ' class="byline"',
    ' class="standfirst"',
    ' datetime="2021-08-09"',
    ' itemprop="author"',
    ' href="x"',
    " x='",
]
LD = '<script type="application/ld+json">{}</script>'
json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["NewsArticle", "2021-08-09", "", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["@type", "@graph", "headline", "author", "name", "publisher", "image", "articleBody",
                         "datePublished", "articleSection", "url"]), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> str:
    import json

    parts = [LD.format(json.dumps(draw(json_like)))] if draw(st.booleans()) else []
    for _ in range(draw(st.integers(0, 10))):
        tag, attribute = draw(st.sampled_from(TAGS)), draw(st.sampled_from(ATTRIBUTES))
        parts.append(f"<{tag}{attribute}>{draw(lines)}" + (f"</{tag}>" if draw(st.booleans()) else ""))
    return "<html><body>" + "".join(parts)


def spans(found: Article) -> Iterator[Span]:
    yield from (*found.paragraphs, *found.highlights)
    yield from (span for span in (found.headline_span, found.dateline_place) if span is not None)


def check(data: bytes, media_type: str, given_title: str = "") -> Article | None:
    found, problems = article.build(
        Document("d", data, media_type, url="https://example.com/a", given={"title": given_title})
    )
    assert (found is None) == any(problem.fatal for problem in problems)
    assert all(problem.code and problem.message and problem.cure and problem.where for problem in problems)
    if found is not None:
        assert all(found.text[s.start : s.end] == s.text != "" for s in spans(found))
        blocks = ([found.headline_span] if found.headline_span else []) + list(found.paragraphs)
        assert found.text == "\n\n".join(span.text for span in blocks)
        assert set(found.highlights) <= set(found.paragraphs)
    return found


@given(texts)
@example("The army said on Monday that it had left the town. Â\xa0")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    found = check(data, "text/plain")
    if found is not None:
        kept = "".join((found.text + "".join(found.furniture)).split())
        # As decoded: what an earlier wrong decoding garbled is mended, and a problem says so.
        assert sorted(kept) == sorted("".join(clean(decode(data).text).split()))


@given(texts, lines)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_with_a_title(text: str, title: str) -> None:
    check(text.encode("utf-8", "surrogatepass"), "text/plain", title)


@given(pages())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_page(page: str) -> None:
    check(page.encode("utf-8", "surrogatepass"), "text/html")


@given(st.binary(max_size=600), st.sampled_from(["text/plain", "text/html"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes(data: bytes, media_type: str) -> None:
    check(data, media_type)


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_line_has_a_kind(text: str) -> None:
    for line in clean(text).split("\n"):
        assert kind_of(line) is not None


@given(texts)
@settings(max_examples=150, deadline=None)
def test_sentences_cover_the_text(text: str) -> None:
    text = clean(text)
    found = split_sentences(text, 0, len(text))
    assert all(text[s.start : s.end] == s.text == s.text.strip() != "" for s in found)
    assert "".join("".join(s.text for s in found).split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(found))
