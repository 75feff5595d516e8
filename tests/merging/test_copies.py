"""Copies of one text: whole, edited, in part; whose they are; and what is none."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.merging.copies import Copies, find_copies
from dateline.merging.fingerprints import RUN, WINDOW, fingerprint, run_hashes, shared
from dateline.records import Article, Report, Span, Stamp

_WORDS = (
    "the governor of the border province told reporters on thursday that his men had held the bridge through the "
    "night although shells fell on both banks and two of the wounded died before a boat could reach them a spokesman "
    "for the rebels denied that they had fired first and spoke of an attack on a wedding in the village upstream "
    "where elders counted eleven graves aid workers who came by mule found the school burnt and the well full of "
    "stones they asked for tents and salt traders said the price of flour had doubled since the road was cut in "
    "spring and that nobody dared to cross the ford after dark the ministry promised an inquiry and sent a judge who "
    "has not yet arrived"
)
WORDS = _WORDS.split()
_OTHER = (
    "a court in the capital sentenced four customs officers to prison over a shipment of pumps that vanished between "
    "the harbour and a warehouse last winter their lawyers will appeal the judge read for an hour while families "
    "waited in the corridor and a clerk handed out water the pumps were meant for a dam that farmers in the south "
    "have wanted for years prosecutors believe that most of them were sold abroad within a week and that the papers "
    "were burnt in a stove"
)
OTHER = _OTHER.split()
RUBBISH = [f"word{n}" for n in range(400)]


def article(id_: str, words: list[str], publisher: str = "", day: str = "2021-07-14", **more: object) -> Article:
    text = " ".join(words)
    paragraphs = (Span.of(text, 0, len(text)),) if text else ()
    base = Article(id_, text, paragraphs=paragraphs, publisher=publisher or None, published=Stamp(day, "given", day))
    return replace(base, **more)  # type: ignore[arg-type]


ORIGINAL = article("wire", WORDS, "Wire Agency", "2021-07-14T06:00:00Z")


def kinds(copies: Copies) -> dict[str, str]:
    return {id_: copy.kind for id_, copy in copies.found.items()}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (WORDS, "exact"),
        ([w.upper() for w in WORDS], "exact"),
        ([*WORDS[:50], "meanwhile", *WORDS[51:]], "near"),
        (WORDS[:70], "near"),
        ([*OTHER, *WORDS[20:70]], "partial"),
        ([*WORDS, *RUBBISH], "partial"),
        (OTHER, None),
        ([*OTHER, *WORDS[:12]], None),
        ([], None),
    ],
)
def test_kinds(words: list[str], kind: str | None) -> None:
    found = find_copies([ORIGINAL, article("later", words, "Daily", "2021-07-14T09:00:00Z")])
    assert found.found.get("later") == (None if kind is None else found.found["later"])
    assert kinds(found) == ({} if kind is None else {"later": kind})
    assert "wire" not in found.found


def test_a_credit_makes_a_smaller_part_enough() -> None:
    words = [*OTHER, *RUBBISH[:60], *WORDS[:26]]
    plain = article("later", words, "Daily", "2021-07-15")
    assert kinds(find_copies([ORIGINAL, plain])) == {}
    credited = replace(plain, origin="with-agencies", furniture=("(With inputs from agencies)",))
    (copy,) = find_copies([ORIGINAL, credited]).found.values()
    assert (copy.kind, copy.original) == ("partial", "wire")
    assert copy.why.endswith("it has inputs from agencies")
    named = replace(plain, furniture=("Photograph: (Wire)",))
    assert find_copies([ORIGINAL, named]).found["later"].why.endswith("it names Wire")


def test_what_all_quote_is_no_copy() -> None:
    statement = " ".join(WORDS[:60])
    one = article("one", [*OTHER[:50], f"“{statement}”"], "Daily")
    other = article("other", [*RUBBISH[:50], f"“{statement}”"], "Post")
    assert find_copies([one, other]).found == {}


def test_the_earlier_one_is_the_original_whatever_its_zone() -> None:
    late = article("late", WORDS, "Daily", "2021-07-14T08:00:00+04:30")  # 03:30 in UTC
    (copy,) = find_copies([ORIGINAL, late]).found.values()
    assert (copy.article, copy.original) == ("wire", "late")


def test_agency_copies_are_one_source() -> None:
    own = article("own", OTHER, "Daily", "2021-07-16")
    copies = [article(f"c{n}", WORDS, f"Paper {n}", "2021-07-15") for n in range(3)]
    found = find_copies([ORIGINAL, own, *copies])
    sources = {a.id: found.source(report(a)) for a in (ORIGINAL, own, *copies)}
    assert set(sources.values()) == {"wire agency", "daily"}
    assert sources["own"] == "daily"
    assert {found.group(c.id) for c in copies} == {"wire"}


def test_of_a_partial_copy_the_copied_sentences_are_the_originals() -> None:
    mixed = article("mixed", [*OTHER, *WORDS[:50]], "Daily", "2021-07-15")
    found = find_copies([ORIGINAL, mixed])
    assert found.found["mixed"].kind == "partial"
    assert found.source(report(mixed, " ".join(WORDS[:30]))) == "wire agency"
    assert found.source(report(mixed, " ".join(OTHER[:30]))) == "daily"


def test_a_credit_alone_names_the_source() -> None:
    credited = article("a", OTHER, "Daily", origin="agency", agencies=("AFP",))
    assert find_copies([credited]).source(report(credited)) == "afp"
    nameless = article("b", RUBBISH)
    assert find_copies([nameless]).source(report(nameless)) == "b"


def report(article: Article, sentence: str = "") -> Report:
    text = sentence or article.text
    start = article.text.index(text)
    span = Span.of(article.text, start, start + len(text))
    trigger = Span.of(article.text, start, start + 4)
    return Report(f"rep_{article.id}", article.id, "ASSAULT", None, "occurred", trigger, span)


def test_the_order_of_arrival_does_not_matter() -> None:
    articles = [
        ORIGINAL,
        *(article(f"c{n}", WORDS[n:], "P", f"2021-07-{15 + n}") for n in range(4)),
        article("x", OTHER),
    ]
    expected = find_copies(articles).found
    for seed in range(5):
        shuffled = random.Random(seed).sample(articles, len(articles))
        assert find_copies(shuffled).found == expected


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 60), st.integers(0, 300), st.integers(RUN + WINDOW - 1, 40))
def test_a_long_enough_passage_is_always_met(start: int, at: int, length: int) -> None:
    passage = WORDS[start : start + length]
    one = fingerprint(article("one", passage + OTHER))
    other = fingerprint(article("other", [*RUBBISH[:at], *passage, *RUBBISH[at:]]))
    assert shared(one.sample, other.sample) > 0


def test_hashes_do_not_depend_on_the_process() -> None:
    assert (
        run_hashes("gunmen shot two guards dead today").tolist()
        == run_hashes("Gunmen shot two guards dead, today").tolist()
    )
    assert len(run_hashes("only four words here")) == 0
