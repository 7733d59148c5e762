"""The plugin that mkdocs.yml names: pages through the bridge, with all other files of the site."""

from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from site_builder.outputs.files import output_files
from site_builder.outputs.pictures import Darkroom
from site_builder.pages.views import Plan
from site_builder.rendering.mkdocs_bridge import DanVanKheoPlugin
from site_builder.search.documents import search_files


class ShowcasePlugin(DanVanKheoPlugin):  # type: ignore[no-untyped-call]
    """`plugins: [dan-van-kheo]`."""

    def other_files(
        self, plan: Plan, places: Mapping[str, Path], site_url: str
    ) -> Iterable[tuple[str, bytes]]:
        """Redirects, feed, pictures, the index of the search."""
        assert self.loaded is not None
        found = search_files(plan.pages, self.loaded.require_catalogue())
        darkroom = Darkroom(self.loaded.project.root)
        return chain(output_files(plan, places, site_url, darkroom), found)
