"""The sample project with an address on this machine, and its site as a release."""

import gzip
import shutil
from pathlib import Path

import brotli
from servers import HOST

from site_builder.addresses import PACKED
from site_builder.pipeline import build_site

ROOT = Path(__file__).parent.parent
# Table as Excel in Việt Nam saves it: byte order mark, semicolons, CRLF.
OLD = """\
from;to
/index.php?id=12;{base}mo-hinh/
/index.php?id=13;{base}tin-tuc/
/?p=5;{base}van-ban/
{base}mo-hinh?cu=1;{base}don-vi/
/tin cũ/bài 1.html;{base}tin-tuc/
/tim?q=Đường quê;{base}thong-ke/
"/a$b{{c}}""d;%23.html";{base}lien-he/
"""
EXTRA = {
    "tep/anh-0123abcd-960.webp": b"RIFF",
    "tep/bai/anh.jpg": b"\xff\xd8",
    "tep/quyet-dinh.pdf": b"%PDF-1.4",
    ".env": b"secret",
    ".git/config": b"secret",
    "tep/.an/a.html": b"secret",
}
"""What the sample has no examples of, and what somebody left lying about."""


def make_project(folder: Path, base: str) -> Path:
    for name in ("content", "models"):
        shutil.copytree(ROOT / name, folder / name)
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    own = [
        f"site_url: https://{HOST}{base}" if line.startswith("site_url:") else line
        for line in settings.splitlines()
    ]
    (folder / "mkdocs.yml").write_text("\n".join(own), "utf-8")
    with (folder / "content/data/site.yml").open("a", encoding="utf-8") as site:
        site.write("security: {contact: an-toan@example.org, expires: 2027-06-30}\n")
    table = OLD.format(base=base).replace("\n", "\r\n")
    (folder / "content/data/redirects.csv").write_bytes(b"\xef\xbb\xbf" + table.encode())
    return folder


def make_release(project: Path, home: Path) -> Path:
    """The project's site as a release with its packed copies; returns the link to it."""
    release = home / "releases" / "1"
    build_site(project, site_dir=release)
    for path, data in EXTRA.items():
        place = release / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    for place in [one for one in release.rglob("*") if one.suffix[1:] in PACKED]:
        data = place.read_bytes()
        place.with_name(f"{place.name}.br").write_bytes(brotli.compress(data, quality=7))
        place.with_name(f"{place.name}.gz").write_bytes(gzip.compress(data, 6, mtime=0))
    (home / "current").symlink_to("releases/1")
    return home / "current"
