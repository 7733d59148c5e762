"""Whatever somebody types into a table or a setting, it is never a directive of a server."""

import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from project import write_project
from servers import open_folder, started

from site_builder.config import REDIRECTS
from site_builder.diagnostics import SiteBuilderError
from site_builder.serving import Place, Setup, configuration, quoting
from site_builder.serving.configuring import SERVERS
from site_builder.serving.old_addresses import OldAddress, Site, old_addresses
from site_builder.serving.place import place_of

PLACE = Place("localhost", 443, "/")
SITE = Site(PLACE, pages=frozenset({"", "mo-hinh/"}), redirects=frozenset())
TRICKS = r"""
"; return 500; # \ ' {} } ${PATH} $uri $1 %{HTTP_HOST} %1 `id` <?php ]]> --> &amp; "] [R=302] [L]
^.*$ (?{}) \Q \E \" \\" | * + ?a ?a$b ?a="b" ?a=\ ?%22%3B ~^ !-f default include hostnames volatile
<If> </VirtualHost> = @ ế %C3%A1 %24%7BPATH%7D %5C
""".split()  # noqa: SIM905 - reads as a list of words
"""Words that mean something to a server, or end what it reads."""
WORDS = st.lists(
    st.sampled_from(TRICKS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
    min_size=1,
    max_size=5,
).map(" ".join)
TABLES = st.lists(WORDS.map("/{}".format), min_size=1, max_size=20, unique=True)


MKDOCS = """\
site_name: Dân vận khéo
site_url: https://localhost/
docs_dir: content
theme: {name: material, language: vi, font: false}
plugins: [dan-van-kheo]
"""


def table_of(addresses: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([["from", "to"], *([address, "/mo-hinh/"] for address in addresses)])
    return out.getvalue().encode()


def accepted(place: Path, addresses: list[str]) -> list[OldAddress]:
    """Those that the reader takes, each by itself."""
    found = {}
    for address in addresses:
        place.write_bytes(table_of([address]))
        try:
            for one in old_addresses(place, place.parent, SITE):
                found.setdefault(one.key, one)
        except SiteBuilderError:
            pass
    return list(found.values())


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_any_table_gives_a_file_of_the_expected_shape(tmp_path_factory, addresses):
    old = accepted(tmp_path_factory.mktemp("table") / "table.csv", addresses)
    texts = {server: configuration(server, "Trang", PLACE, Setup(), old) for server in SERVERS}
    nothing = {server: configuration(server, "Trang", PLACE, Setup()) for server in SERVERS}
    maps = ET.fromstring(texts["iis"]).findall(".//rewriteMap/add")
    assert {one.get("key") for one in maps} == {
        one.key.path + (f"?{one.key.query}" if one.key.query else "") for one in old
    }
    assert {one.get("value") for one in maps} <= {"/mo-hinh/"}
    rules = texts["apache"].count("RewriteRule") - nothing["apache"].count("RewriteRule")
    assert rules == len(old)
    assert len(texts["apache"].splitlines()) - len(nothing["apache"].splitlines()) == (
        len(old) + sum(bool(one.key.query) for one in old) + 2 * bool(old)
    )
    assert texts["nginx"].count("location = ") == len({one.key.path for one in old})


@pytest.mark.parametrize("server", ["nginx", "apache"])
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WORDS.map("/{}".format), min_size=40, max_size=40, unique=True))
def test_a_real_server_leads_on_from_each_and_from_nothing_else(server, addresses):
    addresses = [*addresses, *(f"/{trick}" for trick in TRICKS), *(f"/x?{t}" for t in TRICKS)]
    with open_folder() as home:
        root = home / "current"
        root.mkdir()
        (root / "404.html").write_text("không có")
        project = write_project(home / "project", {"mkdocs.yml": MKDOCS})
        old = accepted(home / "one.csv", addresses)
        assert len(old) > len(TRICKS)
        (project / REDIRECTS).write_bytes(table_of([typed_as(one) for one in old]))
        with started(server, project, root) as served:
            for one in old:
                asked = quote(one.key.path) + (f"?{one.key.query}" if one.key.query else "")
                answer = served.ask(asked)
                assert answer.status == 301, (one, asked, answer)
                where = urljoin(served.origin, answer.headers["location"])
                assert where == f"{served.origin}/mo-hinh/", one
            known = {one.key.path for one in old}
            for path in {f"{path}x" for path in known} | {f"{path}/" for path in known}:
                # nginx takes two slashes for one.
                if path.replace("//", "/") not in known:
                    assert served.ask(quote(path)).status == 404, path


def typed_as(old: OldAddress) -> str:
    return quote(old.key.path) + (f"?{old.key.query}" if old.key.query else "")


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_a_title_stays_in_its_comment(title):
    for server in SERVERS:
        text = configuration(server, title, PLACE, Setup())
        assert len(text.splitlines()) == len(configuration(server, "", PLACE, Setup()).splitlines())
    ET.fromstring(configuration("iis", title, PLACE, Setup()))


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1))
def test_paths_and_addresses_are_plain_or_refused(text):
    for setup in (
        Setup(document_root=f"/{text}"),
        Setup(certificate=f"/{text}"),
        Setup(key=f"/{text}"),
        Setup(address=text),
    ):
        try:
            found = configuration("nginx", "", PLACE, setup)
        except SiteBuilderError as refusal:
            assert "Chưa ghi gì." in str(refusal)
        else:
            assert not set("\"'\\${};#\n") & set(text)
            assert text.rstrip("/") in found


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_a_public_address_is_plain_or_refused(text):
    for url in (text, f"https://{text}", f"https://a.vn/{text}"):
        try:
            place = place_of(url)
        except SiteBuilderError as refusal:
            assert "Chưa ghi gì." in str(refusal)
        else:
            assert place.base.isascii() and place.base.startswith("/") and place.base.endswith("/")
            quoting.plain(place.origin + place.base)


def test_a_template_that_forgets_to_quote_fails():
    with pytest.raises(TypeError, match="not quoted"):
        quoting.only_quoted("typed")
