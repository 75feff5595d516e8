"""What is denied did not happen, by what the sentence says; what the denial takes for granted did."""

from __future__ import annotations

import pytest

from dateline.reading.denials import denied

DENIED = [
    "The army denied that its jets had *bombed* the clinic.",
    "Officials deny any claim that police *fired* on marchers.",
    "The ministry rejected reports that troops had *crossed* the river.",
    "He dismissed the allegation that guards *beat* prisoners.",
    "The rebels denied *attacking* the convoy.",
    "She denied having *ordered* the raid.",
]
NOT_DENIED = [
    "The mayor denied that his men had anything to do with the *murder* in May.",
    "The ministry denied that the city had been lost and said commandos were *flown* in.",
    "He denied that the man who *shot* the guard was a soldier.",
    "The group denied a part in the *bombing*.",
    "She denied *claims* of a deal.",
    "Aid was denied to the town. Later that week shells *hit* the market.",
    "They were denied entry, and that night gunmen *stormed* the gate.",
    "The army *bombed* the clinic, which it denied.",
]


def _parts(marked: str) -> tuple[str, str]:
    before, trigger, _ = marked.split("*")
    return before, trigger


@pytest.mark.parametrize("marked", DENIED)
def test_the_verb_of_a_denial_is_denied(marked: str) -> None:
    assert denied(*_parts(marked))


@pytest.mark.parametrize("marked", NOT_DENIED)
def test_what_a_denial_takes_for_granted_is_not(marked: str) -> None:
    assert not denied(*_parts(marked))
