"""A statement without quotation marks is quoted to its end, however many windows it takes."""

from __future__ import annotations

from dateline.reading.reader import Reader
from dateline.records import Article, Span

TITLE = "Minister's statement on the ferry talks in Port Hentzau"
BEFORE = "Envoys of both islands met for six hours on Tuesday and parted without an agreement."
SAID = "After the meeting the Minister for the Islands, Anna Rassendyll, said:"
STATEMENT = [
    "I am deeply disappointed that the other side has once again refused to open the harbour to our ferries.",
    "We came to Port Hentzau in good faith, with a proposal that both governments had seen in advance.",
    "We offered to pay for the repair of the northern pier and to share the customs revenue of the crossing.",
    "We offered to withdraw our patrol boats from the strait on the day on which the first ferry sails.",
    "None of this was accepted, and no reason was given to us for the refusal.",
    "Four thousand people live on the outer islands, and the winter stores will last them until the end of January.",
    "I have asked the Red Cross to prepare a shipment of flour, fuel and medicine for the outer islands.",
    "I call on the government in Strelsau to let that shipment pass without delay and without conditions.",
    "Those who block the harbour in the hope that hunger will make us give up the strait are mistaken.",
    "We will not give it up, and we will not answer pressure with force.",
    "Our door remains open, and I am ready to travel to Strelsau myself at any time.",
    "To the families on the outer islands I want to say that they have not been forgotten.",
    "I thank the crews who have waited in the harbour for eleven days for their patience.",
    "We shall do everything in our power to bring them home before the end of the month.",
]


def _article() -> Article:
    lines = [TITLE, BEFORE, SAID, *STATEMENT]
    text, spans = "\n\n".join(lines), []
    for line in lines:
        start = spans[-1].end + 2 if spans else 0
        spans.append(Span(start, start + len(line), line))
    return Article("a", text, TITLE, spans[0], paragraphs=tuple(spans[1:]))


def test_every_sentence_of_a_long_statement_is_quoted() -> None:
    quotes = Reader.load(threads=1).read(_article()).quotes
    whole = {q.content.text.rstrip(".") for q in quotes}
    missing = [s for s in STATEMENT if s.rstrip(".") not in whole]
    assert len(missing) <= 1, missing
    assert not any(q.content.text.startswith(BEFORE[:20]) for q in quotes)
    assert sum(q.speaker is not None and "Rassendyll" in q.speaker.text for q in quotes) > len(STATEMENT) - 3
