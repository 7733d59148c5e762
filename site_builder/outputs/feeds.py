"""The news as an Atom feed (RFC 4287)."""

from xml.etree import ElementTree as Xml

from site_builder.pages.views import EntryView, Page, Plan

_ATOM = "http://www.w3.org/2005/Atom"
_MOST = 50


def atom_feed(plan: Plan, site_url: str) -> bytes:
    """The newest articles, newest first, with their summaries; UTF-8 XML."""
    base = site_url.rstrip("/") + "/"
    articles = [page for page in plan.pages if page.template == "article.html"]
    articles.sort(key=lambda page: (page.updated, page.address), reverse=True)
    Xml.register_namespace("", _ATOM)
    feed = Xml.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "vi"})
    _text(feed, "title", f"{plan.chrome.name} - Tin tức")
    _text(feed, "id", f"{base}tin-tuc/")
    _text(feed, "updated", _instant(articles[0].updated if articles else "2009-02-26"))
    _link(feed, f"{base}tin-tuc/", "alternate")
    _link(feed, f"{base}tin-tuc/atom.xml", "self")
    author = Xml.SubElement(feed, f"{{{_ATOM}}}author")
    _text(author, "name", plan.chrome.agency)
    for page in articles[:_MOST]:
        _entry(feed, page, base)
    Xml.indent(feed)
    data: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _entry(feed: Xml.Element, page: Page, base: str) -> None:
    entry = Xml.SubElement(feed, f"{{{_ATOM}}}entry")
    _text(entry, "title", page.title)
    _text(entry, "id", base + page.address)
    _text(entry, "updated", _instant(page.updated))
    _link(entry, base + page.address, "alternate")
    summary = page.view.summary if isinstance(page.view, EntryView) else page.description
    _text(entry, "summary", summary)


def _text(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, f"{{{_ATOM}}}{name}").text = text


def _link(parent: Xml.Element, href: str, rel: str) -> None:
    Xml.SubElement(parent, f"{{{_ATOM}}}link", {"href": href, "rel": rel})


def _instant(day: str) -> str:
    """Midnight in Việt Nam."""
    return f"{day}T00:00:00+07:00"
