"""Briefs: what they say is what reports say, with the source beside it, whatever the reports hold."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest

from dateline.export.brief import Brief, brief
from dateline.export.brief_html import page, runs, web_address
from dateline.export.brief_map import drawing, shapes, view_of
from dateline.export.brief_markdown import document, escaped
from dateline.export.brief_words import PHRASES, clean, named, number, span_name
from dateline.lexicon.plover import MODES, TYPES
from dateline.records import Happening, Party
from tests.merging.demo import FOLDER, demo
from tests.merging.samples import Told, happening, told

BOMB = told("Reds bombed Zenda, killing four.", "ASSAULT/explosives", trigger="bombed", who="Reds", whom="Zenda",
            place="Zenda", first="2021-08-03", killed=(4, 4))  # fmt: skip
MORE = told("The bomb of Reds in Zenda killed eight.", "ASSAULT/explosives", trigger="killed", who="Reds",
            place="Zenda", first="2021-08-03", published="2021-08-04", killed=(8, 8), outlet="Post")  # fmt: skip
LEAST = told("At least three died when Reds bombed Zenda.", "ASSAULT/explosives", trigger="bombed", who="Reds",
             place="Zenda", first="2021-08-03", published="2021-08-03", killed=(3, None), outlet="Radio")  # fmt: skip
BLUES = told("Blues bombed Zenda.", "ASSAULT/explosives", trigger="bombed", who="Blues", place="Zenda",
             first="2021-08-03", published="2021-08-05", outlet="Strelsau Post")  # fmt: skip
DENIAL = told("Reds denied that they bombed Zenda.", "ASSAULT/explosives", trigger="bombed", who="Reds",
              place="Zenda", status="negated", published="2021-08-04")  # fmt: skip
TALK = told("Blues criticised Reds in Strelsau.", "ACCUSE/disapprove", trigger="criticised", who="Blues",
            whom="Reds", place="Strelsau", published="2021-08-05")  # fmt: skip
WAR = told("Reds and Blues fought for Hentzau.", "ASSAULT", trigger="fought", who="Reds", whom="Blues",
           place="Hentzau", first="2021-07-01", last="2021-08-20", published="2021-08-20")  # fmt: skip
PLAN = told("Greens will leave Zenda by August 31.", "RETREAT/withdraw", trigger="leave", who="Greens",
            place="Zenda", time="by August 31", first="2021-08-31", published="2021-08-02",
            status="planned")  # fmt: skip
SEIZED = told("Reds seized Hentzau.", "COERCE/seize", trigger="seized", who="Reds", place="Hentzau",
              first="2021-07-15")  # fmt: skip
FOREIGN = told("Pinks met Browns.", "CONSULT", trigger="met", who="Pinks", whom="Browns", first="2021-08-03")


def made(*happenings: Happening, since: str = "2021-08-01", until: str = "2021-08-10") -> Brief:
    return brief(happenings, country="AUT", name="Ruritania", since=since, until=until)


def elsewhere(item: Told) -> Happening:
    found = happening(item)
    event = replace(
        found.event,
        actors=tuple(replace(p, country="XXX") for p in found.event.actors),
        recipients=tuple(replace(p, country="XXX") for p in found.event.recipients),
    )
    return replace(found, event=event)


ALL = (happening(BOMB, MORE, DENIAL), *map(happening, (TALK, WAR, PLAN, SEIZED)), elsewhere(FOREIGN))


class Reader(HTMLParser):
    """Takes a page apart: tags with attributes, the visible text, and whether every element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def having(self, name: str) -> list[str]:
        return [value or "" for _, attributes in self.tags for key, value in attributes.items() if key == name]


def test_events_stand_under_their_days() -> None:
    found = made(*ALL)
    titles = {day.day: [i.title.text for i in day.items] for day in found.days}
    assert titles == {
        "2021-08-03": ["Bombing by Reds of Zenda"],
        "2021-08-05": ["Criticism by Blues of Reds, Strelsau"],
    }
    assert [i.title.text for i in found.longer] == ["Attack or fighting by Reds against Blues, Hentzau"]
    assert found.days[1].items[0].when == "day not told, reported 5 August 2021"


def test_a_town_and_its_district_are_one_point() -> None:
    place = BOMB.report.places[0]
    near = replace(BLUES.report.places[0], lat=(place.lat or 0.0) + 0.001, lon=place.lon)
    moved = replace(BLUES, report=replace(BLUES.report, places=(near,)))
    assert [(p.events, p.deadly) for p in made(happening(BOMB), happening(moved)).points] == [(2, 1)]


def test_nobody_does_it_to_himself_in_a_title() -> None:
    same = told("Reds accused Reds.", "ACCUSE", trigger="accused", who="Reds", whom="Reds", first="2021-08-03")
    titles = [i.title.text for d in made(happening(same)).days for i in d.items]
    assert [title.count("Reds") for title in titles] == [1]


def test_only_the_country_and_the_period() -> None:
    assert made(elsewhere(FOREIGN)).empty
    assert not made(happening(BOMB), since="2021-08-03", until="2021-08-03").empty
    assert made(happening(BOMB), since="2021-08-04").days == ()
    assert made(happening(BOMB), since="2021-07-01", until="2021-08-02").empty


def test_tolls_are_ranges_with_each_value_and_its_sources() -> None:
    (item,) = made(happening(BOMB, MORE)).items
    (toll,) = item.tolls
    assert (toll.of, toll.low, toll.high, toll.disputed) == ("killed", 4, 8, True)
    assert [(v.text, len(v.sources)) for v in toll.values] == [("4", 1), ("8", 1)]


def test_a_smaller_number_beside_a_larger_is_a_part_of_it() -> None:
    both = replace(BOMB.report, counts=(*BOMB.report.counts, replace(BOMB.report.counts[0], low=2, high=2)))
    (item,) = made(happening(replace(BOMB, report=both))).items
    assert [(t.low, t.high, t.disputed) for t in item.tolls] == [(4, 4, False)]


def test_numbers_that_fit_each_other_are_not_in_dispute() -> None:
    (item,) = made(happening(BOMB, LEAST)).items
    assert [(v.text) for v in item.tolls[0].values] == ["at least 3", "4"]
    assert not item.disputed


def test_denials_and_rival_claims_are_disputes() -> None:
    found = made(happening(BOMB, BLUES, DENIAL))
    (item,) = found.disputed
    assert [d.text for d in item.denials] == ["Reds denied that they bombed Zenda."]
    assert [r.text for r in item.rivals] == ["Blues", "Reds"]


def test_what_is_only_denied_did_not_happen() -> None:
    found = made(happening(DENIAL))
    assert found.items == ()
    assert [i.title.text for i in found.denied] == ["Bombing by Reds, Zenda (Strelsau)"]


def test_announced_until_it_comes_about() -> None:
    came = told("Greens left Zenda.", "RETREAT/withdraw", trigger="left", who="Greens", place="Zenda",
                first="2021-08-09")  # fmt: skip
    assert [(i.title.text, i.when) for i in made(happening(PLAN)).announced] == [
        ("Withdrawal of Greens, Zenda (Strelsau)", "31 August 2021")
    ]
    assert made(happening(came, PLAN)).announced == ()
    assert made(happening(PLAN), until="2021-08-31").announced == ()


def test_the_situation_at_the_end_is_told_with_the_states_of_before() -> None:
    assert [(line.text.text, line.since) for line in made(happening(SEIZED), since="2021-08-01").lines] == [
        ("Hentzau: held by Reds", "15 July 2021")
    ]


def test_who_is_counted() -> None:
    found = made(*ALL)
    assert {(t.names, t.events, t.conflict) for t in found.actors} == {(("Reds",), 2, 2), (("Blues",), 1, 1)}
    assert (("Reds", "Blues"), 1) in {(t.names, t.events) for t in found.dyads}


def numbers_cited(found: Brief) -> set[int]:
    items = (*found.items, *found.disputed, *found.denied, *found.announced)
    said = [s for i in items for s in (i.title, i.quote, *i.denials, *i.rivals)]
    said += [v for i in items for t in i.tolls for v in t.values]
    return {n for s in said if s for n in s.sources} | {n for x in found.lines for n in (*x.text.sources, *x.against)}


def test_every_sentence_has_sources_and_every_source_is_used() -> None:
    found = made(*ALL)
    assert numbers_cited(found) == {s.number for s in found.sources}
    assert [s.number for s in found.sources] == list(range(1, len(found.sources) + 1))
    sentences = {clean(a.report.sentence.text) for h in ALL for a in h.accounts}
    assert all(s.quote in sentences and s.outlet and s.headline and s.day for s in found.sources)
    assert all(i.title.sources and i.quote and i.quote.sources for i in found.items)


def test_sources_are_numbered_as_they_are_read() -> None:
    seen = [n for item in made(*ALL).items for n in item.title.sources]
    assert seen == sorted(seen)


@pytest.mark.parametrize("made_of", [(), (elsewhere(FOREIGN),)])
def test_an_empty_period_says_so(made_of: Iterable[Happening]) -> None:
    found = made(*made_of)
    words = "No report of this casebook tells of an event in Ruritania"
    assert words in page(found, "made")
    assert words in "\n".join(document(found, "made"))
    assert "Sources" not in "".join(Reader(page(found, "made")).texts)


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style><svg onload=alert(1)>",
    "[click](javascript:alert(1)) ![x](http://evil.example/x.png)",
    "| a | b | `code` **bold** <b>b</b> &lt;i&gt;",
    "\u202eedirrevo\u202c \x00 \x1b[31m",
    "# heading\n\n- list\n\n---",
    "http://evil.example www.evil.example",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_text_of_others_stays_text(words: str) -> None:
    item = told(f"Reds bombed Zenda {words}.", "ASSAULT/explosives", trigger="bombed", who="Reds", place="Zenda",
                first="2021-08-03", headline=words, outlet=words)  # fmt: skip
    evil = replace(item.report.actors[0], name=words)
    one = happening(replace(item, report=replace(item.report, actors=(evil,))))
    found = made(replace(one, accounts=(replace(one.accounts[0], url=f"javascript:{words}"),)))
    plain = Reader(page(made(happening(BOMB)), "made"))
    read = Reader(page(found, words))
    assert read.open == []
    assert {tag for tag, _ in read.tags} <= {tag for tag, _ in plain.tags}
    assert not [key for _, attributes in read.tags for key in attributes if key.startswith("on")]
    assert clean(words) in " ".join("".join(read.texts).split())
    assert not re.search("[\x00-\x08\x1b\u202a-\u202e]", page(found, words))
    assert all(href.startswith("#") for href in read.having("href"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("<b>&amp;", r"\<b\>&amp;amp;"),
        ("[a](b)", r"\[a\](b)"),
        ("*x* _y_ `z`", r"\*x\* \_y\_ \`z\`"),
        ("a | b\n# c", r"a \| b \# c"),
        ("see http://x.example or www.x.example", r"see http\://x.example or www\.x.example"),
        ("user@x.example $1$", r"user\@x.example \$1\$"),
        ("a\\b", r"a\\b"),
    ],
)
def test_markdown_escapes(words: str, expected: str) -> None:
    assert escaped(words) == expected


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://news.example.com/a?b=c&d=1", True),
        ("http://news.example.com", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://", False),
        ('https://x.example/"onclick', False),
        ("https://x.example/a b", False),
        ("http://[::1", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_become_links(url: str | None, good: bool) -> None:
    assert (web_address(url) == url and url is not None) is good


def test_the_page_asks_nothing_of_anyone() -> None:
    text = page(made(*ALL), "made")
    read = Reader(text)
    assert {tag for tag, _ in read.tags} & {"script", "link", "img", "iframe", "object", "form", "base"} == set()
    assert read.having("src") == read.having("style") == []
    css = re.search(r"<style>(.*?)</style>", text, re.S)
    assert css
    assert "url(" not in css[1]
    assert "@import" not in css[1]
    digest = base64.b64encode(hashlib.sha256(css[1].encode()).digest()).decode()
    policy = next(a["content"] for _, a in read.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_the_page_can_be_walked() -> None:
    read = Reader(page(made(*ALL), "made"))
    ids = read.having("id")
    assert len(ids) == len(set(ids))
    assert {h[1:] for h in read.having("href") if h.startswith("#")} <= set(ids)
    assert set(read.having("aria-labelledby")) <= set(ids)
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    assert ("html", {"lang": "en"}) in read.tags


def test_markdown_and_page_say_the_same() -> None:
    found = made(*ALL)
    markdown = "\n".join(document(found, "made"))
    shown = "".join(Reader(page(found, "made")).texts)
    for source in found.sources:
        assert escaped(source.quote) in markdown
        assert source.quote in shown
    for item in found.items:
        assert escaped(item.title.text) in markdown
        assert item.title.text in shown


def test_outlines() -> None:
    data = files("dateline.export").joinpath("data", "outlines.json").read_bytes()
    assert len(data) < 300_000
    assert "public domain" in json.loads(data)["source"]
    codes = [s.code for s in shapes() if s.code]
    assert len(set(codes)) > 230
    assert all(ring[0] == ring[-1] and len(ring) >= 3 for s in shapes() for ring in s.rings)


@pytest.mark.parametrize("country", ["AFG", "CHL", "FJI", "FRA", "MDV", "NOR", "RUS", "USA", "VAT"])
def test_every_sort_of_country_fits_the_page(country: str) -> None:
    view = view_of(country, ())
    assert view is not None
    assert 250 <= view.height <= 530
    made_map = drawing(country, country, ())
    assert made_map is not None
    assert len(made_map[0].text) < 150_000


def test_a_country_without_outline_is_placed_by_its_points() -> None:
    found = made(*ALL)
    assert {p.name for p in found.points} == {"Zenda", "Strelsau", "Hentzau"}
    svg = drawing("XXX", "Ruritania", found.points)
    assert svg is not None
    assert svg[1] == 0
    assert svg[0].text.count("<circle") == 3
    assert drawing("XXX", "Ruritania", ()) is None


def test_a_point_lies_where_it_should() -> None:
    view = view_of("AFG", ())
    assert view is not None
    kabul, herat = view.at(69.17, 34.53), view.at(62.2, 34.35)
    assert herat[0] < kabul[0]
    assert herat[1] > kabul[1]
    assert view.holds(69.17, 34.53)
    assert not view.holds(51.5, 25.3)


def test_every_type_and_mode_has_words() -> None:
    wanted = {*TYPES, *(f"{t}/{m}" for t, modes in MODES.items() for m in modes)}
    left = {key for key in wanted if key not in PHRASES and key.split("/")[0] not in PHRASES}
    assert left == set()
    assert set(PHRASES) <= wanted
    assert all(phrase.count("|") == 2 for phrase in PHRASES.values())


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2021-08-03", "2021-08-03", "3 August 2021"),
        ("2021-08-03", "2021-08-05", "3–5 August 2021"),
        ("2021-07-30", "2021-08-05", "30 July – 5 August 2021"),
        ("2020-12-30", "2021-01-02", "30 December 2020 – 2 January 2021"),
        (None, "2021-08-05", "by 5 August 2021"),
        ("2021-08-05", None, "from 5 August 2021"),
        (None, None, "day not told"),
    ],
)
def test_days_in_words(first: str | None, last: str | None, words: str) -> None:
    assert span_name(first, last) == words


def test_small_words() -> None:
    assert [number(*b) for b in ((4, 4), (4, 8), (4, None), (None, 8), (None, None), (1200, 1200))] == [
        "4", "4 to 8", "at least 4", "at most 8", "some", "1,200",
    ]  # fmt: skip
    assert named([Party("Ada"), Party("Bo"), Party("Cy"), Party("Di"), Party("170")]) == "Ada, Bo, Cy and 1 more"
    assert named([Party("Two men"), Party("Taliban")]) == "two men and Taliban"
    assert runs((1, 2, 3, 5, 6, 9)) == [(1, 3), (5, 5), (6, 6), (9, 9)]


@pytest.mark.skipif(not FOLDER.exists(), reason="the corpus is not in this checkout")
def test_the_summer_of_2021() -> None:
    found = brief(demo().happenings, country="AFG", name="Afghanistan", since="2021-08-01", until="2021-08-31")
    assert "Suicide attack by Islamic State Khorasan, Kabul" in [i.title.text for i in found.disputed]
    assert ("Kandahar", True) in {(p.name, p.inside) for p in found.points}
    assert "Herat: held by Taliban" in [line.text.text for line in found.lines]
    assert numbers_cited(found) == {s.number for s in found.sources}
    assert Reader(page(found, "made")).open == []
