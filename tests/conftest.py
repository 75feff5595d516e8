"""What several rooms' tests need."""

from __future__ import annotations

import pytest

from dateline.pipeline import Coder
from dateline.reading.network import WEIGHTS


@pytest.fixture(scope="session")
def coder() -> Coder:
    """The coder as shipped."""
    if not (WEIGHTS / "reader.onnx").exists():
        pytest.skip("the reader's weights are not in this checkout; python -m training.train makes them")
    return Coder.load(threads=1)
