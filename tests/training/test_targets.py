"""The loss of a batch is the sum of its windows' losses, padding and unannotated layers left out."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="training is tested where torch is installed")
pytest.importorskip("transformers", reason="training is tested where transformers is installed")

from dateline.reading.labels import EVENT_TYPES, MENTION_TAGS, MODE_LABELS, STATUSES, TABLE_ROLES  # noqa: E402
from training.losses import LAST_WEIGHTS, SIZE, batch_loss  # noqa: E402
from training.network import Outputs  # noqa: E402
from training.targets import annotated, padded  # noqa: E402
from training.windows import IGNORE, Window  # noqa: E402

N = 2 * len(TABLE_ROLES)


class _Table:
    """Stands for a network whose role table says the same everywhere."""

    def table(self, heads, tails, windows, positions):
        return torch.zeros(len(windows), tails.shape[1], N)


def _window(length: int, *, told: bool) -> Window:
    label = torch.full((length,), IGNORE)
    trigger = torch.zeros(length, dtype=torch.long) if told else label.clone()
    if told:
        trigger[2] = 1
    table = torch.zeros(1, length, N)
    table[0, 1, 0] = 1
    sentence = torch.tensor([-1, *[0] * (length - 2), -1])
    none = label.clone()
    return Window(
        torch.arange(1, length + 1), label, trigger, torch.full((length, 4), -1.0), label, label, torch.tensor([2]),
        table, torch.ones(1, N), sentence, none, none, [], labelled=True,
    )  # fmt: skip


def _outputs(batch: int, length: int) -> Outputs:
    generator = torch.Generator().manual_seed(1)
    sizes = (len(MENTION_TAGS), len(EVENT_TYPES) + 1, 4, len(MODE_LABELS), len(STATUSES), 8, 8, 8)
    return Outputs(*(torch.randn(batch, length, n, generator=generator) for n in sizes))


def _loss(windows: list[Window], out: Outputs) -> float:
    _, _, sentence = padded(windows, torch.device("cpu"))
    return float(batch_loss(_Table(), out, annotated(windows, sentence), LAST_WEIGHTS))


def test_padding_does_not_count():
    long, short = _window(9, told=True), _window(5, told=True)
    out = _outputs(2, 9)
    alone = [Outputs(*(t[b : b + 1, :n] for t in _fields(out))) for b, n in ((0, 9), (1, 5))]
    assert _loss([long, short], out) == pytest.approx(_loss([long], alone[0]) + _loss([short], alone[1]), rel=1e-5)


def test_labels_reach_as_far_as_the_batch():
    short = _window(5, told=True)
    _, _, sentence = padded([short, _window(9, told=True)], torch.device("cpu"))
    assert annotated([short], sentence[:1]).trigger.wanted.shape == (1, 9, len(EVENT_TYPES) + 1)


def test_layers_that_are_not_annotated_do_not_count():
    out = _outputs(1, 6)
    rows = 4 * N * torch.log(torch.tensor(2.0)) * LAST_WEIGHTS["table"] / SIZE
    assert _loss([_window(6, told=False)], out) == pytest.approx(float(rows), rel=1e-5)


def test_a_label_counts_its_cross_entropy():
    window = _window(6, told=True)
    out = _outputs(1, 6)
    expected = torch.nn.functional.cross_entropy(out.trigger[0], window.trigger, reduction="sum")
    without = _loss([_window(6, told=False)], out)
    assert _loss([window], out) - without == pytest.approx(float(LAST_WEIGHTS["trigger"] * expected / SIZE), rel=1e-4)


def _fields(out: Outputs) -> list:
    return [getattr(out, name) for name in Outputs.__slots__]
