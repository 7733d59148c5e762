"""Publishes small projects for tests, and watches a published site as its readers do."""

import json
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen

import pytest
from commands import environment
from project import TODAY_EPOCH, a_model, a_picture, an_article, write_project

from site_builder.pipeline import publish_site, roll_back
from site_builder.releasing.manifest import Manifest, from_bytes, is_named_by_content
from site_builder.releasing.outcome import Outcome, Wish
from site_builder.workers import Crew

MODEL = "models/an-ninh/mo-hinh-0.md"
PAGE = "mo-hinh/an-ninh/mo-hinh-0/index.html"
"""That of `MODEL` in the site."""
PUBLISH = "keep: 4\ntargets:\n  may-chu:\n    type: local\n    path: ../www\n"
ORDERED = "max_removed: 30\ntargets:\n  chia-se:\n    type: ordered\n    path: ../www\n"

_DYING = """
import os, signal, sys
from importlib import import_module
from pathlib import Path

module, name, when, count = sys.argv[1:]
owner = import_module(f"site_builder.{module}")
*outer, last = name.split(".")
for part in outer:
    owner = getattr(owner, part)
really, calls = getattr(owner, last), 0

def dying(*arguments, **named):
    global calls
    calls += 1
    if (calls, when) == (int(count), "before"):
        os.kill(os.getpid(), signal.SIGKILL)
    found = really(*arguments, **named)
    if (calls, when) == (int(count), "after"):
        os.kill(os.getpid(), signal.SIGKILL)
    return found

setattr(owner, last, dying)
from site_builder.cli import main
main(["publish", "--jobs", "1", "--quiet"])
"""
"""Publishes and kills itself before or after it calls a function for the nth time."""


def a_project(root: Path, models: int = 12, settings: str = PUBLISH) -> Path:
    """A project that can be published to `www` beside it."""
    files: dict[str, str | bytes] = {
        f"models/an-ninh/mo-hinh-{n}.md": a_model(
            f"Bà con xóm {n} cùng làm.\n\n![Ảnh](../../content/images/a.png)",
            title=f"Mô hình số {n}",
        )
        for n in range(models)
    }
    files["content/news/2024/tin.md"] = an_article()
    files["content/images/a.png"] = a_picture("PNG")
    files["publish.yml"] = settings
    return write_project(root, files)


def published_once(folder: Path, settings: str = PUBLISH) -> Path:
    """The new `folder`, with a project that was published to `www` beside it, and kept a copy."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)
        publish(a_project(folder / "du-an", settings=settings))
    shutil.copytree(folder, folder.with_name("goc"), symlinks=True)
    return folder


def renewed(folder: Path) -> Path:
    """The project in `folder` as it was when it was `published_once`."""
    shutil.rmtree(folder)
    shutil.copytree(folder.with_name("goc"), folder, symlinks=True)
    return folder / "du-an"


def edit(root: Path, number: object, path: str = MODEL) -> None:
    """Change a story, so that its page and the index of the search change."""
    text = a_model(f"Lần sửa thứ {number}: bà con cùng làm từ{number}.", title="Mô hình số 0")
    (root / path).write_text(text, encoding="utf-8")


def publish(root: Path, target: str | None = None, **wish: bool) -> Outcome:
    """Publish right here."""
    with Crew(1) as crew:
        return publish_site(root, crew, Wish(target, **wish))


def started_publication(root: Path) -> "subprocess.Popen[str]":
    """Publishing in a process of its own, to the first target."""
    return subprocess.Popen(
        [sys.executable, "-m", "site_builder", "publish", "--quiet", "--jobs", "1"],
        cwd=root,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def publish_and_die(root: Path, *place: object, may_end: bool = False) -> None:
    """Publish in a process that is killed at a place (`_DYING`).

    With `may_end` it may come to its end because it never gets there.
    """
    done = subprocess.run(
        [sys.executable, "-c", _DYING, *map(str, place)],
        cwd=root,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    wanted = {-signal.SIGKILL, 0} if may_end else {-signal.SIGKILL}
    assert done.returncode in wanted, (place, done.stderr)


def seconds_of(publication: "subprocess.Popen[str]", most: float = 60) -> float:
    """How long a publication takes that comes to its end within so many seconds."""
    began = time.monotonic()
    assert publication.wait(most) == 0
    return time.monotonic() - began


def go_back(root: Path, release: str | None = None) -> Outcome:
    """Roll back right here."""
    return roll_back(root, None, release)


def live_of(www: Path) -> str:
    """The id of the live release."""
    return (www / "current").readlink().name


def manifest_of(www: Path, release: str) -> Manifest:
    """What a release should hold."""
    return from_bytes((www / "releases" / f"{release}.json").read_bytes())


def laid_in(folder: Path) -> Manifest:
    """What a folder that cannot switch should hold, which nothing is half done in."""
    (place,) = (folder / ".site-builder").glob("*.json")
    return from_bytes(place.read_bytes())


def faults_of(folder: Path, manifest: Manifest, besides: tuple[str, ...] = ()) -> list[str]:
    """Files of a release that are not what its manifest says, all of them read.

    What begins with one of `besides` is left out.
    """
    there = {
        place.relative_to(folder).as_posix(): sha256(place.read_bytes()).hexdigest()
        for place in folder.rglob("*")
        if place.is_file()
    }
    wanted = {path: listed.sha256 for path, listed in manifest.files.items()}
    found = [p for p in sorted(there.keys() | wanted) if there.get(p) != wanted.get(p)]
    return [path for path in found if not path.startswith(besides)]


def names_in(www: Path) -> list[str]:
    """Everything that lies among the releases."""
    return sorted(place.name for place in (www / "releases").iterdir())


def is_tidy(www: Path) -> bool:
    """Whether there are releases with their manifests and nothing else."""
    ids = {name for name in names_in(www) if (www / "releases" / name).is_dir()}
    return names_in(www) == sorted([*ids, *(f"{name}.json" for name in ids)])


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a web server over `folder`; a link in its path is followed at each request."""

    def handle(*arguments: object) -> _Handler:
        return _Handler(*arguments, directory=str(folder))  # type: ignore[arg-type]

    server = ThreadingHTTPServer(("127.0.0.1", 0), handle)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def from_address(address: str) -> Callable[[str], bytes]:
    """Gets paths of the site that is served at `address`."""

    def fetch(path: str) -> bytes:
        with urlopen(f"{address}/{path}", timeout=20) as answer:
            data: bytes = answer.read()
        return data

    return fetch


class Reader:
    """Reads a published site without pause; everything that it gets must be of a release."""

    PAGES = ("", "mo-hinh/", "mo-hinh/an-ninh/mo-hinh-0/", "tin-tuc/2024/tin/")

    def __init__(self, www: Path, fetch: Callable[[str], bytes]) -> None:
        """`fetch` gets a path of the site; `OSError` where it does not get it."""
        self.www = www
        self._fetch = fetch
        self.manifests = www / "releases"
        self.requests = 0
        self.failed: list[str] = []
        self.mixed: list[str] = []
        self.is_always_near = False
        """Whether what one asks for must be there whatever was switched meanwhile."""
        self._known: dict[str, set[str]] = {}
        self._is_done = threading.Event()

    @contextmanager
    def reading(self) -> Iterator["Reader"]:
        thread = threading.Thread(target=self._read)
        thread.start()
        try:
            yield self
        finally:
            self._is_done.set()
            thread.join()

    def _read(self) -> None:
        while not self._is_done.wait(0.002):
            for page in self.PAGES:
                self._page(page)

    def _page(self, page: str) -> None:
        """A page, its files, and what its search asks for: now, and once more a little later."""
        before = self.live()
        html = self._get(f"{page}index.html")
        if html is None:
            return
        depth = page.count("/")
        files = re.findall(rb'(?:src|href)="((?:\.\./)*assets/[^"]+)"', html)
        for file in dict.fromkeys(files):
            self._get(file.decode().removeprefix("../" * depth))
        start = self._get("search/start.json")
        head = f"search/{json.loads(start)['head']}" if start else ""
        for _ in range(2):
            if head and is_named_by_content(head) and self._is_near(before):
                self._get(head, and_only_if_near=before)
            self._is_done.wait(0.03)

    def _is_near(self, release: str) -> bool:
        """Whether `release` is live, or was live before the one that is."""
        live = self.live()
        return (
            self.is_always_near
            or live == release
            or manifest_of(self.www, live).previous == release
        )

    def live(self) -> str:
        """The release that is live now."""
        return live_of(self.www)

    def _get(self, path: str, and_only_if_near: str = "") -> bytes | None:
        self.requests += 1
        try:
            data = self._fetch(path)
        except OSError as error:
            if not and_only_if_near or self._is_near(and_only_if_near):
                self.failed.append(f"{path}: {error}")
            return None
        if sha256(data).hexdigest() not in self._digests(path, data):
            self.mixed.append(path)
        return data

    def _digests(self, path: str, data: bytes) -> set[str]:
        found = self._known.setdefault(path, set())
        if sha256(data).hexdigest() not in found:
            self.learn()
        return found

    def learn(self) -> None:
        """Note what the releases hold that there are now."""
        for place in self.manifests.glob("[0-9]*.json"):
            try:
                manifest = from_bytes(place.read_bytes())
            except FileNotFoundError:
                continue  # just removed
            for path, listed in manifest.files.items():
                self._known.setdefault(path, set()).add(listed.sha256)


class OrderedReader(Reader):
    """Reads a folder that cannot switch: pages of two releases, but each file of one."""

    def __init__(self, www: Path, fetch: Callable[[str], bytes]) -> None:
        super().__init__(www, fetch)
        self.manifests = www / ".site-builder"
        self.is_always_near = True  # what a page asks for stays for a generation at least
        self.learn()

    def live(self) -> str:
        return ""
