"""How pages show pictures: room kept, sizes to choose from, one of them at once, captions."""

import re
from html.parser import HTMLParser

import pytest
from commands import started
from project import (
    TODAY_EPOCH,
    a_model,
    a_page,
    a_picture,
    an_article,
    photo_file,
    snapshot,
    write_project,
)

from site_builder.pipeline import build_site
from site_builder.rendering.pictures import SIZES, dressed

WIDE = {
    "address": "tep/models/a-1a2b3c4d-960.webp",
    "width": 960,
    "height": 640,
    "files": (
        {"address": "tep/models/a-1a2b3c4d-480.webp", "width": 480},
        {"address": "tep/models/a-1a2b3c4d-960.webp", "width": 960},
    ),
}
SMALL = {
    "address": "tep/models/b-1a2b3c4d-60.webp",
    "width": 60,
    "height": 90,
    "files": ({"address": "tep/models/b-1a2b3c4d-60.webp", "width": 60},),
}
TO_WIDE, TO_SMALL = f"../../{WIDE['address']}", f"../../{SMALL['address']}"
LATER = 'loading="lazy" decoding="async">'
ODD, TITLED = "&lt;b&gt; &quot;", f'title="&gt;" {LATER}'


def _wide(alt: str, more: str = LATER) -> str:
    files = ", ".join(f"../../{file['address']} {file['width']}w" for file in WIDE["files"])
    room = 'width="960" height="640"'
    return f'<img src="{TO_WIDE}" srcset="{files}" sizes="{SIZES}" {room} alt="{alt}" {more}'


def _small(alt: str, more: str = LATER) -> str:
    return f'<img src="{TO_SMALL}" width="60" height="90" alt="{alt}" {more}'


def _dressed(html: str, *, is_first_eager: bool = False) -> str:
    return dressed(html, (WIDE, SMALL), is_first_eager=is_first_eager)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (
            f'<p><img alt="Họp" src="{TO_WIDE}"></p>',
            f'<figure class="picture"><a href="{TO_WIDE}" data-zoom>{_wide("Họp")}</a></figure>',
        ),
        (
            # As Python-Markdown ends tags; what is small has no larger file to open.
            f'<p><img alt="Họp" src="{TO_SMALL}" title="A &amp; B" /></p>',
            f'<figure class="picture picture--tall">{_small("Họp")}'
            "<figcaption>A &amp; B</figcaption></figure>",
        ),
        (
            f'<p><img alt="a" src="{TO_WIDE}">\n<img alt="b" src="{TO_SMALL}"></p>',
            f'<figure class="picture"><a href="{TO_WIDE}" data-zoom>{_wide("a")}</a></figure>\n'
            f'<figure class="picture picture--tall">{_small("b")}</figure>',
        ),
        (f'<p>Đây <img alt="a" src="{TO_WIDE}"> nhé</p>', f"<p>Đây {_wide('a')} nhé</p>"),
        (
            f'<p><a href="../b/"><img alt="a" src="{TO_WIDE}"></a></p>',
            f'<p><a href="../b/">{_wide("a")}</a></p>',
        ),
        (f"<td><img SRC='{TO_SMALL}' Alt='a'></td>", f"<td>{_small('a')}</td>"),
        (
            f'<li><img alt="{ODD}" src="{TO_SMALL}" title="&gt;"></li>',
            f"<li>{_small(ODD, TITLED)}</li>",
        ),
        # Not ours: left alone.
        *(
            (f'<p><img alt="a" src="{src}"></p>',) * 2
            for src in ("../x.webp", "../../tep/x.webp", "https://a.vn/tep/models/a.webp")
        ),
        ("<pre>&lt;p&gt;&lt;img src=x&gt;</pre>", "<pre>&lt;p&gt;&lt;img src=x&gt;</pre>"),
    ],
)
def test_pictures_of_bodies(html, shown):
    assert _dressed(html) == shown
    assert dressed(html, (), is_first_eager=True) == html


def test_only_the_first_is_loaded_at_once():
    html = f'<p>Đây <img alt="a" src="{TO_WIDE}"></p><p><img alt="b" src="{TO_SMALL}"></p>'
    shown = _dressed(html, is_first_eager=True)
    assert _wide("a", 'fetchpriority="high">') in shown
    assert _small("b") in shown


# --- on pages -------------------------------------------------------------------------------

PICTURES = {"a.jpg": a_picture("JPEG", (1000, 500)), "b.png": a_picture("PNG", (60, 90))}
BODY = """Bà con họp.

![Trong bài](a.jpg "Cả xóm *cùng* họp")

## Hình

- Nhỏ ![nhỏ](b.png) thôi
- [![Ảnh dẫn](b.png)](../../content/gt.md)

![Kiểu cũ][hop]
![Liền sau](b.png)

[hop]: a.jpg

<table><tbody><tr><td><img src='a.jpg' alt="Trong bảng"></td></tr></tbody></table>

[Xem ảnh](a.jpg)
"""
FILES = {
    "models/an-ninh/a.md": a_model(
        BODY, images=[{"file": "a.jpg", "alt": "Bên bài", "caption": "Lời", "credit": "Xã"}]
    ),
    "models/an-ninh/b.md": a_model(BODY, title="Không ảnh bên bài"),
    "models/an-ninh/c.md": a_model("Không có ảnh nào.", title="Không ảnh"),
    "content/news/2024/tin.md": an_article(images=[{"file": "../../gt.png", "alt": "Ảnh tin"}]),
    "content/gt.md": a_page("![Trụ sở](gt.png)"),
    "content/gt.png": a_picture("PNG", (800, 500)),
    **{f"models/an-ninh/{name}": data for name, data in PICTURES.items()},
}


class Images(HTMLParser):
    """The pictures of a page, each with its attributes and the link it stands in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self._link: dict[str, str | None] = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self._link = dict(attrs)
        elif tag == "img":
            self.found.append({**dict(attrs), "link": self._link.get("href")})

    def handle_endtag(self, tag):
        if tag == "a":
            self._link = {}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = write_project(tmp_path_factory.mktemp("anh"), FILES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)
        build_site(root)
    return root


@pytest.fixture(scope="module")
def site(root):
    return {file: data.decode() for file, data in snapshot(root / "site").items() if "html" in file}


def test_pictures_beside_and_in_a_body_are_shown_alike(site):
    beside, within, *_ = Images(site["mo-hinh/an-ninh/a/index.html"]).found
    file = photo_file("models/an-ninh/a.jpg", PICTURES["a.jpg"], 1000)
    assert beside["link"] == beside["src"] == f"../../../{file}"
    assert beside.pop("fetchpriority") == "high"
    assert (within.pop("loading"), within.pop("decoding")) == ("lazy", "async")
    assert (beside.pop("alt"), within.pop("alt")) == ("Bên bài", "Trong bài")
    assert beside == within
    files = [part.split() for part in (beside["srcset"] or "").split(", ")]
    assert [width for _, width in files] == ["480w", "960w", "1000w"]


def test_every_picture_keeps_its_room_and_one_of_an_entry_is_loaded_at_once(site):
    counted = 0
    for file, html in site.items():
        images = Images(html).found
        counted += len(images)
        for image in images:
            assert {"width", "height", "alt"} <= image.keys(), file
            assert image["alt"], file
        eager = [image for image in images if "loading" not in image]
        is_entry = re.match(r"(mo-hinh/an-ninh/[ab]|tin-tuc/2024/tin|gt)/", file)
        assert len(eager) == bool(is_entry), file
        assert eager == [image for image in images[:1] if image.get("fetchpriority")], file
    assert counted > 20


def test_no_address_of_an_original_is_left(site):
    for file, html in site.items():
        assert not re.search(r"\.(jpg|png)\b", html.replace("apple-touch-icon.png", "")), file


def test_the_script_is_where_the_pictures_are(site):
    with_script = {file for file, html in site.items() if "zoom.js" in html}
    assert with_script == {
        *("mo-hinh/an-ninh/a/index.html", "mo-hinh/an-ninh/b/index.html"),
        *("tin-tuc/2024/tin/index.html", "gt/index.html"),
    }


def test_captions_and_credits(site):
    html = site["mo-hinh/an-ninh/a/index.html"]
    assert re.search(r'<figcaption>Lời\s+<span class="note">Ảnh: Xã</span></figcaption>', html)
    assert "<figcaption>Cả xóm *cùng* họp</figcaption>" in html


@pytest.mark.parametrize("engine", ["mkdocs", "properdocs"])
def test_other_engines_show_the_same(root, site, tmp_path, engine, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)
    if engine == "mkdocs":
        done = started("mkdocs", "build", "--quiet", "--site-dir", tmp_path / "site", cwd=root)
        folder = tmp_path / "site"
    else:
        assert started("site_builder", "stage", tmp_path / "cay", cwd=root).returncode == 0
        done = started("properdocs", "build", "--strict", "--quiet", cwd=tmp_path / "cay")
        folder = tmp_path / "cay" / "site"
    assert done.returncode == 0, done.stderr
    for file in ("mo-hinh/an-ninh/a", "mo-hinh/an-ninh/b", "gt", "mo-hinh", "tin-tuc/2024/tin"):
        html = (folder / file / "index.html").read_text("utf-8")
        own = site[f"{file}/index.html"]
        if engine == "properdocs":
            # Cleaning is ours: a tree whose bodies have passed the check needs none but this.
            own = own.replace(' rel="noopener noreferrer"', "")
        assert html == own
