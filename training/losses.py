"""The multi-task loss of one window."""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional as F

from training.network import Outputs, ReaderNet
from training.windows import IGNORE, Window

WEIGHTS = {"mention": 0.5, "trigger": 1.5, "flags": 0.7, "mode": 0.4, "status": 0.5, "table": 40.0}


def _ce(logits: Tensor, labels: Tensor, total: float) -> Tensor:
    return F.cross_entropy(logits, labels, ignore_index=IGNORE, reduction="sum") / total


def window_loss(net: ReaderNet, out: Outputs, b: int, w: Window) -> Tensor:
    """Weighted sum of all annotated layers of window ``b`` of a batch, scaled to a window of 100 tokens."""
    n = len(w.ids)
    size = 25.0
    loss = WEIGHTS["mention"] * _ce(out.mention[b, :n], w.mention, size)
    loss = loss + WEIGHTS["trigger"] * _ce(out.trigger[b, :n], w.trigger, size)
    loss = loss + WEIGHTS["mode"] * _ce(out.mode[b, :n], w.mode, size / 4)
    loss = loss + WEIGHTS["status"] * _ce(out.status[b, :n], w.status, size / 4)
    known = w.flags >= 0
    flags = F.binary_cross_entropy_with_logits(out.flags[b, :n][known], w.flags[known], reduction="sum")
    loss = loss + WEIGHTS["flags"] * flags / size
    if len(w.positions):
        scores = net.table(out.heads[b, :n], out.tails[b, :n], w.positions)
        bce = F.binary_cross_entropy_with_logits(scores, w.table, reduction="none")
        loss = loss + WEIGHTS["table"] * (bce * w.table_mask[:, None]).sum() / size / 80
    return loss
