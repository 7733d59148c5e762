"""The plugin that mkdocs.yml names: pages through the bridge, with all other files of the site."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from site_builder.outputs.files import output_files
from site_builder.pages.views import Plan
from site_builder.rendering.mkdocs_bridge import DanVanKheoPlugin


class ShowcasePlugin(DanVanKheoPlugin):  # type: ignore[no-untyped-call]
    """`plugins: [dan-van-kheo]`."""

    def other_files(
        self, plan: Plan, places: Mapping[str, Path], site_url: str
    ) -> Iterable[tuple[str, bytes]]:
        """Redirects, feed, pictures."""
        return output_files(plan, places, site_url)
