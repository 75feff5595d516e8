"""Values of a merged event: the mode that is told often enough."""

from __future__ import annotations

import pytest

from dateline.merging.event import event_of
from dateline.merging.sourced import Sourced
from tests.merging.samples import told


def _told(mode: str, outlet: str, at: int) -> Sourced:
    code = f"ASSAULT/{mode}" if mode else "ASSAULT"
    one = told(f"Rebels attacked the post at hour {at}.", code, trigger="attacked", first="2021-08-03", outlet=outlet)
    return Sourced(one.report, outlet, "2021-08-03")


@pytest.mark.parametrize(
    ("modes", "outlets", "mode"),
    [
        (["aerial"], ["A"], "aerial"),
        (["aerial", "", "", ""], ["A", "A", "B", "C"], "aerial"),
        (["aerial", *[""] * 6], ["A"] * 7, None),
        (["aerial", "aerial", *[""] * 12], ["A", "B", *["A"] * 12], "aerial"),
        (["aerial", "firearms", "firearms", *[""] * 12], ["A", "A", "B", *["A"] * 12], "firearms"),
    ],
)
def test_a_mode_that_one_source_gives_once_is_not_the_events(
    modes: list[str], outlets: list[str], mode: str | None
) -> None:
    reports = [_told(m, o, at) for at, (m, o) in enumerate(zip(modes, outlets, strict=True))]
    assert event_of("evt_1", reports, "merger 1").mode == mode
