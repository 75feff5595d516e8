"""Word pieces: the same as the tokenizers package makes them, each with its characters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece as Model
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from dateline.errors import ModelError
from dateline.reading.wordpiece import WordPiece

PIECES = (
    "[UNK] tali ##ban seized spin bold ##ak in cafe s ##s a ##a b ##b i ##i é ka ##bul ' , . - 3 ##0 東 ss ß ( ) ! ¿"
)
VOCABULARY = {piece: number for number, piece in enumerate(PIECES.split())}
OURS = WordPiece(VOCABULARY)
# Scripts that the other package's older tables know as Python's do.
LETTERS = st.characters(max_codepoint=0x590, exclude_categories=["Cs"]) | st.sampled_from(
    "東京 “”‘’–—…€\u200b\ufeff\u2028🙂"
)
TEXTS = st.lists(st.sampled_from(PIECES.split()[1:]) | st.text(LETTERS, max_size=8)).map(" ".join) | st.text(LETTERS)


@pytest.fixture(scope="module")
def theirs() -> Tokenizer:
    """The tokenizers package with the same vocabulary."""
    tokenizer = Tokenizer(Model(VOCABULARY, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("Taliban seized", [("tali", "Tali"), ("##ban", "ban"), ("seized", "seized")]),
        ("Kabul's", [("ka", "Ka"), ("##bul", "bul"), ("'", "'"), ("s", "s")]),
        ("  Café\n", [("cafe", "Café")]),
        ("Cafe\u0301!", [("cafe", "Cafe"), ("!", "!")]),
        ("Ka\u200bbul", [("ka", "Ka"), ("##bul", "bul")]),
        ("a東b", [("a", "a"), ("東", "東"), ("b", "b")]),
        ("xyz 30", [("[UNK]", "xyz"), ("3", "3"), ("##0", "0")]),
        ("a" * 101, [("[UNK]", "a" * 101)]),
        ("[UNK]", [("[UNK]", "["), ("[UNK]", "UNK"), ("[UNK]", "]")]),
    ],
)
def test_pieces(text: str, pieces: list[tuple[str, str]]) -> None:
    got = OURS.encode(text)
    names = {number: piece for piece, number in VOCABULARY.items()}
    assert [(names[k], text[a:b]) for k, (a, b) in zip(got.ids, got.offsets, strict=True)] == pieces


@given(TEXTS)
def test_same_as_the_tokenizers_package(theirs: Tokenizer, text: str) -> None:
    ours, other = OURS.encode(text), theirs.encode(text, add_special_tokens=False)
    assert (list(ours.ids), list(ours.offsets)) == (other.ids, other.offsets)


@given(st.text())
def test_offsets_are_in_order_and_cover_something(text: str) -> None:
    at = 0
    for start, end in OURS.encode(text).offsets:
        assert at <= start < end <= len(text)
        at = start


@pytest.mark.parametrize(
    "content",
    [
        None,
        "not json",
        "{}",
        json.dumps(
            {"model": {"type": "BPE", "vocab": {}}, "normalizer": {"type": "BertNormalizer", "lowercase": True}}
        ),
        json.dumps(
            {"model": {"type": "WordPiece", "vocab": {}}, "normalizer": {"type": "BertNormalizer", "lowercase": True}}
        ),
    ],
)
def test_a_file_that_does_not_fit(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "tokenizer.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(ModelError, match="reinstall dateline"):
        WordPiece.load(file)
