"""The reader's network: a small BERT encoder with token heads and a trigger x token role table."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import AutoModel

from dateline.reading.labels import EVENT_TYPES, MENTION_TAGS, MODE_LABELS, STATUSES, TABLE_ROLES
from training.syntax import RELATIONS


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


class ReaderNet(nn.Module):
    """Encoder, linear token heads, and a table of trigger and token for the roles.

    ``flags`` are four independent signs a token: continues a trigger or cue, begins a cue, begins quoted content,
    lies inside quoted content. For each role the table holds two signs: begins a filler, lies inside one. It is an
    additive scorer (Bahdanau et al. 2015): a layer over the sum of what trigger, token and their distance say.

    The encoder is BERT's, or MPNet's for a teacher; token ids are those of BERT's uncased vocabulary for both.
    """

    def __init__(self, encoder: str, pair: int = 256) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            encoder, add_pooling_layer=False, attention_probs_dropout_prob=0.0, attn_implementation="eager"
        )
        self.halved = _multiplies_bfloat16()
        self.mpnet = self.encoder.config.model_type == "mpnet"
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
        ids = _as_mpnet(ids, mask) if self.mpnet else ids
        with torch.autocast("cpu", torch.bfloat16, enabled=self.halved):
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

    def arcs(self, hidden: Tensor) -> Tensor:
        """Logits (tokens, tokens) that the column's token governs the row's; used in training only."""
        score: Tensor = self.dependent(hidden) @ self.governor(hidden).T / 128**0.5
        return score

    def table(self, heads: Tensor, tails: Tensor, positions: Tensor) -> Tensor:
        """Role logits (triggers, tokens, 2*roles) of ``positions`` (triggers,) in one window's projections."""
        offset = torch.arange(tails.shape[0])[None] - positions[:, None]
        near = self.distance(offset.clamp(-32, 32) + 32)
        score: Tensor = self.roles(torch.relu(heads[positions][:, None] + tails[None] + near))
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


def _as_mpnet(ids: Tensor, mask: Tensor) -> Tensor:
    """Ids of BERT's uncased vocabulary in MPNet's, which is the same behind four more special tokens."""
    out = ids + 4
    for bert, mpnet in ((101, 0), (102, 2), (103, 30526)):
        out = torch.where(ids == bert, mpnet, out)
    return torch.where(mask == 0, 1, out)


def _multiplies_bfloat16() -> bool:
    """Whether the processor has matrix units for bfloat16; elsewhere it would be slower, not faster."""
    return bool(torch.cpu._is_amx_tile_supported())
