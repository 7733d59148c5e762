"""`build`, `stage` and `serve`: what they say and leave when something is wrong."""

import json
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from commands import environment, typed
from edited import led_to
from project import MKDOCS, TODAY_EPOCH, a_model, snapshot, write_project

MODEL = "models/an-ninh/tieng-keng.md"


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)


@pytest.fixture
def project(tmp_path):
    units = [{"id": "phong-noi-chinh", "names": [{"name": "Phòng"}], "type": "phong-ban"}]
    return write_project(tmp_path / "du-an", {MODEL: a_model()}, units=units)


def test_build(capsys, project):
    done = typed(capsys, "build", "-C", project)
    warning = "Còn 1 cảnh báo; gõ site-builder check để xem.\n"
    pages = len(list((project / "site").rglob("index.html")))
    files = len(snapshot(project / "site"))
    assert done[:2] == (
        0,
        f"Đã dựng xong {pages} trang trong {project / 'site'}: ghi {files} tệp.\n{warning}",
    )
    assert (project / "site" / "mo-hinh" / "an-ninh" / "tieng-keng" / "index.html").is_file()
    assert typed(capsys, "build", "-C", project)[:2] == (
        0,
        f"Không có gì mới: {pages} trang trong {project / 'site'} vẫn đúng.\n{warning}",
    )
    assert typed(capsys, "build", "-C", project, "--quiet")[:2] == (0, "")


def test_big_numbers_are_written_as_people_write_them():
    from site_builder.building import Report
    from site_builder.cli import _done

    report = Report(Path("site"), pages=15635, changed=["x"] * 1037, removed=["y"] * 2000)
    assert _done(report, 1234) == (
        "Đã dựng xong 15.635 trang trong site: ghi 1.037 tệp, xóa 2.000 tệp cũ.\n"
        "Còn 1.234 cảnh báo; gõ site-builder check để xem.\n"
    )
    report = Report(Path("site"), pages=15635)
    assert _done(report, 0) == "Không có gì mới: 15.635 trang trong site vẫn đúng.\n"


def figures(capsys, project, *words) -> dict[str, object]:
    """What `build --json` prints, without times and memory, which are looked at here."""
    done = typed(capsys, "build", "-C", project, "--json", *words)
    assert (done.code, done.err) == (0, "")
    found = json.loads(done.out)
    seconds = found.pop("seconds")
    # The stages are all that takes long.
    assert 0 < sum(seconds.values()) - seconds["total"] <= seconds["total"] + 0.001
    memory = found.pop("peak_memory_mb")
    if sys.platform != "win32":
        assert 5 < memory["main"] < 5_000
    return found


def test_json(capsys, project):
    """The whole output; the counts are those of the folder."""
    done = typed(capsys, "build", "-C", project, "--json", "--jobs", "1")
    pages = len(list((project / "site").rglob("index.html")))
    site = snapshot(project / "site")
    files = len(site)
    # All but what the theme brings, and what is summed up from others: index, open data, sitemap.
    summed = re.compile(
        r"assets/|search/|du-lieu/(?!datapackage)[\w-]+\.(csv|json)$|sitemap|404\.html"
    )
    planned = sum(not summed.match(file) for file in site)
    shown = re.sub(r": (null|\d+\.\d+)", ": ?", done.out)
    folder = json.dumps(str(project / "site"), ensure_ascii=False)
    assert (done.code, done.err, shown) == (
        0,
        "",
        f"""\
{{
  "folder": {folder},
  "pages": {pages},
  "planned": {planned},
  "written": {files},
  "reused": 0,
  "removed": 0,
  "seconds": {{
    "read": ?,
    "look": ?,
    "plan": ?,
    "render": ?,
    "finish": ?,
    "total": ?
  }},
  "peak_memory_mb": {{
    "main": ?,
    "worker": ?
  }},
  "warnings": 1
}}
""",
    )


def test_json_keys_are_explained(capsys, project):
    found = json.loads(typed(capsys, "build", "-C", project, "--json").out)
    keys = set(found) | {
        f"{key}.{part}" for key in ("seconds", "peak_memory_mb") for part in found[key]
    }
    page = (Path(__file__).parent.parent / "docs" / "lenh.md").read_text("utf-8")
    table = page.partition("| khóa |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `([\w.]+)` \|", table, re.MULTILINE)) == keys


def test_json_of_later_builds(capsys, project):
    first = figures(capsys, project)
    files = len(snapshot(project / "site"))
    nothing = {"planned": 0, "written": 0, "reused": files, "removed": 0}
    assert figures(capsys, project, "--quiet") == first | nothing

    (project / "site" / "index.html").write_text("khác", encoding="utf-8")
    one = {"planned": 1, "written": 1, "reused": files - 1, "removed": 0}
    assert figures(capsys, project) == first | one

    before = snapshot(project / "site").keys()
    (project / MODEL).unlink()
    found = figures(capsys, project)
    after = snapshot(project / "site")
    assert found["removed"] == len(before - after.keys()) > 0
    assert found["written"] + found["reused"] == len(led_to(after)) < len(after)


def test_json_of_faults(capsys, project):
    (project / MODEL).write_text(a_model(year="20x4"), encoding="utf-8")
    done = typed(capsys, "build", "-C", project, "--json")
    assert (done.code, done.err) == (1, "")
    checked = typed(capsys, "check", "-C", project, "--format", "json")
    faults = json.loads(checked.out)["diagnostics"]
    assert json.loads(done.out) == {
        "errors": [fault for fault in faults if fault["severity"] == "error"]
    }
    assert [fault["code"] for fault in json.loads(done.out)["errors"]] == ["MH118"]


def test_json_where_the_environment_fails(capsys, project):
    (project / "mkdocs.yml").unlink()
    done = typed(capsys, "build", "-C", project, "--json")
    assert (done.code, done.out) == (2, "")
    assert "mkdocs.yml" in done.err


HEAVY = ("pydantic", "jinja2", "markdown", "mkdocs", "typer", "rich", "yaml", "PIL")


@pytest.mark.parametrize(
    "words", [["--help"], ["build", "--help"], ["build"], ["build", "--json"]], ids=" ".join
)
def test_what_is_not_needed_is_not_loaded(capsys, project, words):
    """A build that finds nothing new, and help, are quick because of what they do without."""
    for _ in range(2):  # files written just now are read once more
        assert typed(capsys, "build", "-C", project).code == 0
    program = (
        "import sys\n"
        "from site_builder.cli import run\n"
        f"assert not {{*{HEAVY}}} & {{*sys.modules}}\n"
        f"assert run({words}) == 0\n"
        f"print(sorted({{*{HEAVY}}} & {{*sys.modules}}), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=project,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=80,
        check=False,
    )
    assert done.stderr == "[]\n"
    if words == ["build"]:
        assert done.stdout.startswith("Không có gì mới: ")


def test_a_folder_typed_here_is_meant_from_here(capsys, project, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert typed(capsys, "build", "-C", "du-an", "--site-dir", "ra").code == 0
    assert (tmp_path / "ra" / "index.html").is_file()
    assert not (project / "ra").exists()


def test_faults_leave_the_old_site_untouched(capsys, project):
    assert typed(capsys, "build", "-C", project).code == 0
    old = snapshot(project / "site")
    (project / MODEL).write_text(a_model(year="20x4", field="la"), encoding="utf-8")
    text = (
        f"{MODEL}:4:8: lỗi MH107: “la” không có trong danh sách.\n"
        '4 │ field: "la"\n'
        "  │        ^^^^\n"
        "  = gợi ý: chọn một trong: an-ninh, he-thong, kinh-te.\n\n"
        f"{MODEL}:6:7: lỗi MH118: “20x4” không phải một năm.\n"
        '6 │ year: "20x4"\n'
        "  │       ^^^^^^\n"
        "  = gợi ý: viết bốn chữ số, ví dụ 2024.\n\n"
        "Nội dung còn lỗi nên chưa dựng trang; trang cũ vẫn còn nguyên.\n"
    )
    assert typed(capsys, "build", "-C", project) == (1, "", text)
    assert snapshot(project / "site") == old
    assert typed(capsys, "stage", project.parent / "cay", "-C", project) == (1, "", text)
    assert not (project.parent / "cay").exists()


def test_without_mkdocs_yml(capsys, project):
    (project / "mkdocs.yml").unlink()
    text = f"Thư mục {project} thiếu tệp mkdocs.yml nên chưa dựng được. Chưa ghi gì.\n"
    for words in (["build"], ["stage", project / "cay"], ["serve"]):
        assert typed(capsys, *words, "-C", project) == (2, "", text)
    assert not (project / "site").exists()


def test_without_the_plugin(capsys, project):
    settings = MKDOCS.replace("dan-van-kheo", "")
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
    text = "Tệp mkdocs.yml thiếu dòng “- dan-van-kheo” trong mục plugins. Chưa ghi gì.\n"
    assert typed(capsys, "build", "-C", project) == (2, "", text)
    assert not (project / "site").exists()


@pytest.mark.parametrize("settings", ["site_name: [", "- a", "theme: {name: khong-co}"])
@pytest.mark.parametrize("command", ["build", "stage"])
def test_with_a_faulty_mkdocs_yml(capsys, project, settings, command):
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
    words = [project / "cay"] if command == "stage" else []
    done = typed(capsys, command, *words, "-C", project)
    assert done.code == 2
    assert "Tệp mkdocs.yml có lỗi" in done.err
    assert done.err.endswith("Chưa ghi gì.\n")
    assert not (project / "site").exists()
    assert not (project / "cay").exists()


def test_other_peoples_files_are_not_built_over(capsys, project, tmp_path):
    """MkDocs empties the folder that it builds into."""
    (tmp_path / "tai-lieu").mkdir()
    (tmp_path / "tai-lieu" / "bao-cao.docx").write_bytes(b"x")
    for folder in (tmp_path / "tai-lieu", project / "models"):
        old = snapshot(folder)
        text = (
            f"Thư mục {folder} có tệp khác, dựng trang vào đó sẽ xóa hết. Chọn thư mục trống "
            "hoặc thư mục của trang cũ. Chưa ghi gì.\n"
        )
        assert typed(capsys, "build", "-C", project, "--site-dir", folder) == (2, "", text)
        assert snapshot(folder) == old


def test_stage(capsys, project, tmp_path):
    folder = tmp_path / "cay"
    done = typed(capsys, "stage", folder, "-C", project)
    pages = len(list((folder / "docs").rglob("*.md")))
    assert done == (0, f"Đã ghi {pages} trang Markdown vào {folder}.\n", "")
    text = f"Thư mục {folder} không trống. Chọn thư mục khác; chưa ghi gì.\n"
    assert typed(capsys, "stage", folder, "-C", project) == (2, "", text)
    text = text.replace(str(folder), str(project / "mkdocs.yml"))
    assert typed(capsys, "stage", project / "mkdocs.yml", "-C", project) == (2, "", text)


def test_an_address_that_is_taken(capsys, project):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = typed(capsys, "serve", "-C", project, "--address", f"127.0.0.1:{port}")
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith(f"Không mở được bản xem trước. Cổng {port} ")
