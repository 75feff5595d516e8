"""The learnt comparison of two reports: how likely they tell of the same happening."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.errors import ModelError
from dateline.merging.features import Pairing
from dateline.merging.profile import Profile
from dateline.merging.vectors import Vectors
from dateline.merging.words import DATA, Frequencies

WEIGHTS = DATA / "weights.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by feature."""

    by_feature: Mapping[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """The logistic function of the weighted features."""
        total = math.fsum(self.by_feature.get(name, 0.0) * value for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True)
class Comparison:
    """Weights for reports ``within`` one article and ``across`` articles, and what features are made with.

    ``threshold`` is the average score at which groups are held for one happening.
    """

    version: str
    within: Weights
    across: Weights
    threshold: float
    pairing: Pairing
    frequencies: Frequencies

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Comparison:
        """Open the shipped weights, or those in a file. Raises ModelError when it cannot be read."""
        try:
            found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            frequencies, vectors = Frequencies.load(), Vectors.load()
            within, across = (Weights({str(k): float(v) for k, v in found[n].items()}) for n in ("within", "across"))
            threshold, pairing = float(found["threshold"]), Pairing(frequencies, vectors)
            return cls(str(found["version"]), within, across, threshold, pairing, frequencies)
        except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
            message = f"the weights of merging in {path} cannot be loaded ({error}); reinstall dateline"
            raise ModelError(message) from error

    def weights(self, a: Profile, b: Profile) -> Weights:
        """Those that hold for the two: within one article or across two."""
        return self.within if a.story.id == b.story.id else self.across

    def score(self, a: Profile, b: Profile) -> float:
        """How likely it is that the two tell of the same happening, 0 to 1; the order does not matter."""
        return self.weights(a, b).probability(self.pairing.features(a, b))
