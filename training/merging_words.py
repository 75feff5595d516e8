"""Make the word data that merging ships: how rare words are, and vectors of words for events.

usage: python -m training.merging_words ECB CORPUS [-o FOLDER]

ECB is the archive of ECB+, of which only the topics outside ``evals.ecb.DEVELOPMENT`` are read, CORPUS the folder of
our annotated documents. Rarities are counts of documents by stem, stems of one document left out. The vectors are
those that the encoder gives to each word of its own vocabulary alone (mean over its pieces), averaged by stem, centred,
and brought to 64 dimensions (principal components without scaling), a byte each.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from transformers import AutoModel, AutoTokenizer

from dateline.lexicon.naming import tokens
from dateline.merging.words import DATA, STOP, stem
from evals.annotated import read
from evals.ecb import DEVELOPMENT, topics
from training.train import encoder_folder

DIMENSIONS = 64
_BATCH = 256
Floats = npt.NDArray[np.float32]


def frequencies(texts: Iterable[str]) -> dict[str, object]:
    """Number of documents, and in how many of them each stem stands."""
    found = [{stem(t.key) for t in tokens(text) if t.key not in STOP} for text in texts]
    counts = Counter(word for words in found for word in words)
    return {"documents": len(found), "counts": {w: n for w, n in sorted(counts.items()) if n > 1}}


def word_vectors() -> tuple[list[str], Floats]:
    """The encoder's words of three letters or more, and a unit vector for each (words, width)."""
    folder = encoder_folder()
    tokenizer, encoder = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    words = [w for w in tokenizer.get_vocab() if w.isalpha() and w.isascii() and len(w) >= 3 and w not in STOP]
    rows = []
    with torch.no_grad():
        for at in range(0, len(words), _BATCH):
            batch = tokenizer(words[at : at + _BATCH], return_tensors="pt", padding=True)
            mask = batch["attention_mask"].unsqueeze(-1)
            rows.append(((encoder(**batch).last_hidden_state * mask).sum(1) / mask.sum(1)).numpy())
    return words, _units(np.concatenate(rows))


def packed(words: Sequence[str], vectors: Floats) -> tuple[list[str], npt.NDArray[np.int8]]:
    """Stems and a row of bytes for each (stems, DIMENSIONS)."""
    groups = defaultdict(list)
    for at, word in enumerate(words):
        groups[stem(word)].append(at)
    stems = sorted(groups)
    means = np.stack([vectors[groups[s]].mean(0) for s in stems])
    means = _units(means - means.mean(0))
    *_, axes = np.linalg.svd(means, full_matrices=False)
    reduced = means @ axes[:DIMENSIONS].T
    return stems, np.round(reduced / np.abs(reduced).max(axis=1, keepdims=True) * 127).astype(np.int8)


def _units(rows: Floats) -> Floats:
    units: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return units


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(prog="python -m training.merging_words", description=(__doc__ or "").split("\n")[0])
    p.add_argument("ecb", type=Path)
    p.add_argument("corpus", type=Path)
    p.add_argument("-o", "--output", type=Path, default=DATA)
    a = p.parse_args()
    texts = [article.text for t in topics(a.ecb) if t.number not in DEVELOPMENT for article in t.articles]
    texts += ["\n".join(document.sentences) for document in read(a.corpus)]
    a.output.mkdir(parents=True, exist_ok=True)
    found = json.dumps(frequencies(texts), indent=0) + "\n"
    (a.output / "frequencies.json").write_text(found, encoding="utf-8")
    stems, rows = packed(*word_vectors())
    np.savez_compressed(a.output / "vectors.npz", stems=" ".join(stems), vectors=rows)


if __name__ == "__main__":
    main()
