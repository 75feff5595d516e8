"""Bad input to the resolvers: an unresolved value with its reason, never an exception, never a wrong certainty."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.lexicon.gazetteer import Gazetteer
from dateline.lexicon.gazetteer_sources import TOWN, Entry
from dateline.records import ActorRef, Article, Mention, PlaceRef, Span, Stamp
from dateline.resolving.actors import ActorResolver
from dateline.resolving.moments import resolve_time
from dateline.resolving.places import PlaceResolver

SMALL = Gazetteer.of([Entry(TOWN, ("Strelsau",), 47.0, 15.0, 1, "AT", "02", 90_000, 8.0, "1918-11-01")])


@pytest.fixture(scope="module")
def places() -> PlaceResolver:
    """The standard places."""
    return PlaceResolver.load()


@pytest.fixture(scope="module")
def actors() -> ActorResolver:
    """The standard actors."""
    return ActorResolver.load()


def place(resolver: PlaceResolver, text: str, quote: str, day: str | None = None) -> PlaceRef:
    """The place of the quote in the text."""
    start = text.index(quote)
    return resolver.resolve(Span.of(text, start, start + len(quote)), text, day=day)


def actor(resolver: ActorResolver, text: str, quote: str, day: str | None = None, kind: str = "person") -> ActorRef:
    """The actor of the quote in the text."""
    start = text.index(quote)
    span = Span.of(text, start, start + len(quote))
    article = Article("a", text, published=Stamp(day, "given", day) if day else None)
    return resolver.resolve_all(article, [span], [Mention(span, kind)])[span]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("ザレム村", "few names in this script"),
        ("Ыйтъваграда", "few names in this script"),
        ("Qwyzzhbad", "no place of this name"),
        ("the village", "a word for a kind of place"),
        ("12", "no name in these words"),
        ("—", "no name in these words"),
    ],
)
def test_a_place_that_is_not_known(places: PlaceResolver, words: str, why: str) -> None:
    found = place(places, f"It happened in {words} today.", words)
    assert (found.name, found.lat, found.lon, found.geonameid, found.score) == (None, None, None, None, None)
    assert why in found.why


def test_a_place_in_another_script_that_the_gazetteer_has(places: PlaceResolver) -> None:
    assert place(places, "Взрыв прогремел в городе Кабул.", "Кабул").country == "AFG"


@pytest.mark.parametrize(
    ("text", "quote", "country", "precision"),
    [
        ("Troops from Georgia crossed into Abkhazia near Tbilisi.", "Georgia", "GEO", "country"),
        ("The governor of Georgia said in Atlanta that Alabama would follow.", "Georgia", "USA", "admin1"),
        ("Lebanon's army fired on Beirut's suburbs.", "Lebanon", "LBN", "country"),
        ("Niger's junta closed the border with Nigeria near Niamey.", "Niger", "NER", "country"),
        ("Jordan said the airport of Amman was closed.", "Jordan", "JOR", "country"),
    ],
)
def test_homonyms_of_countries(places: PlaceResolver, text: str, quote: str, country: str, precision: str) -> None:
    found = place(places, text, quote)
    assert (found.country, found.precision) == (country, precision)
    assert found.score is not None
    assert found.score < 1 or not found.alternatives


def test_an_empty_gazetteer() -> None:
    found = place(PlaceResolver(Gazetteer.empty()), "Shells fell on Kabul.", "Kabul")
    assert found.lat is None
    assert found.why == "the gazetteer is empty"
    alone = ActorResolver.load(gazetteer=Gazetteer.empty())
    assert actor(alone, "The Taliban seized Kunduz.", "The Taliban", "2021-07-01", "armed_group").country == "AFG"


def test_a_place_of_another_time() -> None:
    resolver = PlaceResolver(SMALL)
    assert place(resolver, "Shells fell on Strelsau.", "Strelsau", "2021-07-01").name == "Strelsau"
    found = place(resolver, "Shells fell on Strelsau.", "Strelsau", "1899-05-01")
    assert found.lat is None
    assert "1918-11-01..…" in found.why
    assert place(resolver, "Shells fell on Strelsau.", "Strelsau").name == "Strelsau"


@pytest.mark.parametrize(
    "words",
    ["February 30, 2021", "31 November", "2021-13-45", "the 45th of May", "June 0", "99:99", "32/13/2021"],
)
def test_an_impossible_date_is_no_day(words: str) -> None:
    found = resolve_time(Span.of(words, 0, len(words)), date(2021, 7, 27))
    assert found.moment is None or found.moment.first != found.moment.last
    assert found.moment is not None or found.why


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("in 1842", "1842-01-01", "1842-12-31"),
        ("on 6 January 1842", "1842-01-06", "1842-01-06"),
        ("since 1747", "1747-01-01", "2021-07-27"),
        ("March 1, 1066", "1066-03-01", "1066-03-01"),
    ],
)
def test_a_date_before_1900(words: str, first: str, last: str) -> None:
    found = resolve_time(Span.of(words, 0, len(words)), date(2021, 7, 27)).moment
    assert found is not None
    assert (found.first, found.last) == (first, last)


def test_an_office_before_1900_is_nobodys_we_know(actors: ActorResolver) -> None:
    found = actor(actors, "The Taliban marched.", "The Taliban", "1889-01-01", "armed_group")
    assert found.country == "AFG"
    assert "not yet" in found.why


@pytest.mark.parametrize("words", ["アフマド", "Владислав Неизвестный", "Qwop Zzyzx", "—", "12"])
def test_an_unknown_actor_has_a_reason(actors: ActorResolver, words: str) -> None:
    found = actor(actors, f"Then {words} spoke.", words)
    assert found.id is None
    assert found.why
    assert found.score is None or found.score <= 0.3


@settings(max_examples=40)
@given(words=st.text(min_size=1, max_size=30), day=st.sampled_from((None, "0001-01-01", "1850-05-05", "2021-07-01")))
def test_nothing_raises(places: PlaceResolver, actors: ActorResolver, words: str, day: str | None) -> None:
    text = f"Guards near {words} fired."
    span = Span.of(text, 12, 12 + len(words))
    found = places.resolve(span, text, day=day)
    assert (found.lat is None) == (found.score is None)
    assert found.why
    article = Article("a", text, published=Stamp(day, "given", day) if day else None)
    assert actors.resolve_all(article, [span], [Mention(span, "person")])[span].text == words
    resolve_time(span, date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Michael Jordan left the hall.", "Michael Jordan", None),
        ("Activist Jordan Hale left the hall.", "Activist Jordan Hale", None),
        ("The king of Jordan left the hall.", "The king of Jordan", "JOR"),
        ("Jordan's prime minister left.", "Jordan's prime minister", "JOR"),
    ],
)
def test_a_person_called_like_a_country(actors: ActorResolver, text: str, words: str, country: str | None) -> None:
    assert actor(actors, text, words).country == country


@pytest.mark.parametrize(
    ("text", "towns", "country"),
    [
        ("Police held marchers in Atlanta. Georgia's legislature met.", ("Atlanta",), "USA"),
        ("Police held marchers in Tbilisi. Georgia's legislature met.", ("Tbilisi",), "GEO"),
        ("Georgia's legislature met.", (), "GEO"),
    ],
)
def test_which_georgia_acts(actors: ActorResolver, text: str, towns: tuple[str, ...], country: str) -> None:
    spans = {w: Span.of(text, at, at + len(w)) for w in (*towns, "Georgia's legislature") if (at := text.index(w)) >= 0}
    found = [Mention(spans[w], "place") for w in towns] + [Mention(spans["Georgia's legislature"], "government")]
    act = spans["Georgia's legislature"]
    assert actors.resolve_all(Article("a", text), [act], found)[act].country == country


def test_a_person_in_another_script_takes_no_country_from_the_article(actors: ActorResolver) -> None:
    found = actor(actors, "Police in Ohio and Texas met Владимир Петров in Dallas.", "Владимир Петров")
    assert found.country is None
    assert "script" in found.why
