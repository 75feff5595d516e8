"""What the network should say of a batch of windows: its labels, or what teachers say (Hinton et al. 2015)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import torch
from torch import Tensor
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

from dateline.reading.labels import EVENT_TYPES, MENTION_TAGS, MODE_LABELS, STATUSES, TABLE_ROLES
from training.network import Outputs, ReaderNet
from training.windows import IGNORE, Window

_LIKELY = 0.2
_BEGINS_CUE = 1
# A mode or status stands at one token of many, so it counts as much as several.
_RARE = 4.0


@dataclass(slots=True)
class Aim:
    """Probabilities (…, n) to be reached, and how much each of their rows, or each of them, counts."""

    wanted: Tensor
    counts: Tensor


@dataclass(slots=True)
class Targets:
    """Aims of the token heads (batch, tokens, n) and of the role table (rows, tokens, 2R).

    Row ``k`` of the table is seen from the token ``positions[k]`` of window ``windows[k]`` of the batch.
    """

    mention: Aim
    trigger: Aim
    flags: Aim
    mode: Aim
    status: Aim
    windows: Tensor
    positions: Tensor
    table: Aim


def padded(windows: Sequence[Window], device: torch.device) -> tuple[Tensor, Tensor, Tensor]:
    """Token ids, mask and sentence numbers of windows (batch, tokens); padding is of no sentence (-1)."""
    ids = pad_sequence([w.ids for w in windows], batch_first=True)
    sentence = pad_sequence([w.sentence for w in windows], batch_first=True, padding_value=-1)
    mask = pad_sequence([torch.ones_like(w.ids) for w in windows], batch_first=True)
    return ids.to(device), mask.to(device), sentence.to(device)


def annotated(windows: Sequence[Window], sentence: Tensor) -> Targets:
    """The windows' labels; layers that are not annotated do not count."""
    device, longest = sentence.device, sentence.shape[1]
    rows = torch.tensor([b for b, w in enumerate(windows) for _ in w.positions], dtype=torch.long, device=device)
    positions = torch.cat([w.positions for w in windows]).to(device)
    table = torch.cat([F.pad(w.table, (0, 0, 0, longest - len(w.ids))) for w in windows]).to(device)
    told = torch.cat([w.table_mask for w in windows]).to(device)[:, None]
    flags = _stacked([w.flags for w in windows], -1, sentence)

    def classes(labels: list[Tensor], n: int, weight: float = 1.0) -> Aim:
        known = _stacked(labels, IGNORE, sentence)
        return Aim(F.one_hot(known.clamp(min=0), n).float(), weight * (known != IGNORE))

    return Targets(
        classes([w.mention for w in windows], len(MENTION_TAGS)),
        classes([w.trigger for w in windows], len(EVENT_TYPES) + 1),
        Aim(flags.clamp(min=0), (flags >= 0).float()),
        classes([w.mode for w in windows], len(MODE_LABELS), _RARE),
        classes([w.status for w in windows], len(STATUSES), _RARE),
        rows,
        positions,
        Aim(table, told * _same_sentence(sentence, rows, positions)),
    )


def _stacked(layers: list[Tensor], filler: float, sentence: Tensor) -> Tensor:
    """One layer of several windows, each filled up to the length of the batch's sentence numbers."""
    out = layers[0].new_full((len(layers), sentence.shape[1], *layers[0].shape[1:]), filler)
    for row, layer in zip(out, layers, strict=True):
        row[: len(layer)] = layer
    return out.to(sentence.device)


@torch.no_grad()
def taught(teachers: Sequence[ReaderNet], ids: Tensor, mask: Tensor, sentence: Tensor) -> Targets:
    """The mean of the teachers' probabilities; modes and statuses count as far as there is an event."""
    outs = [net.encode(ids, mask) for net in teachers]
    counts = mask.float()
    trigger = _mean([torch.softmax(o.trigger, -1) for o in outs])
    flags = _mean([torch.sigmoid(o.flags) for o in outs])
    event = 1 - trigger[..., 0]
    likely = ((event > _LIKELY) | (flags[..., _BEGINS_CUE] > _LIKELY)) & (sentence >= 0)
    windows, positions = torch.nonzero(likely, as_tuple=True)
    tables = [torch.sigmoid(n.table(o.heads, o.tails, windows, positions)) for n, o in zip(teachers, outs, strict=True)]
    return Targets(
        Aim(_mean([torch.softmax(o.mention, -1) for o in outs]), counts),
        Aim(trigger, counts),
        Aim(flags, counts[..., None].expand_as(flags)),
        Aim(_mean([torch.softmax(o.mode, -1) for o in outs]), _RARE * event * counts),
        Aim(_mean([torch.softmax(o.status, -1) for o in outs]), _RARE * event * counts),
        windows,
        positions,
        Aim(_mean(tables), _same_sentence(sentence, windows, positions).expand(-1, -1, 2 * len(TABLE_ROLES))),
    )


def part(out: Outputs, bounds: slice) -> Outputs:
    """The outputs for some windows of a batch."""
    return Outputs(*(getattr(out, f.name)[bounds] for f in fields(Outputs)))


def _same_sentence(sentence: Tensor, windows: Tensor, positions: Tensor) -> Tensor:
    """Where a row's trigger and the token stand in one sentence (rows, tokens, 1)."""
    own = sentence[windows, positions]
    return (sentence[windows] == own[:, None]).float()[..., None]


def _mean(several: list[Tensor]) -> Tensor:
    return torch.stack(several).mean(0)
