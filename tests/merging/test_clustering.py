"""Average-link clustering: what joins, what does not chain, and that order decides nothing."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.merging.clustering import cluster, components


def test_components() -> None:
    assert components("gfedcba", [("b", "a"), ("c", "b"), ("e", "f")]) == [["a", "b", "c"], ["d"], ["e", "f"], ["g"]]


@pytest.mark.parametrize(
    ("scores", "groups"),
    [
        ({}, ["a", "b", "c"]),
        ({("a", "b"): 0.9}, ["ab", "c"]),
        ({("a", "b"): 0.49}, ["a", "b", "c"]),
        ({("a", "b"): 0.9, ("b", "c"): 0.8, ("a", "c"): 0.7}, ["abc"]),
        # A chain: the ends have nothing in common, and the stronger link wins.
        ({("a", "b"): 0.9, ("b", "c"): 0.8, ("a", "c"): 0.0}, ["ab", "c"]),
        ({("a", "b"): 0.8, ("b", "c"): 0.9}, ["a", "bc"]),
    ],
)
def test_groups(scores: dict[tuple[str, str], float], groups: list[str]) -> None:
    assert ["".join(group) for group in cluster("abc", scores, 0.5)] == groups


def test_pairs_that_were_not_compared_count_as_absent() -> None:
    scores = {("a", "b"): 0.9, ("b", "c"): 0.9}
    assert cluster("abc", scores, 0.6, absent=0.0) == [["a", "b"], ["c"]]
    assert cluster("abc", scores, 0.6, absent=0.5) == [["a", "b", "c"]]


def test_a_long_chain_stays_in_pieces() -> None:
    items = [f"{n:02}" for n in range(20)]
    groups = cluster(items, dict.fromkeys(pairwise(items), 0.9), 0.5)
    assert max(map(len, groups)) <= 3
    assert sorted(item for group in groups for item in group) == items


SCORES = st.dictionaries(
    st.sampled_from(list(combinations("abcdefgh", 2))), st.floats(0, 1).map(lambda x: round(x, 3)), max_size=28
)


@settings(max_examples=150, deadline=None)
@given(SCORES, st.integers(0, 99), st.sampled_from([0.3, 0.5, 0.8]))
def test_the_order_of_items_and_scores_does_not_matter(
    scores: dict[tuple[str, str], float], seed: int, threshold: float
) -> None:
    expected = cluster("abcdefgh", scores, threshold)
    mixed = random.Random(seed)
    items, pairs = mixed.sample("abcdefgh", 8), mixed.sample(list(scores.items()), len(scores))
    assert cluster(items, dict(pairs), threshold) == expected


@settings(max_examples=150, deadline=None)
@given(SCORES, st.sampled_from([0.3, 0.5, 0.8]))
def test_linked_parts_can_be_clustered_alone(scores: dict[tuple[str, str], float], threshold: float) -> None:
    """What makes merging incremental: groups never reach beyond pairs that score at least the threshold."""
    whole = cluster("abcdefgh", scores, threshold)
    parts = components("abcdefgh", [pair for pair, score in scores.items() if score >= threshold])
    assert sorted(g for part in parts for g in cluster(part, _inside(scores, part), threshold)) == whole


def _inside(scores: dict[tuple[str, str], float], part: list[str]) -> dict[tuple[str, str], float]:
    return {pair: score for pair, score in scores.items() if set(pair) <= set(part)}


@settings(max_examples=150, deadline=None)
@given(SCORES, st.sampled_from([0.3, 0.5, 0.8]))
def test_groups_fit_on_the_whole(scores: dict[tuple[str, str], float], threshold: float) -> None:
    for one, other in combinations(cluster("abcdefgh", scores, threshold), 2):
        between = [scores.get((min(a, b), max(a, b)), 0.0) for a in one for b in other]
        assert round(sum(between) / len(between), 6) < threshold + 1e-6
