"""What a build did."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

STAGES = ("read", "look", "plan", "render", "finish", "total")
"""Reading what changed, looking how the site stands, planning, rendering, clearing up."""


@dataclass
class Report:
    """Figures of one build."""

    folder: Path
    pages: int = 0
    """Pages of the finished site."""
    files: int = 0
    """Files of the finished site."""
    planned: int = 0
    """Files whose content was worked out anew."""
    changed: list[str] = field(default_factory=list)
    """Files that were written."""
    removed: list[str] = field(default_factory=list)
    rows: Mapping[str, tuple[Any, ...]] = field(default_factory=dict, repr=False)
    """Every file of the finished site with its record, as a plain tuple."""
    seconds: dict[str, float] = field(default_factory=dict)
    """By stage, and in all."""

    @property
    def is_unchanged(self) -> bool:
        """Whether there was nothing to write."""
        return not self.changed and not self.removed

    def figures(self) -> dict[str, object]:
        """What programs are told: `build --json` prints it, docs/lenh.md explains it."""
        return {
            "folder": str(self.folder),
            "pages": self.pages,
            "planned": self.planned,
            "written": len(self.changed),
            "reused": self.files - len(set(self.changed)),
            "removed": len(self.removed),
            "seconds": {stage: round(self.seconds.get(stage, 0.0), 4) for stage in STAGES},
        }

    @contextmanager
    def timing(self, stage: str) -> Iterator[None]:
        """Add the time inside to a stage."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0) + time.perf_counter() - began
