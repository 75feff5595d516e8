"""Comparing two reports: named features, the same either way round, and what they say of likes and unlikes."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import pytest

from dateline.merging.decided import Decided
from dateline.merging.model import Comparison
from dateline.merging.profile import Profile, profiles
from dateline.merging.reasons import why_same
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
