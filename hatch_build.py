"""Builds the gazetteer's index into the package: an installed one needs neither source data nor a wait at first run."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GazetteerHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before the wheel is packed, and on an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the index where there is none or our tables have changed since."""
        sys.path.insert(0, str(Path(self.root) / "src"))
        from dateline.lexicon import gazetteer

        if not gazetteer.shipped_is_current():
            self.app.display_info("Building the gazetteer's index")
            gazetteer.ship()
        build_data["artifacts"].append("src/dateline/lexicon/data/gazetteer/*")
