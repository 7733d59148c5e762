"""The public showcase of "Dân vận khéo": validated Markdown becomes a site.

>>> import site_builder
>>> loaded = site_builder.load_site(".")  # doctest: +SKIP
>>> loaded.catalogue.by_field["an-ninh"]  # doctest: +SKIP
"""

from site_builder.loading import Loaded, load_site

__version__ = "0.1.0"

__all__ = ["Loaded", "__version__", "load_site"]
