"""Text to word pieces, as uncased BERT models take it; every piece keeps its characters.

The algorithm is BERT's (Devlin et al. 2018): control characters are dropped, accents stripped, letters lowered, words
cut at white space, punctuation and ideographs, then into the longest pieces that the vocabulary has. It replaces the
tokenizers package at run time, which brings 45 MB of clients for a model hub; the pieces are the same, but for the
names of special tokens ("[CLS]"), which are plain text here.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dateline.errors import ModelError

_LONGEST_WORD = 100
_CACHED_WORDS, _CACHED_LETTERS = 20_000, 10_000
_IDEOGRAPHS = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Encoded:
    """Vocabulary ids of the pieces of a text, and their bounds in it, ends exclusive."""

    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]


class WordPiece:
    """A vocabulary, and the pieces of any text in it."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._unknown = vocabulary["[UNK]"]
        self._cut = lru_cache(maxsize=_CACHED_WORDS)(self._pieces)

    @classmethod
    def load(cls, file: Path) -> WordPiece:
        """From a ``tokenizer.json``; raises ModelError when it is not one of an uncased WordPiece model."""
        try:
            described = json.loads(file.read_text(encoding="utf-8"))
            kinds = described["model"]["type"], described["normalizer"]["type"], described["normalizer"]["lowercase"]
            if kinds != ("WordPiece", "BertNormalizer", True):
                raise ValueError(f"it is {kinds[0]} with {kinds[1]}")
            return cls(described["model"]["vocab"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            message = f"{file} is not the vocabulary of an uncased WordPiece model ({error}); reinstall dateline"
            raise ModelError(message) from error

    def encode(self, text: str) -> Encoded:
        """The pieces of ``text`` in order, without special tokens."""
        ids: list[int] = []
        offsets: list[tuple[int, int]] = []
        for word, at in _words(text):
            pieces = self._cut(word) if len(word) <= _LONGEST_WORD else self._whole(word)
            for piece, first, last in pieces:
                ids.append(piece)
                offsets.append((at[first], at[last - 1] + 1))
        return Encoded(tuple(ids), tuple(offsets))

    def _pieces(self, word: str) -> tuple[tuple[int, int, int], ...]:
        """Ids and bounds in the word of the longest pieces from the left; the whole word unknown if one is missing."""
        out, start = [], 0
        while start < len(word):
            found = self._longest(word, start)
            if found is None:
                return self._whole(word)
            out.append((found[0], start, found[1]))
            start = found[1]
        return tuple(out)

    def _whole(self, word: str) -> tuple[tuple[int, int, int], ...]:
        return ((self._unknown, 0, len(word)),)

    def _longest(self, word: str, start: int) -> tuple[int, int] | None:
        prefix = "##" if start else ""
        for end in range(len(word), start, -1):
            piece = self._vocabulary.get(prefix + word[start:end])
            if piece is not None:
                return piece, end
        return None


def _words(text: str) -> Iterator[tuple[str, list[int]]]:
    """Words as they are looked up, with the position in ``text`` that each of their characters comes from."""
    letters: list[str] = []
    at: list[int] = []
    for position, character in enumerate(text):
        for letter, alone in _letters(character):
            if letters and (alone or letter == " "):
                yield "".join(letters), at
                letters, at = [], []
            if alone:
                yield letter, [position]
            elif letter != " ":
                letters.append(letter)
                at.append(position)
    if letters:
        yield "".join(letters), at


@lru_cache(maxsize=_CACHED_LETTERS)
def _letters(character: str) -> tuple[tuple[str, bool], ...]:
    """What a character is looked up as: nothing, a blank, or lower-case letters; true for one that is its own word."""
    category = unicodedata.category(character)
    if character in "\t\n\r" or category in ("Zs", "Zl", "Zp"):
        return ((" ", False),)
    if character == "\ufffd" or category in ("Cc", "Cf", "Co"):
        return ()
    ideograph = any(first <= ord(character) <= last for first, last in _IDEOGRAPHS)
    bare = (c for c in unicodedata.normalize("NFD", character) if unicodedata.category(c) != "Mn")
    return tuple((c, ideograph or _is_punctuation(c)) for b in bare for c in b.lower())


def _is_punctuation(character: str) -> bool:
    if character.isascii():
        return character.isprintable() and not character.isalnum() and character != " "
    return unicodedata.category(character).startswith("P")
