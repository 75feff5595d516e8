"""Pages of text and markup against goldens that lie beside them, and the seed where it is at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline import article
from dateline.records import Document
from tests.article.golden import document, golden, inputs

SEED = Path(__file__).parents[3] / "shared" / "seed" / "wion_2021-07-27.txt"


@pytest.mark.parametrize("path", inputs(), ids=lambda path: path.stem)
def test_golden(path: Path) -> None:
    expected = json.loads(path.with_suffix(".golden.json").read_text("utf-8"))
    assert golden(path) == expected


def test_every_page_has_a_golden_and_every_golden_a_page() -> None:
    goldens = {path.name.removesuffix(".golden.json") for path in inputs()[0].parent.glob("*.golden.json")}
    assert goldens == {path.stem for path in inputs()}


@pytest.mark.parametrize("path", inputs(), ids=lambda path: path.stem)
def test_nothing_of_a_text_is_lost(path: Path) -> None:
    """Every line of a plain page stands in the article's text, in its metadata or among its furniture."""
    found, _ = article.build(document(path))
    if path.suffix != ".txt" or found is None:
        return
    kept = " ".join([found.text, *found.furniture]).replace("\n", " ")
    kept = " ".join(kept.split())
    for line in path.read_text("utf-8").splitlines():
        for part in line.split(". "):
            assert " ".join(part.split()) in kept


@pytest.mark.skipif(not SEED.exists(), reason="the seed article is not in this checkout")
def test_seed() -> None:
    found, problems = article.build(Document("seed", SEED.read_bytes(), "text/plain"))
    assert found is not None
    assert problems == ()
    assert found.headline == "'Deeply challenging': NATO urges 'negotiated settlement' with Taliban"
    assert (found.byline, found.publisher, found.section) == ("WION Web Team", "WION", "Afghanistan")
    assert found.published is None
    assert found.updated is not None
    assert (found.updated.value, found.updated.how) == ("2021-07-27T16:08+05:30", "furniture")
    assert found.anchor_date == "2021-07-27"
    assert found.image is not None
    assert found.image.credit == "AFP"
    assert [span.text[:31] for span in found.highlights] == ["Taliban has made rapid advances"]
    assert len(found.paragraphs) == 10
    assert found.paragraphs[-1].text.endswith("comes to an end.")
    assert found.embeds == ("Watch:",)
    assert found.origin == "with-agencies"
    assert "ugc_banner" in found.furniture


CORPUS = sorted((Path(__file__).parents[2] / "corpus").rglob("*.texts.jsonl"))


@pytest.mark.skipif(not CORPUS, reason="the annotated corpus is not in this checkout")
@pytest.mark.parametrize("separator", ["\n", "\n\n"])
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_sentences_of_the_corpus_are_kept_in_order(path: Path, separator: str) -> None:
    """Documents as title and sentence lines: what is not in the text is among the furniture, and is little."""
    later = path.parent.name == "later"  # some of these imitate scraped pages on purpose
    total = apart = 0
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        found, _ = article.build(Document(record["id"], separator.join(record["sentences"]).encode(), "text/plain"))
        assert found is not None
        at = 0
        for sentence in (" ".join(s.split()) for s in record["sentences"]):
            start = found.text.find(sentence, at)
            if start < 0:
                assert sentence in found.furniture or (later and any(part in sentence for part in found.furniture))
            apart += start < 0
            at = max(at, start)
            total += 1
    assert apart <= (0.1 if later else 0.02) * total
