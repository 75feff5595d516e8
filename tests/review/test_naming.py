"""Names that a reviewer typed, resolved and tied to words."""

from __future__ import annotations

import pytest

from dateline.review.naming import Names
from tests.review.samples import TEXT, account, reports

SHOT, CONDEMNED, _ = reports()


@pytest.mark.parametrize(
    ("name", "id_", "country", "sector"),
    [("Taliban", "taliban", "AFG", "REB"), ("pakistan", "PAK", "PAK", "GOV"), ("The Six Dukes", None, None, None)],
)
def test_actors(name: str, id_: str | None, country: str | None, sector: str | None) -> None:
    ref = Names().actor(name, account(SHOT))
    assert (ref.id, ref.country, ref.sector) == (id_, country, sector)
    assert ref.why.startswith("given by a reviewer")
    assert TEXT[ref.start : ref.end] == ref.text


def test_places() -> None:
    known, unknown = (Names().place(name, account(CONDEMNED)) for name in ("Kandahar", "Zendaburg"))
    assert (known.geonameid, known.country, known.lat is not None) == (1138336, "AFG", True)
    assert (unknown.name, unknown.lat, unknown.text) == ("Zendaburg", None, CONDEMNED.trigger.text)


def test_a_name_in_the_sentence_is_tied_to_it() -> None:
    ref = Names().place("strelsau", account(SHOT))
    assert (ref.text, TEXT[ref.start : ref.end]) == ("Strelsau", "Strelsau")
    assert Names().actor("Zenda Police", account(SHOT)).text == SHOT.actors[0].text
