"""Events without a place of their own: where they take it from, and when they take none."""

from __future__ import annotations

import pytest

from dateline.lexicon.gazetteer import Gazetteer
from dateline.lexicon.gazetteer_sources import TOWN, Entry
from dateline.records import Article, EventMention, Mention, PlaceRef, Reading, Span
from dateline.resolving.places import PlaceResolver
from dateline.resolving.reports import resolve as resolve_reading
from dateline.resolving.scopes import SCOPES, scope_of

NAMES = ("Dorsa", "Hentzau", "Strelsau", "Zenda", "Marsh")
GAZETTEER = Gazetteer.of([Entry(TOWN, (n,), 40.0 + k, 20.0, 100 + k, "AL", "01", 9000) for k, n in enumerate(NAMES)])
HEADLINE = "Unrest near Zenda"
SENTENCES = (
    "STRELSAU, July 5 - Crowds gathered in Marsh.",
    "Gunmen attacked, and others marched in Hentzau on the road to Dorsa.",
    "Police fired.",
)
TEXT = "\n\n".join((HEADLINE, *SENTENCES))


def span(words: str) -> Span:
    """The words in the text."""
    at = TEXT.index(words)
    return Span.of(TEXT, at, at + len(words))


def event(
    trigger: str, sentence: str, type_: str = "ASSAULT", place: str | None = None, actor: str | None = None
) -> EventMention:
    """An event of the text."""
    roles = {role: (span(words),) for role, words in (("place", place), ("actor", actor)) if words}
    return EventMention(span(trigger), span(sentence), type_, None, "occurred", roles)


ATTACK = event("attacked", SENTENCES[1])
MARCH = event("marched", SENTENCES[1], "PROTEST", "Hentzau")
FIRE = event("fired", SENTENCES[2])
FIRE_OF_POLICE = event("fired", SENTENCES[2], actor="Police")
RAID_OF_CROWDS = event("gathered", SENTENCES[0], "ASSAULT", "Marsh", "Crowds")
ARTICLE = Article("art_1", TEXT, HEADLINE, span(HEADLINE), dateline_place=span("STRELSAU"))
BARE = Article("art_2", TEXT)


def around(asked: EventMention, article: Article, places: tuple[str, ...], *others: EventMention) -> PlaceRef | None:
    """What an event takes in a reading with these places and other events."""
    mentions = tuple(Mention(span(p), "place") for p in places)
    sentences = tuple(span(s) for s in (HEADLINE, *SENTENCES))
    resolver = PlaceResolver(GAZETTEER)
    reading = Reading(sentences, mentions, (asked, *others))
    return scope_of(asked, article, reading, lambda s: resolver.resolve(s, TEXT))


@pytest.mark.parametrize(
    ("asked", "article", "places", "others", "name", "scope"),
    [
        (FIRE, ARTICLE, ("Zenda",), (event("gathered", SENTENCES[0], "ASSAULT", "Marsh"),), "Marsh", "type"),
        (FIRE_OF_POLICE, ARTICLE, ("Zenda",), (RAID_OF_CROWDS,), "Zenda", "headline"),
        (FIRE_OF_POLICE, BARE, (), (RAID_OF_CROWDS,), "Marsh", "others"),
        (FIRE, ARTICLE, ("Zenda", "Dorsa"), (MARCH,), "Zenda", "headline"),
        (ATTACK, BARE, ("Hentzau", "Dorsa"), (MARCH,), "Dorsa", "sentence"),
        (ATTACK, BARE, ("Hentzau", "Dorsa"), (), "Hentzau", "sentence"),
        (FIRE, ARTICLE, ("Hentzau",), (), "Strelsau", "dateline"),
        (FIRE, BARE, ("Hentzau", "Dorsa"), (MARCH,), "Dorsa", "before"),
        (ATTACK, BARE, ("Hentzau",), (MARCH,), None, None),
        (FIRE, BARE, ("Marsh",), (), None, None),
    ],
)
def test_scopes(
    asked: EventMention,
    article: Article,
    places: tuple[str, ...],
    others: tuple[EventMention, ...],
    name: str | None,
    scope: str | None,
) -> None:
    found = around(asked, article, places, *others)
    assert (found.name if found else None) == name
    if found is not None and scope is not None:
        words, share = SCOPES[scope]
        assert words in found.why
        assert found.score is not None
        assert 0 < found.score <= share
        assert TEXT[found.start : found.end] == found.text


def test_what_cannot_be_resolved_is_passed_over() -> None:
    found = around(ATTACK, BARE, ("road", "Dorsa"))
    assert found is not None
    assert found.name == "Dorsa"


def test_a_nation_in_the_words_for_an_unknown_place_is_kept_to() -> None:
    text = "Shells hit the Albanian post. Crowds met in Dorsa. Shells hit the Kenyan post."
    spans = [
        Span.of(text, m, m + len(w)) for w in ("the Albanian post", "Dorsa", "the Kenyan post") if (m := text.index(w))
    ]
    whole = Span.of(text, 0, len(text))
    events = [EventMention(s, whole, "ASSAULT", None, "occurred", {"place": (s,)}) for s in spans]
    reading, resolver = Reading((whole,), (), tuple(events)), PlaceResolver(GAZETTEER)
    found = [scope_of(e, Article("a", text), reading, lambda s: resolver.resolve(s, text)) for e in events]
    assert [f.name if f else None for f in found] == ["Dorsa", None, None]


def test_a_report_with_a_place_of_its_own_takes_none() -> None:
    class Resolvers:
        """Places alone: these events have no actors."""

        places = PlaceResolver(GAZETTEER)

        @property
        def actors(self) -> Nobody:
            """Nobody."""
            return Nobody()

    reading = Reading((), (Mention(span("Zenda"), "place"),), (MARCH, FIRE))
    (march, fire), _ = resolve_reading(ARTICLE, reading, Resolvers(), "test")  # type: ignore[arg-type]
    assert [p.name for p in march.places] == ["Hentzau"]
    assert march.scope is None
    assert fire.places == ()
    assert fire.scope is not None
    assert fire.scope.name == "Zenda"


FILED = "STRELSAU, July 5 - Police detained crowds in Marsh, and gunmen fired on Sunday."


@pytest.mark.parametrize(
    ("place", "time", "places", "times", "scope"),
    [
        ("STRELSAU", "July 5", [], [], "Strelsau"),
        ("Marsh", "on Sunday", ["Marsh"], ["on Sunday"], None),
        ("STRELSAU", "on Sunday", [], ["on Sunday"], "Strelsau"),
    ],
)
def test_a_dateline_says_where_the_report_was_filed(
    place: str, time: str, places: list[str], times: list[str], scope: str | None
) -> None:
    class Resolvers:
        """Places alone."""

        places = PlaceResolver(GAZETTEER)
        actors = Nobody()

    def at(words: str) -> Span:
        return Span.of(FILED, FILED.index(words), FILED.index(words) + len(words))

    whole = Span.of(FILED, 0, len(FILED))
    article = Article("art_3", FILED, paragraphs=(whole,), dateline_place=at("STRELSAU"))
    fired = EventMention(at("fired"), whole, "ASSAULT", None, "occurred", {"place": (at(place),), "time": (at(time),)})
    reading = Reading((whole,), (Mention(at("STRELSAU"), "place"),), (fired,))
    (report,), _ = resolve_reading(article, reading, Resolvers(), "test")  # type: ignore[arg-type]
    assert [p.text for p in report.places] == places
    assert [t.text for t in report.times] == times
    assert (report.scope.name if report.scope else None) == scope
    if report.scope:
        assert "dateline" in report.scope.why


class Nobody:
    """Resolves no actors."""

    def resolve_all(self, *_: object) -> dict[Span, object]:
        """None."""
        return {}


KNOWN = {"Nawa": ("PAK", "town"), "Afghanistan": ("AFG", "country"), "Pakistan": ("PAK", "country")}
BORDER = "Guards met in Nawa, Pakistan said of Afghanistan. Rebels attacked in the region."


@pytest.mark.parametrize(
    ("own", "parties", "names", "name", "scope"),
    [
        # The sentence before is not in a country of those who take part.
        (None, ("AFG",), ("Nawa", "Afghanistan"), "Afghanistan", "country"),
        (None, ("PAK",), ("Nawa", "Afghanistan"), "Nawa", "before"),
        (None, ("PAK",), ("Nawa", "Pakistan", "Afghanistan"), "Pakistan", "country"),
        # Nothing is known of those who take part: the country that most places are in.
        (None, (), ("Nawa", "Pakistan", "Afghanistan"), "Pakistan", "country"),
        # No country has most places, nor do those who take part tell one.
        (None, (), ("Nawa", "Afghanistan"), "Afghanistan", "before"),
        (None, ("USA",), ("Nawa", "Afghanistan"), None, None),
        # "The region" is wider than a town.
        ("the region", ("PAK",), ("Nawa",), None, None),
        ("the region", ("PAK",), ("Nawa", "Pakistan"), "Pakistan", "country"),
    ],
)
def test_where_those_who_take_part_are_at_home(
    own: str | None, parties: tuple[str, ...], names: tuple[str, ...], name: str | None, scope: str | None
) -> None:
    def words(of: str) -> Span:
        at = BORDER.index(of)
        return Span.of(BORDER, at, at + len(of))

    def where(at: Span) -> PlaceRef:
        country, precision = KNOWN.get(at.text, (None, None))
        known = 30.0 if country else None
        return PlaceRef(at.start, at.end, at.text, at.text, None, known, known, country, None, precision, score=1.0)

    first, second = (words(s + ".") for s in BORDER.rstrip(".").split(". "))
    roles = {"place": (words(own),)} if own else {}
    asked = EventMention(words("attacked"), second, "ASSAULT", None, "occurred", roles)
    reading = Reading((first, second), tuple(Mention(words(n), "place") for n in names), (asked,))
    found = scope_of(asked, Article("a", BORDER), reading, where, parties)
    assert (found.name if found else None) == name
    if found and scope:
        assert SCOPES[scope][0] in found.why
