"""News texts without annotations, to pass on what several readers agree on (Hinton et al. 2015)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from dateline.text import split_sentences
from training import hints, standoff
from training.annotated import Example

_SENTENCES = 12


def read_all(data: Path, seed: int, news: int, stories: int) -> list[Example]:
    """Stretches of a dozen sentences, no layer annotated; sets that are not under ``data`` are left out.

    ``news`` stretches are drawn from all articles and ``stories`` from the synthetic ones, which tell of all types of
    event alike; the sentences on event places come in dozens.
    """
    found = [example for origin in _origins(data) for example in _stretches(origin, standoff.source_text(origin, data))]
    told = [e for path in hints.archives(data) for k, text in enumerate(hints.texts(path, seed, stories))
            for e in _stretches(f"story/{k}", text)]  # fmt: skip
    rng = random.Random(seed)
    return [*rng.sample(found, min(news, len(found))), *rng.sample(told, min(stories, len(told))), *_places(data)]


def _places(data: Path) -> Iterator[Example]:
    """The sentences of event_location by the dozen, without those that PLV is measured on."""
    measured = standoff.plv_part(data / "zsp_plover", "test")
    sentences = [s for s in standoff.located(data) if s not in measured]
    for at in range(0, len(sentences), _SENTENCES):
        text, bounds = "", list[tuple[int, int]]()
        for sentence in sentences[at : at + _SENTENCES]:
            bounds.append((len(text), len(text) + len(sentence)))
            text += sentence + " "
        yield Example(f"event_location#{at}", text, bounds, [], [], frozenset())


def _origins(data: Path) -> Iterator[str]:
    for path in sorted((data / "polnear" / "train" / "text").glob("*.txt")):
        yield f"polnear/{path.name}"
    for path in sorted((data / "tempeval3" / "TBAQ-cleaned").glob("*/*.tml")):
        yield f"tbaq/{path.parent.name}/{path.name}"
    for path in sorted((data / "muc4" / "grit_processed").glob("train.json")):
        yield from (f"muc4/{k}" for k in range(len(path.read_text(encoding="utf-8").splitlines())))
    yield from (f"{name}/{k}" for name in ("geovirus", "lgl") for k in range(0, 300, 2))
    yield from (f"insight/{k}" for k in range(len(standoff.reports(data, "insight"))))
    # These reports have two or three sentences each.
    satp = range(len(standoff.reports(data, "satp")))
    yield from ("satp/" + "+".join(map(str, satp[at : at + 4])) for at in range(0, len(satp), 4))


def _stretches(origin: str, text: str | None) -> Iterator[Example]:
    bounds = [(s.start, s.end) for s in split_sentences(text, 0, len(text))] if text else []
    for at in range(0, len(bounds), _SENTENCES):
        yield Example(f"{origin}#{at}", text or "", bounds[at : at + _SENTENCES], [], [], frozenset())
