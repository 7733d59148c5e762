"""Links, pictures and raw tags of bodies, found where the engine will find them."""

import pytest

from site_builder.reading.body import BodyScan, is_inside, scan_body


def targets(body: str) -> list[str]:
    return [link.target for link in scan_body(body).links]


def names(scan: BodyScan) -> list[str]:
    return [tag.name for tag in scan.tags]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("[a](b.md)", ["b.md"]),
        ('[a](b.md "tên")', ["b.md"]),
        ("[a]( b.md 'tên (lạ' )", ["b.md"]),
        ('[a](b.md "tên "trong" tên")', ["b.md"]),
        ("[a](<anh họp.jpg>)", ["anh họp.jpg"]),
        ("[a](<b c.md> 'tên')", ["b c.md"]),
        ("[a](anh họp.jpg)", ["anh họp.jpg"]),
        ("[a](x_(y).md)", ["x_(y).md"]),
        ("[a](x\\(y.md)", ["x(y.md"]),
        ("[a](b\nc)", ["b\nc"]),
        ("[a [b [c]]](d)", ["d"]),
        ("[![a](b.jpg)](c.md)", ["b.jpg", "c.md"]),
        ("[a\\](b)](c)", ["c"]),
        ("\\[a](b)", []),
        ("[a] (b)", []),
        ("[a](b", []),
        ("a](b)", []),
        ("[a]()", [""]),
        ("[a](javascript:'(x)", ["javascript:'(x)"]),
        ("[a][b]\n\n[b]: c.md", ["c.md"]),
        ("[b]: <c.md> 'tên'", ["c.md"]),
        ("[b]:\n  c.md", ["c.md"]),
        ("> - [b]: c.md", ["c.md"]),
        ("[^1]: [b]: c.md", ["c.md"]),
        ("[^1]: c.md", []),
        ("[Ghi chú]: nội dung viết tiếp", []),
        ("<https://a.vn> https://b.vn", ["https://a.vn"]),
        ("<javascript://x y>", ["javascript://x y"]),
        ("`[a](b)` [c](d)", ["d"]),
        ("``[a](`)`` [c](d)", ["d"]),
        ("[`a`](b)", ["b"]),
        ("```\n[a](b)\n```\n[c](d)", ["d"]),
        ("```md title\n[a](b)\n```", []),
        ("~~~ {.x}\n[a](b)\n~~~  \n", []),
        ("~~~\n[a](b)\n```", ["b"]),
        ("~~~\n[a](b)", ["b"]),
        ("````\n```\n[a](b)\n````", []),
        ('<a href="b.md">a</a>', ["b.md"]),
        ("<a title='>' href=b.md>a</a>", ["b.md"]),
        ("<img src='b.jpg' alt='c'>", ["b.jpg"]),
        ("<a href=[''", ["[''"]),
        ("[^1] 3 < 4", []),
    ],
)
def test_targets(body: str, found: list[str]) -> None:
    assert targets(body) == found


def test_places_point_at_the_target() -> None:
    body = '![Họp](anh.jpg "t") <a href="b.md"> [c]: \n\n[c]: <d.md>'
    assert [body[link.start : link.end] for link in scan_body(body).links] == [
        "anh.jpg",
        "d.md",
        "b.md",
    ]


def test_pictures_have_their_words() -> None:
    found = scan_body("![Bà `con`](a.jpg) <img src=b.jpg alt='Chợ'> <img src=c.jpg> [d](e)").links
    assert [(link.is_image, link.alt) for link in found if link.is_image] == [
        (True, "Bà `con`"),
        (True, "Chợ"),
        (True, ""),
    ]


def test_tags_and_attributes() -> None:
    scan = scan_body("<B onClick=x>a</b> <!-- c --> <?php ?> <x-y/> a<b 1 <2> <a\nTITLE='>' id=d>")
    assert names(scan) == ["b", "b", "!--", "?", "x-y", "b", "a"]
    assert scan.tags[0].attributes == ("onclick",)
    assert scan.tags[-1].attributes == ("title", "id")


@pytest.mark.parametrize("body", ["`<script>`", "```\n<script>\n```", "[a](<b c>)", "a <- b <3"])
def test_what_is_no_tag(body: str) -> None:
    assert not scan_body(body).tags


def test_code_cannot_swallow_a_tag() -> None:
    assert names(scan_body('`<a "` <script>x</script> "')) == ["script", "script"]


def test_a_target_that_never_ends_is_still_seen() -> None:
    assert targets("![a](data:image/png;base64," + "A" * 50_000 + ")")[0].startswith("data:image")


def test_protected_ranges() -> None:
    body = "a `b` [c](d) <e> https://f.vn g\n\n```\nh\n```\n"
    ranges = scan_body(body).protected
    free = "".join(c for offset, c in enumerate(body) if not is_inside(offset, ranges))
    assert free.split() == ["a", "g"]
    assert not is_inside(0, ())
