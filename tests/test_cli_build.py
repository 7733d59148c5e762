"""`build`, `stage` and `serve`: what they say and leave when something is wrong."""

import socket

import pytest
from commands import typed
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
    assert done[:2] == (
        0,
        f"Đã dựng {len(list((project / 'site').rglob('index.html')))} trang vào "
        f"{project / 'site'}.\n"
        "Còn 1 cảnh báo; chạy site-builder check để xem.\n",
    )
    assert (project / "site" / "mo-hinh" / "an-ninh" / "tieng-keng" / "index.html").is_file()
    assert typed(capsys, "build", "-C", project, "--quiet")[:2] == (0, "")


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
    settings = MKDOCS.replace(", dan-van-kheo", "")
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
    assert done.err.splitlines()[-1].startswith("Không mở được bản xem trước: ")
