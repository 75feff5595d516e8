"""Which states run on a day, by what reports say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dateline.merging.situation import Situation, State, situation
from tests.merging.demo import FOLDER, demo
from tests.merging.samples import Told, happening, told


def at(day: str, *items: Told, known_by: str | None = None) -> Situation:
    known = date.fromisoformat(known_by) if known_by else None
    return situation([happening(item) for item in items], at=date.fromisoformat(day), known_by=known)


def lines(found: Situation) -> list[tuple[str, str, str, str, str | None, str | None]]:
    return [(s.kind, s.status, " + ".join(s.who), s.what, _last(s, "since"), _last(s, "until")) for s in found.states]


def _last(state: State, name: str) -> str | None:
    moment = getattr(state, name)
    return (moment.last or moment.first) if moment else None


TAKEN = told("Reds seized Zenda.", "COERCE/seize", trigger="seized", who="Reds", place="Zenda", first="2021-08-03")
RETAKEN = told("Blues retook Zenda.", "COERCE/seize", trigger="retook", who="Blues", place="Zenda", first="2021-08-07")
LEFT = told("Reds left Zenda.", "RETREAT/withdraw", trigger="left", who="Reds", place="Zenda", first="2021-08-06")
DENIED = told("Blues denied that Reds seized Zenda.", "COERCE/seize", trigger="seized", who="Reds", place="Zenda",
              status="negated", published="2021-08-04")  # fmt: skip
RETOLD = told("Reds, who seized Zenda, were calm.", "COERCE/seize", trigger="seized", who="Reds", place="Zenda",
              published="2021-08-06")  # fmt: skip
NAMELESS = told("The rebels captured Zenda.", "COERCE/seize", trigger="captured", who="The rebels".lower()[4:],
                place="Zenda", published="2021-08-04")  # fmt: skip
RUMOUR = told("Reds may have seized Hentzau.", "COERCE/seize", trigger="seized", who="Reds", place="Hentzau",
              status="possible", published="2021-08-04")  # fmt: skip
SHUT = told("Blues closed the crossing at Zenda.", "COERCE/restrict", trigger="closed", who="Blues",
            thing="the crossing", place="Zenda", first="2021-08-03")  # fmt: skip
OPENED = told("Blues reopened the Zenda crossing.", "RETREAT/access", trigger="reopened", who="Blues",
              thing="the Zenda crossing", place="Zenda", first="2021-08-08")  # fmt: skip
CURFEW = told("Blues imposed a curfew in Strelsau.", "COERCE/curfew", trigger="curfew", who="Blues", place="Strelsau",
              first="2021-08-02")  # fmt: skip
LIFTED = told("Blues lifted the curfew in Strelsau.", "CONCEDE", trigger="lifted", who="Blues", thing="the curfew",
              place="Strelsau", first="2021-08-09")  # fmt: skip
SIEGE = told("Reds besieged Strelsau.", "COERCE/restrict", trigger="besieged", who="Reds", whom="Strelsau",
             place="Strelsau", first="2021-08-02")  # fmt: skip
FALL = told("Reds took Strelsau.", "COERCE/seize", trigger="took", who="Reds", place="Strelsau", first="2021-08-09")
TRUCE = told("Reds and Blues began a truce.", "RETREAT/ceasefire", trigger="truce", who="Reds + Blues",
             first="2021-08-02")  # fmt: skip
ATTACK = told("Reds attacked Blues.", "ASSAULT", trigger="attacked", who="Reds", whom="Blues", first="2021-08-05")
OTHERS = told("Reds attacked Greens.", "ASSAULT", trigger="attacked", who="Reds", whom="Greens", first="2021-08-05")
TALKS = told("Reds and Blues are in talks.", "CONSULT", trigger="talks", who="Reds + Blues", status="ongoing",
             published="2021-08-04")  # fmt: skip
MET = told("Reds met Blues.", "CONSULT", trigger="met", who="Reds", whom="Blues", first="2021-08-04")
JAILED = told("Blues arrested Rudolf Rassendyll.", "COERCE/arrest", trigger="arrested", who="Blues",
              whom="Rudolf Rassendyll", first="2021-08-02")  # fmt: skip
FREED = told("Blues freed Rudolf Rassendyll.", "RETREAT/release", trigger="freed", who="Blues",
             whom="Rudolf Rassendyll", first="2021-08-08")  # fmt: skip
EXIT = told("Greens will leave Zenda by August 31.", "RETREAT/withdraw", trigger="leave", who="Greens", place="Zenda",
            time="by August 31", first="2021-08-01", last="2021-08-31", published="2021-08-01",
            status="planned")  # fmt: skip
SUMMIT = told("Reds will meet Blues on August 20.", "CONSULT", trigger="meet", who="Reds", whom="Blues",
              first="2021-08-20", published="2021-08-05", status="planned")  # fmt: skip
PENALTY = told("Greens put sanctions on Reds.", "SANCTION", trigger="sanctions", who="Greens", whom="Reds",
               first="2021-08-02")  # fmt: skip
EASED = told("Greens eased sanctions on Reds.", "CONCEDE", trigger="eased", who="Greens", whom="Reds",
             thing="sanctions", first="2021-08-08")  # fmt: skip

BEFORE = told("Reds took Zenda in 2015.", "COERCE/seize", trigger="took", who="Reds", place="Zenda",
              time="in 2015", first="2015-01-01", last="2015-12-31")  # fmt: skip

CASES = [
    ("who takes a place holds it", [TAKEN], [("holds", "reported", "Reds", "Zenda", "2021-08-03", None)]),
    ("before that day nobody does", [FALL], []),
    ("who takes it next ends that", [TAKEN, RETAKEN], [
        ("holds", "ended", "Reds", "Zenda", "2021-08-03", "2021-08-07"),
        ("holds", "reported", "Blues", "Zenda", "2021-08-07", None)]),
    ("who leaves holds no more", [TAKEN, LEFT], [("holds", "ended", "Reds", "Zenda", "2021-08-03", "2021-08-06")]),
    ("a later mention makes no second taking", [TAKEN, RETOLD],
     [("holds", "reported", "Reds", "Zenda", "2021-08-03", None)]),
    ("words that could be anyone are no rival", [TAKEN, NAMELESS],
     [("holds", "reported", "Reds", "Zenda", "2021-08-03", None)]),
    ("what was taken in another year is taken again", [BEFORE, TAKEN], [
        ("holds", "ended", "Reds", "Zenda", "2015-12-31", "2021-08-03"),
        ("holds", "reported", "Reds", "Zenda", "2021-08-03", None)]),
    ("a denial that is the last word", [TAKEN, DENIED], [("holds", "disputed", "Reds", "Zenda", "2021-08-03", None)]),
    ("a denial with a later word against it", [TAKEN, DENIED, RETOLD],
     [("holds", "reported", "Reds", "Zenda", "2021-08-03", None)]),
    ("only a denial", [DENIED], [("holds", "denied", "Reds", "Zenda", "2021-08-04", None)]),
    ("a rumour", [RUMOUR], [("holds", "possible", "Reds", "Hentzau", "2021-08-04", None)]),
    ("closed", [SHUT], [("closed", "reported", "Blues", "the crossing", "2021-08-03", None)]),
    ("closed, then open", [SHUT, OPENED], [
        ("closed", "ended", "Blues", "the crossing", "2021-08-03", "2021-08-08"),
        ("open", "reported", "Blues", "the Zenda crossing", "2021-08-08", None)]),
    ("curfew", [CURFEW], [("curfew", "reported", "Blues", "Strelsau", "2021-08-02", None)]),
    ("curfew lifted", [CURFEW, LIFTED], [("curfew", "ended", "Blues", "Strelsau", "2021-08-02", "2021-08-09")]),
    ("a siege ends when the town falls", [SIEGE, FALL], [
        ("holds", "reported", "Reds", "Strelsau", "2021-08-09", None),
        ("siege", "ended", "Reds", "Strelsau", "2021-08-02", "2021-08-09")]),
    ("a truce", [TRUCE, OTHERS], [("ceasefire", "reported", "Blues + Reds", "", "2021-08-02", None)]),
    ("a truce broken", [TRUCE, ATTACK], [("ceasefire", "broken", "Blues + Reds", "", "2021-08-02", "2021-08-05")]),
    ("talks run", [TALKS], [("talks", "reported", "Blues + Reds", "", "2021-08-04", None)]),
    ("a meeting is over", [MET], [("talks", "ended", "Blues + Reds", "", "2021-08-04", "2021-08-04")]),
    ("detained", [JAILED], [("detained", "reported", "Blues", "Rudolf Rassendyll", "2021-08-02", None)]),
    ("freed", [JAILED, FREED], [("detained", "ended", "Blues", "Rudolf Rassendyll", "2021-08-02", "2021-08-08")]),
    ("a deadline", [EXIT], [("deadline", "announced", "Greens", "leave", None, "2021-08-31")]),
    ("a dated plan", [SUMMIT], [("announced", "announced", "Reds", "meet", None, "2021-08-20")]),
    ("sanctions", [PENALTY], [("sanctions", "reported", "Greens", "sanctions", "2021-08-02", None)]),
    ("sanctions eased", [PENALTY, EASED], [("sanctions", "ended", "Greens", "sanctions", "2021-08-02", "2021-08-08")]),
]  # fmt: skip


@pytest.mark.parametrize(("items", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_states(items: list[Told], expected: list[tuple[str, ...]]) -> None:
    day = "2021-08-01" if not expected else "2021-08-10"
    assert lines(at(day, *items)) == expected
    assert lines(at(day, *reversed(items))) == expected


def test_every_line_has_evidence_and_quotes_it() -> None:
    found = at("2021-08-10", *(item for case in CASES for item in case[1]))
    assert len(found.states) > 8
    for state in found.states:
        quoted = [*state.evidence, *state.ending, *state.against]
        assert quoted
        assert all(e.quote and e.publisher == "Zenda Times" and e.published for e in quoted)


def test_two_claims_on_one_day_stand_side_by_side() -> None:
    other = told("Blues hold Zenda.", "COERCE/seize", trigger="hold", who="Blues", place="Zenda", first="2021-08-03")
    assert [(s.who, s.status) for s in at("2021-08-10", TAKEN, other).states] == [
        (("Blues",), "disputed"),
        (("Reds",), "disputed"),
    ]


@pytest.mark.parametrize(("sector", "holders"), [("REB", [("Reds",)]), (None, [("Fighters",)])])
def test_a_word_that_begins_a_sentence_is_nobody_else(sector: str | None, holders: list[tuple[str, ...]]) -> None:
    later = told("Fighters took Zenda.", "COERCE/seize", trigger="took", who="Fighters", place="Zenda",
                 first="2021-08-05")  # fmt: skip
    (actor,) = later.report.actors
    nameless = replace(later.report, actors=(replace(actor, id=None, sector=sector),))
    found = at("2021-08-06", TAKEN, Told(later.article, nameless))
    assert [s.who for s in found.states if s.kind == "holds" and s.running] == holders


def test_a_claim_that_is_settled_does_not_trouble_later_holders() -> None:
    other = told("Blues hold Zenda.", "COERCE/seize", trigger="hold", who="Blues", place="Zenda", first="2021-08-03")
    greens = told("Greens took Zenda.", "COERCE/seize", trigger="took", who="Greens", place="Zenda",
                  first="2021-08-09")  # fmt: skip
    assert [(s.who, s.status, s.against) for s in at("2021-08-10", TAKEN, other, greens).states if s.running] == [
        (("Greens",), "reported", ())
    ]


def test_what_was_published_later_is_not_known() -> None:
    assert at("2021-08-03", TAKEN, DENIED).states[0].status == "reported"
    later = told("Reds had seized Hentzau on August 3.", "COERCE/seize", trigger="seized", who="Reds", place="Hentzau",
                 first="2021-08-03", published="2021-08-09")  # fmt: skip
    assert at("2021-08-05", later).states == ()
    assert len(at("2021-08-05", later, known_by="2021-08-09").states) == 1


def test_a_report_that_does_not_say_where_joins_its_event_or_is_passed_over() -> None:
    vague = told("Reds seized the town.", "COERCE/seize", trigger="seized", who="Reds", thing="the town",
                 first="2021-08-03")  # fmt: skip
    alone = at("2021-08-10", vague)
    assert alone.states == ()
    assert [report for report, _ in alone.passed_over] == [vague.report.id]
    capital = told("The district fell to Reds.", "COERCE/seize", trigger="fell", who="Reds", place="The district",
                   first="2021-08-03")  # fmt: skip
    share = told("Reds took 85 per cent of Ruritania.", "COERCE/seize", trigger="took", who="Reds",
                 place="85 per cent of Ruritania", first="2021-08-03")  # fmt: skip
    claim = told("Reds hold 85 per cent of the country.", "COERCE/seize", trigger="hold", who="Reds",
                 thing="85 per cent of the country", place="", first="2021-08-03")  # fmt: skip
    edge = told("Reds reached the outskirts of Zenda.", "COERCE/seize", trigger="reached", who="Reds", place="Zenda",
                first="2021-08-03")  # fmt: skip
    edges = told("Reds reached the outskirts of Zenda.", "COERCE/seize", trigger="reached", who="Reds",
                 place="the outskirts of Zenda", first="2021-08-03")  # fmt: skip
    assert at("2021-08-10", capital, share, claim, edge, edges).states == ()
    merged = situation([happening(TAKEN, vague)], at=date(2021, 8, 10))
    assert [len(s.evidence) for s in merged.states] == [2]
    assert merged.passed_over == ()


def test_a_plan_that_came_about_is_none_any_more() -> None:
    met = told("Reds met Blues.", "CONSULT", trigger="met", who="Reds", whom="Blues", first="2021-08-20")
    for day, kind in (("2021-08-19", "announced"), ("2021-08-25", "talks")):
        assert [s.kind for s in situation([happening(SUMMIT, met)], at=date.fromisoformat(day)).states] == [kind]
    assert [(s.kind, s.status) for s in at("2021-08-25", SUMMIT).states] == [("announced", "passed")]


@pytest.mark.parametrize("words", ["all of Zenda", "the old quarter of Zenda"])
def test_words_like_a_share_that_name_a_place_are_held(words: str) -> None:
    taken = told(f"Reds took {words}.", "COERCE/seize", trigger="took", who="Reds", place=words, first="2021-08-03")
    assert [s.kind for s in at("2021-08-10", taken).states] == ["holds"]


def test_nobody_is_not_held() -> None:
    none = told("Nobody was detained.", "COERCE/arrest", trigger="detained", who="", whom="Nobody", first="2021-08-03")
    found = at("2021-08-10", none, JAILED)
    assert [s.what for s in found.states] == ["Rudolf Rassendyll"]
    assert found.passed_over == ()


def test_loot_is_not_territory() -> None:
    loot = told("Reds looted the town.", "COERCE/seize", trigger="looted", who="Reds", place="", thing="the town")
    aid = told("Reds seized aid in Zenda.", "COERCE/seize", trigger="seized", who="Reds", thing="aid", place="Zenda")
    assert at("2021-08-20", loot, aid).states == ()


def test_the_order_of_reports_does_not_matter() -> None:
    items = [item for case in CASES for item in case[1]]
    assert at("2021-08-10", *items) == at("2021-08-10", *reversed(items))


def test_an_undated_article_counts() -> None:
    found = at("2021-08-10", replace(TAKEN, article=replace(TAKEN.article, published=None)))
    assert [(s.status, s.last_told) for s in found.states] == [("reported", None)]


DEMO = [
    ("2021-07-20", "holds", "Spin Boldak", ("Taliban",), "reported"),
    ("2021-07-20", "holds", "Torghundi", ("Taliban",), "disputed"),
    ("2021-07-20", "closed", "Chaman", ("Pakistan",), "reported"),
    ("2021-07-30", "closed", "Chaman", ("Pakistan",), "ended"),
    ("2021-08-08", "holds", "Kunduz", ("Taliban",), "disputed"),
    ("2021-08-11", "closed", "Spin Boldak", ("Taliban",), "reported"),
    ("2021-08-13", "open", "Chaman", ("Pakistan", "Taliban"), "reported"),
    ("2021-08-16", "holds", "Kabul", ("Taliban",), "reported"),
]


@pytest.mark.parametrize(("day", "kind", "place", "who", "status"), DEMO)
@pytest.mark.skipif(not FOLDER.exists(), reason="the corpus is not in this checkout")
def test_the_summer_of_2021(day: str, kind: str, place: str, who: tuple[str, ...], status: str) -> None:
    found = situation(demo().happenings, at=date.fromisoformat(day))
    assert (kind, who, status) in {(s.kind, s.who, s.status) for s in found.states if s.place and s.place.text == place}
