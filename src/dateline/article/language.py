"""Is it English? Told by function words; a trained detector is asked only when those leave a doubt."""

from __future__ import annotations

import re
from typing import Any

from dateline.article.phrases import words

_WORD = re.compile(r"[^\W\d_]+")
# Common in English and in no other language that this list was checked against (so no "in", "on", "is", "was", "die").
_ENGLISH = words("""
    the and that with from by have has had were been which their they this said would after not but who will about
    more than when its his her he she could into also there what or if over before under between against while where
    two three some other during since of to for be are as at it you we i my your our
""")
_NAMES = {
    "ar": "Arabic", "de": "German", "es": "Spanish", "fa": "Persian", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish",
    "ps": "Pashto", "pt": "Portuguese", "ru": "Russian", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "zh": "Chinese",
}  # fmt: skip
_SURE, _SAMPLE, _FEW = 0.2, 6000, 12


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the text's language, from its first characters; ``None`` when it has too few words to say."""
    found = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    if not found:
        return None
    if sum(word in _ENGLISH for word in found) / len(found) >= _SURE:
        return "en"
    latin = sum(word.isascii() for word in found) / len(found)
    if len(found) < _FEW and latin > 0.8:
        return None
    return _detect(text[:_SAMPLE])


def _detect(text: str) -> str:
    import py3langid

    detector: Any = py3langid
    code, _ = detector.classify(text if text != text.upper() else text.lower())
    return str(code)


def name_of(code: str) -> str:
    """The English name of a language where it is a frequent one, else its code."""
    return _NAMES.get(code, f"the language {code!r}")
