"""Pages as MkDocs itself renders them, one at a time and in memory: what ours are compared with."""

from collections.abc import Iterable
from pathlib import Path

from markupsafe import Markup
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page as EnginePage

from site_builder.pages.views import Chrome, Page
from site_builder.rendering.bodies import with_pictures
from site_builder.rendering.mkdocs_bridge import configure
from site_builder.rendering.sanitise import sanitise
from site_builder.rendering.shown import meta_of
from site_builder.rendering.templates import JSON_AS_READ


class MkDocsPages:
    """MkDocs set up for a project whose staged files are `sources`."""

    def __init__(self, config_file: Path, chrome: Chrome, sources: Iterable[str]) -> None:
        self.config = load_config(str(config_file))
        configure(self.config, chrome)
        self.files = Files(
            File(source, None, self.config.site_dir, use_directory_urls=True) for source in sources
        )
        self.nav = get_navigation(self.files, self.config)
        self.env = self.config.theme.get_env()
        self.env.autoescape = True
        self.env.policies["json.dumps_kwargs"] = JSON_AS_READ
        self.env.globals["chrome"] = chrome

    def html(self, page: Page) -> bytes:
        """The file of `page`, which must be among the sources."""
        file = self.files.get_file_from_path(page.source)
        file.content_string = f"---\n{{}}\n---\n\n{page.body}"
        shown = EnginePage(None, file, self.config)
        shown.read_source(self.config)
        shown.meta = meta_of(page, shown.canonical_url)
        shown.render(self.config, self.files)
        shown.toc.items.clear()
        shown.content = Markup(with_pictures(sanitise(shown.content), page))
        context = get_context(self.nav, self.files, self.config, shown)
        html = self.env.get_template(page.template).render(context)
        return html.encode(errors="xmlcharrefreplace")
