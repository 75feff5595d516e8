"""The reader's network: a small BERT encoder with token heads and a trigger x token role table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

from dateline.reading.labels import EVENT_TYPES, MENTION_TAGS, MODE_LABELS, STATUSES, TABLE_ROLES
from training.syntax import RELATIONS

UNKNOWN = 100
_VOCABULARY = 30522


@dataclass(slots=True)
class Outputs:
    """Logits: token heads (batch, tokens, n) and the two projections of the role table (batch, tokens, width)."""

    mention: Tensor
    trigger: Tensor
    flags: Tensor
    mode: Tensor
    status: Tensor
    heads: Tensor
    tails: Tensor
    hidden: Tensor


@dataclass(frozen=True, slots=True)
class Shape:
    """How large an encoder is: layers, rows of the vocabulary and of the positions."""

    layers: int
    pieces: int
    positions: int

    @classmethod
    def of(cls, state: Mapping[str, Tensor]) -> Shape:
        """The shape of the BERT encoder in a checkpoint."""
        embeddings = "encoder.embeddings.{}_embeddings.weight"
        layers = {key.split(".")[3] for key in state if key.startswith("encoder.encoder.layer.")}
        return cls(len(layers), len(state[embeddings.format("word")]), len(state[embeddings.format("position")]))


class ReaderNet(nn.Module):
    """Encoder, linear token heads, and a table of trigger and token for the roles.

    ``flags`` are four independent signs a token: continues a trigger or cue, begins a cue, begins quoted content,
    lies inside quoted content. For each role the table holds two signs: begins a filler, lies inside one. It is an
    additive scorer (Bahdanau et al. 2015): a layer over the sum of what trigger, token and their distance say.

    The encoder is BERT's, or MPNet's for a teacher; token ids are those of BERT's uncased vocabulary for both, and
    ``rows`` (vocabulary,) are the encoder's own for them. With a ``shape`` the encoder has other numbers of layers,
    pieces and positions than the one in the folder, and weights that mean nothing yet.
    """

    rows: Tensor
    encoder: Any

    def __init__(self, encoder: str, pair: int = 256, shape: Shape | None = None) -> None:
        super().__init__()
        self.encoder = _encoder(encoder, shape)
        self.halved = _multiplies_bfloat16()
        self.register_buffer("rows", _rows(self.encoder.config.model_type))
        width = self.encoder.config.hidden_size
        self.drop = nn.Dropout(0.15)
        self.mention = nn.Linear(width, len(MENTION_TAGS))
        self.trigger = nn.Linear(width, len(EVENT_TYPES) + 1)
        self.flags = nn.Linear(width, 4)
        self.mode = nn.Linear(width, len(MODE_LABELS))
        self.status = nn.Linear(width, len(STATUSES))
        self.heads = nn.Linear(width, pair)
        self.tails = nn.Linear(width, pair)
        self.distance = nn.Embedding(65, pair)
        self.roles = nn.Linear(pair, 2 * len(TABLE_ROLES))
        nn.init.zeros_(self.distance.weight)
        self.relation = nn.Linear(width, len(RELATIONS))
        self.dependent = nn.Linear(width, 128)
        self.governor = nn.Linear(width, 128)

    def regularise(self) -> None:
        """Drop more units, for the stage that would learn its few documents by heart."""
        for module in self.encoder.modules():
            if isinstance(module, nn.Dropout) and module.p > 0:
                module.p = 0.12
        self.drop.p = 0.25

    def hold(self, layers: int) -> None:
        """Keep the embeddings and the lowest layers of a large encoder as they are, and drop units cheaply."""
        self.encoder.embeddings.requires_grad_(False)
        for layer in self.encoder.encoder.layer[:layers]:
            layer.requires_grad_(False)
        for module in list(self.encoder.modules()):
            for name, child in module.named_children():
                if isinstance(child, nn.Dropout) and child.p > 0:
                    setattr(module, name, SharedDropout(child.p))
        self.drop.p = 0.25

    def encode(self, ids: Tensor, mask: Tensor) -> Outputs:
        """All token logits of a batch of windows (batch, tokens)."""
        return self.encode_rows(self.rows[ids], mask)

    def encode_rows(self, ids: Tensor, mask: Tensor | None) -> Outputs:
        """The same for the encoder's own ids, as an exported network takes them; without a mask nothing is padding."""
        with torch.autocast(ids.device.type, torch.bfloat16, enabled=self.halved or ids.is_cuda):
            h = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return self.read(h.float())

    def read(self, h: Tensor) -> Outputs:
        """All token logits of what the encoder made of the windows (batch, tokens, width)."""
        h = self.drop(h)
        return Outputs(
            self.mention(h),
            self.trigger(h),
            self.flags(h),
            self.mode(h),
            self.status(h),
            self.heads(h),
            self.tails(h),
            h,
        )

    def kept(self) -> list[int]:
        """The ids of the pieces that have a row of their own, in the order of the rows."""
        unknown = int(self.rows[UNKNOWN])
        return [i for i, row in enumerate(self.rows.tolist()) if row != unknown or i == UNKNOWN]

    def arcs(self, hidden: Tensor) -> Tensor:
        """Logits (tokens, tokens) that the column's token governs the row's; used in training only."""
        score: Tensor = self.dependent(hidden) @ self.governor(hidden).T / 128**0.5
        return score

    def table(self, heads: Tensor, tails: Tensor, windows: Tensor, positions: Tensor) -> Tensor:
        """Role logits (rows, tokens, 2*roles), each row seen from a token of a window: both indexes are (rows,)."""
        offset = torch.arange(tails.shape[1], device=tails.device)[None] - positions[:, None]
        near = self.distance(offset.clamp(-32, 32) + 32)
        score: Tensor = self.roles(torch.relu(heads[windows, positions][:, None] + tails[windows] + near))
        return score


class SharedDropout(nn.Module):
    """Drops the same units at all tokens of a window (Gal & Ghahramani 2016); drawing for each token is slow."""

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    def forward(self, h: Tensor) -> Tensor:
        if not self.training:
            return h
        kept = torch.rand(h.shape[0], 1, h.shape[2], device=h.device) >= self.p
        return h * (kept / (1 - self.p)).to(h.dtype)


def load(folder: str, checkpoint: Path) -> ReaderNet:
    """The network of a checkpoint that began with the encoder in ``folder``, in the shape that it has there."""
    state = torch.load(checkpoint, map_location="cpu")
    net = ReaderNet(folder, shape=Shape.of(state))
    net.load_state_dict(state)
    return net


def _encoder(folder: str, shape: Shape | None) -> Any:
    library: Any = AutoModel
    options = {"add_pooling_layer": False, "attn_implementation": "eager"}
    if shape is None:
        return library.from_pretrained(folder, attention_probs_dropout_prob=0.0, **options)
    config = AutoConfig.from_pretrained(folder)
    config.attention_probs_dropout_prob = 0.0
    config.num_hidden_layers = shape.layers
    config.vocab_size, config.max_position_embeddings = shape.pieces, shape.positions
    return library.from_config(config, **options)


def _rows(model: str) -> Tensor:
    """BERT's ids are its encoder's own; MPNet has the same pieces behind four more special tokens."""
    rows = torch.arange(_VOCABULARY)
    if model == "mpnet":
        rows += 4
        rows[[0, 101, 102, 103]] = torch.tensor([1, 0, 2, 30526])
    return rows


def _multiplies_bfloat16() -> bool:
    """Whether the processor has matrix units for bfloat16; elsewhere it would be slower, not faster."""
    return bool(torch.cpu._is_amx_tile_supported())
