"""Article bodies against a ground truth, ours beside trafilatura alone on the same pages.

usage: python -m evals.extraction FOLDER [-v]     FOLDER holds ground-truth.json and html/ID.html.gz

Scoring follows the article extraction benchmark of Scrapinghub (2019): the words of a body as a multiset of 4-grams;
precision and recall are means over pages (a page without output counts in recall alone), F1 is their harmonic mean,
accuracy the share of pages without a difference. Our body is the paragraphs without headline and highlights, which the
ground truth leaves out. Exit status 1 when ours falls below trafilatura alone. ``-v`` lists the pages that lose most.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from trafilatura import extract

from dateline.article.page import read_page

_WORD = re.compile(r"\w+")
_LENGTH, _SHOWN = 4, 20
Shingles = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class Page:
    """A page of the benchmark: its id, markup, true body, and address where known."""

    id: str
    markup: str
    body: str
    url: str | None


@dataclass(frozen=True)
class Match:
    """Shingles in both bodies, in the output alone, in the truth alone."""

    both: int
    extra: int
    missing: int

    @property
    def f1(self) -> float:
        """F1 of the one page."""
        return 2 * self.both / max(1, 2 * self.both + self.extra + self.missing)


def read_pages(folder: Path) -> Iterator[Page]:
    """The pages of the benchmark in order of id."""
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for name in sorted(truth):
        with gzip.open(folder / "html" / f"{name}.html.gz", "rt", encoding="utf-8") as stream:
            yield Page(name, stream.read(), truth[name]["articleBody"], truth[name].get("url"))


def shingles(text: str) -> Shingles:
    """The 4-grams of a text's words with their numbers; of a shorter text, the one shorter tuple."""
    words = _WORD.findall(text)
    if len(words) < _LENGTH:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[i:] for i in range(_LENGTH)), strict=False))


def match(truth: str, output: str) -> Match:
    """Compare two bodies."""
    wanted, found = shingles(truth), shingles(output)
    return Match((wanted & found).total(), (found - wanted).total(), (wanted - found).total())


def figures(matches: list[Match]) -> dict[str, float]:
    """F1, precision, recall and accuracy over pages."""
    precision = mean([m.both / (m.both + m.extra) for m in matches if m.both + m.extra] or [0.0])
    recall = mean([m.both / (m.both + m.missing) for m in matches if m.both + m.missing] or [0.0])
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    accuracy = mean([float(m.extra + m.missing == 0) for m in matches] or [0.0])
    return {"F1": f1, "precision": precision, "recall": recall, "accuracy": accuracy}


def ours(page: Page) -> str:
    """The body as dateline reads it."""
    draft = read_page(page.markup, page.url)
    texts = draft.paragraphs if draft else []
    return "\n".join(text for i, text in enumerate(texts) if draft is None or i not in draft.highlights)


def alone(page: Page) -> str:
    """The body as trafilatura extracts it, comments left out."""
    return extract(page.markup, include_comments=False) or ""


def alone_fast(page: Page) -> str:
    """The same without its fallbacks, which is how dateline calls it."""
    return extract(page.markup, include_comments=False, fast=True) or ""


SYSTEMS: dict[str, Callable[[Page], str]] = {"dateline": ours, "trafilatura": alone, "trafilatura fast": alone_fast}


def main(arguments: list[str]) -> int:
    """Print the figures of every system; the exit status."""
    pages = list(read_pages(Path(next(a for a in arguments if not a.startswith("-")))))
    print(f"{len(pages)} pages")
    scores = {}
    for name, system in SYSTEMS.items():
        matches = [match(page.body, system(page)) for page in pages]
        scores[name] = figures(matches)
        print(f"{name:18}" + "".join(f"{key} {value:.4f}  " for key, value in scores[name].items()))
        if "-v" in arguments and system is ours:
            _show(pages, matches)
    return int(scores["dateline"]["F1"] < max(scores["trafilatura"]["F1"], scores["trafilatura fast"]["F1"]))


def _show(pages: list[Page], matches: list[Match]) -> None:
    for page, m in sorted(zip(pages, matches, strict=True), key=lambda pair: pair[1].f1)[:_SHOWN]:
        print(f"  {m.f1:.3f}  +{m.extra} -{m.missing}  {page.id[:8]}  {page.url}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
