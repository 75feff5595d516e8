"""News agencies: how their names are printed, and what a credit says about where a text comes from."""

from __future__ import annotations

import re

_NAMES = {
    "AFP": r"AFP|Agence France[- ]Presse",
    "AP": r"AP|(?:The )?Associated Press",
    "Reuters": r"(?:Thomson )?(?:Reuters|REUTERS)",
    "PTI": r"PTI|Press Trust of India",
    "ANI": r"ANI|Asian News International",
    "IANS": r"IANS",
    "UNI": r"UNI",
    "APP": r"APP|Associated Press of Pakistan",
    "BSS": r"BSS",
    "Xinhua": r"Xinhua(?: News Agency)?|XINHUA",
    "TASS": r"(?:ITAR-)?TASS",
    "Interfax": r"Interfax(?:-Ukraine)?",
    "RIA": r"RIA(?: Novosti)?",
    "Ukrinform": r"Ukrinform",
    "dpa": r"dpa|DPA|Deutsche Presse-Agentur",
    "EFE": r"EFE",
    "ANSA": r"ANSA",
    "Lusa": r"Lusa",
    "PAP": r"PAP",
    "PA": r"PA(?: Media)?|Press Association",
    "Kyodo": r"Kyodo(?: News)?",
    "Jiji": r"Jiji(?: Press)?",
    "Yonhap": r"Yonhap(?: News Agency)?",
    "Anadolu": r"AA|Anadolu(?: Agency)?",
    "UPI": r"UPI|United Press International",
    "Bloomberg": r"Bloomberg(?: News)?",
    "Bernama": r"Bernama",
    "Antara": r"Antara",
    "VNA": r"VNA",
    "CNA": r"CNA",
    "MENA": r"MENA",
    "SPA": r"SPA|Saudi Press Agency",
    "WAM": r"WAM",
    "KUNA": r"KUNA",
    "QNA": r"QNA",
    "SANA": r"SANA",
    "IRNA": r"IRNA",
    "NAN": r"NAN|News Agency of Nigeria",
    "GNA": r"GNA|Ghana News Agency",
    "Canadian Press": r"(?:The )?Canadian Press",
    "AAP": r"AAP|Australian Associated Press",
}
_FIND = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<a{i}>{pattern})" for i, pattern in enumerate(_NAMES.values())) + r")(?![\w-])"
)
_ORDER = tuple(_NAMES)
AGENCY = rf"(?:{'|'.join(_NAMES.values())}|(?:[Nn]ews )?(?:[Aa]genc(?:y|ies)|AGENCIES)|[Ww]ires?)"
AGENCIES = rf"(?:[Tt]he )?{AGENCY}(?:\s?(?:,|/|&|\band\b)\s?(?:the )?{AGENCY}){{0,6}}"

_FONT_SIZE = "AA"  # a control of the page, not the agency of Ankara
_OPEN, _CLOSE = r"[\[(*\s–—-]*", r"[\])*.\s]*"
_MATERIAL = r"(?:additional |agency |wire )?(?:inputs?|reporting|reports?|information|material)"
_FROM = rf"(?:from|by|of)\s(?:.{{0,60}}?\b(?:{AGENCY}|correspondents?|bureaus?)\b.{{0,40}})"
_INPUTS = re.compile(
    rf"{_OPEN}(?i:with|including)\s(?:{_MATERIAL}\s{_FROM}|(?:agency )?inputs?(?: from.{{0,60}})?|{AGENCIES}){_CLOSE}"
    rf"|{_OPEN}{AGENCIES}\b.{{0,160}} (?i:contributed (?:reporting )?to this (?:report|article|story)){_CLOSE}"
    rf"|{_OPEN}(?i:sources?)\s?:\s?.{{2,60}} (?i:and (?:news )?agencies){_CLOSE}"
    rf"|{_OPEN}(?i:(?:additional )?(?:reporting|inputs?|material) (?:by|from)) {AGENCIES}{_CLOSE}"
    r"|[\[(](?i:with|including|additional) .{0,20}(?i:reporting|inputs?|reports?) (?i:by|from) .{2,100}[\])][.\s]*"
)
_WIRE = re.compile(
    rf"{_OPEN}(?i:(?:sources?|via|by|from)\s?:?\s)?{AGENCIES}{_CLOSE}"
    r"|[\[(*\s]*(?i:this (?:story|article|report|copy) (?:has been|was|is) (?:not been edited .{0,80})?"
    r"(?:published|auto-generated|sourced|generated) (?:from|by|directly from) ).{0,160}"
    rf"|[\[(*\s]*{AGENCIES} (?i:copyright|photo).{{0,60}}"
    r"|[-–—/]\s?[A-Z]{3,5}(?:\s?/\s?[A-Z]{2,5})?"
)
_REPORTING = re.compile(
    r"[\[(*\s]*(?:writing|reporting|compiled|additional reporting) by [A-Z].{2,300}?\b(?:editing|edited|writing) by"
    r" .{2,160}"
    r"|[\[(](?:writing|reporting|compiled|edited) by [A-Z][^)\]]{2,200}[\])][.\s]*",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    rf"(?:by\s+)?{AGENCIES}"
    r"(?:,? (?:staff|news ?desk|news|writers?|reporters?|correspondents?|in [A-Z]\w+|[A-Z][a-z]+))?",
    re.IGNORECASE,
)


def named_agencies(text: str) -> tuple[str, ...]:
    """The agencies named in a credit, by their usual short names, in alphabetical order."""
    return tuple(sorted({_ORDER[int((match.lastgroup or "a0")[1:])] for match in _FIND.finditer(text)}))


def credit_line(line: str) -> tuple[tuple[str, ...], str] | None:
    """Agencies and origin (``agency``, ``with-agencies``) when the whole line is a credit, else ``None``."""
    if len(line) > 400 or line == _FONT_SIZE:
        return None
    if _INPUTS.fullmatch(line):
        return named_agencies(line), "with-agencies"
    if _WIRE.fullmatch(line):
        return named_agencies(line), "agency"
    if _REPORTING.fullmatch(line):
        return named_agencies(line), "agency"
    return None


def is_agency_byline(line: str) -> bool:
    """True for a byline that names agencies alone: ``Reuters``, ``By AFP and AP``."""
    return len(line) <= 80 and bool(_BYLINE.fullmatch(line.strip()))
