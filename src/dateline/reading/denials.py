"""What a sentence says was denied: "the army denied that its jets had bombed the clinic".

The network tells most negations apart, but often takes the clause after a verb of denial for a fact. Grammar is plain
there, so a rule decides: the verb of the clause that follows "denied that", "rejects claims that" or "denied" with a
form in -ing is denied. Nouns are not, since what someone denies a part in did happen ("denied that his men had
anything to do with the murder"), nor is what comes after another clause has begun.
"""

from __future__ import annotations

import re

_CLAIMS = "claim|allegation|accusation|charge|report|suggestion|rumou?r"
_THAT = re.compile(
    r"\b(?:den(?:y|ied|ies|ying)|(?:reject|dismiss|disput|refut)(?:e|ed|s|es|ing)?(?:\s+\w+){0,2}?"
    rf"\s+(?:{_CLAIMS})s?)(?:\s+(?:any|all|the)?\s*(?:{_CLAIMS})s?)?\s+that\b(?P<clause>[^;:.!?\"”]*)$",
    re.IGNORECASE,
)
_FORM = re.compile(r"\bden(?:y|ied|ies|ying)\s+(?:ever\s+|having\s+)?$", re.IGNORECASE)
_ANOTHER_CLAUSE = re.compile(
    r",|\b(?:and|but|or|who|which|whose|where|when|whether|after|before|because|although|while|during|since|as|to)\b",
    re.IGNORECASE,
)
_NOUN_NEXT = re.compile(
    r"\b(?:the|an?|this|that|these|those|any|its|his|her|their|our|of|in|on|at|with|by|for|from)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)


def denied(before: str, trigger: str) -> bool:
    """Whether a trigger is the verb that a denial denies; ``before`` is what its sentence says up to it."""
    if _FORM.search(before):
        return trigger.partition(" ")[0].lower().endswith(("ing", "ed"))
    found = _THAT.search(before)
    if found is None or _ANOTHER_CLAUSE.search(found["clause"]):
        return False
    return not _NOUN_NEXT.search(found["clause"])
