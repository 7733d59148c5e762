"""Pages at old addresses: they send readers on without a script."""

from html import escape

_PAGE = """\
<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="canonical" href="{canonical}">
<meta http-equiv="refresh" content="0; url={target}">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
</head>
<body>
<p>Trang này đã chuyển sang địa chỉ mới: <a href="{target}">{title}</a>.</p>
</body>
</html>
"""


def redirect_html(address: str, target: str, title: str, site_url: str) -> str:
    """The page at `address` (no leading slash) that leads to `target`."""
    relative = "../" * address.strip("/").count("/") + "../" + target
    canonical = site_url.rstrip("/") + "/" + target
    return _PAGE.format(title=escape(title), target=escape(relative), canonical=escape(canonical))
