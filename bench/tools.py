"""What is timed: a tool with its own copy of the project, and how it is run, edited and reset."""

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import yaml
from measure import Command

HTML, SEARCH = "HTML only", "with search"
CLEAN, SAME, STORY, TEMPLATE = (
    "clean build",
    "nothing changed",
    "one story edited",
    "one template changed",
)
BUILDS = (CLEAN, SAME, STORY, TEMPLATE)
START, COLD, WARM = "start alone", "check, cold", "check, warm"
SAVED = "story saved, until the preview shows it"
OURS, REFERENCE, CHECK, STARTED = "site-builder", "mkdocs", "site-builder check", "Python"
PREVIEW = "site-builder serve"
_START = "import site_builder.cli"
"""What every command pays before it begins: shows how fast the machine is at the moment."""
_TITLE = re.compile(r"^(title: )(.*?)( \(sửa \d+\))?$", re.MULTILINE)
_OVERRIDE = """\
{% extends "base.html" %}
{% block extrahead %}<meta name="theme" content="0">{% endblock %}
"""


def _stories(folder: Path) -> list[Path]:
    return sorted(folder.glob("models/*/*.md"))


@dataclass(frozen=True)
class Tool:
    """A tool that is ready to run in its own folder."""

    name: str
    version: str
    kind: str
    """HTML or SEARCH: only tools of one kind are compared."""
    folder: Path
    commands: Sequence[Command]
    """Builds the site from whatever is there."""
    scenarios: Sequence[str] = BUILDS
    stories: Callable[[Path], list[Path]] = _stories
    """The files of all models, in the same order for every tool."""
    template: str = "overrides/main.html"
    """What every page is made with; has a `<meta name="theme">`."""
    site: str = "site"
    kept: Sequence[str] = ("site", ".site-builder", ".home-cache")
    """What a clean build must not find."""
    after_edit: Callable[[Path, str, str], None] | None = None
    """Told of a story and its old and new title: for pages that the tool does not make itself."""

    @property
    def environment(self) -> dict[str, str]:
        """Keeps what a tool stores in the user's cache folder where `forget` finds it.

        Python keeps compiled code, as it does unless told otherwise.
        """
        return {
            "XDG_CACHE_HOME": str(self.folder / ".home-cache"),
            "NO_MKDOCS_2_WARNING": "1",
            "PYTHONDONTWRITEBYTECODE": "",
        }

    @property
    def output(self) -> Path:
        """The built site."""
        return self.folder / self.site

    def forget(self) -> None:
        """Put the site, and everything else that an earlier build left, out of the way.

        Not removed: for minutes after so many files are, ext4 takes five times as long to make
        new ones, which would be counted as the tool's.
        """
        aside = Path(tempfile.mkdtemp(prefix="aside-", dir=self.folder.parent))
        for name in self.kept:
            if (self.folder / name).exists():
                (self.folder / name).rename(aside / name)

    def pages(self) -> int:
        """How many pages the site has."""
        return sum(1 for _ in self.output.rglob("index.html"))

    def edit_story(self, turn: int) -> tuple[Path, str]:
        """Change the title and a sentence of one model; returns its file and the new title."""
        stories = self.stories(self.folder)
        story = stories[turn * 37 % len(stories)]
        text = story.read_text(encoding="utf-8")
        found = _TITLE.search(text)
        assert found, story
        old, new = found[0].removeprefix("title: "), f"{found[2]} (sửa {turn})"
        head, body = text[: found.start()], text[found.end() :]
        # The first full stop after the front matter ends a sentence of the body.
        front, mark, prose = body.partition("\n---\n")
        prose = prose.replace(".", f", sửa lần {turn}.", 1)
        story.write_text(f"{head}title: {new}{front}{mark}{prose}", encoding="utf-8", newline="\n")
        if self.after_edit:
            self.after_edit(story, old, new)
        return story, new

    def edit_template(self, turn: int) -> str:
        """Put another mark into the template of every page; returns the mark."""
        place = self.folder / self.template
        mark = f'<meta name="theme" content="{turn + 1}">'  # 0 is what it begins with
        text = re.sub('<meta name="theme".*?>', mark, place.read_text("utf-8"))
        place.write_text(text, encoding="utf-8", newline="\n")
        return mark

    def page_of(self, story: Path) -> Path:
        """The built page of a model's file."""
        return self.output / self.address_of(story) / "index.html"

    def address_of(self, story: Path) -> str:
        """The address of a model's page: the same whatever the tool."""
        return f"mo-hinh/{story.parent.name}/{story.stem}/"

    def year_lists(self) -> list[Path]:
        """Pages that list models by year: one of them names any given model."""
        return [
            *self.output.glob("nam/*/index.html"),
            *self.output.glob("nam/*/trang/*/index.html"),
        ]


def own_tools(corpus: Path, scratch: Path) -> list[Tool]:
    """This project's commands, and MkDocs on the same tree, each on a copy of `corpus`."""
    python = sys.executable
    own = version("dan-van-kheo")
    engine = f"{version('mkdocs')}, Material {version('mkdocs-material')}"
    tools = []
    for name, module, number in ((OURS, "site_builder", own), (REFERENCE, "mkdocs", engine)):
        folder = scratch / module
        _copy(corpus, folder)
        build = [python, "-m", module, "build", "-q"]
        tools.append(Tool(name, number, SEARCH, folder, [Command(build, folder)]))
    folder = scratch / "check"
    _copy(corpus, folder)
    check = Command([python, "-m", "site_builder", "check", "-q"], folder)
    checker = Tool(CHECK, own, SEARCH, folder, [check], (COLD, WARM))
    previewed = scratch / "serve"
    _copy(corpus, previewed)
    previewer = Tool(PREVIEW, own, SEARCH, previewed, [], (SAVED,))
    start = Command([python, "-c", _START], folder)
    starter = Tool(STARTED, sys.version.split()[0], SEARCH, folder, [start], (START,))
    return [starter, checker, previewer, *tools]


def _copy(corpus: Path, folder: Path) -> None:
    """The project in `folder`, with a theme of its own.

    The theme overrides main.html, which the package leaves to Material: its own templates come
    before those of a project.
    """
    shutil.copytree(corpus, folder)
    (folder / "overrides").mkdir()
    (folder / "overrides" / "main.html").write_text(_OVERRIDE, encoding="utf-8")
    settings = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
    settings["theme"]["custom_dir"] = "overrides"
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
