"""News agencies: how their names are printed, and what a credit says about where a text comes from."""

from __future__ import annotations

import re

_NAMES = {
    "AFP": r"AFP|Agence France[- ]Presse",
    "AP": r"AP|(?:The )?Associated Press",
    "Reuters": r"(?:Thomson )?Reuters",
    "PTI": r"PTI|Press Trust of India",
    "ANI": r"ANI|Asian News International",
    "IANS": r"IANS",
    "UNI": r"UNI",
    "APP": r"APP|Associated Press of Pakistan",
    "BSS": r"BSS",
    "Xinhua": r"Xinhua(?: News Agency)?",
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
    "MENA": r"MENA",
    "SPA": r"SPA|Saudi Press Agency",
    "WAM": r"WAM",
    "KUNA": r"KUNA",
    "SANA": r"SANA",
    "IRNA": r"IRNA",
    "NAN": r"NAN|News Agency of Nigeria",
    "GNA": r"GNA|Ghana News Agency",
    "Canadian Press": r"(?:The )?Canadian Press",
    "AAP": r"AAP|Australian Associated Press",
}
_ONE = {name: re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])") for name, pattern in _NAMES.items()}
_ANY = "|".join(f"(?:{pattern})" for pattern in _NAMES.values())
AGENCY = rf"(?:{_ANY}|(?:news )?agenc(?:y|ies)|wires?)"
_LIST = rf"(?:the )?(?:{AGENCY})(?:\s*(?:,|/|and|&)\s*(?:the )?(?:{AGENCY}))*"

_INPUTS = re.compile(
    rf"[\[(*\s]*(?:with|including)\s+(?:additional\s+|agency\s+)?(?:inputs?|input|reporting|reports?|agencies)\b.{{0,80}}?[\])*.\s]*"
    rf"|[\[(*\s]*(?:{_LIST})\s+contributed to this (?:report|article|story)[\])*.\s]*"
    rf"|[\[(*\s]*additional reporting (?:by|from)\s+{_LIST}[\])*.\s]*",
    re.IGNORECASE,
)
_WIRE = re.compile(
    rf"[\[(*\s—–-]*(?:source:?\s*|via\s+)?{_LIST}[\])*.\s]*"
    r"|[\[(*\s]*this (?:story|article|report) (?:has been|was) (?:published|auto-generated|sourced) (?:from|by|directly from) .{0,160}"
    rf"|[\[(*\s]*(?:{AGENCY})\b.{{0,30}}\bcopyright\b.{{0,60}}"
)
_REPORTING = re.compile(
    r"[\[(*\s]*(?:writing|reporting|compiled) by [A-Z].{2,300}?\b(?:editing|edited|writing) by .{2,160}", re.IGNORECASE
)
_BYLINE = re.compile(rf"(?:by\s+)?{_LIST}(?:\s+(?:staff|news ?desk|writers?|in [A-Z]\w+))?", re.IGNORECASE)


def named_agencies(text: str) -> tuple[str, ...]:
    """The agencies named in a credit, by their usual short names, in alphabetical order."""
    return tuple(sorted(name for name, pattern in _ONE.items() if pattern.search(text)))


def credit_line(line: str) -> tuple[tuple[str, ...], str] | None:
    """Agencies and origin (``agency``, ``with-agencies``) when the whole line is a credit, else ``None``."""
    if len(line) > 400:
        return None
    if _INPUTS.fullmatch(line):
        return named_agencies(line), "with-agencies"
    if _WIRE.fullmatch(line):
        return named_agencies(line), "agency"
    if _REPORTING.fullmatch(line):
        return named_agencies(line) or ("Reuters",), "agency"
    return None


def is_agency_byline(line: str) -> bool:
    """True for a byline that names agencies alone: ``Reuters``, ``By AFP and AP``."""
    return bool(_BYLINE.fullmatch(line.strip()))
