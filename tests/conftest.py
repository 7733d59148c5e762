"""What tests of several files need."""

import os
import shutil

import pytest


@pytest.fixture(scope="session")
def node() -> str:
    """Node.js; without it the tests that ask for it are skipped, but never on CI."""
    if (found := shutil.which("node")) is None:
        assert os.environ.get("CI") != "true", "node is missing"
        pytest.skip("node is missing")
    return found
