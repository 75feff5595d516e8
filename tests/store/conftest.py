"""An empty casebook for each test, copied since making one takes longer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dateline.store import Casebook


@pytest.fixture(scope="session")
def empty_casebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty casebook that nobody may write to."""
    folder = tmp_path_factory.mktemp("template") / "book"
    Casebook.create(folder)
    return folder


@pytest.fixture
def book(empty_casebook: Path, tmp_path: Path) -> Casebook:
    """An empty casebook."""
    shutil.copytree(empty_casebook, tmp_path / "book")
    return Casebook.open(tmp_path / "book")
