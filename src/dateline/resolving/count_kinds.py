"""What a count is of: killed, injured, detained, released, displaced, missing, troops or other."""

from __future__ import annotations

import re

from dateline.records import Span

_KINDS = {
    "killed": r"(?:stabbed|beaten|shot|hacked|burn(?:ed|t)|tortured|trampled|starved)(?: \w+)? to death|shot dead|"
    r"gunned down|heads? (?:cut|hacked) off|neutrali[sz]e[sd]?|loss(?:es)?|losing|kill(?:s|ed|ing|ings)?|dead|deaths?|"
    r"die[sd]?|dying|fatalit(?:y|ies)|slain|slay(?:ed|ing)?|slaughter\w*|murder\w*|massacre[sd]?|massacring|"
    r"execut(?:ed|ing|ions?)|behead\w*|assassinat\w*|bodies|corpses|martyr\w*|perish\w*|lost their li(?:fe|ves)|"
    r"claim\w* the lives?|lynch\w*|decapitat\w*|hang(?:ed|ing)|toll|lives",
    "injured": r"injur\w*|wound(?:s|ed|ing)?|hurt|maim\w*|hospitali[sz]ed|shot(?! dead)|stabbed|beaten|"
    r"broken? (?:\w+ )?(?:ribs|arm|leg|skull)",
    "detained": r"detain\w*|detentions?|arrest\w*|captur\w*|custody|jail\w*|imprison\w*|held|hostages?|abduct\w*|"
    r"kidnap\w*|round(?:ed|ing) up|seiz\w+ (?:as )?hostage|prisoners?|taken in|behind bars|apprehend\w*|captive|"
    r"interned|incarcerat\w*",
    "released": r"releas\w*|fre(?:ed|eing)|free|let (?:them|him|her) go|liberated|handed over|swap\w*|exchang\w*|"
    r"rescu\w*|pardon\w*|return(?:ed|ing)",
    "displaced": r"displac\w*|fle(?:d|e|es|eing)|uproot\w*|homeless|refugees?|"
    r"(?:driv\w+|drove|forc\w+|chas\w+)(?=[^.;]*\b(?:homes?|flee|villages?|out)\b)|from their homes?|evict\w*",
    "missing": r"missing|disappear\w*|unaccounted for|vanish\w*|lost contact",
    "troops": r"deploy\w*|recruit\w*|reinforce\w*|mobili[sz]\w*|conscript\w*|enlist\w*|call(?:ed|ing)? up|station\w*",
}
_CUE = re.compile("|".join(f"(?P<{kind}>\\b(?:{words})\\b)" for kind, words in _KINDS.items()), re.I)
_TROOPS = re.compile(
    r"\b(?:soldiers?|troops?|servicemen|personnel|fighters|peacekeepers|marines|paratroopers|reservists|commandos|"
    r"mercenaries|volunteers|militiamen|guardsmen|recruits|conscripts|advisers|trainers)\b",
    re.I,
)
_THINGS = re.compile(
    r"[£$€¥%]|\b(?:per ?cent|percent|dollars?|euros?|pounds?|roubles?|rubles?|tonnes?|tons?|kilomet\w+|km|miles?|"
    r"rounds?|missiles?|rockets?|drones?|shells?|bombs?|missions?|sorties|raids?|strikes?|houses?|homes|villages?|"
    r"buildings?|vehicles?|tanks?|aircraft|jets?|planes?|ships?|trucks?|countries|states|votes?|counts?|times)\b",
    re.I,
)
_BREAK = re.compile(r",|\band\b|\bwho\b|\bthat\b|\bwhile\b|\bas\b|\bafter\b", re.I)
_NUMBER = re.compile(r"\d+|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?)\b", re.I)
_END = re.compile(r"[.;!?](?=\s)|\n")
# Costs in characters: how far a cue may stand before the trigger's own meaning wins, and what a break adds.
_TRIGGER_BONUS, _BREAK_COST, _NUMBER_COST, _FAR = 32, 15, 25, 100


# What the people of an event of this mode are, where the words around the number tell nothing, or its opposite.
_OF_MODE = {
    "release": ("released", ("other", "detained")),
    "arrest": ("detained", ("other",)),
    "abduct": ("detained", ("other",)),
    "troops": ("troops", ("other",)),
    "police": ("troops", ("other", "detained")),
    "expel": ("displaced", ("other", "killed", "released", "detained")),
}
# Types and modes whose people are neither victims nor captives: what they count is told by their trigger, or "other".
_QUIET_TYPES = frozenset(
    ["ACCUSE", "AGREE", "AID", "CONCEDE", "CONSULT", "COOPERATE", "PROTEST", "REJECT", "REQUEST", "SUPPORT", "THREATEN"]
)
_QUIET_MODES = frozenset(["convict", "deport", "disarm", "discontinue", "resign", "restrict"])
_VICTIMS = ("killed", "injured", "displaced")
_LENDING = frozenset(["AGREE", "COOPERATE", "AID", "MOBILIZE", "THREATEN", "REQUEST"])
_ENVOYS = re.compile(
    r"\b(?:diplomats?|ambassadors?|envoys?|attach\w+|officials?|journalists?|staff|officers?|spies|agents?|members?|teachers?|charities|organi[sz]ations?|missions?)\b",
    re.I,
)


def kind_of(span: Span, trigger: Span, text: str, mode: str | None = None, event_type: str | None = None) -> str:
    """The kind of count that ``span`` is: by its own words, the words nearest to it, the trigger, mode and type."""
    unit = _unit(span, text)
    if _THINGS.search(unit):
        return "other"
    if (event_type in _QUIET_TYPES and mode != "riot") or mode in _QUIET_MODES:
        return _quiet(unit, trigger, event_type)
    return _told(span, trigger, text, mode, unit)


def _quiet(unit: str, trigger: Span, event_type: str | None) -> str:
    for words, kinds in ((trigger.text, _VICTIMS), (unit, ("displaced", "injured"))):
        own = _CUE.search(words)
        if own and own.lastgroup in kinds:
            return str(own.lastgroup)
    return "troops" if event_type in _LENDING and _TROOPS.search(unit) else "other"


def _told(span: Span, trigger: Span, text: str, mode: str | None, unit: str) -> str:
    start, end = _sentence(span, text)
    cues = [(_cost(m, span, trigger, text), str(m.lastgroup)) for m in _CUE.finditer(text, start, end)]
    cost, kind = min([*cues, (_FAR, "other")])
    own = _CUE.search(trigger.text)
    if own and cost > _BREAK_COST:
        kind = str(own.lastgroup)
    of_mode, instead_of = _OF_MODE.get(mode or "", ("", ()))
    if kind in instead_of and not (of_mode == "displaced" and _ENVOYS.search(unit)):
        return of_mode
    if kind == "other" and _TROOPS.search(unit):
        return "troops"
    return kind


def _unit(span: Span, text: str) -> str:
    """The quote, with the noun after it where the quote is a bare number."""
    if re.search(r"[^\W\d_]{3,}$", span.text) and not _NUMBER.fullmatch(span.text.split()[-1]):
        return span.text
    after = _END.split(text[span.end : span.end + 40])[0]
    return span.text + " ".join(
        re.split(r"[,(]|\b(?:and|in|of|were|was|had|have|to|on|at|from|into|out|by)\b", after)[0].split(" ")[:4]
    )


def _sentence(span: Span, text: str) -> tuple[int, int]:
    """Bounds of the sentence around the span, never more than a few lines of text."""
    left = max(0, span.start - 400)
    starts = [m.end() for m in _END.finditer(text, left, span.start)]
    end = _END.search(text, span.end, min(len(text), span.end + 400))
    return (starts[-1] if starts else left), (end.start() if end else min(len(text), span.end + 400))


def _cost(cue: re.Match[str], span: Span, trigger: Span, text: str) -> int:
    """How far the cue stands from the span; breaks and other numbers between add to it, being the trigger takes off."""
    if cue.start() < span.end and span.start < cue.end():
        return -_TRIGGER_BONUS // 2
    between = text[span.end : cue.start()] if cue.start() >= span.end else text[cue.end() : span.start]
    cost = len(between) + _BREAK_COST * len(_BREAK.findall(between)) + _NUMBER_COST * len(_NUMBER.findall(between))
    own = cue.start() < trigger.end and trigger.start < cue.end()
    return cost - (_TRIGGER_BONUS if own else 0)
