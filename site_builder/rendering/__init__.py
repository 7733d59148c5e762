"""Planned pages to HTML. Only `mkdocs_bridge` knows the engine."""
