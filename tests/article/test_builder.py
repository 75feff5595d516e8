"""Bad input, what the container says, and what an article is put together from."""

from __future__ import annotations

import sys

import pytest

from dateline import article
from dateline.article import builder, markup
from dateline.records import Article, Document, Problem

SENTENCE = "The army said on Monday that its soldiers had shelled the town and that nine people were killed."
PARAGRAPHS = [f"{SENTENCE[:-1]} in district {n}." for n in range(8)]
GERMAN = "Die Armee teilte am Montag mit, dass ihre Soldaten die Stadt beschossen und viele Menschen dabei starben.\n"
RUSSIAN = "В понедельник армия сообщила, что её солдаты обстреляли город и погибли девять человек."
HTML = "<html><body><article><h1>Army shells town</h1>{}</article></body></html>"
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def build(
    data: str | bytes, media_type: str = "text/plain", **given: str
) -> tuple[Article | None, tuple[Problem, ...]]:
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    return article.build(Document("doc", raw, media_type, url=given.get("url"), given=given))


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("data", "media_type", "code"),
    [
        (b"", "text/plain", "empty"),
        (b" \n\t\n", "text/plain", "empty"),
        (b"\xef\xbb\xbf", "text/plain", "empty"),
        ("\x00\x00\x00", "text/plain", "no-article"),
        ("Advertisement\nShare\nTweet", "text/plain", "no-article"),
        ("<html><body></body></html>", "text/html", "no-article"),
        ("<html><script>let a = 'The army said on Monday that it left.'</script></html>", "text/html", "no-article"),
        ("<html><body><p>Please log in to continue reading this site.</p></body></html>", "text/html", "no-article"),
        ("<html><title>Just a moment...</title><p>Checking that you are human now.</p>", "text/html", "no-article"),
        (GERMAN * 3, "text/plain", "not-english"),
        (RUSSIAN, "text/plain", "not-english"),
        ("军方周一表示，其士兵炮击了该镇，造成九人死亡，另有数十人受伤。", "text/plain", "not-english"),
    ],
)
def test_nothing_to_read(data: str | bytes, media_type: str, code: str) -> None:
    found, problems = build(data, media_type)
    assert found is None
    assert [p.code for p in problems if p.fatal] == [code]
    assert all(p.message and p.cure and p.where for p in problems)


def test_language_is_named() -> None:
    _, problems = build("Die Armee teilte am Montag mit, dass ihre Soldaten die Stadt nicht beschossen hätten.")
    assert "German" in problems[-1].message


@pytest.mark.parametrize(
    "text", ["Taliban seize Kunduz", "Talks fail", "PM Modi visits Dhaka", SENTENCE, "TALIBAN SEIZE KUNDUZ AIRPORT"]
)
def test_short_english_is_read(text: str) -> None:
    found, problems = build(text)
    assert found is not None
    assert found.text == text
    assert codes(problems) == ["no-date"]


def test_no_date_says_what_stays_unresolved_and_how_to_mend_it() -> None:
    _, problems = build(SENTENCE)
    (problem,) = problems
    assert not problem.fatal
    assert "relative dates" in problem.message
    assert "--published" in problem.cure


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_given_outranks_the_page(media_type: str) -> None:
    page = HTML.format(f'<time class="published" datetime="2020-01-01">1 January 2020</time>{BODY}')
    text = "Army shells town\nJanuary 1, 2020\n" + "\n".join(PARAGRAPHS)
    found, problems = build(
        page if media_type == "text/html" else text,
        media_type,
        title="Army Shells Town",
        published="2021-08-09",
        source="Example Times",
        url="https://www.example.com/a",
    )
    assert found is not None
    assert problems == ()
    assert found.headline == "Army Shells Town"
    assert found.text.startswith(f"Army Shells Town\n\n{PARAGRAPHS[0]}")
    assert found.published is not None
    assert (found.published.value, found.published.how) == ("2021-08-09", "given")
    assert (found.publisher, found.url) == ("Example Times", "https://www.example.com/a")


def test_a_date_given_that_is_none() -> None:
    found, problems = build(SENTENCE, published="soon")
    assert found is not None
    assert codes(problems) == ["bad-date", "no-date"]


def test_the_address_tells_outlet_and_day_where_nothing_else_does() -> None:
    found, problems = build(SENTENCE, url="https://www.example.com/2021/08/09/army")
    assert found is not None
    assert problems == ()
    assert found.publisher == "example.com"
    assert found.published is not None
    assert (found.published.value, found.published.how) == ("2021-08-09", "url")


@pytest.mark.parametrize("separator", ["\n", "\n\n", "\r\n", "\r", "\u2028"])
@pytest.mark.parametrize("titled", [True, False])
def test_title_and_sentences_are_kept_in_order(separator: str, titled: bool) -> None:
    title = "Talks on dam end without accord"
    sentences = [
        "Ministers of three states ended two days of talks in Kinshasa without an accord on Tuesday.",
        'Egypt accused Ethiopia of "refusing everything".',
        "But time is short.",
        "A vote?",
        "No new date was set",
    ]
    found, _ = build(separator.join([title, *sentences]), **({"title": title} if titled else {}))
    assert found is not None
    assert found.text == "\n\n".join([title, *sentences])
    assert [span.text for span in found.paragraphs] == sentences
    assert found.furniture == ()


def test_text_is_headline_and_paragraphs_joined_by_blank_lines() -> None:
    found, _ = build("Army shells town\nBy Jane Roe\n" + "\n\n".join(PARAGRAPHS))
    assert found is not None
    assert found.text == "\n\n".join(["Army shells town", *PARAGRAPHS])
    assert found.headline_span is not None
    for span in (found.headline_span, *found.paragraphs, *found.highlights):
        assert found.text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("lines", "anchor"),
    [
        ("Updated: Aug 10, 2021\nKABUL, Aug 9 (Reuters) - ", "2021-08-09"),
        ("Published: Aug 8, 2021\nUpdated: Aug 10, 2021\nKABUL, Aug 9 (Reuters) - ", "2021-08-08"),
        ("Updated: Aug 10, 2021\n", "2021-08-10"),
        ("", None),
    ],
)
def test_anchor_date(lines: str, anchor: str | None) -> None:
    found, _ = build(f"Army shells town\n{lines}{SENTENCE}")
    assert found is not None
    assert found.anchor_date == anchor


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (SENTENCE.encode("utf-16"), None),
        (SENTENCE.encode("utf-16-le"), None),
        ("The café’s owner was held on Monday, the police of the town said.".encode("cp1252"), None),
        ("The café’s owner was held on Monday, ".encode() + "the naïve café said.".encode("cp1252"), "mixed-encoding"),
        ("The cafÃ©â€™s owner was held on Monday, the police of the town said.".encode(), "mojibake"),
    ],
)
def test_encodings(data: bytes, code: str | None) -> None:
    found, problems = build(data)
    assert found is not None
    assert [c for c in codes(problems) if c != "no-date"] == ([code] if code else [])
    assert "Ã" not in found.text
    assert "\ufffd" not in found.text


def test_long_texts_are_cut_at_a_paragraph_and_it_is_said() -> None:
    found, problems = build("\n".join([SENTENCE] * 200_000))
    assert found is not None
    assert found.text.endswith(SENTENCE)
    assert builder.MAX_TEXT * 0.99 < sum(len(span.text) for span in found.paragraphs) <= builder.MAX_TEXT
    assert codes(problems) == ["too-long", "no-date"]
    assert not any(problem.fatal for problem in problems)


def test_one_endless_line_is_cut_at_a_blank() -> None:
    found, problems = build(SENTENCE + " " + SENTENCE * 10_000)
    assert found is not None
    assert builder.MAX_TEXT - 100 < len(found.text) <= builder.MAX_TEXT
    assert codes(problems)[0] == "too-long"


def test_heavy_pages_are_lightened_before_they_are_cut() -> None:
    script = "<script>var a = 1;</script>" * 300_000
    found, problems = build(HTML.format(script + BODY), "text/html")
    assert found is not None
    assert [span.text for span in found.paragraphs] == PARAGRAPHS
    assert codes(problems) == ["no-date"]


def test_huge_pages_are_cut_and_it_is_said() -> None:
    filler = "".join(f"<p>{n} {SENTENCE}</p>" for n in range(20_000))
    assert len(filler) > markup.MAX_MARKUP
    found, problems = build(HTML.format(filler), "text/html")
    assert found is not None
    assert codes(problems)[0] == "too-long"


@pytest.mark.parametrize(
    "page",
    [
        HTML.format("<div>" * 3000 + BODY + "</div>" * 3000),
        "<script>" * 5000 + BODY,
        "<!--" * 5000 + BODY,
        "<" * 50_000 + BODY,
        HTML.format(BODY.replace("e", "e\x00")),
        HTML.format(f"<script type='application/ld+json'>{'[' * 50_000}</script>{BODY}"),
        HTML.format(f"<script type='application/ld+json'>{{'@type': 'NewsArticle', }}</script>{BODY}"),
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "cc">]><html><body>&b;' + BODY,
        "<table><tr><td>" * 100 + BODY,
        BODY,
        "<html><body><p>" + "<b>" * 2000 + " ".join(PARAGRAPHS),
        HTML.format("<p>&#0;&#xD800;&#x110000;&bogus;</p>" + BODY),
    ],
)
def test_hostile_markup_is_read_all_the_same(page: str) -> None:
    found, problems = build(page, "text/html")
    assert found is not None
    assert PARAGRAPHS[0] in found.text
    assert PARAGRAPHS[-1] in found.text
    assert not any(problem.fatal for problem in problems)


def test_what_the_parsers_raise_becomes_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.article import page

    def fail(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(page, "read_metadata", fail)
    found, problems = build(HTML.format(BODY), "text/html")
    assert found is not None
    assert PARAGRAPHS[0] in found.text
    assert codes(problems) == ["markup", "no-date"]
    assert "RecursionError" in problems[0].message


def test_pages_of_too_many_elements_are_read_as_text() -> None:
    crowd = "".join(f"<i>{n}</i>" for n in range(markup.MAX_ELEMENTS + 10))
    found, problems = build(HTML.format(crowd + BODY), "text/html")
    assert found is not None
    assert PARAGRAPHS[0] in found.text
    assert codes(problems) == ["markup", "no-date"]


def test_plain_text_needs_neither_parser_nor_detector() -> None:
    """Imports of a cold start: what only pages and doubtful languages need is not loaded for them."""
    import subprocess

    code = (
        "import sys; from dateline import article; from dateline.records import Document;"
        f"article.build(Document('d', {SENTENCE.encode()!r}, 'text/plain'));"
        "print([m for m in ('trafilatura', 'lxml', 'py3langid', 'charset_normalizer') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
