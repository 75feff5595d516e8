"""A network with more layers and fewer word pieces, which at first reads as the one that it is made from does.

Half of a small encoder's weights are its vocabulary, of which English news uses a part. What the rare pieces took,
three more layers take. They are copies of their neighbours that hand on what they get, all but a little of it (after
Chen et al. 2022, "bert2BERT", and Bachlechner et al. 2021, "ReZero"), so that nothing learnt is lost.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.network import UNKNOWN, ReaderNet, Shape
from training.targets import padded
from training.windows import Window

AFTER = (1, 3, 5)
PIECES, POSITIONS = 18_000, 256
_SPECIAL = 104
_LAYER = "encoder.encoder.layer."
_NEW_SAYS, _APART = 0.1, 1e-4
_LATIN = 0x250
_PUNCTUATION = "“”‘’–—…•€£"


def frequent(tokenizer: Tokenizer, texts: Iterable[str], size: int = PIECES) -> list[int]:
    """The ids of the ``size`` pieces that the texts use most, with all special ones and all Latin letters; sorted."""
    vocabulary = tokenizer.get_vocab()
    kept = {*range(_SPECIAL), *(i for piece, i in vocabulary.items() if _letter(piece.removeprefix("##")))}
    used = Counter(i for text in texts for i in tokenizer.encode(text, add_special_tokens=False).ids)
    # Pieces that no text uses come last, in the vocabulary's order, which is by frequency elsewhere.
    ranked = [*(i for i, _ in used.most_common()), *sorted(vocabulary.values())]
    others = (i for i in dict.fromkeys(ranked) if i not in kept)
    return sorted([*kept, *(i for i, _ in zip(others, range(size - len(kept)), strict=False))])


def restricted(tokenizer: Tokenizer, kept: Iterable[int]) -> Tokenizer:
    """The tokenizer without the other pieces; ids stay as they are."""
    described, known = json.loads(tokenizer.to_str()), set(kept)
    vocabulary = described["model"]["vocab"]
    described["model"]["vocab"] = {piece: i for piece, i in vocabulary.items() if i in known}
    return Tokenizer.from_str(json.dumps(described))


def deepened(net: ReaderNet, encoder: str, kept: Sequence[int], windows: Sequence[Window]) -> ReaderNet:
    """The larger network. The new layers are set so that they hand on what comes to them in ``windows``."""
    state = net.state_dict()
    new = ReaderNet(encoder, shape=Shape(Shape.of(state).layers + len(AFTER), len(kept), POSITIONS))
    new.load_state_dict({**_embeddings(state, kept), **_layers(state)})
    new.to(net.rows.device)
    _set_norms(new, windows)
    return new


def _letter(piece: str) -> bool:
    return len(piece) == 1 and (ord(piece) < _LATIN or piece in _PUNCTUATION)


def _embeddings(state: Mapping[str, Tensor], kept: Sequence[int]) -> dict[str, Tensor]:
    out = {key: value for key, value in state.items() if not key.startswith(_LAYER)}
    chosen = torch.tensor(kept, device=state["rows"].device)
    out["encoder.embeddings.word_embeddings.weight"] = out["encoder.embeddings.word_embeddings.weight"][chosen]
    out["encoder.embeddings.position_embeddings.weight"] = out["encoder.embeddings.position_embeddings.weight"][
        :POSITIONS
    ]
    out["rows"] = torch.full_like(state["rows"], UNKNOWN)
    out["rows"][chosen] = torch.arange(len(kept), device=chosen.device)
    return out


def _layers(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    out: dict[str, Tensor] = {}
    for old in range(Shape.of(state).layers):
        own = {k.removeprefix(f"{_LAYER}{old}."): v for k, v in state.items() if k.startswith(f"{_LAYER}{old}.")}
        first = old + sum(at < old for at in AFTER)
        out |= {f"{_LAYER}{first}.{k}": v for k, v in own.items()}
        if old in AFTER:
            out |= {f"{_LAYER}{first + 1}.{k}": _quiet(k, v) for k, v in own.items()}
    return out


def _quiet(key: str, weight: Tensor) -> Tensor:
    """The weight of a copy: what it adds is little. Matrices differ a bit, so that none is stored but once."""
    if key.startswith(("attention.output.dense", "output.dense")):
        weight = weight * _NEW_SAYS if weight.ndim == 2 else torch.zeros_like(weight)
    return weight + _APART * torch.randn_like(weight) if weight.ndim == 2 else weight.clone()


@torch.no_grad()
def _set_norms(net: ReaderNet, windows: Sequence[Window]) -> None:
    """Scale and shift of the new layers' norms as the tokens that come to them have on average."""
    net.eval()
    ids, mask, _ = padded(windows, net.rows.device)
    for after, at in enumerate(AFTER):
        number = at + after + 1
        layer = net.encoder.encoder.layer[number]
        states = net.encoder(input_ids=net.rows[ids], attention_mask=mask, output_hidden_states=True).hidden_states
        h = states[number][mask > 0]
        for norm in (layer.attention.output.LayerNorm, layer.output.LayerNorm):
            _set(norm, float(h.std(-1, unbiased=False).mean()), float(h.mean()))


def _set(norm: nn.LayerNorm, scale: float, shift: float) -> None:
    norm.weight.fill_(scale)
    norm.bias.fill_(shift)
