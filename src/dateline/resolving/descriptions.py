"""What the text says of a person beside the name: "Oksana, 41, a nurse", "two activists, X and Y", "By X"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.lexicon.actors import ActorLexicon
from dateline.records import Span
from dateline.resolving.actor_phrase import Phrase, take_apart
from dateline.resolving.actor_reading import Verdict, read_phrase
from dateline.resolving.actor_scene import Scene

_AGE = r"(?:,? \(?(?:aged )?\d{1,2}\)?)?"
_WORDS = r"([^,.;:()\n“”\"—]{3,70})"
_APPOSED = re.compile(
    rf"{_AGE}, (?:who (?:is|was|serves as|served as|works as|worked as) )?{_WORDS}(?=[,.;:()\n—]| who )"
)
_HEADING = re.compile(
    rf"{_AGE}, who (?:chairs?|heads?|leads?|runs?|led|headed|chaired|directs|founded) (?:the |an? )?{_WORDS}"
)
_BELONGING = re.compile(rf"{_AGE},? (?:of|from|with|at) (?:the |an? )?((?:[a-z]+ )?[A-Z][^,.;:()\n“”\"—]{{2,60}})")
_BEFORE = re.compile(rf"{_WORDS}, $")
_BYLINE = re.compile(r"(?:^|\n)By $")
_LISTED = re.compile(r", |,? and ")
_STARTS = ("a ", "an ", "the ", "its ", "his ", "her ", "their ", "our ", "one of ", "who ", "former ")
_VERBS = re.compile(r"\b(?:said|told|says|was|were|is|are|has|had|have|will|would|and|but|when|after|as)\b")


class Descriptions:
    """Reads the words beside the names of one article."""

    def __init__(self, phrases: Sequence[Phrase], lexicon: ActorLexicon, scene: Scene) -> None:
        self._phrases, self._lexicon, self._scene = phrases, lexicon, scene

    def of(self, at: int) -> Verdict | None:
        """What is said of mention ``at`` beside it, ``None`` when nothing is that tells a sector."""
        end = self._phrases[at].span.end
        after = self._scene.text[end : end + 120]
        before = self._before(self._first_of_list(at))
        return self._apposed(after) or self._led(after) or before or self._belonging(after)

    def _first_of_list(self, at: int) -> int:
        """The first of the names that "and" and commas string together."""
        while at > 0:
            there, here = self._phrases[at - 1], self._phrases[at]
            gap = self._scene.text[there.span.end : here.span.start]
            if not (_LISTED.fullmatch(gap) and there.kind == "person" and there.proper and not there.heads):
                break
            at -= 1
        return at

    def _apposed(self, after: str) -> Verdict | None:
        found = _APPOSED.match(after)
        if found is None or _VERBS.search(found[1]):
            return None
        words = found[1]
        if not words.startswith(_STARTS) and self._lexicon_word(words) is None:
            return None
        return self._read(words)

    def _lexicon_word(self, words: str) -> str | None:
        """The agent word that opens bare words ("head of the union", "Correspondent")."""
        phrase = take_apart(Span(0, len(words), words), "person", self._lexicon)
        return phrase.heads[0].agent.term if phrase.heads and phrase.heads[0].first <= 1 else None

    def _led(self, after: str) -> Verdict | None:
        found = _HEADING.match(after)
        return self._body(found[1]) if found else None

    def _belonging(self, after: str) -> Verdict | None:
        found = _BELONGING.match(after)
        return self._body(found[1]) if found else None

    def _before(self, at: int) -> Verdict | None:
        start = self._phrases[at].span.start
        before = self._scene.text[max(0, start - 80) : start]
        if _BYLINE.search(before):
            return Verdict(kind="person", sector="JRN", score=0.5, why="named in the byline")
        found = _BEFORE.search(before)
        if found is None:
            return None
        words = re.split(r"\b(?:and|that|said|of|from) (?=(?:an?|two|three|four|the) )", found[1])[-1]
        phrase = take_apart(Span(0, len(words), words), "person", self._lexicon)
        head = phrase.head
        return self._read(words) if head is not None and head.last == len(phrase.words) else None

    def _read(self, words: str) -> Verdict | None:
        verdict = read_phrase(
            take_apart(Span(0, len(words), words), "person", self._lexicon), self._lexicon, self._scene
        )
        return verdict if verdict.sector and not verdict.named else None

    def _body(self, words: str) -> Verdict | None:
        """The body that a person leads or is of; a place is none."""
        phrase = take_apart(Span(0, len(words), words), None, self._lexicon)
        verdict = read_phrase(phrase, self._lexicon, self._scene)
        state = verdict.entry is not None and verdict.entry.country is not None
        return None if state or verdict.sector in (None, "CVL") else verdict
