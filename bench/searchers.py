"""What is searched with: an engine that has made an index of the same documents as the others."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from measure import Command

from site_builder.search.measuring import ENGINE, Answers, Asking, ask, indexing

OURS = "site-builder"
_TEXT = (".json", ".js", ".mjs")


@dataclass(frozen=True)
class Searcher:
    """An engine that is ready to index and to be asked."""

    name: str
    version: str
    command: Command
    """Makes the index."""
    folder: Path
    """What a web server would serve, once the index is there."""
    engine: Path
    """A module as measure.mjs takes it."""
    index: Sequence[str]
    """Patterns of the files that make up the index, without scripts."""
    whole: bool = False
    """A first visit downloads everything, whatever is asked for."""

    def size(self) -> int:
        """Bytes of the index as a web server would send it."""
        places = {place for pattern in self.index for place in self.folder.glob(pattern)}
        return sum(_sent(place) for place in places)

    def ask(self, asking: Asking) -> Answers:
        """Put the queries. Raises `EngineFailed`."""
        cold = asking.cold[:1] if self.whole else asking.cold
        return ask(self.engine, self.folder, Asking(asking.asked, asking.timed, cold))


def _sent(place: Path) -> int:
    data = place.read_bytes()
    return min(len(data), len(gzip.compress(data, 6))) if place.suffix in _TEXT else len(data)


def own(collection: Path, folder: Path) -> Searcher:
    """This project's search."""
    folder.mkdir()
    command = Command(indexing(collection, folder), folder)
    return Searcher(OURS, version("dan-van-kheo"), command, folder, ENGINE, ("*.bin", "*.json"))
