"""The news as an Atom feed (RFC 4287)."""

from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from site_builder.pages.views import Chrome, FeedItem

_ATOM = "http://www.w3.org/2005/Atom"


def atom_feed(items: Sequence[FeedItem], chrome: Chrome, site_url: str) -> bytes:
    """The news as given, newest first, with their summaries; UTF-8 XML."""
    base = site_url.rstrip("/") + "/"
    Xml.register_namespace("", _ATOM)
    feed = Xml.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "vi"})
    _text(feed, "title", f"{chrome.name} - Tin tức")
    _text(feed, "id", f"{base}tin-tuc/")
    _text(feed, "updated", _instant(items[0].updated if items else "2009-02-26"))
    _link(feed, f"{base}tin-tuc/", "alternate")
    _link(feed, f"{base}tin-tuc/atom.xml", "self")
    author = Xml.SubElement(feed, f"{{{_ATOM}}}author")
    _text(author, "name", chrome.agency)
    for item in items:
        _entry(feed, item, base)
    Xml.indent(feed)
    data: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _entry(feed: Xml.Element, item: FeedItem, base: str) -> None:
    entry = Xml.SubElement(feed, f"{{{_ATOM}}}entry")
    _text(entry, "title", item.title)
    _text(entry, "id", base + item.address)
    _text(entry, "updated", _instant(item.updated))
    _link(entry, base + item.address, "alternate")
    _text(entry, "summary", item.summary)


def _text(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, f"{{{_ATOM}}}{name}").text = text


def _link(parent: Xml.Element, href: str, rel: str) -> None:
    Xml.SubElement(parent, f"{{{_ATOM}}}link", {"href": href, "rel": rel})


def _instant(day: str) -> str:
    """Midnight in Việt Nam."""
    return f"{day}T00:00:00+07:00"
