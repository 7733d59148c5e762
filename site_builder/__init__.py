"""The public showcase of "Dân vận khéo": validated Markdown becomes a site.

>>> import site_builder
>>> loaded = site_builder.load_site(".")  # doctest: +SKIP
>>> loaded.catalogue.by_field["an-ninh"]  # doctest: +SKIP
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from site_builder.loading import Loaded, load_site

__version__ = "0.1.0"

__all__ = ["Loaded", "__version__", "load_site"]


def __getattr__(name: str) -> Any:
    """Load what reads a project when it is first asked for: a process that renders never does."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from site_builder import loading  # noqa: PLC0415

    return getattr(loading, name)
