"""Average-link clustering: what joins, what does not chain, and that order decides nothing."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.merging.clustering import cluster

Scores = dict[tuple[str, str], float]


def grouped(items: Iterable[str], scores: Scores, threshold: float, **given: Iterable[tuple[str, str]]) -> list[str]:
    """Groups as words; pairs that are not in ``scores`` are not linked and have nothing in common."""
    links = [pair for pair, score in scores.items() if score >= threshold]
    return ["".join(g) for g in cluster(items, links, lambda a, b: scores.get((a, b), 0.0), threshold, **given)]


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
def test_groups(scores: Scores, groups: list[str]) -> None:
    assert grouped("abc", scores, 0.5) == groups


@pytest.mark.parametrize(
    ("together", "apart", "groups"),
    [
        ([("a", "c")], [], ["abc", "d"]),
        ([], [("a", "b")], ["a", "b", "c", "d"]),
        ([("c", "d")], [("b", "d")], ["ab", "cd"]),
        ([("a", "c"), ("b", "c")], [("a", "b")], ["ac", "b", "d"]),
        ([("a", "b"), ("c", "d"), ("b", "c")], [], ["abcd"]),
    ],
)
def test_decisions_hold_whatever_the_scores(
    together: list[tuple[str, str]], apart: list[tuple[str, str]], groups: list[str]
) -> None:
    scores = {("a", "b"): 0.9, ("a", "c"): 0.1, ("b", "c"): 0.4}
    assert grouped("abcd", scores, 0.3 if together == [("a", "c")] else 0.5, together=together, apart=apart) == groups


def test_a_long_chain_stays_in_pieces() -> None:
    items = [chr(ord("a") + n) for n in range(20)]
    groups = grouped(items, dict.fromkeys(pairwise(items), 0.9), 0.5)
    assert max(map(len, groups)) <= 3
    assert sorted("".join(groups)) == items


def test_a_large_group_speaks_through_some_of_its_members() -> None:
    items = [f"{n:02}" for n in range(40)]
    asked: set[tuple[str, str]] = set()

    def score(a: str, b: str) -> float:
        asked.add((a, b))
        return 0.9

    assert cluster(items, list(pairwise(items)), score, 0.5) == [items]
    assert len(asked) < len(items) * (len(items) - 1) / 2


SCORES = st.dictionaries(
    st.sampled_from(list(combinations("abcdefgh", 2))), st.floats(0, 1).map(lambda x: round(x, 3)), max_size=28
)


@settings(max_examples=150, deadline=None)
@given(SCORES, st.integers(0, 99), st.sampled_from([0.3, 0.5, 0.8]))
def test_the_order_of_items_and_scores_does_not_matter(scores: Scores, seed: int, threshold: float) -> None:
    expected = grouped("abcdefgh", scores, threshold)
    mixed = random.Random(seed)
    items, pairs = mixed.sample("abcdefgh", 8), mixed.sample(list(scores.items()), len(scores))
    assert grouped(items, dict(pairs), threshold) == expected


@settings(max_examples=150, deadline=None)
@given(SCORES, st.sampled_from([0.3, 0.5, 0.8]))
def test_groups_that_are_linked_do_not_fit(scores: Scores, threshold: float) -> None:
    for one, other in combinations(grouped("abcdefgh", scores, threshold), 2):
        between = [scores.get((min(a, b), max(a, b)), 0.0) for a in one for b in other]
        assert max(between) < threshold or round(sum(between) / len(between), 6) < threshold + 1e-6
