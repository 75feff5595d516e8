"""Bytes to characters, and what is said of doubts."""

from __future__ import annotations

import pytest

from dateline.text import clean, decode, same_words, squeeze

TEXT = "The café’s owner — a naïve man — said “no” in Łódź."
WESTERN = "The café's owner, a naïve man, said no and went away from there."


@pytest.mark.parametrize(
    ("data", "charset", "text", "used", "problems"),
    [
        (TEXT.encode(), None, TEXT, "utf-8", []),
        (b"\xef\xbb\xbf" + TEXT.encode(), None, TEXT, "utf-8", []),
        (TEXT.encode("utf-16"), None, TEXT, "utf-16-le", []),
        (TEXT.encode("utf-16-be"), None, TEXT, "utf-16-be", []),
        (TEXT.encode("utf-32"), None, TEXT, "utf-32-le", []),
        (WESTERN.encode("cp1252"), None, WESTERN, "cp1252", []),
        (WESTERN.encode("cp1252"), "iso-8859-1", WESTERN, "iso8859-1", []),
        (WESTERN.encode("cp1252"), "no-such-name", WESTERN, "cp1252", []),
        (TEXT.encode(), "iso-8859-1", TEXT, "utf-8", []),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет", "koi8-r", []),
        (f'<meta charset="koi8-r">{"Привет"}'.encode("koi8-r"), None, '<meta charset="koi8-r">Привет', "koi8-r", []),
        (TEXT.encode() + WESTERN.encode("cp1252"), None, TEXT + WESTERN, "utf-8", ["mixed-encoding"]),
        (TEXT.encode("utf-16")[:-1], None, TEXT[:-1] + "\ufffd", "utf-16-le", ["mixed-encoding"]),
        (TEXT.encode().decode("cp1252", "replace").encode(), None, None, "utf-8", ["mojibake"]),
        (b"", None, "", "utf-8", []),
        (b"\xff\xfe", None, "", "utf-16-le", []),
    ],
)
def test_decode(data: bytes, charset: str | None, text: str | None, used: str, problems: list[str]) -> None:
    found = decode(data, charset, "somewhere")
    assert text is None or found.text == text
    assert found.charset == used
    assert [problem.code for problem in found.problems] == problems
    assert all(problem.where == "somewhere" and not problem.fatal for problem in found.problems)


def test_mojibake_is_mended() -> None:
    assert decode("The cafÃ©â€™s owner".encode()).text == "The café’s owner"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("  a \t b\u00a0 c  ", "a b c"),
        ("a\u200bb\u00adc\ufeff\x00", "abc"),
        ("a\ud800b", "a\ufffdb"),
        ("a\n\n\n b ", "a\n\n\nb"),
        ("", ""),
    ],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected
    assert clean(expected) == expected


def test_same_words() -> None:
    assert same_words("‘No’ — said the Envoy.", "'no' - said  the envoy")
    assert not same_words("No", "Yes")
    assert not same_words("", "")
    assert squeeze(" a\n b\t") == "a b"
