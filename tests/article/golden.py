"""The golden form of an article, and a command that writes it anew: ``python -m tests.article.golden``.

Goldens are read by people before they are committed: each says what the page really holds.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dateline import article
from dateline.records import Article, Document

PAGES = Path(__file__).parent / "pages"
PLAIN_FIELDS = ("headline", "byline", "publisher", "section", "origin", "language", "url")


def inputs() -> list[Path]:
    """Every page, in order of name."""
    return sorted(path for path in PAGES.iterdir() if path.suffix in (".txt", ".html"))


def document(path: Path) -> Document:
    """A page as the sources would hand it over."""
    beside = path.with_suffix(".given.json")
    given = json.loads(beside.read_text("utf-8")) if beside.exists() else {}
    media_type = "text/html" if path.suffix == ".html" else "text/plain"
    return Document(path.stem, path.read_bytes(), media_type, url=given.get("url"), given=given)


def view(found: Article) -> dict[str, Any]:
    """What a golden holds of an article; fields that are unknown are left out."""
    out: dict[str, Any] = {name: getattr(found, name) for name in PLAIN_FIELDS}
    for name in ("published", "updated", "dateline_date"):
        stamp = getattr(found, name)
        out[name] = stamp and f"{stamp.value} ({stamp.how})"
    out["dateline_place"] = found.dateline_place and found.dateline_place.text
    out["image"] = found.image and {k: v for k in ("url", "caption", "credit") if (v := getattr(found.image, k))}
    out["highlights"] = [span.text for span in found.highlights]
    out["paragraphs"] = [span.text for span in found.paragraphs]
    out.update(embeds=list(found.embeds), agencies=list(found.agencies), furniture=list(found.furniture))
    return {name: value for name, value in out.items() if value not in (None, [], {})}


def golden(path: Path) -> dict[str, Any]:
    """The golden form of what ``build`` makes of a page."""
    found, problems = article.build(document(path))
    return {"article": view(found) if found else None, "problems": [problem.code for problem in problems]}


if __name__ == "__main__":
    for page in inputs():
        text = json.dumps(golden(page), indent=1, ensure_ascii=False)
        page.with_suffix(".golden.json").write_text(text + "\n", "utf-8")
