"""What several trained networks say of unlabelled windows, as soft labels for another (Hinton et al. 2015)."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from training.network import Outputs, ReaderNet
from training.windows import Soft, Window

_LIKELY = 0.2
_AT_ONCE = 16


@torch.no_grad()
def label(teachers: Sequence[ReaderNet], windows: Sequence[Window]) -> None:
    """Give every window the mean of the teachers' probabilities, in place."""
    for net in teachers:
        net.eval()
    ordered = sorted(windows, key=lambda w: len(w.ids))
    for at in range(0, len(ordered), _AT_ONCE):
        group = ordered[at : at + _AT_ONCE]
        ids = torch.nn.utils.rnn.pad_sequence([w.ids for w in group], batch_first=True)
        outs = [net.encode(ids, (ids > 0).long()) for net in teachers]
        for b, window in enumerate(group):
            window.soft = _mean(teachers, outs, b, len(window.ids))


def _mean(teachers: Sequence[ReaderNet], outs: Sequence[Outputs], b: int, n: int) -> Soft:
    """The mean of the outputs for window ``b`` of a batch, its first ``n`` tokens."""
    trigger = _average([torch.softmax(o.trigger[b, :n], -1) for o in outs])
    flags = _average([torch.sigmoid(o.flags[b, :n]) for o in outs])
    positions = torch.nonzero((1 - trigger[:, 0] > _LIKELY) | (flags[:, 1] > _LIKELY))[:, 0]
    tables = [
        torch.sigmoid(net.table(o.heads[b, :n], o.tails[b, :n], positions))
        for net, o in zip(teachers, outs, strict=True)
    ]
    return Soft(
        _average([torch.softmax(o.mention[b, :n], -1) for o in outs]),
        trigger,
        flags,
        _average([torch.softmax(o.mode[b, :n], -1) for o in outs]),
        _average([torch.softmax(o.status[b, :n], -1) for o in outs]),
        positions,
        _average(tables),
    )


def _average(parts: list[Tensor]) -> Tensor:
    return torch.stack(parts).mean(0)
