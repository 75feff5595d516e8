"""Titles of happenings: whom they name."""

from __future__ import annotations

import pytest

from dateline.export.wording import principal
from dateline.records import Party

KNOWN = Party("Taliban", "taliban", "armed_group", "AFG", "REB", 3)
THEIRS = Party("Taliban fighters", None, "armed_group", "AFG", "REB", 2)
CROWD = Party("a crowd", None, "population", "AFG", "CVL")
THREE = Party("at least three people", None, "population", "AFG", "CVL", 2)
SLIP = Party("India", "ind", "government", "IND", "GOV", 1)
OFTEN = Party("Taliban", "taliban", "armed_group", "AFG", "REB", 4)
ALL = Party("people", None, "population", "AFG", "CVL")


@pytest.mark.parametrize(
    ("parties", "kept"),
    [
        ((KNOWN, THEIRS), (KNOWN,)),
        ((CROWD, KNOWN), (KNOWN,)),
        ((THREE, KNOWN), (THREE, KNOWN)),
        ((CROWD, THREE), (CROWD, THREE)),
        ((CROWD, THREE, ALL), (THREE,)),
        ((KNOWN, SLIP), (KNOWN, SLIP)),
        ((OFTEN, SLIP), (OFTEN,)),
        ((), ()),
    ],
)
def test_whom_a_title_names(parties: tuple[Party, ...], kept: tuple[Party, ...]) -> None:
    assert principal(parties) == kept
