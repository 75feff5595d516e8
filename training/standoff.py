"""Annotations of third-party texts kept apart from their texts: offsets and labels only.

The texts stay with their owners; the files hold where a source's sentences begin and end and what was read in them.
``read`` puts both together where the sources are on disk. ``python -m training.standoff TEXTS GOLD DATA OUT`` makes
such a file from annotated documents whose ``origin`` names the source.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from training.annotated import Example, example, locate
from training.heldout import held_out

ANNOTATIONS = Path(__file__).parent / "annotations"
_FILES = {"geovirus": "GeoVirus.xml", "lgl": "lgl_half.xml"}
_TABLES = {"insight": "insightCrime", "satp": "satp_relevant"}
_GIVEN = ("tbaq", "plv", "muc4", "event_location", *_TABLES)
_ROLES = ("actor", "recipient", "object", "instrument", "place", "time", "source")


def read(path: Path, data: Path) -> Iterator[Example]:
    """Examples of a stand-off file whose sources lie under ``data``; absent or changed sources are left out."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = source_text(row["origin"], data)
        if text is not None and digest(text) == row["sha256"]:
            sentences = [text[a:b] for a, b in row["sentences"]]
            yield example({"id": row["id"], "sentences": sentences}, _quoted(row["gold"], sentences))


def source_text(origin: str, data: Path) -> str | None:
    """A source's text, white space collapsed.

    ``origin`` is ``polnear/FILE``, ``tbaq/FOLDER/FILE`` (TimeBank and AQUAINT), ``plv/INDEX`` (a dozen of PLV's
    training sentences), ``muc4/INDEX`` (a development report), ``geovirus/INDEX``, ``lgl/INDEX``, or
    ``NAME/INDEX+INDEX+…`` for sentences of event_location that are not among those measured on, and for the training
    reports of InSight Crime (``insight``) and of the South Asia Terrorism Portal (``satp``).
    """
    name, _, key = origin.partition("/")
    if name == "event_location" or name in _TABLES:
        rows = located(data) if name == "event_location" else reports(data, name)
        return " ".join(rows[int(k)] for k in key.split("+")) if rows else None
    if name == "plv":
        sentences = _plv(data / "zsp_plover")[int(key) * 12 :][:12]
        return " ".join(sentences) or None
    if name == "tbaq":
        return _timeml(data / "tempeval3" / "TBAQ-cleaned" / key)
    if name == "polnear":
        path = data / "polnear" / "train" / "text" / key
        return _collapsed(path.read_text(encoding="utf-8", errors="replace")) if path.exists() else None
    if name == "muc4":
        return _numbered(_muc(data / "muc4" / "grit_processed" / "train.json"), key)
    return _numbered(_articles(data / "geoparsing" / _FILES[name]), key)


def _numbered(texts: Sequence[str], key: str) -> str | None:
    return texts[int(key)] if int(key) < len(texts) else None


@lru_cache(maxsize=4)
def _articles(path: Path) -> tuple[str, ...]:
    if not path.exists():
        return ()
    nodes = ElementTree.parse(path).getroot()
    return tuple(_collapsed(f"{a.findtext('title') or ''} {a.findtext('text') or ''}") for a in nodes)


@lru_cache(maxsize=1)
def _muc(path: Path) -> tuple[str, ...]:
    """MUC-4's development reports; they are in lower case, and sentences are told by their capitals."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    texts = (_collapsed(json.loads(line)["doctext"]) for line in lines)
    return tuple(re.sub(r"(^|[.!?] )([a-z])", lambda m: m[1] + m[2].upper(), text) for text in texts)


@lru_cache(maxsize=1)
def _plv(folder: Path) -> tuple[str, ...]:
    """PLV's training sentences that are not in its test part, each once."""
    test = plv_part(folder, "test")
    return tuple(s for s in plv_part(folder, "train") if s not in test) if test else ()


def plv_part(folder: Path, part: str) -> dict[str, None]:
    """PLV's sentences of one part in order, each once; none where the set is absent."""
    path = folder / f"PLV_{part}.tsv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8") as lines:
        return dict.fromkeys(_collapsed(row["sentence"]) for row in csv.DictReader(lines, delimiter="\t"))


@lru_cache(maxsize=1)
def located(data: Path) -> tuple[str, ...]:
    """The sentences of event_location that training may use, each once."""
    path = data / "event_location" / "train.jsonl.gz"
    if not path.exists():
        return ()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    return tuple(dict.fromkeys(_collapsed(t) for t in texts if not held_out(t)))


@lru_cache(maxsize=4)
def reports(data: Path, name: str) -> tuple[str, ...]:
    """The training texts of a classification set of ConfliBERT's (Hu et al. 2022): ``insight`` or ``satp``."""
    path = data / "conflibert" / "data" / _TABLES[name] / "train.tsv"
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_collapsed(row[0]) for row in csv.reader(lines, delimiter="\t"))


def _timeml(path: Path) -> str | None:
    """Title and text of a TimeML file, with quotation marks for the doubled signs of old wires."""
    if not path.exists():
        return None
    root = ElementTree.parse(path).getroot()
    parts = ("".join(node.itertext()) for name in ("TITLE", "TEXT") for node in root.iter(name))
    return _collapsed(" ".join(parts).replace("``", '"').replace("''", '"'))


def _collapsed(text: str) -> str:
    return " ".join(text.split())


def digest(text: str) -> str:
    """Tells whether a source's text is still the one that was annotated."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _quoted(gold: dict[str, Any], sentences: list[str]) -> dict[str, Any]:
    """Offsets back to [sentence, words, nth], as the annotation guide writes them."""

    def words(span: Any) -> Any:
        if not span:
            return None
        number, start, end = span
        text = sentences[number]
        nth, at = 1, text.find(text[start:end])
        while at < start:
            nth, at = nth + 1, text.find(text[start:end], at + 1)
        return [number, text[start:end], nth]

    return _mapped(gold, words)


def _offsets(gold: dict[str, Any], sentences: list[str]) -> dict[str, Any]:
    def offsets(span: Any, sentence: int) -> Any:
        return list(locate(sentences, span, sentence) or ()) or None

    events = [{**v, **{k: [offsets(x, v["s"]) for x in v.get(k, [])] for k in _ROLES}} for v in gold["events"]]
    for event in events:
        event["trigger"] = offsets(event["trigger"], event["s"])
        event["counts"] = [{**c, "text": offsets(c["text"], event["s"])} for c in event.get("counts", [])]
    quotes = [
        {**q, **{k: offsets(q[k], q["s"]) if q.get(k) else None for k in ("speaker", "cue", "content")}}
        for q in gold.get("quotes", [])
    ]
    entities = [
        {
            **{k: e.get(k) for k in ("id", "kind", "country", "sector")},
            "mentions": [offsets(m, 0) for m in e["mentions"]],
        }
        for e in gold["entities"]
    ]
    return {"entities": entities, "events": events, "quotes": quotes}


def _mapped(gold: dict[str, Any], words: Any) -> dict[str, Any]:
    events = [
        {
            **v,
            **{k: [words(x) for x in v.get(k, []) if x] for k in _ROLES},
            "trigger": words(v["trigger"]),
            "counts": [{**c, "text": words(c["text"])} for c in v["counts"] if c["text"]],
        }
        for v in gold["events"]
    ]
    quotes = [{**q, **{k: words(q[k]) for k in ("speaker", "cue", "content")}} for q in gold["quotes"]]
    entities = [{**e, "mentions": [words(m) for m in e["mentions"] if m]} for e in gold["entities"]]
    return {"entities": entities, "events": events, "quotes": quotes}


def make(texts: Path, gold: Path, data: Path) -> Iterator[dict[str, Any]]:
    """Rows of a stand-off file; a document whose sentences are not found in its source is left out and named."""
    annotated = {g["id"]: g for g in map(json.loads, gold.read_text(encoding="utf-8").splitlines())}
    for row in map(json.loads, texts.read_text(encoding="utf-8").splitlines()):
        origin = _origin(row)
        text = source_text(origin, data) or ""
        bounds = _bounds(text, row["sentences"])
        if bounds is None or row["id"] not in annotated:
            print(f"{row['id']}: left out; its sentences are not in {origin}")
            continue
        record = _offsets(annotated[row["id"]], [text[a:b] for a, b in bounds])
        yield {"id": row["id"], "origin": origin, "sha256": digest(text), "sentences": bounds, "gold": record}


def _origin(row: dict[str, Any]) -> str:
    given = str(row["origin"])
    name, _, number = row["id"].partition("-")
    if name in _FILES:
        return f"{name}/{number}"
    return given if given.partition("/")[0] in _GIVEN else "polnear/" + given.rsplit("/", 1)[-1]


def _bounds(text: str, sentences: list[str]) -> list[tuple[int, int]] | None:
    """Where the sentences stand in the text, in order; ``None`` when one does not."""
    at, out = 0, []
    for sentence in sentences:
        start = text.find(sentence, at)
        start = start if start >= 0 else text.find(sentence)
        if start < 0:
            return None
        at = start + len(sentence)
        out.append((start, at))
    return out


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(prog="python -m training.standoff", description=(__doc__ or "").split("\n")[0])
    for name in ("texts", "gold", "data", "out"):
        p.add_argument(name, type=Path)
    a = p.parse_args()
    lines = [json.dumps(row, ensure_ascii=False) for row in make(a.texts, a.gold, a.data)]
    a.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} documents")


if __name__ == "__main__":
    main()
