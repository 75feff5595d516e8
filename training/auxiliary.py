"""Third-party sets as partially annotated examples: attributions, event places, named entities."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from training import syntax
from training.annotated import CharSpan, Dependency, Example, Hint, TrainEvent
from training.heldout import held_out

_CROSSNER = {
    "politician": "person", "person": "person", "politicalparty": "party", "organisation": "organisation",
    "country": "place", "location": "place",
}  # fmt: skip


def _paragraphs(text: str) -> list[CharSpan]:
    return [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", text)]


def polnear(folder: Path) -> Iterator[Example]:
    """PolNeAR (Newell et al. 2018), training part: source, cue and content of attributions in political news."""
    for path in sorted((folder / "train" / "attributions").glob("*.ann")):
        text_path = folder / "train" / "text" / (path.stem.rsplit("_", 1)[0] + ".txt")
        if not text_path.exists():
            text_path = folder / "train" / "text" / f"{path.stem}.txt"
        if text_path.exists():
            text = text_path.read_text(encoding="utf-8", errors="replace")
            yield Example(path.stem, text, _paragraphs(text), [], _attributions(path), frozenset({"quote"}))


def _attributions(path: Path) -> list[TrainEvent]:
    spans: dict[str, tuple[str, CharSpan]] = {}
    events = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        key, _, rest = line.partition("\t")
        if key.startswith("T"):
            kind, _, where = rest.split("\t")[0].partition(" ")
            numbers = [int(x) for x in re.findall(r"\d+", where)]
            if numbers:
                spans[key] = (kind, (numbers[0], numbers[-1]))
        elif key.startswith("E"):
            parts = [p.split(":") for p in rest.split()]
            got = {a.rstrip("0123456789"): spans[b][1] for a, b in parts if b in spans}
            if "Cue" in got and "Content" in got:
                roles = {"content": [got["Content"]], "speaker": [got["Source"]] if "Source" in got else []}
                events.append(TrainEvent(got["Cue"], "QUOTE", "", "", roles))
    return events


def event_location(path: Path) -> Iterator[Example]:
    """Halterman's event places (2019): a verb and the places where its event happened; no other layer.

    A tenth of the sentences is left out; ``evals.event_place`` measures on them.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            verbs = [s for s in row["spans"] if s["label"] == "VERB"]
            places = [(s["start"], s["end"]) for s in row["spans"] if s["label"] == "LOCATION"]
            if verbs and not held_out(row["text"]):
                event = TrainEvent((verbs[0]["start"], verbs[0]["end"]), "", "", "", {"place": places})
                yield Example(str(row["_id"]), row["text"], [(0, len(row["text"]))], [], [event], frozenset())


def crossner(path: Path) -> Iterator[Example]:
    """CrossNER politics (Liu et al. 2021), training part: names only, so used before the annotated documents."""
    for k, block in enumerate(path.read_text(encoding="utf-8").split("\n\n")):
        rows = [line.split("\t") for line in block.splitlines() if "\t" in line]
        text, mentions = "", list[tuple[int, int, str]]()
        for word, tag in rows:
            start = len(text) + bool(text)
            text += (" " if text else "") + word
            kind = _CROSSNER.get(tag[2:])
            if kind and tag.startswith("B"):
                mentions.append((start, len(text), kind))
            elif kind and tag.startswith("I") and mentions:
                mentions[-1] = (mentions[-1][0], len(text), kind)
        if text:
            yield Example(f"crossner-{k}", text, [(0, len(text))], mentions, [], frozenset({"mention"}))


def read_all(data: Path, seed: int, places: int = 4000, attributed: int = 200) -> list[Example]:
    """Auxiliary examples found under ``data`` (absent sets are left out), short ones packed together.

    ``places`` and ``attributed`` bound the rows of event_location and the articles of PolNeAR.
    """
    rng = random.Random(seed)
    out: list[Example] = []
    if (data / "polnear").exists():
        articles = list(polnear(data / "polnear"))
        rng.shuffle(articles)
        out += articles[:attributed]
    located = data / "event_location" / "train.jsonl.gz"
    if located.exists():
        rows = list(event_location(located))
        rng.shuffle(rows)
        out += pack(rows[:places], 8)
    named = data / "crossner" / "politics" / "train.txt"
    if named.exists():
        out += pack(list(crossner(named)), 6)
    parsed = data / "ud_ewt_full" / "ewt_all_genres.conllu.gz"
    trees = [parsed] if parsed.exists() else []
    out += pack(list(syntax.read([*trees, *sorted((data / "gum_news" / "dep").glob("*.conllu"))])), 8)
    rng.shuffle(out)
    return out


def pack(examples: list[Example], n: int) -> list[Example]:
    """Join each ``n`` short examples of the same tasks into one, so that windows are full."""
    out = []
    for at in range(0, len(examples), n):
        group, text = examples[at : at + n], ""
        joined = Example(group[0].id, "", [], [], [], group[0].tasks)
        for ex in group:
            d = len(text)
            joined.sentences += [(a + d, b + d) for a, b in ex.sentences]
            joined.mentions += [(a + d, b + d, k) for a, b, k in ex.mentions]
            joined.events += [_moved(e, d) for e in ex.events]
            joined.words += [Dependency(_plus(w.word, d), _plus(w.governor, d), w.relation) for w in ex.words]
            joined.hints += [_hint_moved(h, d) for h in ex.hints]
            text += ex.text + "\n"
        joined.text = text
        out.append(joined)
    return out


def _plus(span: CharSpan, d: int) -> CharSpan:
    return span[0] + d, span[1] + d


def _hint_moved(h: Hint, d: int) -> Hint:
    fillers = {role: [_plus(s, d) for s in spans] for role, spans in h.fillers.items()}
    return Hint(_plus(h.bounds, d), h.types, h.mode, fillers)


def _moved(e: TrainEvent, d: int) -> TrainEvent:
    roles = {r: [_plus(s, d) for s in spans] for r, spans in e.roles.items()}
    return TrainEvent(_plus(e.trigger, d), e.type, e.mode, e.status, roles)
