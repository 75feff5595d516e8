"""What several rooms' tests need."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from dateline.pipeline import Coder
from dateline.reading.network import WEIGHTS

# A busy machine is slow; that says nothing about the code.
settings.register_profile("dateline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dateline")


@pytest.fixture(autouse=True, scope="session")
def no_own_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whatever actors and places the tester has, the tests see none of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def coder() -> Coder:
    """The coder as shipped."""
    if not (WEIGHTS / "reader.onnx").exists():
        pytest.skip("the reader's weights are not in this checkout; python -m training.train makes them")
    return Coder.load(threads=1)
