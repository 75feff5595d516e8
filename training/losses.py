"""The multi-task loss of a batch of windows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from training.network import Outputs, ReaderNet
from training.targets import Aim, Targets
from training.windows import IGNORE, HintLabel, Window

WEIGHTS = {"mention": 0.3, "trigger": 3.0, "flags": 0.7, "mode": 0.3, "status": 0.5, "table": 0.8, "hint": 0.5}
# What fills the roles is learnt slower than what is an event, and last.
LAST_WEIGHTS = {**WEIGHTS, "flags": 1.2, "status": 0.8, "table": 2.0}


SIZE = 25.0
"""Losses are summed over the tokens of a window and divided by this, so that short windows weigh less."""


def batch_loss(net: ReaderNet, out: Outputs, targets: Targets, weights: Mapping[str, float]) -> Tensor:
    """Weighted sum of all layers of all windows: cross-entropy with the targets' probabilities."""
    loss = weights["mention"] * _one_of(out.mention, targets.mention)
    loss = loss + weights["trigger"] * _one_of(out.trigger, targets.trigger)
    loss = loss + weights["mode"] * _one_of(out.mode, targets.mode)
    loss = loss + weights["status"] * _one_of(out.status, targets.status)
    loss = loss + weights["flags"] * _each(out.flags, targets.flags)
    if len(targets.windows):
        scores = net.table(out.heads, out.tails, targets.windows, targets.positions)
        loss = loss + weights["table"] * _each(scores, targets.table)
    return loss / SIZE


def further_loss(net: ReaderNet, out: Outputs, windows: Sequence[Window], weights: Mapping[str, float]) -> Tensor:
    """Syntax and weak labels, which few sets have."""
    loss = out.trigger.new_zeros(())
    for b, w in enumerate(windows):
        n = len(w.ids)
        if bool((w.relation >= 0).any()):
            hidden = out.hidden[b, :n]
            loss = loss + _labels(net.relation(hidden), w.relation) + _labels(net.arcs(hidden), w.governor)
        for hint in w.hints:
            loss = loss + weights["hint"] * _hint_loss(net, out, b, n, hint)
    return loss


def _one_of(logits: Tensor, aim: Aim) -> Tensor:
    return -((aim.wanted * F.log_softmax(logits, -1)).sum(-1) * aim.counts).sum()


def _each(logits: Tensor, aim: Aim) -> Tensor:
    return (F.binary_cross_entropy_with_logits(logits, aim.wanted, reduction="none") * aim.counts).sum()


def _labels(logits: Tensor, labels: Tensor) -> Tensor:
    return F.cross_entropy(logits, labels.to(logits.device), ignore_index=IGNORE, reduction="sum") / SIZE


def _hint_loss(net: ReaderNet, out: Outputs, b: int, n: int, hint: HintLabel) -> Tensor:
    """At least one token within the hint triggers one of its types (noisy or); the likeliest one bears the rest."""
    logits = out.trigger[b, :n]
    likely = torch.softmax(logits, -1)[:, hint.types].sum(-1) * hint.where.to(logits.device)
    none = torch.log1p(-likely.clamp(max=1 - 1e-4)).sum()
    loss = -torch.log(-torch.expm1(none) + 1e-6)
    at = int(likely.argmax())
    if float(likely[at]) < 0.2:
        return loss
    if hint.mode is not None:
        loss = loss + 0.5 * F.cross_entropy(out.mode[b, at], torch.tensor(hint.mode, device=logits.device))
    return loss + 0.5 * _filler_loss(net, out, b, n, at, hint)


def _filler_loss(net: ReaderNet, out: Outputs, b: int, n: int, at: int, hint: HintLabel) -> Tensor:
    device = out.heads.device
    rows = net.table(out.heads, out.tails, torch.tensor([b], device=device), torch.tensor([at], device=device))[0, :n]
    total, where = out.heads.new_zeros(()), hint.where.to(device)
    for k, mask in hint.fillers.items():
        wanted = mask.to(device)[where]
        total = total + F.binary_cross_entropy_with_logits(rows[where, k], wanted, reduction="sum") / 10
    return total
