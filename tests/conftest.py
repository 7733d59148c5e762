"""What tests of several files need."""

import os
import shutil
from pathlib import Path

import pytest
from hostile import hostile_project
from project import TODAY_EPOCH

from site_builder.pipeline import build_site

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def node() -> str:
    """Node.js; without it the tests that ask for it are skipped, but never on CI."""
    if (found := shutil.which("node")) is None:
        assert os.environ.get("CI") != "true", "node is missing"
        pytest.skip("node is missing")
    return found


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built sample site."""
    folder = tmp_path_factory.mktemp("sample") / "site"
    build_site(ROOT, site_dir=folder)
    return folder


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site whose content does its worst; it takes some seconds."""
    root = hostile_project(tmp_path_factory.mktemp("hostile"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)
        build_site(root, site_dir=root / "site")
    return root / "site"
