"""Which reports are worth comparing: those that share a key of when and of what, who or where.

Pairs are found by key, without looking at every pair, so that the work grows with the number of reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from dateline.merging.profile import Profile

CROWD = 40
"""In a block of more reports than this, each is compared with the ``CROWD`` before and after it in order of day."""
BUCKET, MOST_BUCKETS = 8, 8
_RARE = 0.42
_STORY_TERMS = 5
Rarity = Callable[[str], float]
Key = tuple[object, ...]
When = int | str
"""A stretch of ``BUCKET`` days, numbered from the first day of the year 1; ``LONG`` or ``SOME_DAY``."""
LONG, SOME_DAY = "long", "some day"


class Blocks:
    """Reports by key. Whether a pair is proposed depends on the two reports alone, but for blocks that are crowded."""

    def __init__(self, profiles: Iterable[Profile], rarity: Rarity) -> None:
        self._keys: dict[str, tuple[Key, ...]] = {}
        blocks: dict[Key, list[tuple[int, int, str]]] = defaultdict(list)
        for profile in profiles:
            place = (profile.days.last if profile.days else 0, profile.story.day or 0, profile.id)
            self._keys[profile.id] = found = tuple(dict.fromkeys(keys(profile, rarity)))
            for key in found:
                blocks[key].append(place)
        self._blocks = {key: [id_ for *_, id_ in sorted(block)] for key, block in blocks.items() if len(block) > 1}
        self._at = {
            key: {id_: at for at, id_ in enumerate(block)} for key, block in self._blocks.items() if len(block) > CROWD
        }

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every proposed pair once, the smaller id first, in order."""
        for id_ in sorted(self._keys):
            yield from ((id_, other) for other in sorted(self.partners(id_)) if other > id_)

    def partners(self, id_: str) -> set[str]:
        """The reports that one report is to be compared with."""
        out: set[str] = set()
        for key in self._keys[id_]:
            block = self._blocks.get(key, [])
            if key in self._at:
                at = self._at[key][id_]
                block = block[max(0, at - CROWD) : at + CROWD + 1]
            out.update(block)
        out.discard(id_)
        return out


def keys(profile: Profile, rarity: Rarity) -> Iterator[Key]:
    """The keys of a report; two reports with one in common are compared."""
    yield ("article", profile.story.id)
    kind, triggers = f"type {profile.report.type}", [f"trigger {word}" for word in profile.triggers]
    spots = {str(p.id) for p in profile.places if p.id is not None and p.precision not in ("country", "region")}
    names, near = ({w for w in words if rarity(w) >= _RARE} for words in (profile.names, profile.near))
    parties = profile.actors.ids | profile.recipients.ids
    terms = sorted(profile.story.terms, key=lambda word: (-profile.story.terms[word], word))[:_STORY_TERMS]
    for when in whens(profile):
        for what in (kind, *triggers):
            yield from ((when, what, "at", spot) for spot in spots)
            yield from ((when, what, "named", name) for name in names)
        yield from ((when, kind, "named", name) for name in near)
        for word in profile.triggers:
            yield from ((when, word, "by", party) for party in parties)
            yield from ((when, word, "in", term) for term in terms)


def whens(profile: Profile) -> Iterator[When]:
    """Stretches of eight days that the report can fall in, a day to either side; a long one falls into years."""
    if profile.days is None:
        yield SOME_DAY
        return
    first, last = (profile.days.first - 1) // BUCKET, (profile.days.last + 1) // BUCKET
    if last - first < MOST_BUCKETS:
        yield from range(first, last + 1)
    else:
        yield LONG
