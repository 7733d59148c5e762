"""Whatever text a writer types is shown as text: nothing runs, nothing loads from elsewhere."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hostile import evil, evil_project
from project import TODAY_EPOCH

from site_builder.pipeline import build_site
from site_builder.rendering.sanitise import sanitise

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905


class Page(HTMLParser):
    """What a browser would see: elements with attributes, and text outside scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside not in ("script", "style"):
            self.texts.append(data)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Every HTML page as (bytes as text, what a browser sees), by its path."""
    folder = tmp_path_factory.mktemp("ac")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)
        build_site(evil_project(folder / "du-an"), site_dir=folder / "site")
    found = {}
    for place in sorted((folder / "site").rglob("*.html")):
        html = place.read_text(encoding="utf-8")
        page = Page()
        page.feed(html)
        page.close()
        found[place.relative_to(folder / "site").as_posix()] = (html, page)
    assert len(found) > 20
    return found


def test_nothing_runs(pages):
    for path, (html, page) in pages.items():
        assert "<script>alert" not in html, path
        for tag, attributes in page.elements:
            assert not [name for name in attributes if name.startswith("on")], path
            targets = [attributes.get(name) or "" for name in ("href", "src", "action")]
            assert not any(re.match(r"\s*(?:java|vb)script:|data:", t, re.I) for t in targets), path
            assert tag not in ("iframe", "object", "embed", "base", "applet"), path
            if tag == "script" and "src" in attributes:
                assert re.search("assets/(?:search|site)/", attributes["src"] or ""), path


def test_no_template_is_filled_in(pages):
    for path, (html, _) in pages.items():
        assert "11111103" not in html, path


def test_text_is_escaped_exactly_once(pages):
    for path, (html, _) in pages.items():
        # EVIL itself holds "&lt;b&gt;": escaped once that is "&amp;lt;b".
        assert not re.search(r"&amp;(?:amp|quot|#\d+);|&amp;lt;(?!b)", html), path
    for path in ("mo-hinh/an-ninh/a/", "tin-tuc/2024/tin/", "trang/"):
        html, page = pages[f"{path}index.html"]
        assert any(evil("title") in text for text in page.texts), path


def test_the_title_of_the_page_is_whole(pages):
    for path, (html, _) in pages.items():
        head = html.split("</head>")[0]
        assert head.count("<title>") == head.count("</title>") == 1, path


def test_a_body_is_a_body(pages):
    assert "Thân bài" in pages["khai-bao/index.html"][0]
    assert "template: x" in "".join(pages["khai-bao/index.html"][1].texts)
    shown = "".join(pages["ghi-chu/index.html"][1].texts)
    assert "Ghi chú: xin chào" in shown
    assert "title: không phải" in shown


def test_nothing_is_loaded_from_another_host(pages):
    own = "binh-an.example.org"
    for path, (_, page) in pages.items():
        for tag, attributes in page.elements:
            if tag == "a":
                continue
            names = ("src", "data", "poster", "srcset", "href")
            targets = [attributes[name] or "" for name in names if name in attributes]
            # Names of things, which no browser loads.
            if tag == "link" and attributes.get("rel") in ("canonical", "license", "schema.DC"):
                continue
            hosts = {urlsplit(target).netloc for target in targets}
            assert hosts <= {"", own}, (path, tag, attributes)


@pytest.mark.parametrize(
    "given",
    [
        "<script>alert(1)</script>",
        "<style>*{display:none}</style>",
        '<iframe src="https://a.vn"></iframe>',
        '<form action="https://a.vn"><input name="x"><button>Gửi</button></form>',
        '<object data="x.swf"></object><embed src="x.swf">',
        '<svg onload="alert(1)"><script>1</script></svg>',
        "<math><mi><style><img src=x onerror=alert(1)></style></mi></math>",
        '<meta http-equiv="refresh" content="0;url=//a.vn"><base href="//a.vn/">',
        "<!-- <script>alert(1)</script> -->",
        '<template><a href="javascript:x()">a</a></template>',
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    ],
)
def test_tags_outside_the_list_are_removed(given):
    left = Page()
    left.feed(sanitise(given))
    assert {tag for tag, _ in left.elements} <= {"img", "p", "a"}
    assert not any(set(attributes) - {"src"} for _, attributes in left.elements)
    assert "alert(1)</script>" not in sanitise(given)


@pytest.mark.parametrize(
    "given",
    [
        '<p onclick="x()" style="color:red" class="md-header" id="__search" data-md-x="1">a</p>',
        '<a href="javascript:x()">a</a>',
        '<a href="java\tscript:x()">a</a>',
        '<a href="&#106;avascript:x()">a</a>',
        '<a href="data:text/html,x">a</a>',
        *(
            f'<img src="{source}">'
            for source in (
                *("https://a.vn/x.png", "//a.vn/x.png", " //a.vn/x.png", "/\t/a.vn/x.png"),
                *("\\\\a.vn\\x.png", "/\\a.vn/x.png", "data:image/png;base64,x", "HTTP:a.vn/x.png"),
            )
        ),
        '<img src="x.png" srcset="https://a.vn/x.png 2x" onerror="x()" style="x">',
        '<h2 id="Search results">a</h2>',
        '<div class="md-dialog">a</div>',
    ],
)
def test_attributes_outside_the_list_are_removed(given):
    page = Page()
    page.feed(sanitise(given))
    for _, attributes in page.elements:
        assert {name for name, value in attributes.items() if value} <= {"src", "rel"}
        assert attributes.get("src") in (None, "x.png")


def test_what_the_list_allows_stays():
    given = (
        '<h2 id="cach-lam">Cách làm</h2><table><thead><tr><th align="right" colspan="2">Số</th>'
        '</tr></thead></table><p><a href="../b/" title="B">b</a><img src="../a.png" alt="A"></p>'
    )
    wanted = given.replace(' align="right" colspan="2"', ' class="align-right" colspan="2"')
    cleaned = sanitise(given).replace(' rel="noopener noreferrer"', "")
    assert _same(cleaned) == _same(wanted)
    assert sanitise(sanitise("<p>a &lt;b&gt; &amp; c</p>")) == "<p>a &lt;b&gt; &amp; c</p>"


def _same(html: str):
    page = Page()
    page.feed(html)
    return page.elements, page.texts
