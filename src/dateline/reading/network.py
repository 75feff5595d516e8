"""The exported reader network: token ids in, probabilities out. numpy and onnxruntime only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.errors import ModelError

Floats = npt.NDArray[np.float32]
WEIGHTS = Path(__file__).parent / "weights"
FORMAT = 3
NAMES = ("mention", "trigger", "flags", "mode", "status", "heads", "tails")


@dataclass(frozen=True, slots=True)
class Window:
    """Probabilities of one window, special tokens cut off; arrays are (tokens, n).

    ``flags`` as in training: continues a trigger or cue, begins a cue, begins content, inside content.
    """

    mention: Floats
    trigger: Floats
    flags: Floats
    mode: Floats
    status: Floats
    heads: Floats
    tails: Floats


class Network:
    """Weights on disk: the encoder with its token heads as an ONNX graph, and the arrays of the role table."""

    def __init__(self, folder: Path = WEIGHTS, threads: int = 0) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        try:
            self.meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            # Norms fused with the sum before them run slower than both apart, by a tenth of the whole network.
            self._encoder = ort.InferenceSession(
                folder / "reader.onnx",
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=["SkipLayerNormFusion"],
            )
            table = np.load(folder / "table.npz")
            self._distance, self._weight, self._bias = (table[k] for k in ("distance", "weight", "bias"))
        except Exception as error:
            message = f"the reader's weights in {folder} cannot be loaded ({error}); reinstall dateline"
            raise ModelError(message) from error
        if self.meta.get("format") != FORMAT:
            raise ModelError(f"the reader's weights in {folder} are of another version; reinstall dateline")

    def window(self, ids: list[int]) -> Window:
        """Run one window of token ids (without special tokens)."""
        full = np.array([[101, *ids, 102]], dtype=np.int64)
        out = self._encoder.run(list(NAMES), {"ids": full})
        arrays = (np.asarray(o, dtype=np.float32)[0, 1:-1] for o in out)
        mention, trigger, flags, mode, status, heads, tails = arrays
        return Window(
            _softmax(mention), _softmax(trigger), sigmoid(flags), _softmax(mode), _softmax(status), heads, tails
        )

    def table(self, window: Window, position: int, bounds: tuple[int, int]) -> Floats:
        """Role probabilities (tokens, 2 * roles) seen from the trigger or cue that begins at ``position``.

        ``bounds`` are the first token and the end of those asked for: the trigger's own sentence.
        """
        low, high = bounds
        near = self._distance[np.clip(np.arange(low, high) - position, -32, 32) + 32]
        layer = np.maximum(window.heads[position] + window.tails[low:high] + near, 0)
        return sigmoid(layer @ self._weight.T + self._bias)


def sigmoid(x: Floats) -> Floats:
    """Logistic function, safe for large values."""
    out: Floats = (1.0 / (1.0 + np.exp(-np.clip(x, -30, 30)))).astype(np.float32)
    return out


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(-1, keepdims=True))
    out: Floats = e / e.sum(-1, keepdims=True)
    return out
