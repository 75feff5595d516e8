"""Imports point down only: a room knows the rooms below it, never one beside or above."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "dateline"
# Low to high; the rooms of one row do not know each other.
ROWS = (
    ("errors",),
    ("records",),
    ("text",),
    ("sources",),
    ("lexicon",),
    ("article",),
    ("reading",),
    ("resolving",),
    ("merging",),
    ("store", "review", "export"),
    ("pipeline",),
    ("scale", "api", "cli", "desk"),
    ("__init__",),
    ("__main__",),
)
HEIGHT = {room: height for height, row in enumerate(ROWS) for room in row}
MODULES = sorted(SOURCE.rglob("*.py"))
# What a user's machine need not have, and what --help must not wait for.
NEVER = frozenset(("training", "evals", "benchmarks", "tests", "torch", "onnx"))
HEAVY = (
    "numpy",
    "onnxruntime",
    "tokenizers",
    "msgspec",
    "rich",
    "trafilatura",
    "dateline.pipeline",
    "dateline.records",
)


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def imported(path: Path) -> Iterator[str]:
    """Full names of all that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> set[str]:
    parts = [name.split(".") for name in imported(path)]
    return {p[1] for p in parts if p[0] == "dateline" and len(p) > 1 and p[1] in HEIGHT}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_point_down(path: Path) -> None:
    room = room_of(path)
    assert room in HEIGHT, f"{room} is no room of the design"
    above = {other for other in rooms_imported(path) if other != room and HEIGHT[other] >= HEIGHT[room]}
    assert not above


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_nothing_of_the_workshop_at_run_time(path: Path) -> None:
    assert not {name.split(".")[0] for name in imported(path)} & NEVER


def test_rows_cover_the_rooms_that_are_there() -> None:
    rooms = {
        p.stem if p.suffix else p.name for p in SOURCE.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()
    }
    assert {"records", "article", "reading", "cli", "pipeline"} <= rooms <= set(HEIGHT)


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys; from dateline.cli.app import run; run(['code', '--help']); "
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "--min-confidence" in done.stdout
    assert done.stderr.strip() == "[]"
