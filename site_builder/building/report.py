"""What a build did."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Report:
    """Figures of one build."""

    folder: Path
    pages: int = 0
    """Pages of the finished site."""
    planned: int = 0
    """Files whose content was worked out anew."""
    changed: list[str] = field(default_factory=list)
    """Files that were written."""
    removed: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    """By stage."""

    @contextmanager
    def timing(self, stage: str) -> Iterator[None]:
        """Add the time inside to a stage."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0) + time.perf_counter() - began
