"""CEAF-REE (Du et al. 2021): role fillers of a report against the entities of its key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from evals.muc4_candidates import ROLES, Keys
from evals.score import prf


def figures(keys: Sequence[Keys], found: Sequence[Mapping[str, Sequence[str]]]) -> dict[str, dict[str, float]]:
    """CEAF-REE (Du et al. 2021) by role and over all roles (micro), and the counts behind them.

    A filler is one string. It is right when it is a string of an entity of the key that no other filler stands for;
    fillers and entities are matched so that most are right.
    """
    n: dict[str, int] = defaultdict(int)
    for key, out in zip(keys, found, strict=True):
        for role in ROLES:
            n[f"hit {role}"] += matched(key[role], out[role])
            n[f"said {role}"] += len(out[role])
            n[f"key {role}"] += len(key[role])
    by_role = {r: prf(n[f"hit {r}"], n[f"said {r}"], n[f"key {r}"]) for r in ROLES}
    hit, said, true = (sum(n[f"{name} {r}"] for r in ROLES) for name in ("hit", "said", "key"))
    return {**by_role, "all": prf(hit, said, true), "counts": dict(n)}


def matched(entities: Sequence[frozenset[str]], found: Sequence[str]) -> int:
    """How many strings can stand for an entity each at once (augmenting paths; Kuhn 1955)."""
    taken: dict[int, str] = {}

    def placed(words: str, seen: set[int]) -> bool:
        for k, entity in enumerate(entities):
            if words in entity and k not in seen:
                seen.add(k)
                if k not in taken or placed(taken[k], seen):
                    taken[k] = words
                    return True
        return False

    return sum(placed(words, set()) for words in found)
