"""Bodies as the engine gets them: links follow the files, known numbers become links."""

from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from project import (
    TODAY_EPOCH,
    a_document,
    a_model,
    a_picture,
    an_article,
    page_at,
    photo_file,
    plan_of,
    write_project,
)

from site_builder.pipeline import build_site

OWN = "mo-hinh/an-ninh/a/"
LINK = "[52-CT/TU](../../van-ban/chi-thi.md)"
FILES = {
    "models/an-ninh/b.md": a_model(title="Hai"),
    "models/an-ninh/ảnh đẹp.JPG": a_picture(),
    "content/news/2024/tin.md": an_article(),
    "content/documents/chi-thi.md": a_document(),
    "content/documents/to-khai.pdf": b"%PDF-1.4",
    "content/documents/30-dong.md": a_document(number="30-CT/TU", issuer="Tỉnh ủy Đông"),
    "content/documents/30-tay.md": a_document(number="30-CT/TU", issuer="Tỉnh ủy Tây"),
}
PICTURE = photo_file("models/an-ninh/ảnh đẹp.JPG", a_picture())


def _project(tmp_path, body: str, **keys):
    return write_project(tmp_path, FILES | {"models/an-ninh/a.md": a_model(body, **keys)})


def _staged(tmp_path, body: str, **keys) -> str:
    return page_at(plan_of(_project(tmp_path, body, **keys)), OWN).body


FENCED = "`[hai](b.md)` và\n\n```\n[tin](../../content/news/2024/tin.md)\n```"
MOVED = {
    "[hai](b.md)": "[hai](b.md)",
    "[tin](../../content/news/2024/tin.md)": "[tin](../../tin-tuc/2024/tin.md)",
    "[tin](../../content/news/2024/tin.md#x 'T')": "[tin](../../tin-tuc/2024/tin.md#x 'T')",
    "![đẹp](<ảnh đẹp.JPG>)": f"![đẹp](<../../{PICTURE}>)",
    "![đẹp](a%CC%89nh%20đẹp.JPG)": f"![đẹp](../../{PICTURE})",
    "[a][1]\n\n[1]: ../../content/documents/to-khai.pdf": (
        "[a][1]\n\n[1]: ../../tep/content/documents/to-khai.pdf"
    ),
    "[web](https://example.org/b.md)": "[web](https://example.org/b.md)",
    "[trên](#cach-lam)\n\n## Cách làm": "[trên](#cach-lam)\n\n## Cách làm",
    FENCED: FENCED,
}


@pytest.mark.parametrize(("written", "staged"), MOVED.items())
def test_links_follow_the_files(tmp_path, written, staged):
    assert _staged(tmp_path, written) == staged


@pytest.mark.parametrize(
    ("written", "staged"),
    [
        ("Theo 52-CT/TU.", f"Theo {LINK}."),
        ("(52-ct/tu), rồi 52-CT/TU", f"({LINK.replace('CT/TU]', 'ct/tu]')}), rồi 52-CT/TU"),
        ("- 52-CT/TU;\n- 53-CT/TU", f"- {LINK};\n- 53-CT/TU"),
    ],
)
def test_the_first_citation_of_a_known_number_becomes_a_link(tmp_path, written, staged):
    assert _staged(tmp_path, written) == staged


@pytest.mark.parametrize(
    "written",
    [
        "`52-CT/TU` và\n\n~~~\n52-CT/TU\n~~~",
        "Như sau:\n\n    52-CT/TU",
        "[Chỉ thị 52-CT/TU](b.md)",
        "https://example.org/52-CT/TU",
        '<abbr title="52-CT/TU">chỉ thị</abbr>',
        "<div>\n\n<div>52-CT/TU</div>\n\n52-CT/TU\n\n</div>",
        "152-CT/TU và 52-CT/TU-X",
        # Two provinces have this number.
        "Theo 30-CT/TU.",
    ],
)
def test_other_citations_stay_text(tmp_path, written):
    assert _staged(tmp_path, written) == written


def test_of_two_documents_the_one_that_is_referred_to_is_meant(tmp_path):
    staged = _staged(tmp_path, "Theo 30-CT/TU.", documents=["30-tay"])
    assert staged == "Theo [30-CT/TU](../../van-ban/30-tay.md)."


def test_a_document_does_not_link_to_itself(tmp_path):
    files = {"content/documents/chi-thi.md": a_document("52-CT/TU nói về 52-CT/TU.")}
    plan = plan_of(write_project(tmp_path, files))
    assert page_at(plan, "van-ban/chi-thi/").body == "52-CT/TU nói về 52-CT/TU."


class Targets(HTMLParser):
    """Collects where links and pictures lead."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base
        self.found: set[str] = set()

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("href", "src") and tag in ("a", "img"):
                self.found.add(urljoin(self.base, value))


TABLE = """\
<table>
<tr><th colspan="2">Theo 52-CT/TU</th></tr>
<tr><td><a href="../../content/news/2024/tin.md#x">tin</a></td>
<td><img src="ảnh đẹp.JPG" alt="đẹp"></td></tr>
</table>

Một <a href="b.md">mô hình</a>, một [nữa](b.md).
"""


def test_links_of_raw_html_lead_to_pages_as_built(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)
    out = tmp_path / "ra"
    build_site(_project(tmp_path / "du-an", TABLE), site_dir=out)
    html = (out / OWN / "index.html").read_text(encoding="utf-8")
    targets = Targets("/" + OWN)
    targets.feed(html)
    assert {
        "/tin-tuc/2024/tin/#x",
        f"/{PICTURE}",
        "/mo-hinh/an-ninh/b/",
    } <= targets.found
    assert not any(target.endswith(".md") for target in targets.found)
    # Markdown is not read inside HTML: there a citation stays text.
    assert "Theo 52-CT/TU</th>" in html
