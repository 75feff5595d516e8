"""Words as merging compares them: stems, how rare they are, and how alike two bags of them are."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
Terms = Mapping[str, float]
"""Weights by stem, of unit length as a vector; empty for a text without content words."""

_STOP = (
    "a an the and or but nor so yet if then than as at by for from in into of off on onto out over to toward towards "
    "up upon with within without about above across after against along among around before behind below beneath "
    "beside between beyond despite down during except inside like near outside since through throughout till under "
    "until via i me my we us our you your he him his she her it its they them their who whom whose which what that "
    "this these those there here when where why how all any both each few more most other some such no not only own "
    "same too very can could may might must shall should will would do does did done doing be am is are was were been "
    "being have has had having get got say says said saying tell tells told also just still even already again once "
    "ever never now one two three four five six seven eight nine ten first second last next new old much many several "
    "least another because while although though however meanwhile amid per mr mrs ms s t re ve ll d m"
)
STOP = frozenset(_STOP.split())
"""Words without content of their own."""

_FORMS = {
    "arose": "arise", "arisen": "arise", "ate": "eat", "beaten": "beat", "became": "become",
    "began": "begin", "begun": "begin", "bled": "bleed", "blew": "blow", "blown": "blow", "bore": "bear",
    "born": "birth", "bought": "buy", "bound": "bind", "broke": "break", "broken": "break", "brought": "bring",
    "built": "build", "burnt": "burn", "came": "come", "caught": "catch", "chose": "choose", "chosen": "choose",
    "dead": "die", "deadly": "die", "death": "die", "deaths": "die", "dealt": "deal",
    "died": "die", "drew": "draw", "drawn": "draw", "drove": "drive", "driven": "drive", "dug": "dig", "dying": "die",
    "fallen": "fall", "fed": "feed", "fell": "fall", "felt": "feel", "fled": "flee", "flight": "fly", "flew": "fly",
    "flown": "fly", "forgave": "forgive", "fought": "fight", "found": "find", "froze": "freeze", "frozen": "freeze",
    "gave": "give", "given": "give", "gone": "go", "grew": "grow", "grown": "grow", "heard": "hear", "held": "hold",
    "hung": "hang", "kept": "keep", "knew": "know", "known": "know", "laid": "lay", "led": "lead", "left": "leave",
    "lent": "lend", "lost": "lose", "loss": "lose", "losses": "lose", "made": "make",
    "meant": "mean", "met": "meet", "mistook": "mistake", "overthrew": "overthrow", "overthrown": "overthrow",
    "paid": "pay", "payment": "pay", "ran": "run", "rang": "ring", "rebuilt": "rebuild",
    "rose": "rise", "risen": "rise", "sank": "sink", "sat": "sit", "saw": "see", "seen": "see", "seizure": "seize",
    "sent": "send", "shaken": "shake", "shook": "shake", "shot": "shoot", "shots": "shoot",
    "slain": "slay", "slew": "slay", "sold": "sell", "sale": "sell", "sought": "seek", "spent": "spend",
    "spoke": "speak", "spoken": "speak", "speech": "speak", "sprang": "spring", "stole": "steal", "stolen": "steal",
    "theft": "steal", "stood": "stand", "struck": "strike", "stricken": "strike",
    "sunk": "sink", "swept": "sweep", "swore": "swear", "sworn": "swear", "taken": "take", "taught": "teach",
    "took": "take", "taking": "take", "thought": "think", "threw": "throw", "thrown": "throw", "tore": "tear",
    "torn": "tear", "went": "go", "withdrawal": "withdraw", "withdrawals": "withdraw", "withdrew": "withdraw",
    "withdrawn": "withdraw", "withheld": "withhold", "woke": "wake", "won": "win", "wore": "wear", "wrote": "write",
    "written": "write", "arrival": "arrive", "arrivals": "arrive", "denial": "deny", "refusal": "refuse",
    "removal": "remove", "approval": "approve", "choice": "choose", "complaint": "complain", "decision": "decide",
    "departure": "depart", "failure": "fail",
    "growth": "grow", "invasion": "invade", "marriage": "marry", "wedding": "wed",
    "permission": "permit", "pled": "plead", "resignation": "resign", "retirement": "retire",
    "success": "succeed", "suspension": "suspend", "trial": "try", "verdict": "verdict",
}  # fmt: skip
_ENDINGS = (
    "izations", "isations", "ization", "isation", "ations", "ating", "ation", "ators", "ator", "ated", "ates", "ate",
    "itions", "ition", "ements", "ement", "ments", "ment", "ings", "ing", "ions", "ion", "ances", "ance", "ences",
    "ence", "ers", "er", "ors", "or", "ies", "ied", "ed", "es", "s", "ly", "y", "e",
)  # fmt: skip
_SHORTEST = 3


@lru_cache(maxsize=131072)
def stem(word: str) -> str:
    """What is left of a folded word without its endings, so that "killing" and "kills", "exploded" and "explosion"
    meet. It need not be a word."""
    word = _FORMS.get(word, word)
    if not word.isalpha() or len(word) <= _SHORTEST:
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST and _has_vowel(word[: -len(ending)]):
            return _undoubled(word[: -len(ending)])
    return word


def _has_vowel(word: str) -> bool:
    return any(letter in "aeiouy" for letter in word)


def _undoubled(word: str) -> str:
    doubled = len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "sl"
    return word[:-1] if doubled else word


@dataclass(frozen=True)
class Frequencies:
    """In how many of ``documents`` news texts a stem stands; stems not listed stand in fewer than two.

    The counts are fixed data, not taken from the reports at hand, so that what is rare does not depend on what has
    been merged before.
    """

    documents: int
    counts: Mapping[str, int]

    @classmethod
    def load(cls, path: Path = DATA / "frequencies.json") -> Frequencies:
        """The shipped counts."""
        found = json.loads(path.read_text(encoding="utf-8"))
        return cls(found["documents"], found["counts"])

    def rarity(self, word: str) -> float:
        """Inverse document frequency, 0 (everywhere) to 1 (never seen)."""
        return self._rarities.get(word, 1.0)

    @cached_property
    def _rarities(self) -> dict[str, float]:
        most = math.log(self.documents + 1)
        return {word: math.log((self.documents + 1) / (n + 1)) / most for word, n in self.counts.items()}

    def terms(self, stems: Iterable[str]) -> dict[str, float]:
        """The stems weighted by rarity and (logarithmic) number, as a vector of unit length."""
        return self.terms_of(Counter(stems))

    def terms_of(self, numbers: Mapping[str, int]) -> dict[str, float]:
        """As ``terms``, of stems already counted."""
        weights = {word: self.rarity(word) * (1 + math.log(n)) for word, n in numbers.items()}
        length = math.sqrt(math.fsum(w * w for w in weights.values()))
        return {word: w / length for word, w in weights.items()} if length else {}


def cosine(one: Terms, other: Terms) -> float:
    """How alike two weighted bags of words are, 0 to 1."""
    if len(other) < len(one):
        one, other = other, one
    return math.fsum(weight * other[word] for word, weight in one.items() if word in other)
