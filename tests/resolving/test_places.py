"""Places: names in their article, parts and distances, what the gazetteer lacks, odd input."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.lexicon.gazetteer import Gazetteer
from dateline.records import PlaceRef, Span
from dateline.resolving.place_scene import distance_km
from dateline.resolving.place_words import clean, readings
from dateline.resolving.places import FEATURES, WEIGHTS, PlaceResolver

AFGHAN = (
    "KABUL: Fighters took Spin Boldak, Kandahar province, and the southern province of Helmand. Shelling was heard "
    "near Kunduz and 20 km north of Kunduz. The Nawa Pass border crossing and Kandahar city fell, as did Zzyzxabad in "
    "Helmand. Officials in the capital said northern Afghanistan was calm. Foobarqux is far away."
)
AMERICAN = (
    "PARIS, Texas: A march in Dallas and Fort Worth passed off quietly, the sheriff of Lamar County, Texas, said."
)


@pytest.fixture(scope="module")
def resolver() -> PlaceResolver:
    return PlaceResolver.load()


def _resolve(resolver: PlaceResolver, text: str, quote: str) -> PlaceRef:
    start = text.index(quote)
    return resolver.resolve(Span.of(text, start, start + len(quote)), text)


@pytest.mark.parametrize(
    ("quote", "geonameid", "country", "precision"),
    [
        ("KABUL", 1138958, "AFG", "town"),
        ("Kandahar province", 1138335, "AFG", "admin1"),
        ("the southern province of Helmand", 1140043, "AFG", "admin1"),
        ("Kandahar city", 1138336, "AFG", "town"),
        ("near Kunduz", 1135690, "AFG", "town"),
        ("the capital", 1138958, "AFG", "town"),
    ],
)
def test_names(resolver: PlaceResolver, quote: str, geonameid: int, country: str, precision: str) -> None:
    found = _resolve(resolver, AFGHAN, quote)
    assert found.country == country
    assert found.precision == precision
    assert found.text == quote
    assert found.why
    if precision != "town" or quote != "near Kunduz":
        assert found.geonameid == geonameid


def test_containment_decides_between_namesakes(resolver: PlaceResolver) -> None:
    assert _resolve(resolver, AMERICAN, "PARIS").geonameid == 4717560
    text = "The minister flew to Paris after talks in Lyon and Marseille."
    found = _resolve(resolver, text, "Paris")
    assert found.geonameid == 2988507
    assert found.alternatives == tuple(sorted(found.alternatives, key=lambda a: -a.score))
    assert len(found.alternatives) <= 3


def test_distance_moves_the_point(resolver: PlaceResolver) -> None:
    at, moved = _resolve(resolver, AFGHAN, "near Kunduz"), _resolve(resolver, AFGHAN, "20 km north of Kunduz")
    assert at.lat is not None
    assert at.lon is not None
    assert moved.lat is not None
    assert moved.lon is not None
    assert distance_km(at.lat, at.lon, moved.lat, moved.lon) == pytest.approx(20, abs=0.5)
    assert moved.lat > at.lat
    assert moved.geonameid is None
    assert "20 km" in moved.why


def test_part_of_a_country_is_a_region(resolver: PlaceResolver) -> None:
    part = _resolve(resolver, AFGHAN, "northern Afghanistan")
    assert part.precision == "region"
    assert part.country == "AFG"
    assert part.lat is not None
    assert part.lat > 33


def test_border_crossing_of_our_table(resolver: PlaceResolver) -> None:
    assert _resolve(resolver, AFGHAN, "Nawa Pass border crossing").precision == "exact"


def test_unknown_place_falls_back_to_the_place_around_it(resolver: PlaceResolver) -> None:
    found = _resolve(resolver, AFGHAN, "Zzyzxabad")
    assert found.geonameid == 1140043
    assert "not in the gazetteer" in found.why
    assert found.score is not None
    assert found.score < 0.6


@pytest.mark.parametrize(
    ("text", "quote", "name"),
    [
        ("Police in Nairobi closed Moscow Street after a blast.", "Moscow Street", "Nairobi"),
        ("A bomb went off on London Road in Nairobi, Kenya.", "London Road", "Nairobi"),
        ("A bomb went off on Paris Avenue in Tunis.", "Paris Avenue", "Tunis"),
        ("A bomb went off on Paris Avenue in Tunis.", "Paris", "Tunis"),
        ("Crowds filled Baghdad Street in Damascus.", "Baghdad Street", "Damascus"),
        ("A bomb went off on London Road.", "London Road", None),
    ],
)
def test_a_street_is_not_the_town_it_is_called_after(
    resolver: PlaceResolver, text: str, quote: str, name: str | None
) -> None:
    found = _resolve(resolver, text, quote)
    assert found.name == name
    assert "street" in found.why
    assert (found.score or 0.0) <= 0.5


def test_a_road_that_leads_to_a_town_is_not_surely_there(resolver: PlaceResolver) -> None:
    found = _resolve(resolver, "Tribesmen blocked the Baghdad highway.", "the Baghdad highway")
    assert found.name == "Baghdad"
    assert found.score is not None
    assert found.score <= 0.5
    assert (found.radius_km or 0.0) >= 50


@pytest.mark.parametrize(
    ("text", "quote", "name", "precision"),
    [
        ("Fighters took Zzqaria, Kandahar, Afghanistan.", "Zzqaria", "Kandahar", "admin1"),
        ("Fighters took Zzqaria village in Kunduz.", "Zzqaria village", "Kunduz", "admin1"),
        ("Fighters took Zzqaria, a village in Idlib.", "Zzqaria", "Idlib", "admin1"),
        ("Fighters took the village of Zzqaria in Homs.", "the village of Zzqaria in Homs", "Homs", "admin1"),
        ("Fighters took Zzqaria in Kandahar's Qqjwai district.", "Zzqaria", "Kandahar", "admin1"),
        ("Fighters took Zzqaria village near Kunduz.", "Zzqaria village", "Kunduz", "town"),
        ("Doctors left Zzqaria hospital in Homs.", "Zzqaria hospital", "Homs", "town"),
        ("Doctors left Zzqaria in Cairo.", "Zzqaria", "Cairo", "town"),
    ],
)
def test_a_village_that_the_gazetteer_lacks_is_in_the_division(
    resolver: PlaceResolver, text: str, quote: str, name: str, precision: str
) -> None:
    found = _resolve(resolver, text, quote)
    assert found.precision == precision
    assert "not in the gazetteer" in found.why
    assert found.score is not None
    assert found.score <= 0.5
    assert found.name == name


@pytest.mark.parametrize(
    ("words", "lies"),
    [("into Pakistan", None), ("off Pakistan", None), ("in Pakistan", "PAK"), ("inside Pakistan", "PAK")],
)
def test_what_leads_into_a_country_does_not_lie_in_it(resolver: PlaceResolver, words: str, lies: str | None) -> None:
    text = f"Fighters seized the Afghan town of Spin Boldak and its crossing {words} on Wednesday."
    assert _resolve(resolver, text, "its crossing").country == lies


def test_the_next_line_says_nothing_of_where_a_headline_s_town_lies(resolver: PlaceResolver) -> None:
    found = _resolve(resolver, "Kunduz falls: third Afghan city in three days\n\nThe city fell.", "third Afghan city")
    assert found.country in (None, "AFG")


def test_a_village_beside_a_town_without_a_division_lies_around_it(resolver: PlaceResolver) -> None:
    found = _resolve(resolver, "Fighters took Zzqaria, a village in Palmyra.", "Zzqaria")
    assert found.precision == "admin2"
    assert found.radius_km == 30.0
    assert "surroundings" in found.why


def test_a_compass_word_is_no_division_of_a_far_country(resolver: PlaceResolver) -> None:
    text = "Fighters who hold Kabul moved on. They took western and northern regions, mainly villages."
    found = _resolve(resolver, text, "western and northern regions")
    assert found.lat is None
    assert found.why


def test_the_end_of_a_longer_name_is_its_place(resolver: PlaceResolver) -> None:
    text = "Fighters took Spin Boldak, Kandahar province. From Boldak they went on to Quetta."
    start = text.rindex("Boldak")
    found = resolver.resolve(Span.of(text, start, start + 6), text)
    assert found.geonameid == _resolve(resolver, text, "Spin Boldak").geonameid
    assert "Spin Boldak" in found.why


def test_a_small_namesake_where_nothing_else_is_named_is_not_meant(resolver: PlaceResolver) -> None:
    text = "Pakistan sheltered soldiers at Arandu, and opened Chaman to lorries, officials in Peshawar said."
    found = _resolve(resolver, text, "Arandu")
    assert (found.country, found.lat) == (None, None)
    assert "BRA" in found.why
    assert _resolve(resolver, "Police from Brasília searched Arandu, in Brazil.", "Arandu").country == "BRA"


def test_words_that_begin_a_sentence_are_no_places(resolver: PlaceResolver) -> None:
    text = "The talks in Kabul ended. Most delegates left. Police said so. May was calm. For now, no one is hurt."
    bare = resolver.country_prior([], "Talks in Kabul ended.")
    assert resolver.country_prior([], text) == pytest.approx(bare)


def test_unknown_place_stays_unresolved(resolver: PlaceResolver) -> None:
    found = _resolve(resolver, AFGHAN, "Foobarqux")
    assert (found.lat, found.lon, found.name, found.precision) == (None, None, None, None)
    assert found.why


@pytest.mark.parametrize("name", ["Turkey", "Jordan", "Lebanon", "Chad", "Mali", "Cuba", "Peru", "Poland", "Mexico"])
def test_country_names_mean_the_country(resolver: PlaceResolver, name: str) -> None:
    found = _resolve(resolver, f"Talks were held in {name}, in Ohio and in Texas.", name)
    assert found.precision == "country"


def test_georgia_is_told_by_the_article(resolver: PlaceResolver) -> None:
    assert _resolve(resolver, "Police in Atlanta, Georgia, and in Savannah said so.", "Georgia").country == "USA"
    assert _resolve(resolver, "Police in Tbilisi, Georgia, and in Batumi said so.", "Georgia").country == "GEO"


def test_country_prior_sums_to_one(resolver: PlaceResolver) -> None:
    prior = resolver.country_prior(["Kunduz"], AFGHAN)
    assert sum(prior.values()) == pytest.approx(1, abs=1e-6)
    assert max(prior, key=lambda c: prior[c]) == "AFG"


def test_country_prior_is_heard(resolver: PlaceResolver) -> None:
    text = "A bomb went off in Tripoli."
    span = Span.of(text, 19, 26)
    assert resolver.resolve(span, text, country_prior={"LBN": 1.0}).country == "LBN"
    assert resolver.resolve(span, text, country_prior={"LBY": 1.0}).country == "LBY"


def test_demonym_is_its_country(resolver: PlaceResolver) -> None:
    assert _resolve(resolver, "The Canadian border was shut.", "Canadian").country == "CAN"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("in the southern province of Helmand", "Helmand"),
        ("Kandahar's Spin Boldak district", "Spin Boldak"),
        ("30 miles south-east of Mosul", "Mosul"),
        ("the outskirts of Aleppo", "Aleppo"),
        ("Syria's north", "Syria"),
        ("Kabul airport", "Kabul"),
    ],
)
def test_phrases_are_taken_apart(words: str, name: str) -> None:
    assert name in [phrase.name for phrase in readings(words)]


def test_clean_keeps_something() -> None:
    assert clean("in the") != ""


def test_weights_match_features() -> None:
    assert len(WEIGHTS) == len(FEATURES)


def test_empty_gazetteer_leaves_all_unresolved() -> None:
    found = _resolve(PlaceResolver(Gazetteer.empty()), AFGHAN, "KABUL")
    assert found.lat is None
    assert found.why


@settings(max_examples=150, deadline=None)
@given(text=st.text(min_size=1, max_size=200), data=st.data())
def test_never_raises(text: str, data: st.DataObject) -> None:
    resolver = _SHARED.setdefault("resolver", PlaceResolver.load())
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = resolver.resolve(Span.of(text, start, end), text)
    assert (found.lat is None) == (found.lon is None) == (found.precision is None)
    assert found.why


_SHARED: dict[str, PlaceResolver] = {}


@settings(max_examples=80, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(
            [
                "20 km",
                "north",
                "of",
                "the",
                "Kunduz",
                "district",
                "city",
                ",",
                "(",
                "Syria's",
                "in",
                "near",
                "border",
                "9" * 30,
            ]
        ),
        min_size=1,
        max_size=9,
    )
)
def test_never_raises_on_place_like_words(words: list[str]) -> None:
    resolver = _SHARED.setdefault("resolver", PlaceResolver.load())
    text = " ".join(words)
    assert resolver.resolve(Span.of(text, 0, len(text)), text).why
