"""A feed as Atom (RFC 4287) and as JSON Feed 1.1."""

from xml.etree import ElementTree as Xml

from site_builder.outputs.formats import readable_json
from site_builder.pages.views import Chrome, Feed, FeedItem

ATOM, JSON_FEED = FEED_NAMES = "atom.xml", "feed.json"
"""The names of its files, in the folder of the feed."""

_ATOM = "http://www.w3.org/2005/Atom"


def feed_file(name: str, feed: Feed, chrome: Chrome, site_url: str) -> bytes:
    """One of `FEED_NAMES`, with the items as given, newest first; UTF-8."""
    base = site_url.rstrip("/") + "/"
    return (atom_feed if name == ATOM else json_feed)(feed, chrome, base)


def atom_feed(feed: Feed, chrome: Chrome, base: str) -> bytes:
    """As Atom; `base` is the address of the home page."""
    Xml.register_namespace("", _ATOM)
    root = Xml.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "vi"})
    home = base + feed.folder
    _text(root, "title", f"{chrome.name} - {feed.title}")
    _text(root, "id", home)
    _text(root, "updated", _instant(feed.items[0].updated if feed.items else "2009-02-26"))
    _link(root, home, "alternate")
    _link(root, home + ATOM, "self")
    author = Xml.SubElement(root, f"{{{_ATOM}}}author")
    _text(author, "name", chrome.agency)
    for item in feed.items:
        _entry(root, item, base)
    Xml.indent(root)
    data: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
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


def json_feed(feed: Feed, chrome: Chrome, base: str) -> bytes:
    """As JSON Feed; `base` is the address of the home page."""
    home = base + feed.folder
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{chrome.name} - {feed.title}",
        "home_page_url": home,
        "feed_url": home + JSON_FEED,
        "language": "vi",
        "authors": [{"name": chrome.agency}],
        "items": [
            {
                "id": base + item.address,
                "url": base + item.address,
                "title": item.title,
                "content_text": item.summary,
                "date_modified": _instant(item.updated),
            }
            for item in feed.items
        ],
    }
    return readable_json(value)


def _instant(day: str) -> str:
    """Midnight in Việt Nam."""
    return f"{day}T00:00:00+07:00"
