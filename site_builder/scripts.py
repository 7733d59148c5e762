"""Scripts as they are published: without what only those need who read code."""

from rjsmin import jsmin  # type: ignore[import-untyped]


def published_script(source: str) -> bytes:
    """A script, made small; UTF-8."""
    small: str = jsmin(source)
    return small.encode()
