"""Check the demo casebook's gold: every trigger is found, every id exists; print counts.

usage: python -m evals.casebook_gold FOLDER     (FOLDER holds articles.jsonl, happenings.jsonl and perhaps copies.jsonl)
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

STATUSES = frozenset(("occurred", "ongoing", "planned", "possible", "negated"))
ROLES = frozenset(("report", "background", "plan", "denial"))
KINDS = frozenset(("exact", "near", "partial"))
_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def visible(article: Row) -> str:
    """What a reader of the article sees: title and text, furniture included; blank-line joined."""
    text = article.get("text") or html.unescape(
        re.sub(r"<[^>]+>", "", re.sub(r"<(head|script|style)\b.*?</\1>", " ", article["html"], flags=re.S))
    )
    return text if article["title"] in text else f"{article['title']}\n\n{text}"


def locate(text: str, mention: Row) -> int | None:
    """Offset of a mention's trigger: its n-th occurrence in the one place where the words of its sentence stand."""
    words, trigger = mention["sentence_contains"], mention["trigger"]
    if text.count(words) != 1:
        return None
    at = -1
    for _ in range(mention["nth"]):
        at = words.find(trigger, at + 1)
        if at < 0:
            return None
    return text.index(words) + at


def faults(articles: list[Row], happenings: list[Row], copies: list[Row]) -> Iterator[str]:
    """What is wrong, one line each; nothing when the gold is sound."""
    texts = {a["id"]: visible(a) for a in articles}
    days = {a["id"]: a["published"][:10] for a in articles}
    taken: dict[tuple[str, int], Row] = {}
    names = Counter([*(a["id"] for a in articles), *(h["id"] for h in happenings), *(c["id"] for c in copies)])
    yield from (f"{name}: this id is given {n} times" for name, n in names.items() if n > 1)
    for h in happenings:
        for m in h["mentions"]:
            where = f"{h['id']} in {m['article']}: {m['trigger']!r}"
            at = locate(texts.get(m["article"], ""), m)
            if at is None:
                yield f"{where} is not found in {m['sentence_contains']!r}"
            elif taken.setdefault((m["article"], at), m) is not m:
                yield f"{where} is given twice"
            if m["status"] not in STATUSES or m["role"] not in ROLES:
                yield f"{where} has an unknown status or role"
            if m["status"] == "occurred" and days.get(m["article"], h["first"]) < h["first"]:
                yield f"{where} has occurred before its first day {h['first']}"
        if len(h["mentions"]) < 2:
            yield f"{h['id']} has fewer than two mentions"
        yield from _unprinted(h, " ".join(texts.get(m["article"], "") for m in h["mentions"]))
    for c in copies:
        members = {c["base"]: "exact", **c["copies"]}
        yield from (f"{c['id']}: {k} {v}" for k, v in members.items() if k not in texts or v not in KINDS)


def _unprinted(happening: Row, text: str) -> Iterator[str]:
    printed = set(re.findall(r"\w+", text.replace(",", "").lower()))
    for of, toll in happening["tolls"].items():
        for n in toll["printed"]:
            if printed.isdisjoint({str(n), *_SMALL.split()[n : n + 1]}):
                yield f"{happening['id']}: no article prints {n} {of}"


def main(folder: Path) -> int:
    """Print counts and faults; the number of faults."""
    articles, happenings = (rows(folder / f"{name}.jsonl") for name in ("articles", "happenings"))
    copies = rows(path) if (path := folder / "copies.jsonl").exists() else []
    mentions = [m for h in happenings for m in h["mentions"]]
    print(
        f"{len(articles)} articles, {len(happenings)} happenings, {len(mentions)} mentions, {len(copies)} copy groups"
    )
    print(*(f"{k} {n}" for name in ("status", "role") for k, n in Counter(m[name] for m in mentions).most_common()))
    found = list(faults(articles, happenings, copies))
    print(*found, sep="\n", end="\n" if found else "")
    return len(found)


if __name__ == "__main__":
    sys.exit(min(1, main(Path(sys.argv[1]))))
