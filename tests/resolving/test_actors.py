"""Actors: who a phrase stands for by its words, its article, and the mentions it is linked to."""

from __future__ import annotations

import pytest

from dateline.records import ActorRef, Article, Mention, Span, Stamp
from dateline.resolving.actors import ActorResolver


@pytest.fixture(scope="module")
def resolver() -> ActorResolver:
    """The shipped lexicon and gazetteer."""
    return ActorResolver.load()


def article(text: str, day: str | None, publisher: str | None = None) -> Article:
    """A text as an article."""
    return Article("a", text, publisher=publisher, published=Stamp(day, "given", day) if day else None)


def mentions(text: str, marked: list[tuple[str, str]]) -> list[Mention]:
    """Mentions by words and kind, each sought after the end of the one before where it repeats it."""
    out: list[Mention] = []
    last: dict[str, int] = {}
    for words, kind in marked:
        start = text.index(words, last.get(words, 0))
        last[words] = start + len(words)
        out.append(Mention(Span.of(text, start, start + len(words)), kind))
    return out


def resolved(
    resolver: ActorResolver,
    text: str,
    marked: list[tuple[str, str]],
    day: str | None = "2021-08-09",
    publisher: str | None = None,
) -> list[ActorRef]:
    """The actors of the marked words, in their order."""
    found = mentions(text, marked)
    refs = resolver.resolve_all(article(text, day, publisher), [m.span for m in found], found)
    return [refs[m.span] for m in found]


def codes(ref: ActorRef) -> tuple[str | None, str | None]:
    """Country and sector."""
    return ref.country, ref.sector


@pytest.mark.parametrize(
    ("words", "kind", "day", "expected"),
    [
        ("President Hamid Karzai", "person", "2010-05-01", ("AFG", "GOV")),
        ("Hamid Karzai", "person", "2021-05-01", ("AFG", "ELI")),
        ("Sonexay Siphandone", "person", "2024-01-05", ("LAO", "GOV")),
        ("the Taliban", "armed_group", "2021-07-01", ("AFG", "REB")),
        ("Ghana's Labour Court", "government", None, ("GHA", "JUD")),
        ("Amnesty International", "organisation", None, (None, "SOC")),
        ("African Union peacekeepers", "military", None, ("IGO", "MIL")),
        ("blue helmets", "military", None, ("IGO", "MIL")),
        ("the bulk of NATO troops", "military", None, ("IGO", "MIL")),
        ("the High Commissioner for Human Rights", "person", None, ("IGO", "IGO")),
        ("a Kenyan paediatrician", "person", None, ("KEN", "MED")),
        ("Ghanaian lorry drivers", "population", None, ("GHA", "LAB")),
        ("Sri Lankan fishermen", "population", None, ("LKA", "AGR")),
        ("the Portuguese public defender", "person", None, ("PRT", "GOV")),
        ("the chief executive", "person", None, (None, "BUS")),
        ("Polish Catholics", "population", None, ("POL", "REL")),
        ("Chadian embassy staff", "population", None, ("TCD", "GOV")),
        ("the Chadian nation", "population", None, ("TCD", "CVL")),
        ("a Belgian Red Cross volunteer", "person", None, ("BEL", "SOC")),
        ("gunmen of the Abu Sayyaf group", "armed_group", None, ("PHL", "REB")),
        ("the National Workers' Alliance president", "person", None, (None, "LAB")),
    ],
)
def test_a_phrase_by_its_own_words(
    resolver: ActorResolver, words: str, kind: str, day: str | None, expected: tuple[str | None, str | None]
) -> None:
    (ref,) = resolved(resolver, words, [(words, kind)], day)
    assert codes(ref) == expected, ref.why


@pytest.mark.parametrize(
    ("words", "kind", "never"),
    [
        ("Burhan Tariq Wani", "person", "abdel-fattah-al-burhan"),
        ("Francis Tolliver", "person", "pope-francis"),
        ("Chad Ellison of Ohio", "person", "TCD"),
        ("the Ministry of Labour", "government", "labour-party"),
        ("Milo Lungu", "person", "edgar-lungu"),
    ],
)
def test_a_word_of_a_longer_name_is_nobody_else(resolver: ActorResolver, words: str, kind: str, never: str) -> None:
    (ref,) = resolved(resolver, f"We met {words} today.", [(words, kind)], "2022-03-01")
    assert never not in (ref.id, ref.country)


def test_a_name_that_nobody_knows_stays_unresolved_with_a_reason(resolver: ActorResolver) -> None:
    (ref,) = resolved(resolver, "Zxqv Brontwick", [("Zxqv Brontwick", "thing")])
    assert (ref.id, ref.country, ref.sector, ref.score) == (None, None, None, None)
    assert "no word of it is known" in ref.why


@pytest.mark.parametrize(
    ("text", "name", "sector"),
    [
        ("By Orla Venn\nRain fell on Monrovia.", "Orla Venn", "JRN"),
        ("It was dark, said Orla Venn, 41, a nurse, on Friday.", "Orla Venn", "MED"),
        ("They held two activists, Piet Droste and Orla Venn, for a night.", "Orla Venn", "SOC"),
        ("Orla Venn, who chairs the miners' union, agreed.", "Orla Venn", "LAB"),
        ("It will rain, said Orla Venn of Human Rights Watch.", "Orla Venn", "SOC"),
        ("The police spokesman, Orla Venn, was away.", "Orla Venn", "COP"),
        ("Orla Venn went home.", "Orla Venn", "CVL"),
    ],
)
def test_what_is_said_beside_a_name(resolver: ActorResolver, text: str, name: str, sector: str) -> None:
    marked = [(n, "person") for n in ("Piet Droste", name) if n in text]
    *_, ref = resolved(resolver, text, marked)
    assert ref.sector == sector, ref.why


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("Fighting went on in Kunduz. Police fled.", [("Kunduz", "place"), ("Police", "police")], "AFG"),
        ("Both governments met in Vienna.", [("Both governments", "government")], None),
        ("Donors met in Nairobi on aid for Kenya.", [("Donors", "government"), ("Nairobi", "place")], None),
        ("The foreign secretary spoke in London.", [("The foreign secretary", "person"), ("London", "place")], "GBR"),
    ],
)
def test_the_country_of_those_whose_words_tell_none(
    resolver: ActorResolver, text: str, marked: list[tuple[str, str]], expected: str | None
) -> None:
    refs = resolved(resolver, text, marked)
    ref = next(r for r in refs if r.kind not in ("place", None))
    assert ref.country == expected, ref.why


@pytest.mark.parametrize(
    ("text", "marked", "groups"),
    [
        (
            "Prime Minister Abiy Ahmed spoke. Abiy left.",
            [("Abiy Ahmed", "person"), ("Abiy", "person")],
            [["Abiy Ahmed", "Abiy"]],
        ),
        (
            "Chairman Jens Quillam spoke. Quillam left.",
            [("Jens Quillam", "person"), ("Quillam", "media")],
            [["Jens Quillam", "Quillam"]],
        ),
        (
            "Pervin Sharrow met Shan Sharrow. Shan Sharrow left.",
            [("Pervin Sharrow", "person"), ("Shan Sharrow", "person"), ("Shan Sharrow", "person")],
            [["Pervin Sharrow"], ["Shan Sharrow", "Shan Sharrow"]],
        ),
        (
            "The union met. Its president, Dora Quill, spoke.",
            [
                ("The union", "organisation"),
                ("Its president", "person"),
                ("Its", "organisation"),
                ("Dora Quill", "person"),
            ],
            [["The union", "Its"], ["Its president", "Dora Quill"]],
        ),
        (
            "The director of the media centre, Dora Quill, was shot.",
            [("The director", "person"), ("Dora Quill", "person")],
            [["The director", "Dora Quill"]],
        ),
        (
            "Ralf Gonsalves, the Vincentian prime minister, agreed.",
            [("Ralf Gonsalves", "person"), ("the Vincentian prime minister", "person")],
            [["Ralf Gonsalves", "the Vincentian prime minister"]],
        ),
        (
            "Jan Brill, a Dutch baker, and a Spanish monk sang.",
            [("Jan Brill", "person"), ("a Dutch baker", "person"), ("a Spanish monk", "person")],
            [["Jan Brill", "a Dutch baker"], ["a Spanish monk"]],
        ),
    ],
)
def test_mentions_of_one_actor(
    resolver: ActorResolver, text: str, marked: list[tuple[str, str]], groups: list[list[str]]
) -> None:
    clusters = resolver.clusters(article(text, "2021-08-09"), mentions(text, marked))
    assert sorted([s.text for s in c] for c in clusters) == sorted(groups)


@pytest.mark.parametrize(
    ("text", "publisher", "marked", "expected"),
    [
        ("Israel fired. We urge restraint.", "UK Government", [("Israel", "government"), ("We", "government")], "GBR"),
        ("Israel fired. I heard it.", "The Weekly Lantern", [("Israel", "government"), ("I", "person")], None),
    ],
)
def test_who_speaks_outside_quotations(
    resolver: ActorResolver, text: str, publisher: str, marked: list[tuple[str, str]], expected: str | None
) -> None:
    *_, speaker = resolved(resolver, text, marked, publisher=publisher)
    assert speaker.country == expected, speaker.why
    assert speaker.sector == ("GOV" if expected else "JRN")


def test_members_are_what_their_body_is(resolver: ActorResolver) -> None:
    text = "Members of the dockers' union in Ghana voted."
    refs = resolved(resolver, text, [("Members", "population"), ("the dockers' union", "organisation")])
    assert [r.sector for r in refs] == ["LAB", "LAB"]


STATED = (
    "Anna Weber, the German foreign minister, spoke after the attack.\n"
    "The foreign minister said:\n"
    "I condemn this attack and I call on the rebels to let the convoys pass."
)


def test_whoever_makes_a_statement_without_marks_says_i(resolver: ActorResolver) -> None:
    found = mentions(STATED, [("Anna Weber", "person"), ("The foreign minister", "person"), ("I", "person")])
    said = STATED.index("I condemn")
    content = Span.of(STATED, said, len(STATED))
    speaker, i = found[1].span, found[2].span
    assert i.start == said
    about = article(STATED, "2021-08-09", None)
    told = resolver.resolve_all(about, [i], found, [(content, speaker)])[i]
    alone = resolver.resolve_all(about, [i], found)[i]
    assert codes(told) == ("DEU", "GOV")
    assert codes(alone) == (None, "JRN")
