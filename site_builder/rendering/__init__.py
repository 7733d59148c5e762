"""Planned pages to HTML. Only `mkdocs_bridge` knows the engine."""

from pathlib import Path

THEME = Path(__file__).parent.parent / "theme"
"""Templates, stylesheet and what else the theme publishes."""
