"""From a folder to a checked library: the first half of every command."""

from site_builder.loading.memory import FOLDER, Memory, open_library
from site_builder.loading.site import Loaded, load_site
from site_builder.workers import Progress

__all__ = ["FOLDER", "Loaded", "Memory", "Progress", "load_site", "open_library"]
