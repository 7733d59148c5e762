"""What programs read in <head>: JSON-LD, Dublin Core, Open Graph, feeds; whatever titles say."""

import json
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from project import (
    MKDOCS,
    SHARING,
    SITE,
    a_document,
    a_model,
    an_article,
    write_project,
)

from site_builder.pipeline import build_site
from site_builder.workers import Crew

ROOT = "https://binh-an.example.org/"
HOSTILE = '</script><script>alert(1)</script> "x" \\ &amp; <!--'
FILES = {
    "models/an-ninh/a.md": a_model(
        title=HOSTILE,
        summary=HOSTILE,
        topics=["Kẻng"],
        place=HOSTILE,
        started="2021-05",
        verified_on="2024-02-03",
    ),
    "content/news/2024/tin.md": an_article(
        title=HOSTILE,
        summary=HOSTILE,
        author="Ban",
        source="Đài",
        source_url="https://dai.vn/?a=1&b=2",
    ),
    "content/documents/52.md": a_document(title=HOSTILE),
}


class Head(HTMLParser):
    """What stands in the head of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.blocks: list[str] = []
        self.meta: dict[str, list[str]] = {}
        self.links: list[dict[str, str]] = []
        self._is_in_block = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        own = dict(attrs)
        if tag == "meta":
            name = own.get("name") or own.get("property") or ""
            self.meta.setdefault(name, []).append(own.get("content", ""))
        elif tag == "link":
            self.links.append(own)
        elif tag == "script":
            self._is_in_block = own.get("type") == "application/ld+json"
            (self.blocks if self._is_in_block else self.scripts).append("")

    def handle_endtag(self, tag):
        self._is_in_block = self._is_in_block and tag != "script"

    def handle_data(self, data):
        if self._is_in_block:
            self.blocks[-1] += data

    @property
    def graph(self) -> dict[str, dict]:
        """Nodes of the one block by their type."""
        (block,) = self.blocks
        value = json.loads(block)
        assert value["@context"] == "https://schema.org"
        return {node["@type"]: node for node in value["@graph"]}


def _built(root):
    with Crew(1) as crew:
        build_site(root, crew)
    return lambda address: Head((root / "site" / address / "index.html").read_text("utf-8"))


@pytest.fixture(scope="module")
def head(tmp_path_factory):
    return _built(write_project(tmp_path_factory.mktemp("du-an"), FILES, site=SHARING))


@pytest.mark.parametrize("address", ["mo-hinh/an-ninh/a/", "tin-tuc/2024/tin/", "van-ban/52/"])
def test_a_hostile_title_stays_text(head, address):
    found = head(address)
    assert all(not script for script in found.scripts)
    names = json.dumps(list(found.graph.values()), ensure_ascii=False)
    assert json.dumps(HOSTILE, ensure_ascii=False)[1:-1] in names
    assert any(HOSTILE in text for text in found.meta["DC.description"])


def test_the_home_page_says_whose_site_it_is(head):
    graph = head("").graph
    assert graph["GovernmentOrganization"] == {
        "@type": "GovernmentOrganization",
        "@id": f"{ROOT}#co-quan",
        "name": SITE["agency"],
        "url": ROOT,
        "email": SITE["email"],
        "contactPoint": [
            {"@type": "ContactPoint", "contactType": "Công dân", "telephone": "0000 000 000"}
        ],
    }
    assert graph["WebSite"]["publisher"] == {"@id": f"{ROOT}#co-quan"}
    assert "BreadcrumbList" not in graph


def test_a_sample_site_claims_no_office(tmp_path):
    site = SITE | {"sample": True, "sample_note": "Trang mẫu"}
    graph = _built(write_project(tmp_path, site=site))("").graph
    assert graph.keys() == {"WebSite", "Organization"}


def test_crumbs_are_those_of_the_page(head):
    items = head("mo-hinh/an-ninh/a/").graph["BreadcrumbList"]["itemListElement"]
    assert [(item["position"], item["name"], item["item"]) for item in items] == [
        (1, "Trang chủ", ROOT),
        (2, "Lĩnh vực", f"{ROOT}linh-vuc/"),
        (3, "An ninh, trật tự", f"{ROOT}linh-vuc/an-ninh/"),
        (4, HOSTILE, f"{ROOT}mo-hinh/an-ninh/a/"),
    ]


def test_a_model_is_an_article_about_a_project(head):
    found = head("mo-hinh/an-ninh/a/")
    article = found.graph["Article"]
    assert article["headline"] == article["about"]["name"] == HOSTILE
    assert (article["dateModified"], article["keywords"]) == ("2024-02-03", ["Kẻng"])
    assert article["articleSection"] == "An ninh, trật tự"
    assert article["about"] | {"name": ""} == {
        "@type": "Project",
        "name": "",
        "foundingDate": "2021-05",
        "location": HOSTILE,
        "parentOrganization": {
            "@type": "Organization",
            "name": "Phòng Nội chính",
            "url": f"{ROOT}don-vi/phong-noi-chinh/",
        },
    }
    assert article["publisher"]["name"] == SITE["agency"]
    assert found.meta["og:type"] == ["article"]
    assert found.meta["article:modified_time"] == found.meta["DC.date"] == ["2024-02-03"]
    assert found.meta["DC.subject"] == ["An ninh, trật tự", "Kẻng"]


def test_news_and_documents_say_when_and_by_whom(head):
    news = head("tin-tuc/2024/tin/").graph["NewsArticle"]
    assert (news["datePublished"], news["author"]) == ("2024-05-02", ["Ban"])
    assert news["isBasedOn"] == "https://dai.vn/?a=1&b=2"
    paper = head("van-ban/52/")
    work = paper.graph["CreativeWork"]
    assert (work["identifier"], work["publisher"]["name"]) == ("52-CT/TU", "Tỉnh ủy Bình An")
    assert paper.meta["DC.creator"] == ["Tỉnh ủy Bình An"]
    assert paper.meta["og:type"] == ["website"]


def test_open_data_are_a_dataset(head, tmp_path):
    found = head("du-lieu/")
    data = found.graph["Dataset"]
    assert (data["license"], len(data["description"]) > 50) == (SITE["licence_url"], True)
    files = {file["contentUrl"]: file["encodingFormat"] for file in data["distribution"]}
    assert files[f"{ROOT}du-lieu/mo-hinh.csv"] == "text/csv"
    assert len(files) == 12
    assert found.meta["DC.type"] == ["Dataset"]


@pytest.mark.parametrize("address", ["", "mo-hinh/an-ninh/a/", "linh-vuc/", "van-ban/52/"])
def test_every_page_says_what_it_is(head, address):
    found = head(address)
    (canonical,) = [link["href"] for link in found.links if link.get("rel") == "canonical"]
    assert canonical == ROOT + address
    assert found.meta["og:url"] == found.meta["DC.identifier"] == [canonical]
    assert found.meta["og:title"][0] and found.meta["og:description"] == found.meta["description"]
    assert found.meta["DC.language"] == ["vi"]
    assert [link["href"] for link in found.links if link.get("rel") == "manifest"] == [
        "../" * address.count("/") + "manifest.webmanifest"
    ]


@pytest.mark.parametrize(
    ("address", "folders"),
    [
        ("", [""]),
        ("tin-tuc/2024/tin/", ["", "tin-tuc/"]),
        ("mo-hinh/", ["", "mo-hinh/"]),
        ("linh-vuc/kinh-te/", ["", "linh-vuc/kinh-te/"]),
        ("mo-hinh/an-ninh/a/", ["", "mo-hinh/", "linh-vuc/an-ninh/"]),
    ],
)
def test_pages_lead_to_their_feeds(head, address, folders):
    base = head(address)
    found = [link["href"] for link in base.links if link.get("rel") == "alternate"]
    assert [urljoin(ROOT + address, href) for href in found] == [
        ROOT + folder + name for folder in folders for name in ("atom.xml", "feed.json")
    ]


@pytest.mark.parametrize(
    ("address", "card", "alt"),
    [
        ("mo-hinh/an-ninh/a/", "chia-se/mo-hinh/an-ninh/a.jpg", HOSTILE),
        ("tin-tuc/2024/tin/", "chia-se/tin-tuc/2024/tin.jpg", HOSTILE),
        ("van-ban/52/", "chia-se/trang.jpg", SITE["name"]),
        ("", "chia-se/trang.jpg", SITE["name"]),
    ],
)
def test_pages_name_the_picture_that_is_shown_beside_links_to_them(head, address, card, alt):
    found = head(address)
    assert found.meta["og:image"] == [ROOT + card]
    assert found.meta["og:image:alt"] == [alt]
    size = found.meta["og:image:width"], found.meta["og:image:height"]
    assert (*size, found.meta["og:image:type"]) == (["1200"], ["630"], ["image/jpeg"])
    assert found.meta["twitter:card"] == ["summary_large_image"]
    own = [node["image"] for node in found.graph.values() if "image" in node]
    assert own == ([ROOT + card] if alt == HOSTILE else [])


def test_a_site_that_does_not_know_its_address_claims_none(tmp_path):
    settings = MKDOCS.replace(f"site_url: {ROOT}\n", "")
    root = write_project(tmp_path, {**FILES, "mkdocs.yml": settings}, site=SHARING)
    found = _built(root)("mo-hinh/an-ninh/a/")
    assert (found.blocks, found.meta.keys() & {"og:url", "og:image", "DC.identifier"}) == (
        [],
        set(),
    )
    assert [link for link in found.links if link.get("rel") == "canonical"] == []
