"""An invented article and its reports, and judgements of them."""

from __future__ import annotations

from dataclasses import replace

from dateline.records import (
    Account,
    ActorRef,
    Article,
    Count,
    Happening,
    Judgement,
    Moment,
    PlaceRef,
    Report,
    Span,
    Stamp,
    content_id,
)
from dateline.review.anchors import Anchor
from dateline.review.events import alone

TEXT = (
    "Shots in Strelsau\n\n"
    "Gunmen shot three villagers in Strelsau on Wednesday, police said. The mayor condemned the attack.\n\n"
    "The Hill Front shot back, and the Hill Front fled."
)
URL = "https://zenda.example/shots"


def article(text: str = TEXT, id_: str = "art_1") -> Article:
    """The article, or another version of it."""
    cuts = [i for i in range(len(text)) if text.startswith("\n\n", i)]
    starts = [0, *(c + 2 for c in cuts)]
    blocks = [Span.of(text, start, end) for start, end in zip(starts, [*cuts, len(text)], strict=True)]
    return Article(
        id_, text, blocks[0].text, blocks[0], (), tuple(blocks[1:]), publisher="Zenda Times",
        published=Stamp("2021-07-15", "given", "15 July"), url=URL,
    )  # fmt: skip


def span(words: str, nth: int = 1, text: str = TEXT) -> Span:
    """The n-th place where the words stand."""
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return Span.of(text, start, start + len(words))


def report(trigger: str, nth: int, sentence: str, type_: str, *, text: str = TEXT, confidence: float = 0.6) -> Report:
    """A report without fillers; its id is made as the coder makes it."""
    at = span(trigger, nth, text)
    id_ = content_id("rep", "art_1", at.start, at.text, type_)
    return Report(
        id_, "art_1", type_, None, "occurred", at, span(sentence, 1, text), confidence=confidence, quad=4, score=-9.0,
        cameo="18", coder="coder 1",
    )  # fmt: skip


def reports(text: str = TEXT) -> tuple[Report, Report, Report]:
    """A shooting with everything told, a condemnation, and a shot back."""
    actor, victims, where = span("Gunmen", text=text), span("three villagers", text=text), span("Strelsau", 2, text)
    shot = replace(
        report("shot", 1, "Gunmen shot three villagers in Strelsau on Wednesday, police said.", "ASSAULT", text=text),
        actors=(ActorRef(actor.start, actor.end, actor.text, kind="armed_group", sector="UAF"),),
        recipients=(ActorRef(victims.start, victims.end, victims.text, kind="population", sector="CVL"),),
        places=(PlaceRef(where.start, where.end, where.text, "Strelsau", 902, 47.1, 15.1, "AUT", None, "town"),),
        counts=(Count("killed", victims.start, victims.end, victims.text, 3, 3),),
        moment=Moment("2021-07-14", "2021-07-14", "day"),
        mode="firearms",
    )
    condemned = report("condemned", 1, "The mayor condemned the attack.", "ACCUSE", text=text, confidence=0.9)
    front = span("Hill Front", 2, text)
    back = report("shot", 2, "The Hill Front shot back, and the Hill Front fled.", "ASSAULT", text=text, confidence=0.5)
    back = replace(back, actors=(ActorRef(front.start, front.end, front.text, "Hill Front", kind="armed_group"),))
    return shot, condemned, back


def account(given: Report) -> Account:
    """The report with what its article says of itself."""
    return Account(given, "Zenda Times", URL, "2021-07-15", "Shots in Strelsau", "own")


def singles(*given: Report) -> list[Happening]:
    """Each report as a happening of its own."""
    return [Happening(alone(account(r)), (account(r),)) for r in given]


def judgement(verdict: str, subject: Report, at: int = 1, **more: str | None) -> Judgement:
    """A decision of the minute ``at``, anchored."""
    anchor = more.pop("anchor", Anchor.of(account(subject)).text)
    when = f"2021-08-01T10:{at:02d}:00+00:00"
    return Judgement(f"jud_{verdict}_{at}", verdict, subject.id, "reviewer", when, anchor=anchor, **more)  # type: ignore[arg-type]
