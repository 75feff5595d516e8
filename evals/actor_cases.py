"""Country and sector of single phrases: a peer's test cases, measured and not copied.

usage: python -m evals.actor_cases actor_cases.json [-v]

Each case is a phrase with a date or none, and the country and PLOVER sector that the peer's tests ask for; a case
counts when both are right. Cases that ask for neither (look-ups of encyclopedia titles) are left out. The peer's codes
are read in our terms first: its ``UNO`` and ``EUR`` are our ``IGO``; for kinds of bodies that PLOVER's 2021 list lacks
(``HLH NGO BUD``) the nearest sector that it has, for states recognised in part (``PRE``) REB or GOV; ``UNK``, ``JNK``
and none are one; a bare country, to which the peer gives no sector, may be GOV as in the annotation guide; either
sector of a double one is right. An undated case means the day on which the tests were written, late in 2022; where the
same phrase is asked twice with two answers, either is right.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from dateline.records import ActorRef, Article, Span, Stamp
from dateline.resolving.actors import ActorResolver

_COUNTRIES = {"UNO": "IGO", "EUR": "IGO", "LEG": ""}
_SECTORS = {"HLH": "MED", "NGO": "SOC", "BUD": "REL", "UNK": "", "JNK": "", "????": "PTY"}
_TODAY = "2022-11-01"
_BARE = frozenset(("government", "place", "igo"))
Case = dict[str, Any]


def asked(case: Case) -> tuple[str, frozenset[str]] | None:
    """The country and the sectors that a case accepts; ``None`` when it asks for neither."""
    if case["method"] not in ("agent_to_code", "search_nat", "short_text_to_agent", "trf_agent_match"):
        return None
    country = _COUNTRIES.get(case.get("country") or "", case.get("country") or "")
    codes = case.get("code_1") or ""
    sectors = {_SECTORS.get(c, c) for c in (codes if isinstance(codes, list) else [codes])}
    if "PRE" in sectors:
        sectors |= {"REB", "GOV"}
    if case.get("code_2"):
        sectors.add(case["code_2"])
    return country, frozenset(sectors)


def resolve(case: Case, resolver: ActorResolver) -> ActorRef:
    """The phrase as an article of its own, on the case's day."""
    text = case["text"]
    day = (case["date"] or _TODAY).strip("'")
    stamp = Stamp(day, "given", day) if len(day) == 10 and day[4] == "-" else None
    span = Span.of(text, 0, len(text))
    return resolver.resolve_all(Article("case", text, published=stamp), [span], [])[span]


def right(case: Case, ref: ActorRef) -> bool:
    """True when country and sector are among those asked for."""
    wanted = asked(case)
    assert wanted is not None
    country, sectors = wanted
    sector = ref.sector or ""
    unsaid = "code_1" not in case or case["code_1"] is None
    fits = sector in sectors or unsaid or (country == "IGO" and sector == "IGO") or _undecided(sectors, ref)
    return (ref.country or "") == country and fits


def _same(one: Case, other: Case) -> bool:
    return bool(one["text"] == other["text"] and one["date"] == other["date"])


def _undecided(sectors: frozenset[str], ref: ActorRef) -> bool:
    return sectors == {""} and ((ref.sector == "GOV" and ref.kind in _BARE) or ref.sector == "UNK")


def report(path: Path, verbose: bool) -> None:
    """Print the share that is right, and with ``verbose`` each that is not."""
    resolver = ActorResolver.load()
    kept = [c for c in json.loads(path.read_text(encoding="utf-8")) if asked(c)]
    refs = [resolve(c, resolver) for c in kept]
    good = [any(right(k, r) for k in kept if _same(k, c)) for c, r in zip(kept, refs, strict=True)]
    print(f"cases {len(kept)}  country and sector {sum(good) / len(kept):.3f}")
    if verbose:
        for c, r, ok in zip(kept, refs, good, strict=True):
            if not ok:
                print(c["text"], c["date"], asked(c), (r.country, r.sector, r.kind), r.why, sep=" | ")


if __name__ == "__main__":
    report(Path(sys.argv[1]), "-v" in sys.argv)
