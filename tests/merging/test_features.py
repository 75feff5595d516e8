"""Comparing two reports: named features, the same either way round, and what they say of likes and unlikes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest

from dateline.merging.decided import Decided
from dateline.merging.model import Comparison
from dateline.merging.profile import Profile, profiles
from dateline.merging.reasons import _FOR, why_same
from tests.merging.samples import Told
from tests.merging.test_merge import A_MONTH_LATER, DENIAL, ELSEWHERE, ONE, OTHERS, SAME, THREE, TWO


@cache
def comparison() -> Comparison:
    return Comparison.load()


def profile(item: Told) -> Profile:
    (found,) = profiles([item.report], {item.article.id: item.article}, comparison().frequencies)
    return found


@pytest.mark.parametrize(("a", "b"), list(combinations([*SAME, *OTHERS], 2)))
def test_either_way_round(a: Told, b: Told) -> None:
    one, other = profile(a), profile(b)
    pairing = comparison().pairing
    assert pairing.features(one, other) == pairing.features(other, one)
    assert comparison().score(one, other) == comparison().score(other, one)
    assert 0.0 <= comparison().score(one, other) <= 1.0
    assert all(0.0 <= value <= 1.0 + 1e-6 for value in pairing.features(one, other).values())


@pytest.mark.parametrize(
    ("other", "present", "absent"),
    [
        (THREE, {"place_same", "day_same", "actor_same_id", "mode_same", "count_same"}, {"type_differs"}),
        (TWO, {"place_same", "day_same", "count_differs"}, {"count_same", "status_differs"}),
        (ELSEWHERE, {"place_far", "day_same"}, {"place_same", "place_near"}),
        (A_MONTH_LATER, {"days_apart", "place_same"}, {"day_same", "day_next"}),
        (DENIAL, {"type_differs", "quad_differs", "day_next"}, {"mode_same", "trigger_same"}),
    ],
    ids=["same", "other toll", "elsewhere", "later", "denial"],
)  # fmt: skip
def test_what_is_seen(other: Told, present: set[str], absent: set[str]) -> None:
    found = comparison().pairing.features(profile(ONE), profile(other)).keys()
    assert present <= found
    assert not absent & found


def with_types(item: Told, types: dict[str, float] | None) -> Profile:
    return profile(replace(item, report=replace(item.report, type_probabilities=types)))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ({"ASSAULT": 0.9}, {"ASSAULT": 0.4, "COERCE": 0.4}, 0.74),
        ({"ASSAULT": 0.5, "COERCE": 0.5}, {"COERCE": 0.5, "ASSAULT": 0.5}, 1.0),
        ({"ASSAULT": 0.9}, {"COERCE": 0.9}, 0.1),
        ({}, {}, 1.0),
        ({"ASSAULT": 1.0}, {}, 0.0),
        ({"ASSAULT": 0.501, "COERCE": 0.502}, {"ASSAULT": 1.0}, 0.7),
    ],
)
def test_types_are_alike_by_all_their_probabilities(
    one: dict[str, float], other: dict[str, float], alike: float
) -> None:
    found = comparison().pairing.features(with_types(ONE, one), with_types(TWO, other))
    assert found.get("likely_same", 0.0) == pytest.approx(alike, abs=0.015)
    assert all(0.0 <= value <= 1.0 + 1e-6 for value in found.values())


def test_a_report_of_an_older_casebook_has_the_probability_of_its_own_type() -> None:
    old, new = with_types(ONE, None), with_types(ONE, {"ASSAULT": ONE.report.confidence})
    assert ONE.report.type == "ASSAULT"
    assert comparison().pairing.features(old, profile(TWO)) == comparison().pairing.features(new, profile(TWO))


def test_what_both_may_be_is_told() -> None:
    one, other = with_types(ONE, {"ASSAULT": 0.6, "COERCE": 0.3}), with_types(DENIAL, {"REJECT": 0.5, "COERCE": 0.2})
    assert _FOR["type"](one, other) == "both may be COERCE"
    assert _FOR["type"](one, with_types(DENIAL, {"REJECT": 0.5})) == ""


def test_every_feature_with_a_weight_can_be_told() -> None:
    for other in (TWO, *OTHERS):
        why = why_same(comparison(), profile(ONE), profile(other))
        assert why.startswith("same because ")
        assert "{" not in why
        assert ", ," not in why


def test_decisions_among_some() -> None:
    decided = Decided(same=[("b", "a"), ("c", "x")], different=[("a", "c")])
    assert decided.same_as("a") == ("b",)
    assert decided.same_as("nobody") == ()
    assert decided.among({"a", "b", "c"}) == ([("a", "b")], [("a", "c")])
    assert Decided().among({"a"}) == ([], [])
