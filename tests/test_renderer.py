"""What our own renderer waits for (what it writes: test_identity.py)."""

import subprocess
import sys


def test_rendering_waits_for_no_engine_and_no_schema():
    program = (
        "import sys; import site_builder.rendering.renderer, site_builder.rendering.engine_key;"
        "print([name for name in ('mkdocs', 'material', 'pydantic', 'yaml', 'rapidfuzz')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"
