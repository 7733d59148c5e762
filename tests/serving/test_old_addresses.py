"""The table of old addresses: what writers are told of it, and that nothing in it is a directive.

Keys of a golden (tests/golden/redirects/*.yml): about · table, the text of the file · expect, what
is printed by `golden_project.listed`.
"""

from pathlib import Path

import pytest
import yaml
from commands import typed
from golden_project import GOLDEN, listed, write_project
from project import MKDOCS

from site_builder.config import REDIRECTS
from site_builder.messages import MESSAGES
from site_builder.pipeline import server_config
from site_builder.serving import Setup
from site_builder.serving.old_addresses import RedirectFaults

GOLDENS = sorted((GOLDEN / "redirects").glob("*.yml"), key=lambda place: place.name)


def a_project(root: Path, table: str | bytes) -> Path:
    write_project(root, {"files": {"mkdocs.yml": MKDOCS}})
    data = table.encode() if isinstance(table, str) else table
    (root / REDIRECTS).write_bytes(data)
    return root


def told(root: Path) -> str:
    try:
        server_config(root, "nginx", Setup(), None)
    except RedirectFaults as faults:
        return listed(faults.diagnostics)
    return ""


@pytest.mark.parametrize("place", GOLDENS, ids=lambda place: place.stem)
def test_golden(place: Path, tmp_path: Path) -> None:
    golden = yaml.safe_load(place.read_text("utf-8"))
    found = told(a_project(tmp_path, golden["table"]))
    assert found == golden["expect"]
    code = place.stem.partition("-")[0]
    assert f" {code}: " in found if code != "accepted" else found == ""


def test_every_fault_of_the_table_has_a_golden() -> None:
    named = {place.stem.partition("-")[0] for place in GOLDENS} - {"accepted"}
    assert named == {code for code in MESSAGES if code.startswith("MH41")}


def test_the_command_shows_the_line_and_writes_nothing(tmp_path: Path, capsys) -> None:
    root = a_project(tmp_path, "from;to\n/cu.html;/khong-co/\n")
    done = typed(capsys, "server-config", "nginx", "-C", root, "-o", tmp_path / "nginx.conf")
    assert done == (
        1,
        "",
        """\
content/data/redirects.csv:2:10: lỗi MH416: trên trang không có “/khong-co/”.
2 │ /cu.html;/khong-co/
  │          ^^^^^^^^^^
  = gợi ý: mở trang cần dẫn tới rồi chép phần địa chỉ từ / trở đi, đủ cả dấu / ở cuối.

Bảng địa chỉ cũ còn lỗi. Chưa ghi cấu hình nào.
""",
    )
    assert not (tmp_path / "nginx.conf").exists()


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "MH001"), ("from,to".encode("utf-16"), "MH002"), (b"from,to\n/\xe9,/\n", "MH003")],
)
def test_files_that_are_no_text_are_told_of(tmp_path: Path, data: bytes, code: str) -> None:
    assert f" {code}: " in told(a_project(tmp_path, data))


def test_another_table_can_be_named(tmp_path: Path, capsys) -> None:
    root = a_project(tmp_path, "from,to\n/a,/khong-co/\n")
    other = tmp_path / "khac.csv"
    other.write_text("from,to\n/b,/mo-hinh/\n", "utf-8")
    done = typed(capsys, "server-config", "nginx", "-C", root, "--redirects", other)
    assert done.code == 0
    assert 'location = "/b" {' in done.out
    missing = typed(capsys, "server-config", "nginx", "-C", root, "--redirects", "khong-co.csv")
    assert missing.code == 2
    assert "Không có tệp khong-co.csv" in missing.err


def test_pages_that_moved_lead_on_by_themselves(tmp_path: Path) -> None:
    """An alias has a page of its own: it is no old address of another portal, and no target."""
    root = a_project(tmp_path, "from,to\n/ten-cu/,/mo-hinh/\n/b,/ten-cu/\n")
    story = root / "models/an-ninh/tieng-keng.md"
    story.write_text(story.read_text("utf-8").replace("year:", "aliases: [/ten-cu/]\nyear:"))
    assert [line.split(": ")[0][-5:] for line in told(root).splitlines()[::2]] == ["MH415", "MH416"]
