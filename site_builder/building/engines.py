"""Engines kept between builds, each under the name of what it was made from."""

import pickle
from pathlib import Path

from site_builder.files import Damaged, sealed, unsealed, write_whole
from site_builder.rendering.engine import Engine


def keep_engine(place: Path, name: bytes, engine: Engine) -> None:
    """Keep `engine` under `name` instead of the one before."""
    write_whole(str(place), sealed(pickle.dumps(engine), name))


def kept_engine(place: Path, name: bytes) -> Engine | None:
    """The engine of this name; None where another is kept: a build may have been killed since."""
    try:
        engine: Engine = pickle.loads(unsealed(place.read_bytes(), name))
    except (FileNotFoundError, Damaged):
        return None
    return engine
