"""From a folder to a checked library: the first half of every command."""

from site_builder.loading.site import Loaded, load_site

__all__ = ["Loaded", "load_site"]
