"""The reports of one article that tell of one happening, put together before articles are compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from dateline.merging.clustering import cluster
from dateline.merging.model import Comparison
from dateline.merging.profile import Profile, combined


def by_article(profiles: Iterable[Profile], comparison: Comparison) -> list[Profile]:
    """One profile for each happening that an article tells of; what other articles say has no part in it."""
    articles: dict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        articles[profile.story.id].append(profile)
    return [told for article in sorted(articles) for told in _grouped(articles[article], comparison)]


def _grouped(profiles: list[Profile], comparison: Comparison) -> list[Profile]:
    by_id = {p.id: p for p in profiles}
    scores = {(a, b): comparison.score(by_id[a], by_id[b]) for a, b in combinations(sorted(by_id), 2)}
    groups = cluster(sorted(by_id), scores, comparison.within.threshold)
    return [combined([by_id[id_] for id_ in group], comparison.frequencies) for group in groups]
