"""Files that people and programs really make, or that somebody makes up to do harm.

`FILES` holds one of each: name → (path, bytes). Every one must be refused by a diagnostic that
names its path; none may stop the others from being read.
"""

from pathlib import Path

HEAD = """---
title: Giới thiệu
publish: da-duyet
"""


def _page(name: str, text: str) -> tuple[str, bytes]:
    return f"content/{name}.md", text.encode()


def _front(name: str, lines: str) -> tuple[str, bytes]:
    return _page(name, f"{HEAD}{lines}\n---\n\nMột dòng.\n")


def _body(name: str, body: str) -> tuple[str, bytes]:
    return _page(name, f"{HEAD}---\n\n{body}\n")


_LAUGHS = "a0: &a0 [ha, ha]\n" + "\n".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)
)
_TCVN3_BYTES = HEAD.encode().replace("Giới thiệu".encode(), b"Gi\xedi thi\xd6u")

_DECODING = {
    "empty": ("content/trong.md", b""),
    "blank": ("content/trang.md", b"\xef\xbb\xbf \r\n\r\n"),
    "utf-16": ("content/utf16.md", HEAD.encode("utf-16")),
    "utf-16-no-mark": ("content/utf16-be.md", HEAD.encode("utf-16-be")),
    "windows-1258": ("content/w1258.md", HEAD.encode("utf-8").replace("ớ".encode(), b"\xf5\xec")),
    "tcvn3-bytes": ("content/tcvn3.md", _TCVN3_BYTES + b"---\n"),
    "tcvn3-pasted": _page("tcvn3-dan", HEAD.replace("Giới thiệu", "D©n vËn khÐo") + "---\n"),
    "vni-pasted": _page("vni", HEAD.replace("Giới thiệu", "Daân vaän kheùo") + "---\n"),
    "nul": _body("nul", "Một\0hai"),
    "controls": _body("dieu-khien", "Một\x08hai\x1b[31m đỏ\x7f"),
    "direction": _body("dao-chieu", "Một \u202ehai\u2066"),
    "binary": ("content/nhi-phan.md", bytes(range(256)) * 100),
    "long-word": ("content/tu-dai.md", b"a" * 900_000 + " Một©a\n".encode()),
}

_FRONT_MATTER = {
    "no-front-matter": _page("khong-khai-bao", "# Giới thiệu\n"),
    "not-closed": _page("khong-dong", HEAD + "\nMột dòng.\n"),
    "no-mapping": _page("khong-phai-bang", "---\n- title\n---\n"),
    "sentence": _page("mot-cau", "---\nGiới thiệu\n---\n"),
    "broken-yaml": _front("hong", "summary: [a, b"),
    "broken-quotes": _front("ngoac", 'summary: "a'),
    "two-documents": _front("hai-tai-lieu", "...\n%YAML 1.1\nsummary: a"),
    "tabs": _front("tab", "summary:\n\t- a"),
    "duplicate": _front("trung-khoa", "title: Hai"),
    "unknown": _front("khoa-la", "tieu-de: Hai"),
    "template": _front("giao-dien", "template: home.html"),
    "hide": _front("an", "hide: [navigation, toc]"),
    "list-for-text": _front("kieu-1", "summary: [a, b]"),
    "mapping-for-date": _front("kieu-2", "publish_on: {a: 1}"),
    "text-for-list": _front("kieu-3", "aliases: /cu/"),
    "no-such-day": _front("ngay", "publish_on: 2024-13-40"),
    "american-date": _front("ngay-my", "publish_on: 03/18/2021"),
    "deep": _front("sau", "summary: " + "[" * 5_000 + "]" * 5_000),
    "deep-block": _front("sau-2", "\n".join(" " * n + "a:" for n in range(200))),
    "anchor": _front("neo", "summary: &a Một"),
    "billion-laughs": _front("bi-danh", _LAUGHS),
    "merge": _front("gop", "<<: *a"),
    "tag": _front("the", "summary: !ghichu a"),
    "python-tag": _front("the-python", "summary: !!python/object/apply:os.system ['touch /tmp/x']"),
    "binary-tag": _front("the-binary", "summary: !!binary aGE="),
    "complex-key": _front("khoa-phuc", "? [a, b]\n: c"),
    "empty-key": _front("khoa-trong", ": c"),
    "escaped-nul": _front("thoat", 'summary: "a\\0b"'),
    "astral-escape": _front("thoat-2", 'summary: "a\\ud800b"'),
    "long-front-matter": _front("khai-bao-dai", "# " + "a" * 70_000),
    "long-body": _body("than-dai", "Một dòng.\n" * 100_000),
    "huge-file": _body("qua-dai", "a" * 3_000_000),
}

_LINKS = {
    "missing": "[a](khong-co.md)",
    "missing-image": "![Họp](khong-co.jpg)",
    "parent": "[a](../../secret.md)",
    "parent-encoded": "[a](%2e%2e/%2E%2E/secret.md)",
    "absolute": "[a](/etc/passwd)",
    "unc": "[a](\\\\may-chu\\chung\\a.md)",
    "unc-slashes": "[a](//may-chu/a.md)",
    "drive": "[a](C:\\a.md)",
    "file": "[a](file:///etc/passwd)",
    "javascript": "[a](javascript:alert(1))",
    "mixed-case": "[a](JaVaScRiPt:alert(1))",
    "entities": "[a](&#106;avascript&colon;alert(1))",
    "hex-entities": "[a](&#x6A&#x61;vascript:alert(1))",
    "tab-inside": "[a](java&Tab;script:alert(1))",
    "newline-inside": "[a](java\nscript:alert(1))",
    "zero-width": "[a](java\u200bscript:alert(1))",
    "data": "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "data-image": "![Họp](DATA:image/svg+xml,<svg/onload=alert(1)>)",
    "angle": "[a](<javascript:alert(1)>)",
    "autolink": "<javascript://%0aalert(1)>",
    "title": '[a](javascript:alert(1) "tên (lạ")',
    "definition": '[a][b]\n\n[b]:\n  javascript:alert(1) "tên"',
    "definition-in-quotation": "> [a]: data:text/html,x",
    "nested-brackets": "[a [b [c [d]]]](javascript:x)",
    "emphasis": "**[_a_](vbscript:x)**",
    "picture-in-link": "[![Họp](data:image/png,x)](https://a.vn)",
    "html": "<a href='&#74;avascript:x'>a</a>",
    "html-unquoted": "<img alt=a src=javascript:x>",
    "html-quotes": '<a title=">" href="javascript:x">a</a>',
    "html-newlines": '<a\nhref\n=\n"javascript:x">a</a>',
    "handler": '<b onclick="x">a</b>',
    "script": "<ScRiPt\n>alert(1)</sCrIpT>",
    "iframe": "<iframe/src=//a.vn>",
    "style": "<style>*{display:none}</style>",
    "foreign": "<math><mi/href='x'>",
    "no-alt": "![](../anh.jpg)",
    "citizen-number": "Số 001099012345.",
    "phone": "Gọi 0912.345.678.",
}

_HOSTILE = {
    "brackets": "[" * 5_000,
    "quotations": ">" * 1_000 + " a",
    "nested-lists": "\n".join("  " * n + "- a" for n in range(300)),
    "alternations": "a**b" * 5_000,
    "backticks": "`a" * 5_000,
    "open-tags": "<a " * 5_000,
    "open-links": "[a](" * 5_000,
}

_NAMES = {
    "reserved": "content/CON.md",
    "reserved-folder": "models/aux/a.md",
    "trailing-dot": "models/an-ninh./a.md",
    "trailing-blank": "content/documents/a .md /a.md",
    "forbidden": "content/a:b?.md",
    "control": "content/a\x1bb.md",
    "too-long": "content/" + "a" * 150 + ".md",
    "index": "content/news/2024/index.md",
    "no-letters": "content/+++.md",
    "misplaced": "models/a.md",
    "folded-1": "content/dân-vận.md",
    "folded-2": "content/Dan_Van.md",
}

FILES: dict[str, tuple[str, bytes]] = (
    _DECODING
    | _FRONT_MATTER
    | {f"link-{name}": _body(f"lk-{name}", body) for name, body in _LINKS.items()}
    | {f"hostile-{name}": _body(f"h-{name}", body) for name, body in _HOSTILE.items()}
    | {f"name-{name}": (path, f"{HEAD}---\n".encode()) for name, path in _NAMES.items()}
)
ALONE_HARMLESS = {"name-folded-1", "name-folded-2"}
"""Only both together are a fault; the one that comes later is told of the other."""


def write_bad(root: Path, names: list[str]) -> dict[str, str]:
    """Write the files named; returns the paths that this system could make, by name."""
    made = {}
    for name in names:
        path, data = FILES[name]
        try:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        except (OSError, ValueError):
            continue
        # Windows drops a trailing dot in silence, and keeps another file than was asked for.
        if path.rsplit("/", 1)[-1] in {place.name for place in (root / path).parent.iterdir()}:
            made[name] = path
    return made
