"""The sample site as a release, at the top of its host or in a folder, behind both servers."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from releases import make_project, make_release
from servers import Served, open_folder, started

BASES = ("/", "/dan-van-kheo/")


@pytest.fixture(scope="session")
def homes() -> Iterator[dict[str, tuple[Path, Path]]]:
    """Project and live release by the address of the home page."""
    with ExitStack() as stack:
        found = {}
        for base in BASES:
            folder = stack.enter_context(open_folder())
            project = make_project(folder / "project", base)
            found[base] = (project, make_release(project, folder))
        yield found


@pytest.fixture(
    scope="session",
    params=[(server, base) for base in BASES for server in ("nginx", "apache")],
    ids=lambda pair: f"{pair[0]} {pair[1]}",
)
def served(request: pytest.FixtureRequest, homes) -> Iterator[Served]:
    """Each server with the site at each place."""
    server, base = request.param
    with started(server, *homes[base], base=base) as found:
        yield found
