"""The casebook: every report kept, every version readable."""

from dateline.store.casebook import AsOf, Casebook, MergeOutcome
from dateline.store.coding import Outcome
from dateline.store.runs import Run

__all__ = ["AsOf", "Casebook", "MergeOutcome", "Outcome", "Run"]
