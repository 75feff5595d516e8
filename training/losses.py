"""The multi-task loss of one window."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn import functional as F

from training.network import Outputs, ReaderNet
from training.windows import IGNORE, HintLabel, Soft, Window

WEIGHTS = {"mention": 0.3, "trigger": 3.0, "flags": 0.7, "mode": 0.3, "status": 0.5, "table": 0.8, "hint": 0.5}
# What fills the roles is learnt slower than what is an event, and last.
LAST_WEIGHTS = {**WEIGHTS, "flags": 1.2, "status": 0.8, "table": 2.0}


SIZE = 25.0
"""Losses are summed over the tokens of a window and divided by this, so that short windows weigh less."""


def _ce(logits: Tensor, labels: Tensor, total: float) -> Tensor:
    return F.cross_entropy(logits, labels, ignore_index=IGNORE, reduction="sum") / total


def window_loss(net: ReaderNet, out: Outputs, b: int, w: Window, weights: Mapping[str, float] = WEIGHTS) -> Tensor:
    """Weighted sum of all layers of window ``b`` of a batch, of its soft labels where it has them."""
    return _labelled(net, out, b, w, weights) if w.soft is None else _softly(net, out, b, w, w.soft, weights)


def _labelled(net: ReaderNet, out: Outputs, b: int, w: Window, weights: Mapping[str, float]) -> Tensor:
    n = len(w.ids)
    size = SIZE
    loss = weights["mention"] * _ce(out.mention[b, :n], w.mention, size)
    loss = loss + weights["trigger"] * _ce(out.trigger[b, :n], w.trigger, size)
    loss = loss + weights["mode"] * _ce(out.mode[b, :n], w.mode, size / 4)
    loss = loss + weights["status"] * _ce(out.status[b, :n], w.status, size / 4)
    known = w.flags >= 0
    flags = F.binary_cross_entropy_with_logits(out.flags[b, :n][known], w.flags[known], reduction="sum")
    loss = loss + weights["flags"] * flags / size
    if len(w.positions):
        scores = net.table(out.heads[b, :n], out.tails[b, :n], w.positions)
        bce = F.binary_cross_entropy_with_logits(scores, w.table, reduction="none")
        same = w.sentence[w.positions][:, None] == w.sentence[None]
        loss = loss + weights["table"] * (bce * w.table_mask[:, None] * same[..., None]).sum() / size
    if bool((w.relation >= 0).any()):
        loss = loss + _ce(net.relation(out.hidden[b, :n]), w.relation, size)
        loss = loss + _ce(net.arcs(out.hidden[b, :n]), w.governor, size)
    for hint in w.hints:
        loss = loss + weights["hint"] * _hint_loss(net, out, b, n, hint)
    return loss


def _softly(net: ReaderNet, out: Outputs, b: int, w: Window, soft: Soft, weights: Mapping[str, float]) -> Tensor:
    """Cross-entropy with the mean probabilities of other networks (Hinton et al. 2015)."""
    n = len(w.ids)
    event = 1 - soft.trigger[:, 0]
    loss = weights["mention"] * _soft_ce(out.mention[b, :n], soft.mention).sum()
    loss = loss + weights["trigger"] * _soft_ce(out.trigger[b, :n], soft.trigger).sum()
    loss = loss + 4 * weights["mode"] * (_soft_ce(out.mode[b, :n], soft.mode) * event).sum()
    loss = loss + 4 * weights["status"] * (_soft_ce(out.status[b, :n], soft.status) * event).sum()
    flags = F.binary_cross_entropy_with_logits(out.flags[b, :n], soft.flags, reduction="sum")
    loss = loss + weights["flags"] * flags
    if len(soft.positions):
        scores = net.table(out.heads[b, :n], out.tails[b, :n], soft.positions)
        bce = F.binary_cross_entropy_with_logits(scores, soft.table, reduction="none")
        same = w.sentence[soft.positions][:, None] == w.sentence[None]
        loss = loss + weights["table"] * (bce * same[..., None]).sum()
    return loss / SIZE


def _soft_ce(logits: Tensor, labels: Tensor) -> Tensor:
    return -(labels * F.log_softmax(logits, -1)).sum(-1)


def _hint_loss(net: ReaderNet, out: Outputs, b: int, n: int, hint: HintLabel) -> Tensor:
    """At least one token within the hint triggers one of its types (noisy or); the likeliest one bears the rest."""
    logits = out.trigger[b, :n]
    likely = torch.softmax(logits, -1)[:, hint.types].sum(-1) * hint.where
    none = torch.log1p(-likely.clamp(max=1 - 1e-4)).sum()
    loss = -torch.log(-torch.expm1(none) + 1e-6)
    at = int(likely.argmax())
    if float(likely[at]) < 0.2:
        return loss
    if hint.mode is not None:
        loss = loss + 0.5 * F.cross_entropy(out.mode[b, at : at + 1], torch.tensor([hint.mode]))
    return loss + 0.5 * _filler_loss(net, out, b, n, at, hint)


def _filler_loss(net: ReaderNet, out: Outputs, b: int, n: int, at: int, hint: HintLabel) -> Tensor:
    rows = net.table(out.heads[b, :n], out.tails[b, :n], torch.tensor([at]))[0]
    total = torch.zeros(())
    for k, mask in hint.fillers.items():
        total = total + F.binary_cross_entropy_with_logits(rows[hint.where, k], mask[hint.where], reduction="sum") / 10
    return total
