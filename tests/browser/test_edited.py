"""One story of the sample site is edited and built; a browser that knew the old one looks at it."""

import shutil
import time
from pathlib import Path

import pytest
from conftest import served

from site_builder.pipeline import build_site

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent.parent

STORY = "models/van-hoa-xa-hoi/thap-sang-duong-que-dien-luc-gia-lai.md"
PAGE = "/mo-hinh/van-hoa-xa-hoi/thap-sang-duong-que-dien-luc-gia-lai/"
OLD, NEW = "Thắp sáng đường quê", "Đèn khuya ngõ xóm"


@pytest.fixture
def project(tmp_path):
    for name in ("models", "content"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def test_an_edited_story_is_shown_wherever_it_stands(project, watch):
    build_site(project)
    with served(project / "site") as address:
        watched = watch(address, 1280)
        page = watched.open(PAGE)
        assert OLD in page.inner_text("h1")

        time.sleep(1.1)  # web servers tell the age of files in whole seconds
        story = project / STORY
        text = story.read_text("utf-8")
        before, title, after = text.partition(OLD)
        assert title and before.endswith("title: ")
        after = after.rstrip() + "\n\nCâu này vừa thêm.\n"
        story.write_text(before + NEW + after, encoding="utf-8", newline="\n")
        _, report = build_site(project)
        assert PAGE[1:] + "index.html" in report.changed
        assert len(report.changed) < report.pages / 10

        page.reload()
        assert NEW in page.inner_text("h1")
        assert "Câu này vừa thêm." in page.inner_text("main")
        for listing in ("/linh-vuc/van-hoa-xa-hoi/", "/mo-hinh/"):
            watched.open(listing)
            while not page.locator(f"main a:has-text('{NEW}')").count():
                page.click(".pager >> text=Cũ hơn")
            page.click(f"main a:has-text('{NEW}')")
            assert page.url == address + PAGE
        page.click(".search__input")
        page.keyboard.type("đèn khuya", delay=20)
        page.wait_for_selector(f"[role=option]:has-text('{NEW}')")
