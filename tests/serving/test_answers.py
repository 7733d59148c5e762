"""nginx and Apache, configured by `server-config`: every answer as it has to be."""

import gzip
import json
import re
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urljoin

import brotli
import pytest
from servers import Answer, Served

from site_builder.serving.policy import FOREVER, HEADERS, POLICY

TYPES = {
    "": "text/html; charset=utf-8",
    "mo-hinh/": "text/html; charset=utf-8",
    "404.html": "text/html; charset=utf-8",
    "assets/stylesheets/site.css": "text/css; charset=utf-8",
    "assets/search/reader.js": "text/javascript; charset=utf-8",
    "assets/images/favicon.svg": "image/svg+xml",
    "assets/fonts/be-vietnam-pro-400.woff2": "font/woff2",
    "assets/fonts/LICENSE": "text/plain; charset=utf-8",
    "search/start.json": "application/json",
    "manifest.webmanifest": "application/manifest+json",
    "sitemap.xml": "application/xml",
    "robots.txt": "text/plain; charset=utf-8",
    ".well-known/security.txt": "text/plain; charset=utf-8",
    "atom.xml": "application/atom+xml",
    "linh-vuc/an-ninh/atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
    "tin-tuc/feed.json": "application/feed+json",
    "du-lieu/mo-hinh.csv": "text/csv; charset=utf-8",
    "du-lieu/mo-hinh.json": "application/json",
    "du-lieu/datapackage.json": "application/json",
    "thong-ke/nam.csv": "text/csv; charset=utf-8",
    "tep/anh-0123abcd-960.webp": "image/webp",
    "tep/bai/anh.jpg": "image/jpeg",
    "tep/quyet-dinh.pdf": "application/pdf",
}
BINARY = {"woff2", "webp", "jpg", "pdf", "LICENSE", "bin"}
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
SHARED = re.compile(r"(atom\.xml|feed\.json)$|^(du-lieu|thong-ke)/.+\.(csv|json)$")
PICTURE = re.compile(r"\.(svg|webp|jpg)$")


def packed(path: str) -> bool:
    return path.rpartition("/")[2].rpartition(".")[2] not in BINARY


def is_safe(answer: Answer) -> None:
    """Whatever the answer is, it says what every answer has to say, and nothing of the server."""
    for name, value in HEADERS.items():
        assert answer.headers[name.lower()] == value
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["server"] in ("nginx", "Apache")
    assert "x-powered-by" not in answer.headers


def test_type_and_encoding_of_every_kind_of_file(served: Served):
    for path, kind in TYPES.items():
        file = served.root / (f"{path}index.html" if path.endswith("/") or not path else path)
        for asked, expected in (
            ("gzip, deflate, br, zstd", "br"),
            ("gzip;q=1.0, br;q=0.5", "br"),
            ("GZIP, deflate, BR", "br"),
            ("gzip, deflate", "gzip"),
            ("br;q=0, gzip", "gzip"),
            ("br; q=0.000, gzip;q=0", None),
            ("identity", None),
        ):
            answer = served.get(path, accept_encoding=asked)
            encoding = expected if packed(path) else None
            assert answer.status == 200, path
            assert answer.headers["content-type"] == kind, path
            assert answer.headers.get("content-encoding") == encoding, (path, asked)
            assert answer.headers["content-length"] == str(len(answer.body)), path
            assert UNPACK[encoding](answer.body) == file.read_bytes(), (path, asked)
            assert answer.headers.get("vary") == ("Accept-Encoding" if packed(path) else None), path
            is_safe(answer)


def test_every_file_of_the_site_is_what_it_is(served: Served):
    for file in sorted(served.root.rglob("*")):
        path = file.relative_to(served.root).as_posix()
        if not file.is_file() or file.suffix in (".br", ".gz") or re.search(r"(^|/)\.(?!w)", path):
            continue
        plain = served.get(quote(path))
        small = served.get(quote(path), accept_encoding="br")
        assert plain.body == file.read_bytes(), path
        assert UNPACK[small.headers.get("content-encoding")](small.body) == plain.body, path
        assert "content-type" in plain.headers, path
        assert plain.headers["content-type"] == small.headers["content-type"], path
        is_named = re.fullmatch(r"search/\w+-[0-9a-f]{12}\.bin|tep/.+-[0-9a-f]{8}-\d+\.webp", path)
        assert plain.headers["cache-control"] == (FOREVER if is_named else "no-cache"), path


def test_who_may_read_what(served: Served):
    for path in TYPES:
        headers = served.get(path, origin="https://example.net").headers
        shared, shown = SHARED.search(path), SHARED.search(path) or PICTURE.search(path)
        assert headers.get("access-control-allow-origin") == ("*" if shared else None), path
        assert headers["cross-origin-resource-policy"] == (
            "cross-origin" if shown else "same-origin"
        ), path


def test_what_has_not_changed_is_not_sent_again(served: Served):
    for path in ("", "du-lieu/mo-hinh.csv", "assets/fonts/be-vietnam-pro-400.woff2"):
        tags = set()
        for encoding in ("br", "gzip", "identity"):
            first = served.get(path, accept_encoding=encoding)
            tags.add(first.headers["etag"])
            for condition in (
                {"if_none_match": first.headers["etag"]},
                {"if_modified_since": first.headers["last-modified"]},
            ):
                again = served.get(path, accept_encoding=encoding, **condition)
                assert (again.status, again.body) == (304, b"")
                assert again.headers["cache-control"] == "no-cache"
                assert again.headers.get("vary") == first.headers.get("vary")
            other = served.get(path, accept_encoding=encoding, if_none_match='"other"')
            assert other.status == 200
        assert len(tags) == (3 if packed(path) else 1), path
        assert all(tag.startswith('"') for tag in tags)


def test_a_part_can_be_asked_for(served: Served):
    path = "tep/quyet-dinh.pdf"
    whole = served.get(path).body
    part = served.get(path, range="bytes=1-3")
    assert (part.status, part.body) == (206, whole[1:4])


@pytest.mark.parametrize(
    "path",
    [
        "khong/co/gi",
        "mo-hinh/khong-co/",
        "search/shard-000000000000.bin",
        "tep/khong-co-0123abcd-960.webp",
        "assets/",
        "assets/fonts/",
        ".env",
        ".git/config",
        ".git/",
        "tep/.an/a.html",
        "tep/.an/feed.json",
        ".well-known/",
        "%2egit/config",
        "khong-co.html?x=1",
        "web.config.br",
    ],
)
def test_what_is_not_there_or_hidden_gets_the_page_that_says_so(served: Served, path: str):
    page = (served.root / "404.html").read_bytes()
    for encoding in ("br", "identity"):
        answer = served.get(path, accept_encoding=encoding)
        assert answer.status == 404
        assert UNPACK[answer.headers.get("content-encoding")](answer.body) == page
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["cache-control"] == "no-cache"
        is_safe(answer)


class _Loaded(HTMLParser):
    """What a page loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        own = dict(attrs)
        name = {"link": "href", "script": "src", "img": "src"}.get(tag)
        if name and own.get(name) and own.get("rel") not in ("canonical", "alternate"):
            self.found.append(own[name])


def test_the_page_that_says_so_is_whole_at_any_depth(served: Served):
    deep = f"{served.base}khong/co/trang/nay/"
    loaded = _Loaded(served.ask(deep).body.decode()).found
    assert len(loaded) > 5
    for address in loaded:
        assert served.ask(urljoin(deep, address)).status == 200, address


def test_outside_of_its_folder_there_is_nothing(served: Served):
    for path in ("/", "/mo-hinh/", "/dan-van-kheo-khac/", "/dan-van-kheo../", "/index.html"):
        if not path.startswith(served.base) and served.base != "/":
            assert served.ask(path).status == 404
    if served.base != "/":
        answer = served.ask(served.base[:-1])
        assert answer.status == 301
        assert urljoin(served.origin, answer.headers["location"]) == served.origin + served.base


@pytest.mark.parametrize("path", ["../../etc/passwd", "%2e%2e/%2e%2e/site.conf", "..%2f..%2fa"])
def test_nothing_above_the_site_is_reached(served: Served, path: str):
    assert served.get(path).status in (400, 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND"])
def test_it_is_for_reading_only(served: Served, method: str):
    for path in (served.base, f"{served.base}khong-co", "/index.php?id=12"):
        answer = served.ask(path, method, content_length="0")
        assert answer.status == 405
        assert "allow" in answer.headers
        is_safe(answer)


def test_head_says_what_get_does(served: Served):
    for encoding in ("br", "identity"):
        get = served.get("", accept_encoding=encoding)
        head = served.ask(served.base, "HEAD", accept_encoding=encoding)
        assert (head.status, head.body) == (200, b"")
        told = ("content-type", "content-length", "content-encoding", "etag", "cache-control")
        assert [head.headers.get(name) for name in told] == [get.headers.get(name) for name in told]


def test_addresses_without_their_slash_stay_on_the_host_and_encrypted(served: Served):
    answer = served.get("mo-hinh?a=1")
    assert answer.status == 301
    where = urljoin(f"{served.origin}{served.base}mo-hinh?a=1", answer.headers["location"])
    assert where == f"{served.origin}{served.base}mo-hinh/?a=1"
    # Whatever port or name a server between us and the reader has.
    other = served.get("mo-hinh", host="khac.example.org:1234").headers["location"]
    assert (
        urljoin(f"{served.origin}{served.base}", other) == f"{served.origin}{served.base}mo-hinh/"
    )


def test_whatever_is_asked_for_in_the_clear_is_led_to_the_encrypted_site(served: Served):
    for path in ("", "mo-hinh/?x=%20y", "khong-co", ".env", "t%c3%a9"):
        answer = served.ask(served.base + path, secure=False)
        assert answer.status == 301
        assert answer.headers["location"] == f"{served.origin}{served.base}{path}"
        assert answer.headers["server"] in ("nginx", "Apache")


def test_nobody_can_put_headers_into_an_answer(served: Served):
    for secure in (True, False):
        answer = served.ask(f"{served.base}a%0d%0aX-Put:%20in", secure=secure)
        assert "x-put" not in answer.headers
        assert answer.status in (301, 403, 404)


def test_the_files_for_a_certificate_are_fetched_in_the_clear(served: Served):
    place = served.root.parent / "acme/.well-known/acme-challenge/token"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("token.key")
    answer = served.ask("/.well-known/acme-challenge/token", secure=False)
    assert (answer.status, answer.body) == (200, b"token.key")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/index.php?id=12", "mo-hinh/"),
        ("/index.php?id=13", "tin-tuc/"),
        ("/?p=5", "van-ban/"),
        ("{base}mo-hinh?cu=1", "don-vi/"),
        ("/tin%20c%C5%A9/b%C3%A0i%201.html", "tin-tuc/"),
        ("/tin%20c%c5%a9/b%c3%a0i%201.html?utm_source=x", "tin-tuc/"),
        ("/tim?q=%C4%90%C6%B0%E1%BB%9Dng%20qu%C3%AA", "thong-ke/"),
        ("/tim?q=%c4%90%c6%b0%e1%bb%9dng%20qu%c3%aa", "thong-ke/"),
        ("/a$b%7Bc%7D%22d;%23.html", "lien-he/"),
    ],
)
def test_old_addresses_lead_to_their_pages(served: Served, old: str, new: str):
    answer = served.ask(old.format(base=served.base))
    assert answer.status == 301
    where = urljoin(served.origin, answer.headers["location"])
    assert where == served.origin + served.base + new
    assert served.ask(served.base + new).status == 200


def test_other_queries_lead_nowhere_or_to_what_is_there(served: Served):
    for path in ("/index.php", "/index.php?id=1", "/index.php?id=120", "/index.php?xid=12"):
        assert served.ask(path).status == 404
    assert served.get("mo-hinh/?cu=2").status == 200
    if served.base == "/":
        assert served.ask("/?p=50").body == (served.root / "index.html").read_bytes()


def test_a_new_release_is_shown_at_once(served: Served):
    """What is live is a link; no server may remember where it led."""
    home = served.root.parent
    other = home / "releases" / "2"
    other.mkdir(exist_ok=True)
    (other / "index.html").write_text("hai")
    before = served.get("").body
    try:
        _switch(home, "2")
        assert served.get("", accept_encoding="br").body == b"hai"
    finally:
        _switch(home, "1")
    assert served.get("").body == before


def _switch(home: Path, release: str) -> None:
    (home / "next").symlink_to(f"releases/{release}")
    (home / "next").rename(home / "current")


def test_it_asks_for_a_year_of_encryption_and_dates_are_dates(served: Served):
    answer = served.get("")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert parsedate_to_datetime(answer.headers["last-modified"]).year >= 2026
    assert json.loads(served.get("feed.json").body)["version"].startswith("https://jsonfeed.org/")
