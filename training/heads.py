"""The heads of a network alone, on what its encoder makes of the windows once and for all.

A large encoder learns a few epochs long, in which its heads, which start from nothing, do not get far. Fitted to the
encoder as it then is they take seconds an epoch, and further epochs of both start from there (Kumar et al. 2022,
"Fine-tuning can distort pretrained features").
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch
from torch import Tensor

from training.losses import LAST_WEIGHTS, batch_loss
from training.network import ReaderNet
from training.targets import annotated, padded
from training.windows import Window

_AT_ONCE = 16


def fit_heads(net: ReaderNet, windows: Sequence[Window], epochs: int, lr: float, seed: int) -> None:
    """Train all but the encoder, in place, with AdamW, linear warm-up and decay."""
    ordered = sorted(windows, key=lambda w: len(w.ids))
    groups = [ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE)]
    seen = list(_hidden(net, groups))
    heads = [p for name, p in net.named_parameters() if not name.startswith("encoder.")]
    opt = torch.optim.AdamW(heads, weight_decay=0.01, fused=True)
    rng = random.Random(seed)
    net.train()
    for number in range(epochs):
        rng.shuffle(seen)
        for k, (group, hidden, sentence) in enumerate(seen):
            done = (number + k / len(seen)) / epochs
            for parameters in opt.param_groups:
                parameters["lr"] = lr * min(done / 0.05 + 0.01, 1 - done)
            out = net.read(hidden.float())
            loss = batch_loss(net, out, annotated(group, sentence), LAST_WEIGHTS) / len(group)
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(heads, 1.0)
            opt.step()
            opt.zero_grad()


@torch.no_grad()
def _hidden(net: ReaderNet, groups: Sequence[list[Window]]) -> list[tuple[list[Window], Tensor, Tensor]]:
    """Each batch of windows, the encoder's last layer for it (batch, tokens, width) in half the precision, and the
    sentence numbers of its tokens."""
    net.eval()
    out = []
    for group in groups:
        ids, mask, sentence = padded(group, net.rows.device)
        out.append((group, net.encode(ids, mask).hidden.bfloat16(), sentence))
    return out
