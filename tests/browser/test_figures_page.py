"""The page of figures with content that is hard to draw: too much, too long, too little."""

import re

import pytest
from conftest import served
from project import TODAY_EPOCH, UNITS, a_model, write_project

from site_builder.pipeline import build_site

pytestmark = pytest.mark.browser

LONG = "Xây dựng hệ thống chính trị ở nơi vùng sâu vùng xa " * 4
RESULTS = [
    {"label": "Tiền", "value": "999.999.999.999", "unit": "tỷ đồng"},
    {"label": "Kênh", "value": 3, "unit": LONG},
]
FIELDS = {
    "schemes": [
        {
            "id": "hai",
            "name": "Hai lĩnh vực",
            "fields": [{"id": "an-ninh", "name": "An ninh"}, {"id": "dai", "name": LONG}],
        }
    ]
}
UNIT = {"id": "xa-dai", "names": [{"name": LONG}], "type": "xa", "duty": [{"year": 2025}]}


@pytest.fixture(scope="module", params=["much", "nothing"])
def hard(request, tmp_path_factory):
    """The address of a site with 31 years, long names and great numbers, or with no model."""
    files = {}
    if request.param == "much":
        keys = {"results": RESULTS, "awards": [{"form": LONG[:150], "by": "Tỉnh"}]}
        for n in range(62):
            text = a_model(title=f"Mô hình {n}", year=1995 + n % 31, unit="xa-dai", **keys)
            files[f"models/an-ninh/m{n}.md"] = text
        files["models/dai/m.md"] = a_model(title="Một mình", field="dai", year="chua-ro")
    units = [*UNITS, UNIT] if files else [{k: u[k] for k in u if k != "duty"} for u in UNITS]
    root = write_project(tmp_path_factory.mktemp("kho"), files, fields=FIELDS, units=units)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)
        build_site(root, site_dir=root / "site")
    with served(root / "site") as address:
        yield address


@pytest.mark.parametrize("size", ["100%", "200%"])
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_reaches_out_of_the_page(watch, hard, width, size):
    page = watch(hard, width).open("/thong-ke/")
    page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    outside = page.eval_on_selector_all(
        ".chart *",
        "all => all.filter(one => { const box = one.getBoundingClientRect();"
        " return box.width && (box.left < 0 || box.right > innerWidth) })"
        ".map(one => one.outerHTML)",
    )
    assert outside == []


def test_words_under_and_over_columns_do_not_touch(watch, hard):
    page = watch(hard, 320).open("/thong-ke/")
    for chart in page.locator(".columns").all():
        boxes = [text.bounding_box() for text in chart.locator("text:not(.columns__value)").all()]
        edges = [edge for box in boxes for edge in (box["x"], box["x"] + box["width"])]
        assert edges == sorted(edges)


def test_every_drawing_has_words_and_a_table_with_its_file(open_at):
    watched = open_at(1280, java_script_enabled=False)
    page = watched.open("/thong-ke/")
    for section in page.locator("main section").all():
        drawings = section.get_by_role("img").all()
        assert drawings
        assert all(
            re.match(r"Biểu đồ .+\d", drawing.get_attribute("aria-label")) for drawing in drawings
        )
        tables = section.locator("table").count()
        links = section.locator("a[download]").all()
        assert tables == len(links) > 0
        for link in links:
            with page.expect_download() as download:
                link.click()
            data = download.value.path().read_bytes()
            assert data.startswith(b"\xef\xbb\xbf")
            assert download.value.suggested_filename.endswith(".csv")


def test_on_paper_nothing_is_cut_off(watch, hard):
    """A4 is 794 px wide; what is too wide for its sheet would be printed smaller or cut."""
    page = watch(hard, 680).open("/thong-ke/")
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.locator("a[download]:visible").count() == 0
    assert page.pdf(format="A4").startswith(b"%PDF")
