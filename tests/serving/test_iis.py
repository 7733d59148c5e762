"""`web.config` is XML that holds only what Microsoft documents, and says that nobody has run it.

Elements, attributes and values are those of the configuration reference of IIS
(learn.microsoft.com/iis/configuration) and of its URL Rewrite Module 2.1.
"""

import re
import xml.etree.ElementTree as ET
from typing import NamedTuple

import pytest

from site_builder.addresses import NAMED_BY_CONTENT
from site_builder.serving import Place, Setup, configuration
from site_builder.serving.kinds import MEDIA_TYPES
from site_builder.serving.old_addresses import Key, OldAddress
from site_builder.serving.policy import HEADERS, POLICY

TRUTH, TEXT, NUMBER = "true|false", ".+", r"\d{3}"


class Element(NamedTuple):
    """What an element may have: a pattern for each attribute, `!` where it must be there."""

    attributes: dict[str, str]
    children: dict[str, "Element"]


def one(children: dict[str, Element] | None = None, **attributes: str) -> Element:
    return Element(attributes, children or {})


_STATIC = one(
    {
        "clientCache": one(
            cacheControlMode="!NoControl|DisableCache|UseMaxAge|UseExpires",
            cacheControlMaxAge=r"\d+\.\d\d:\d\d:\d\d",
            cacheControlCustom=TEXT,
        ),
        "remove": one(fileExtension=r"!\.\w+"),
        "mimeMap": one(fileExtension=r"!\.\w+", mimeType="!" + TEXT),
    }
)
_PROTOCOL = one(
    {
        "customHeaders": one(
            {"add": one(name=r"![\w-]+", value="!" + TEXT), "remove": one(name=r"![\w-]+")}
        )
    }
)
_RULE = one(
    {
        "match": one(url="!" + TEXT),
        "conditions": one({"add": one(input="!" + TEXT, pattern="!" + TEXT)}),
        "action": one(
            type="!Redirect|CustomResponse",
            url=TEXT,
            redirectType="Permanent",
            appendQueryString=TRUTH,
            statusCode=NUMBER,
            statusReason=TEXT,
        ),
    },
    name="!" + TEXT,
    stopProcessing=TRUTH,
)
_REWRITE = one(
    {
        "rewriteMaps": one(
            {
                "rewriteMap": one(
                    {"add": one(key="!" + TEXT, value="!" + TEXT)},
                    name="!" + TEXT,
                    defaultValue=".*",
                )
            }
        ),
        "rules": one({"rule": _RULE}),
    }
)
_SERVER = one(
    {
        "security": one(
            {
                "requestFiltering": one(
                    {
                        "verbs": one(
                            {"add": one(verb="![A-Z]+", allowed="!" + TRUTH)}, allowUnlisted=TRUTH
                        )
                    },
                    removeServerHeader=TRUTH,
                )
            }
        ),
        "directoryBrowse": one(enabled=TRUTH),
        "defaultDocument": one(
            {"files": one({"clear": one(), "add": one(value="!" + TEXT)})}, enabled=TRUTH
        ),
        "httpErrors": one(
            {
                "remove": one(statusCode="!" + NUMBER),
                "error": one(
                    statusCode="!" + NUMBER,
                    path="!" + TEXT,
                    responseMode="File|ExecuteURL|Redirect",
                ),
            },
            errorMode="DetailedLocalOnly|Custom|Detailed",
            existingResponse="Auto|Replace|PassThrough",
        ),
        "urlCompression": one(doStaticCompression=TRUTH, doDynamicCompression=TRUTH),
        "staticContent": _STATIC,
        "httpProtocol": _PROTOCOL,
        "rewrite": _REWRITE,
    }
)
# Rewrite maps may not stand below a location; nor do we need anything there but headers.
_LOCATION = one(
    {"system.webServer": one({"staticContent": _STATIC, "httpProtocol": _PROTOCOL})},
    path="!" + TEXT,
)
CONFIGURATION = one({"system.webServer": _SERVER, "location": _LOCATION})

OLD = [
    OldAddress(Key("/index.php", "id=12"), "/mo-hinh/", is_page=False),
    OldAddress(Key("/tin “cũ” <1> & 2.html", ""), "/tin-tuc/", is_page=False),
]


def faults(element: ET.Element, known: Element, path: str = "") -> list[str]:
    """Everything that the reference does not know, or misses."""
    here = f"{path}/{element.tag}"
    found = [f"{here} has text" for text in [element.text] if (text or "").strip()]
    for name, pattern in known.attributes.items():
        value = element.get(name)
        if value is None:
            found += [f"{here} misses {name}"] if pattern.startswith("!") else []
        elif not re.fullmatch(pattern.removeprefix("!"), value):
            found.append(f"{here} {name}={value}")
    found += [f"{here} {name}?" for name in element.keys() - known.attributes.keys()]
    for child in element:
        if child.tag in known.children:
            found += faults(child, known.children[child.tag], here)
        else:
            found.append(f"{here}/{child.tag}?")
    return found


@pytest.fixture(params=["/", "/dan-van-kheo/"])
def text(request: pytest.FixtureRequest) -> str:
    place = Place("danvankheo.example.vn", 443, request.param)
    return configuration("iis", "Dân vận khéo -- “<&>”", place, Setup(), OLD)


def test_it_has_only_what_is_documented(text: str):
    root = ET.fromstring(text.encode())
    assert root.tag == "configuration"
    assert faults(root, CONFIGURATION) == []


def test_the_check_finds_what_is_not_documented(text: str):
    for right, wrong in (
        ('errorMode="Custom"', 'errorMode="Own"'),
        ("<directoryBrowse ", "<directoryBrowsing "),
        ('enabled="true"', 'enable="true"'),
        (' mimeType="image/webp"', ""),
        ("<rules>", "<rules>x"),
    ):
        assert right in text
        assert len(faults(ET.fromstring(text.replace(right, wrong).encode()), CONFIGURATION)) >= 1


def test_it_says_that_it_was_never_run(text: str):
    head = text[: text.index("<configuration>")]
    assert "CHƯA ĐƯỢC CHẠY THỬ trên IIS" in head


def test_it_says_what_the_other_servers_say(text: str):
    server = ET.fromstring(text.encode()).find("system.webServer")
    assert server is not None
    headers = {one.get("name"): one.get("value") for one in server.iterfind("httpProtocol//add")}
    assert headers == {
        **HEADERS,
        "Content-Security-Policy": POLICY,
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    types = {one.get("fileExtension"): one.get("mimeType") for one in server.iter("mimeMap")}
    assert types == {f".{suffix}": kind for suffix, kind in MEDIA_TYPES.items()}
    verbs = {one.get("verb") for one in server.iterfind("security//add")}
    assert verbs == {"GET", "HEAD"}


def test_only_what_is_named_by_content_is_kept_for_a_year(text: str):
    """A whole folder is, but for the one file of it that keeps its name."""
    kept = {
        place.get("path"): cache.get("cacheControlMode")
        for place in ET.fromstring(text.encode()).iter("location")
        for cache in place.iter("clientCache")
    }
    assert kept == {"search": "UseMaxAge", "search/start.json": "DisableCache"}
    assert not re.fullmatch(NAMED_BY_CONTENT, "search/start.json")


def test_old_addresses_stand_as_they_are_typed(text: str):
    root = ET.fromstring(text.encode())
    maps = {one.get("key"): one.get("value") for one in root.iterfind(".//rewriteMap/add")}
    assert maps == {"/index.php?id=12": "/mo-hinh/", "/tin “cũ” <1> & 2.html": "/tin-tuc/"}
