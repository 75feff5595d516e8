"""What several trained networks say of unlabelled windows, as soft labels for another (Hinton et al. 2015)."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from training.network import ReaderNet
from training.windows import Soft, Window

_LIKELY = 0.2


@torch.no_grad()
def label(teachers: Sequence[ReaderNet], windows: Sequence[Window]) -> None:
    """Give every window the mean of the teachers' probabilities, in place."""
    for net in teachers:
        net.eval()
    for window in windows:
        window.soft = _mean(teachers, window)


def _mean(teachers: Sequence[ReaderNet], w: Window) -> Soft:
    mask = torch.ones(1, len(w.ids), dtype=torch.long)
    outs = [net.encode(w.ids[None], mask) for net in teachers]
    trigger = _average([torch.softmax(o.trigger[0], -1) for o in outs])
    flags = _average([torch.sigmoid(o.flags[0]) for o in outs])
    positions = torch.nonzero((1 - trigger[:, 0] > _LIKELY) | (flags[:, 1] > _LIKELY))[:, 0]
    tables = [torch.sigmoid(n.table(o.heads[0], o.tails[0], positions)) for n, o in zip(teachers, outs, strict=True)]
    return Soft(
        _average([torch.softmax(o.mention[0], -1) for o in outs]),
        trigger,
        flags,
        _average([torch.softmax(o.mode[0], -1) for o in outs]),
        _average([torch.softmax(o.status[0], -1) for o in outs]),
        positions,
        _average(tables),
    )


def _average(parts: list[Tensor]) -> Tensor:
    return torch.stack(parts).mean(0)
