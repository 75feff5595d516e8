"""What a page says of its article in JSON-LD (schema.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

_MAX_CHARS, _MAX_NODES = 2_000_000, 5_000
_ARTICLE = re.compile(r"Article|BlogPosting|LiveBlog|Report$", re.IGNORECASE)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
Node = dict[str, Any]


def article_nodes(scripts: Sequence[str]) -> list[Node]:
    """Every node that describes an article, in page order; broken JSON is passed over."""
    nodes: list[Node] = []
    for script in scripts:
        nodes += [node for node in _walk(_loads(script)) if _is_article(node)]
    return nodes


def first_text(value: object) -> str | None:
    """The first non-empty string in a value that may be a string, a list or a node with a name or URL."""
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, dict):
        return first_text(value.get("name") or value.get("url") or value.get("@id") or value.get("@value"))
    if isinstance(value, list):
        return next((found for item in value if (found := first_text(item))), None)
    return None


def names(value: object) -> list[str]:
    """The names in an author or publisher, which may be a string, a node or a list of either."""
    if isinstance(value, list):
        return [name for item in value[:12] for name in names(item)]
    if isinstance(value, dict):
        value = value.get("name")
        return names(value) if isinstance(value, list) else names(value or "")
    return [" ".join(value.split())] if isinstance(value, str) and value.strip() else []


def _loads(script: str) -> object:
    text = script.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("//<![CDATA[").removeprefix("<![CDATA[").removesuffix("//]]>").removesuffix("]]>")
    if not text or len(text) > _MAX_CHARS:
        return None
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text).rstrip(";")):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(value: object) -> Iterator[Node]:
    queue, seen = [value], 0
    while queue and seen < _MAX_NODES:
        item = queue.pop(0)
        seen += 1
        if isinstance(item, dict):
            yield item
            queue += [v for v in item.values() if isinstance(v, (dict, list))]
        elif isinstance(item, list):
            queue += item


def _is_article(node: Node) -> bool:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(k, str) and _ARTICLE.search(k) for k in kinds)
