"""Renders the body on standard input and exits: `complexity.py` runs it under a time limit."""

import sys
from contextlib import suppress

import markdown

from site_builder.config import MARKDOWN_EXTENSIONS

_MEMORY = 450_000_000
"""Bytes that the trial may take, where the system can hold a process to it."""


def main() -> None:
    """Render; a stack overflow or lack of memory ends the process with a failure."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    markdown.markdown(sys.stdin.buffer.read().decode(), extensions=list(MARKDOWN_EXTENSIONS))


if __name__ == "__main__":
    main()
