"""Counts: minimal pairs of wording, kinds, and odd input."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.records import Span
from dateline.resolving.counts import bounds_of, read_count
from dateline.resolving.numbers import find_number, whole


def _span(text: str, quote: str) -> Span:
    start = text.index(quote)
    return Span.of(text, start, start + len(quote))


@pytest.mark.parametrize(
    ("quote", "low", "high"),
    [
        ("46 soldiers", 46, 46),
        ("at least 46 soldiers", 46, None),
        ("270,000 people", 270_000, 270_000),
        ("more than 1,270,000", 1_270_000, None),
        ("twice", 2, 2),
        ("no fewer than 13 people, including two children", 13, None),
        ("no more than 13 people", None, 13),
        ("not less than 5 guards", 5, None),
        ("more than 1,200", 1200, None),
        ("over 1.200 people", 1200, None),
        ("fewer than 20 rebels", None, 19),
        ("up to 300 fighters", None, 300),
        ("as many as 40", None, 40),
        ("nearly two million people", None, 2_000_000),
        ("about 50 people", 50, 50),
        ("between 10 and 15 villagers", 10, 15),
        ("10-15 villagers", 10, 15),
        ("10 to 15 million people", 10_000_000, 15_000_000),
        ("two or three guards", 2, 3),
        ("13 or more", 13, None),
        ("13+ dead", 13, None),
        ("2.5 million", 2_500_000, 2_500_000),
        ("1.9m people", 1_900_000, 1_900_000),
        ("3 lakh people", 300_000, 300_000),
        ("sixty-five others", 65, 65),
        ("three hundred and five recruits", 305, 305),
        ("two hundred thousand", 200_000, 200_000),
        ("a dozen policemen", 12, 12),
        ("two dozen policemen", 24, 24),
        ("half a million people", 500_000, 500_000),
        ("half a dozen", 6, 6),
        ("dozens", 24, None),
        ("scores of civilians", 40, None),
        ("hundreds of thousands of people", 200_000, None),
        ("tens of thousands", 20_000, None),
        ("more than a dozen", 12, None),
        ("several officers", 3, None),
        ("several hundred officers", 200, None),
        ("a few thousand people", 2000, None),
        ("more than £4.7bn", 4_700_000_000, None),
        ("almost US$3 million", None, 3_000_000),
        ("from 20 to 30 people", 20, 30),
        ("20 and 30 people", 20, 20),
        ("exactly 20 people", 20, 20),
        ("some 1,700 people", 1700, 1700),
        ("in excess of 70 people", 70, None),
        ("a group of 15 men", 15, 15),
        ("a man of 34", 1, 1),
        ("13 or fewer people", None, 13),
        ("upwards of 70 people", 70, None),
        ("at most 70 people", None, 70),
        ("no more than a dozen", None, 12),
        ("a pair of guards", 2, 2),
        ("a handful of guards", 3, None),
        ("a couple of guards", 2, 2),
        ("thirteen people", 13, 13),
        ("one in three villagers", 1, 1),
        ("zero casualties", 0, 0),
        ("none of the crew", 0, 0),
        ("a soldier", 1, 1),
        ("a 34-year-old protester", 1, 1),
        ("the commander", 1, 1),
        ("nobody", 0, 0),
        ("no civilians", 0, 0),
        ("both pilots", 2, 2),
        ("five of the six crew", 5, 5),
        ("1st Battalion's commander", 1, 1),
    ],
)
def test_bounds(quote: str, low: int | None, high: int | None) -> None:
    assert bounds_of(Span.of(quote, 0, len(quote)), quote) == (low, high)


@pytest.mark.parametrize("quote", ["civilians", "the army", "people", "many", "???", "الجنود"])
def test_no_number(quote: str) -> None:
    assert bounds_of(Span.of(quote, 0, len(quote)), quote) in (None, (1, 1), (2, None))
    if quote in ("civilians", "the army", "people"):
        assert bounds_of(Span.of(quote, 0, len(quote)), quote) is None


def test_words_before_the_span_count() -> None:
    text = "Rebels killed at least 46 soldiers."
    assert bounds_of(_span(text, "46 soldiers"), text) == (46, None)
    assert bounds_of(_span(text, "soldiers"), text) == (46, None)


def test_particle_verb_is_no_bound() -> None:
    text = "The group handed over 55 prisoners."
    assert bounds_of(_span(text, "55 prisoners"), text) == (55, 55)


@pytest.mark.parametrize(
    ("text", "quote", "trigger", "kind"),
    [
        ("A blast killed 12 people and wounded 30.", "12 people", "blast", "killed"),
        ("A blast killed 12 people and wounded 30.", "30", "blast", "injured"),
        ("The raid left four dead.", "four", "raid", "killed"),
        ("Police arrested 20 marchers.", "20 marchers", "arrested", "detained"),
        ("Rebels freed 9 captives.", "9 captives", "freed", "released"),
        ("Shelling drove 3,000 people from their homes.", "3,000 people", "Shelling", "displaced"),
        ("Six miners were missing after the raid.", "Six miners", "raid", "missing"),
        ("The alliance will send 500 soldiers to the border.", "500 soldiers", "send", "troops"),
        ("The army fired 30 rockets, killing five.", "30 rockets", "fired", "other"),
        ("The donor gave $20 million.", "$20 million", "gave", "other"),
    ],
)
def test_kind(text: str, quote: str, trigger: str, kind: str) -> None:
    count = read_count(_span(text, quote), _span(text, trigger), text)
    assert count is not None
    assert count.of == kind
    assert text[count.start : count.end] == count.text


@pytest.mark.parametrize(
    ("text", "quote", "trigger", "mode", "kind"),
    [
        ("The rebels let 53 of the prisoners go home.", "53", "let", "release", "released"),
        ("The rebels let 53 of the prisoners go home.", "53", "let", None, "detained"),
        ("Officers took 20 of the crowd with them.", "20", "took", "arrest", "detained"),
        ("Officers took 20 of the crowd with them.", "20", "took", None, "other"),
        ("The state sent 850 to the border.", "850", "sent", "troops", "troops"),
        ("The state sent 850 tanks to the border.", "850 tanks", "sent", "troops", "other"),
        ("A blast killed 12 as police made arrests.", "12", "blast", "arrest", "killed"),
    ],
)
def test_the_mode_tells_where_words_do_not(text: str, quote: str, trigger: str, mode: str | None, kind: str) -> None:
    count = read_count(_span(text, quote), _span(text, trigger), text, mode)
    assert count is not None
    assert count.of == kind


@pytest.mark.parametrize(
    ("text", "quote", "trigger", "mode", "event_type", "kind"),
    [
        ("Hundreds marched after the arrest of a singer.", "Hundreds", "marched", "demo", "PROTEST", "other"),
        ("The riot left five people dead.", "five people", "riot", "riot", "PROTEST", "killed"),
        ("Two inmates held in the north refused food.", "Two inmates", "refused food", "hunger", "PROTEST", "other"),
        ("The truce lets 40 trucks into the camp of the displaced.", "40", "lets", None, "AID", "other"),
        ("A school shelters 900 refugees.", "900 refugees", "shelters", None, "AID", "displaced"),
        ("Some 900 soldiers train with the neighbour.", "900 soldiers", "train", None, "COOPERATE", "troops"),
        ("A court jailed ten captured fighters.", "ten", "jailed", "convict", "SANCTION", "other"),
        ("Ten thousand people crossed the border.", "Ten thousand", "crossed", "expel", "SANCTION", "displaced"),
        ("Raids drove 90,000 from their homes.", "90,000", "drove", "expel", "SANCTION", "displaced"),
        ("Paris sent three diplomats home.", "three", "sent", "expel", "SANCTION", "other"),
        ("The state flew in 34 constables.", "34", "flew in", "police", "MOBILIZE", "troops"),
        ("Three men were stabbed to death.", "Three men", "stabbed", "primitive", "ASSAULT", "killed"),
    ],
)
def test_the_type_tells_whose_people_are_no_victims(
    text: str, quote: str, trigger: str, mode: str | None, event_type: str, kind: str
) -> None:
    count = read_count(_span(text, quote), _span(text, trigger), text, mode, event_type)
    assert count is not None
    assert count.of == kind


def test_whole_refuses_fractions_and_absurd_lengths() -> None:
    assert whole("1,200") == 1200
    assert whole("2.5") is None
    assert whole("9" * 400) is None


@given(st.text(min_size=1, max_size=120), st.data())
def test_never_raises(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span.of(text, start, end)
    count = read_count(span, span, text)
    assert count is None or count.low is None or count.low >= 0
    find_number(text)


@given(st.text("0123456789,.- dozentuhrmikf", min_size=1, max_size=60))
def test_never_raises_on_number_like_text(text: str) -> None:
    span = Span.of(text, 0, len(text))
    count = read_count(span, span, text)
    assert count is None or count.low is None or count.high is None or count.low <= count.high
