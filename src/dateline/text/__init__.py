"""Text: bytes to characters, characters to clean lines, lines to sentences."""

from dateline.text.encoding import Decoded, decode
from dateline.text.normalise import clean, printable, same_words, squeeze
from dateline.text.sentences import split_sentences

__all__ = ["Decoded", "clean", "decode", "printable", "same_words", "split_sentences", "squeeze"]
