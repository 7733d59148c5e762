"""HTML of bodies, after Markdown: only what `html_policy` allows comes through."""

import re

import nh3

from site_builder.html_policy import (
    ALLOWED_ATTRIBUTES,
    ALLOWED_CLASSES,
    ALLOWED_SCHEMES,
    ALLOWED_TAGS,
)

# Ids of our own making; others could stand in for the theme's elements (DOM clobbering).
_OWN_ID = re.compile(r"(?:fn(?:ref)?\d*:[\w-]+|[a-z0-9][a-z0-9_-]*)")
# Pictures are ours, and relative. Browsers read \\ as / and skip blanks: "/\t/host" is "//host".
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]", re.IGNORECASE)
_SKIPPED = re.compile(r"[\x00-\x20]+")
_ALIGN = re.compile(r' align="(left|center|right)"')


def _keep(element: str, attribute: str, value: str) -> str | None:
    if attribute == "id" and not _OWN_ID.fullmatch(value):
        return None
    if attribute == "src" and _ELSEWHERE.match(_SKIPPED.sub("", value)):
        return None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED_TAGS),
    attributes=ALLOWED_ATTRIBUTES,
    allowed_classes=ALLOWED_CLASSES,
    url_schemes=set(ALLOWED_SCHEMES),
    attribute_filter=_keep,
    link_rel="noopener noreferrer",
)


def sanitise(html: str) -> str:
    """`html` without anything that runs, frames, styles or loads from elsewhere."""
    # A style attribute would need 'unsafe-inline'; HTML has no align: so a class it is.
    return _ALIGN.sub(r' class="align-\1"', _CLEANER.clean(html))
