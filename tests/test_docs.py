"""What the documents say is what there is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import click
import pytest

from dateline.cli import exits
from dateline.cli.app import app
from dateline.cli.code import FORMATS
from dateline.export.csv import COLUMNS
from dateline.records import Coded, Problem

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
README, CLI, OUTPUT, CI = (
    (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/cli.md", "docs/output.md", ".ci/run")
)
COMMANDS = sorted(app.commands.items())


def in_code(text: str) -> set[str]:
    """Everything set as code in a document, in words too."""
    spans = re.findall(r"`([^`\n]+)`", text)
    return set(spans) | {word for span in spans for word in span.split()}


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_every_command_and_option_is_documented(name: str, command: click.Command) -> None:
    documents = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    heading = re.search(rf"\n## `dateline {name}\b", documents)
    assert heading, f"docs/ has no section on dateline {name}"
    section = documents[heading.end() :].split("\n## ")[0]
    options = {o for p in command.params if isinstance(p, click.Option) for o in (*p.opts, *p.secondary_opts)}
    assert {o for o in options if o not in in_code(section)} == set()


def test_every_format_is_documented() -> None:
    assert set(FORMATS) <= in_code(CLI)


@pytest.mark.parametrize(("code", "meaning"), sorted(exits.MEANINGS.items()))
def test_every_exit_code_is_documented(code: int, meaning: str) -> None:
    assert f"| {code} | {meaning} |" in CLI.replace("`", "")


def test_every_column_is_documented() -> None:
    cells = [line.split("|")[1] for line in OUTPUT.split("## CSV")[1].splitlines() if line.startswith("|")]
    assert [name for cell in cells for name in re.findall(r"`(\w+)`", cell)] == list(COLUMNS)


def keys(kind: Any, seen: set[Any]) -> Iterator[str]:
    """The JSON keys of a record and of all records in it."""
    if kind in seen or not is_dataclass(kind):
        return
    seen.add(kind)
    for name, hint in get_type_hints(kind).items():
        yield name
        for inner in (hint, *get_args(hint)):
            yield from keys(inner, seen)


def test_every_key_of_the_json_is_documented() -> None:
    found = set(keys(Coded, set()))
    assert {"geonameid", "cue", "alternatives", "radius_km"} <= found
    assert found - in_code(OUTPUT) == set()


def problem_codes() -> set[str]:
    """First arguments of every ``Problem(...)`` on the way from input to output; a casebook's are its own."""
    assert fields(Problem)[0].name == "code"
    paths = [p for p in (ROOT / "src" / "dateline").rglob("*.py") if p.parent.name not in ("store", "review")]
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in paths)
    calls = (n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name))
    firsts = (c.args[0] for c in calls if c.func.id == "Problem" and c.args)  # type: ignore[attr-defined]
    return {str(first.value) for first in firsts if isinstance(first, ast.Constant)}


def test_every_problem_is_documented() -> None:
    found = problem_codes()
    assert {"empty", "bad-line", "no-events"} <= found
    assert found - in_code(OUTPUT) == set()


def commands_of_readme() -> list[str]:
    """The two lines of the README that set dateline up."""
    return [line for line in README.splitlines() if line.startswith("python3 -m venv")]


def test_ci_runs_the_commands_of_the_readme() -> None:
    in_ci = [re.sub(r'"\$fresh"/\w+', ".venv", line) for line in CI.splitlines() if line.startswith("python3 -m venv")]
    assert in_ci == commands_of_readme()
    assert len(in_ci) == 2
    assert commands_of_readme()[1] in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_links_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8"))
    local = [t for t in targets if not t.startswith(("http://", "https://", "mailto:"))]
    assert [t for t in local if not (path.parent / t).exists()] == []


def test_the_changelog_knows_this_version() -> None:
    import dateline

    assert f"## {dateline.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
