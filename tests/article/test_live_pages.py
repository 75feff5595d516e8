"""Titles of the posts of a live page stand in the text, wherever the page keeps them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.article.page import read_page

Layout = Callable[[str, str], str]
LAYOUTS: dict[str, Layout] = {
    "plain": lambda title, body: f"<h2>{title}</h2>{body}",
    "sections": lambda title, body: f"<section class='post'><h2>{title}</h2><time>10:00</time>{body}</section>",
    "links": lambda title, body: f"<div class='post'><h3><a href='/post'>{title}</a></h3>{body}</div>",
    "boxes": lambda title, body: (
        f"<div class='liveblog-post'><div class='post-head'><h2>{title}</h2></div>"
        f"<div class='post-content'>{body}</div></div>"
    ),
}


def posts(numbers: range, layout: Layout) -> str:
    """A live page; its posts have two paragraphs each."""
    told = "the convoy had crossed the river by noon, and its trucks reached the depot in Ruritania before dark."
    made = (
        layout(f"Bridge {n} is open again", f"<p>Officials at bridge {n} said {told}</p><p>Post {n}: {told}</p>")
        for n in numbers
    )
    return f"<html><body><article><h1>Flood in Ruritania, live</h1>{''.join(made)}</article></body></html>"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_titles_stand_above_their_posts(layout: str) -> None:
    draft = read_page(posts(range(2, 7), LAYOUTS[layout]))
    assert draft is not None
    for n in range(3, 7):
        at = draft.paragraphs.index(f"Bridge {n} is open again")
        assert draft.paragraphs[at + 1].startswith(f"Officials at bridge {n} said")
        assert draft.paragraphs.count(f"Bridge {n} is open again") == 1


def test_a_heading_or_two_are_left_as_extraction_has_them() -> None:
    draft = read_page(posts(range(2, 4), LAYOUTS["boxes"]))
    assert draft is not None
    assert not any(text.startswith("Bridge") for text in draft.paragraphs)


def test_headings_beside_the_body_stay_out() -> None:
    aside = "<aside><h2>Read this as well today</h2><p>A teaser of another report, of some length.</p></aside>"
    draft = read_page(posts(range(2, 7), LAYOUTS["plain"]).replace("</article>", f"</article>{aside * 4}"))
    assert draft is not None
    assert not any("Read this" in text for text in draft.paragraphs)
