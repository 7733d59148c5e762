"""Pictures in bodies: in several sizes, with room kept for them, each with its caption.

Works on finished HTML, whoever made it of Markdown. The staged tree (`stage.py`) takes this file
along, so it imports nothing of the package; partials/pictures.html prints the same for pictures
beside a body.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from typing import Any

SIZES = "(min-width: 48em) 48rem, calc(100vw - 2rem)"
"""How wide a story shows its pictures, for browsers to choose by before they know the page."""

_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'<>=/]+)"""
_IMAGE = rf"<img((?:\s+[A-Za-z]+\s*=\s*{_VALUE})*)\s*/?>"
_PICTURE = re.compile(_IMAGE)
_ALONE = re.compile(rf"<p>((?:{_IMAGE}\s*)+)</p>")
"""A paragraph of nothing but pictures."""
_ATTRIBUTE = re.compile(rf"([A-Za-z]+)\s*=\s*({_VALUE})")
_OURS = re.compile(r"((?:\.\./)*)(tep/[^?#]*)")


def dressed(html: str, pictures: Sequence[Mapping[str, Any]], *, is_first_eager: bool) -> str:
    """`html` with each picture that is one of `pictures` (`plain` views) shown as we show them."""
    if not pictures:
        return html
    return _Dresser(pictures, is_first_eager).dress(html)


class _Dresser:
    def __init__(self, pictures: Sequence[Mapping[str, Any]], is_next_eager: bool) -> None:
        self._pictures = {picture["address"]: picture for picture in pictures}
        self._is_next_eager = is_next_eager

    def dress(self, html: str) -> str:
        parts, done = [], 0
        for alone in _ALONE.finditer(html):
            parts += [_PICTURE.sub(self._inline, html[done : alone.start()])]
            parts += ["\n".join(map(self._figure, _PICTURE.finditer(alone[1])))]
            done = alone.end()
        return "".join([*parts, _PICTURE.sub(self._inline, html[done:])])

    def _figure(self, found: re.Match[str]) -> str:
        attributes = _attributes(found)
        title = attributes.pop("title", "")
        picture, climb = self._known(attributes)
        if picture is None:
            return f"<p>{found[0]}</p>"
        shown = self._shown(picture, climb, attributes)
        if len(picture["files"]) > 1:
            shown = f'<a href="{climb}{picture["address"]}" data-zoom>{shown}</a>'
        caption = f"<figcaption>{escape(title)}</figcaption>" if title else ""
        tall = " picture--tall" if picture["height"] > picture["width"] else ""
        return f'<figure class="picture{tall}">{shown}{caption}</figure>'

    def _inline(self, found: re.Match[str]) -> str:
        attributes = _attributes(found)
        picture, climb = self._known(attributes)
        return found[0] if picture is None else self._shown(picture, climb, attributes)

    def _known(self, attributes: Mapping[str, str]) -> tuple[Mapping[str, Any] | None, str]:
        """The picture that is meant, and how its address climbs to the root."""
        ours = _OURS.fullmatch(attributes.get("src", ""))
        return (self._pictures.get(ours[2]), ours[1]) if ours else (None, "")

    def _shown(self, picture: Mapping[str, Any], climb: str, written: Mapping[str, str]) -> str:
        files = picture["files"]
        shown = {"src": climb + picture["address"]}
        if len(files) > 1:
            shown["srcset"] = ", ".join(f"{climb}{f['address']} {f['width']}w" for f in files)
            shown["sizes"] = SIZES
        shown |= {"width": str(picture["width"]), "height": str(picture["height"])}
        shown["alt"] = written.get("alt", "")
        if title := written.get("title"):
            shown["title"] = title
        if self._is_next_eager:
            shown["fetchpriority"] = "high"
        else:
            shown |= {"loading": "lazy", "decoding": "async"}
        self._is_next_eager = False
        return "<img" + "".join(f' {key}="{escape(text)}"' for key, text in shown.items()) + ">"


def _attributes(found: re.Match[str]) -> dict[str, str]:
    pairs = _ATTRIBUTE.findall(found[1])
    return {name.lower(): unescape(value.strip("\"'")) for name, value in pairs}
