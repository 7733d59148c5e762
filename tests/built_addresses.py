"""A built site as those see it who follow its links: what each page names, and what is there."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

SITE = "https://dan-van-kheo.example.org/"
"""Where the sample site says that it stands."""
_ATTRIBUTES = ("href", "src", "action", "data-root")
_STYLED = re.compile(r"""url\(\s*["']?([^"')]+)""")
_IMPORTED = re.compile(r"""(?:from|import|import\(|new URL\()\s*["'](\./[^"']+)["']""")
_TEXTS = {".xml", ".json", ".csv", ".txt", ".webmanifest"}


class Named(NamedTuple):
    """Something that a file of the site names: an address as it is written there."""

    where: str
    address: str


class Page(HTMLParser):
    """What a page names, where one can jump to in it, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.named: list[str] = []
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given["id"]} if "id" in given else set()
        if tag == "link" and given["rel"] == "schema.DC":
            return  # the name of a vocabulary
        self.named += [given[name] for name in _ATTRIBUTES if name in given]
        self.named += [part.split()[0] for part in given.get("srcset", "").split(",") if part]
        if "data-index" in given:
            self.named.append(f"{given['data-index']}start.json")
        if given.get("http-equiv") == "refresh":
            self.named.append(given["content"].partition("url=")[2])
        if tag in ("a", "form"):
            self.links += [given[name] for name in ("href", "action") if name in given]


class Published:
    """All files of a site that was built into `folder`, to be shown at `site`."""

    def __init__(self, folder: Path, site: str = SITE) -> None:
        self._site = site
        files = sorted(place for place in folder.rglob("*") if place.is_file())
        self.files = {place.relative_to(folder).as_posix(): place for place in files}
        self.pages = {
            path: Page(place.read_text("utf-8"))
            for path, place in self.files.items()
            if path.endswith(".html")
        }

    def named(self) -> Iterator[Named]:
        """Whatever any file names, of this site and of others."""
        for path, page in self.pages.items():
            yield from (Named(path, address) for address in page.named)
        for path, place in self.files.items():
            if place.suffix in (".css", ".js"):
                pattern = _STYLED if place.suffix == ".css" else _IMPORTED
                found = pattern.findall(place.read_text("utf-8"))
                yield from (Named(path, address) for address in found)
            elif place.suffix in _TEXTS or path in self.pages:
                yield from self._in_full(path, place.read_text("utf-8"))

    def _in_full(self, path: str, text: str) -> Iterator[Named]:
        """Addresses of this site that are written with its name. What follows # names a thing."""
        own = re.findall(re.escape(self._site.rstrip("/")) + r"""[^\s"'<>\\),;#]*""", text)
        yield from (Named(path, address) for address in own)

    def broken(self) -> list[Named]:
        """What leads to this site, but nowhere in it."""
        return sorted({one for one in self.named() if not self._leads_somewhere(one)})

    def reached(self, start: str = "index.html") -> set[str]:
        """The pages that one reaches from a page by nothing but links."""
        found, left = {start}, [start]
        while left:
            here = left.pop()
            targets = {self._file_of(Named(here, link)) for link in self.pages[here].links}
            new = {target for target in targets if target in self.pages} - found
            found |= new
            left += new
        return found

    def _leads_somewhere(self, named: Named) -> bool:
        path = self._file_of(named)
        fragment = unquote(urlsplit(named.address).fragment)
        if path is None:
            return True
        if path not in self.files:
            return False
        return not fragment or fragment in self.pages[path].ids

    def _file_of(self, named: Named) -> str | None:
        """The file that a browser would be sent; None where it would ask another host."""
        if named.address.startswith("#"):
            return named.where
        # Shown at whatever address is missing, so that its addresses have to begin at the root.
        here = "khong/co/" if named.where == "404.html" else named.where
        whole = urljoin(self._site + here.removesuffix("index.html"), named.address)
        if not whole.startswith(self._site):
            return None
        path = unquote(urlsplit(whole).path).lstrip("/")
        return f"{path}index.html" if path.endswith("/") or not path else path
