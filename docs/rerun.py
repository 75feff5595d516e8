"""Runs the commands shown in the README and puts their output in place of what stands there.

usage: python docs/rerun.py [FILE...]

A block is run when its first line begins with "$ ". All of a file's commands run in one scratch folder, in order, in a
terminal of 100 columns, with the ``dateline`` of the Python that runs this.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
_BLOCK = re.compile(r"```\n(\$ .*?)```\n", re.DOTALL)


def rerun(file: Path) -> None:
    """Bring the blocks of one document up to date; raises CalledProcessError when a command fails."""
    with tempfile.TemporaryDirectory() as folder:
        text = file.read_text(encoding="utf-8")
        file.write_text(_BLOCK.sub(lambda block: _fresh(block[1], folder), text), encoding="utf-8")


def _fresh(block: str, folder: str) -> str:
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return "```\n" + "".join(f"$ {command}\n{_output(command, folder)}" for command in commands) + "```\n"


def _output(command: str, folder: str) -> str:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "COLUMNS": "100"}
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout.rstrip("\n") + "\n" if done.stdout.strip() else ""


if __name__ == "__main__":
    for name in sys.argv[1:] or [str(ROOT / "README.md")]:
        rerun(Path(name))
