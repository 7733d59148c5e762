"""What holds for any input at all (hypothesis looks for the one that breaks it)."""

import tempfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
from golden_project import SKELETON, listed, write
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder import load_site
from site_builder.addresses import Reach, destination
from site_builder.config import MARKDOWN_EXTENSIONS
from site_builder.diagnostics import Severity, Span
from site_builder.domain.entries import Article, Document, Model, Page, Record
from site_builder.reading.body import scan_body
from site_builder.reading.decode import decode
from site_builder.reading.entries import read_manuscript
from site_builder.rendering.sanitise import sanitise
from site_builder.text import collation_key, fold, heading_slug, nfc, slug, width

VALID = {
    Model: "models/an-ninh/tieng-keng.md",
    Article: "content/news/2024/ra-mat.md",
    Document: "content/documents/52-ct-tu.md",
    Page: "content/gioi-thieu.md",
}
KINDS = st.sampled_from(sorted(VALID, key=lambda kind: kind.__name__))

YAML_PIECES = st.sampled_from(
    [
        *"\n\n\n\t:-#?*&!|>%@`'\"{}[],~.=\\ ",
        *("  ", "- ", ": ", "---", "---\n", "...", "<<", "!!str ", "&a ", "*a", "\r\n", "\r"),
        *("\ufeff", "\u0301", "\u2028", "\x85", "\0", "\u202e", "\U0001f514", "ế", "đ", "D©n"),
        *("title: ", "summary: ", "publish: da-duyet\n", "publish: nhap\n", "date: ", "year: "),
        *("results:\n", "  - label: a\n", "awards: ", "images: ", "aliases:\n", "figures:\n"),
        *("2024-03-12", "12/3/2024", "chua-ro", "null", "012", "1.250", '"\\0"', "a", "b"),
    ]
)
MARKDOWN_PIECES = st.sampled_from(
    [
        *"[]()<>!`*_#|\\~&;:'\"= \n\n\n\n",
        *("](", "![", "[a](", ")", "```\n", "~~~\n", "> ", "- ", "1. ", "    ", "[a]: ", "[^1]"),
        *("<a href=", "<img src=", "javascript:x", "data:x", "&#106;", "https://a.vn", "a.md"),
        *("<script>", "</a>", "<!-- ", " -->", "<p\n", "http://", "mailto:", "đường", "a b"),
    ]
)
YAML_TEXT = st.lists(YAML_PIECES, max_size=40).map("".join)
MARKDOWN = st.lists(MARKDOWN_PIECES, max_size=40).map("".join)


@st.composite
def mutated(draw: st.DrawFn, kind: type[Record]) -> bytes:
    """A valid file into which a few pieces have fallen, or from which some were cut."""
    text = SKELETON[VALID[kind]]
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + draw(YAML_TEXT) + text[end:]
    return text.encode()


def any_bytes(kind: type[Record]) -> st.SearchStrategy[bytes]:
    made_up = st.tuples(YAML_TEXT, MARKDOWN).map(lambda pair: f"---\n{pair[0]}\n---\n{pair[1]}")
    return st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
        made_up.map(str.encode),
        mutated(kind),
    )


@settings(max_examples=1_500, deadline=None)
@given(st.data())
def test_any_bytes_are_an_entry_or_a_fault_with_its_place(data: st.DataObject) -> None:
    kind = data.draw(KINDS)
    content = data.draw(any_bytes(kind))
    context = {"fields": {"an-ninh": "an-ninh"}}
    manuscript, faults = read_manuscript(kind, VALID[kind], content, context)
    is_draft = bool(faults) and all(item.severity is Severity.WARNING for item in faults)
    assert manuscript or faults
    assert manuscript or is_draft or any(f.severity is Severity.ERROR for f in faults)
    assert_inside(content, [item.span for item in faults])


@settings(max_examples=300, deadline=None)
@given(MARKDOWN, st.data())
def test_faults_of_bodies_lie_in_their_file(body: str, data: st.DataObject) -> None:
    path = VALID[Page]
    content = (SKELETON[path] + body).encode()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (SKELETON | {path: content.decode()}).items():
            write(Path(folder) / name, text.encode())
        loaded = load_site(folder, date(2026, 11, 21))
    assert_inside(content, [d.span for d in loaded.diagnostics if d.span.path == path])


def assert_inside(content: bytes, spans: list[Span]) -> None:
    """1-based, the end not before the start, on lines that exist, within them."""
    lines = nfc(content.decode("utf-8-sig", "replace").replace("\r\n", "\n"))
    for mark in ("\r", "\x85", "\u2028", "\u2029"):
        lines = lines.replace(mark, "\n")
    widths = [len(line) for line in lines.split("\n")]
    for span in spans:
        assert 1 <= span.line <= span.end_line <= len(widths), span
        assert (span.line, span.column) <= (span.end_line, span.end_column), span
        assert 1 <= span.column <= widths[span.line - 1] + 1, (span, lines)
        assert 1 <= span.end_column <= widths[span.end_line - 1] + 2, (span, lines)


@given(st.one_of(st.text(), YAML_TEXT))
def test_text_functions_settle_at_once(text: str) -> None:
    assert slug(text).isascii()
    assert slug(slug(text)) == slug(text)
    assert slug(text) == slug(nfc(text))
    assert heading_slug(text)
    assert nfc(nfc(text)) == nfc(text)
    assert fold(fold(text)) == fold(text)
    assert width(text) >= 0
    assert collation_key(text) == collation_key(nfc(text))


@settings(max_examples=400, deadline=None)
@given(MARKDOWN)
def test_ranges_of_a_body_are_in_order(body: str) -> None:
    scan = scan_body(body)
    ends = [0, *(offset for found in scan.protected for offset in found), len(body)]
    assert ends == sorted(ends)
    assert all(start < end for start, end in scan.protected)
    for link in scan.links:
        # Code inside a target is blanked, and an escaped sign stands for itself.
        written = body[link.start : link.end]
        assert written == link.target or any(mark in body for mark in ("`", "~~~", "\\"))
        assert 0 <= link.start <= link.end <= len(body)
    for tag in scan.tags:
        assert body[tag.start] == "<"


class _Seen(HTMLParser):
    """Collects what could run or load."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


@settings(max_examples=400, deadline=None)
@given(MARKDOWN)
def test_no_link_that_runs_is_overlooked(body: str) -> None:
    """Where the engine makes a link of a forbidden scheme, the scan has one to complain about."""
    seen = _Seen()
    seen.feed(markdown.markdown(body, extensions=list(MARKDOWN_EXTENSIONS)))
    made = [value for name, value in seen.attributes if name in ("href", "src")]
    if any(_is_forbidden(value) for value in made):
        scan = scan_body(body)
        assert scan.tags or any(_is_forbidden(link.target) for link in scan.links), made


def _is_forbidden(target: str) -> bool:
    return destination(target, "content/a.md").reach is Reach.FORBIDDEN


HTML_PIECES = st.sampled_from(
    [
        *"<>/=\"'& \n;:",
        *("<script>", "</script>", "<svg ", "<img ", "<a ", "<iframe ", "<math><mi ", "<style>"),
        *("onclick=", "onload =", "href=", "src=", "style=", "id=", "srcdoc=", "formaction="),
        *("javascript:", "JaVa\tScript:", "&#106;avascript:", "data:text/html,", "//a.vn", "x"),
        *("<!--", "-->", "<![CDATA[", "]]>", "<noscript>", "<template>", "<title>", "</p>", "`"),
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(HTML_PIECES, max_size=25).map("".join))
def test_nothing_runs_after_sanitising(html: str) -> None:
    seen = _Seen()
    seen.feed(sanitise(html))
    seen.close()
    assert not seen.tags & {"script", "style", "iframe", "svg", "math", "noscript", "template"}
    for name, value in seen.attributes:
        assert not name.startswith("on")
        assert name not in ("style", "srcdoc", "formaction")
        if name in ("href", "src"):
            goal = destination(value, "content/a.md")
            assert goal.reach is not Reach.FORBIDDEN, (name, value)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(8)))
def test_the_order_of_files_does_not_matter(order: list[int]) -> None:
    page = SKELETON[VALID[Page]]
    faulty = {
        "content/dan-van.md": page,
        "content/Dân-vận.md": page,
        "content/Dan-Van.md": page.replace("title", "tilte"),
        "content/a.md": page + "[a](khong-co.md)\n",
        "models/an-ninh/hai.md": SKELETON[VALID[Model]],
        "models/kinh-te/tieng-keng.md": SKELETON[VALID[Model]],
        "content/CON.md": page,
        "content/documents/khac.md": SKELETON[VALID[Document]],
    }
    names = list(faulty)
    assert _checked([(names[place], faulty[names[place]]) for place in order]) == _checked(
        list(faulty.items())
    )


def _checked(files: list[tuple[str, str]]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in [*SKELETON.items(), *files]:
            write(Path(folder) / name, text.encode())
        return listed(load_site(folder, date(2026, 11, 21)).diagnostics)


@pytest.mark.parametrize("text", ["a", "\ufeff\u0301", "\r\n\r\n", "D\u0323\u0300"])
def test_decoding_gives_the_normal_form(text: str) -> None:
    decoded, _ = decode("a.md", text.encode())
    assert nfc(decoded) == decoded
    assert "\r" not in decoded
