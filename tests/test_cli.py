"""`site-builder`: exit codes, whole error texts, help, `check` in all its forms."""

import json
import os
import re
import sys

import pytest
from commands import environment, started, typed
from project import TODAY_EPOCH, a_model, write_project

MODEL = "models/an-ninh/tieng-keng.md"
FAULT = f"""\
{MODEL}:6:7: lỗi MH118: “20x4” không phải một năm.
6 │ year: "20x4"
  │       ^^^^^^
  = gợi ý: viết bốn chữ số, ví dụ 2024.

"""
RESULTS = [{"label": "Hộ", "value": 3, "unit": "hộ"}]


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)


@pytest.fixture
def fine(tmp_path):
    """A project without faults, warnings included."""
    units = [{"id": "phong-noi-chinh", "names": [{"name": "Phòng"}], "type": "phong-ban"}]
    root = tmp_path / "tot"
    return write_project(root, {MODEL: a_model(results=RESULTS)}, units=units)


@pytest.fixture
def warned(fine):
    """A project with one warning: a model without results."""
    (fine / MODEL).write_text(a_model(), encoding="utf-8")
    return fine


@pytest.fixture
def faulty(fine):
    """A project with one error."""
    (fine / MODEL).write_text(a_model(year="20x4", results=RESULTS), encoding="utf-8")
    return fine


def test_no_faults(capsys, fine):
    done = typed(capsys, "check", "-C", fine)
    assert done == (0, "Đã kiểm tra 4 tệp: không có lỗi, không có cảnh báo.\n", "")
    assert typed(capsys, "check", "-C", fine, "--quiet") == (0, "", "")


def test_an_error(capsys, faulty):
    summary = "Đã kiểm tra 4 tệp: 1 lỗi, không có cảnh báo.\n"
    for more in ([], ["--quiet"], ["--strict"]):
        assert typed(capsys, "check", "-C", faulty, *more) == (1, FAULT + summary, "")


def test_a_warning_counts_only_when_strict(capsys, warned):
    text = f"""\
{MODEL}:1:1: cảnh báo MH235: mô hình chưa có kết quả nào bằng con số.
1 │ ---
  │ ^
  = gợi ý: hỏi đơn vị rồi thêm mục results.

Đã kiểm tra 4 tệp: không có lỗi, 1 cảnh báo.
"""
    assert typed(capsys, "check", "-C", warned) == (0, text, "")
    assert typed(capsys, "check", "-C", warned, "--strict") == (1, text, "")


def test_the_project_is_found_from_below(capsys, faulty, monkeypatch):
    monkeypatch.chdir(faulty / "models" / "an-ninh")
    assert typed(capsys, "check").code == 1


def test_only_the_paths_named_are_told_of(capsys, faulty, monkeypatch):
    monkeypatch.chdir(faulty)
    text = FAULT + "Đã kiểm tra 1 tệp: 1 lỗi, không có cảnh báo.\n"
    for path in (
        MODEL,
        "models/an-ninh",
        f"../tot/{MODEL}",
        faulty / MODEL,
        f"./models/../{MODEL}",
    ):
        assert typed(capsys, "check", path) == (1, text, "")
        assert typed(capsys, "check", path, "content", "-C", "../tot").code == 1
    none = "Đã kiểm tra 3 tệp: không có lỗi, không có cảnh báo.\n"
    assert typed(capsys, "check", "content") == (0, none, "")


@pytest.mark.parametrize("more", [[], ["-C", "."]])
def test_a_path_that_is_not_there(capsys, fine, monkeypatch, more):
    monkeypatch.chdir(fine)
    text = "Không có tệp hay thư mục khong-co.md. Chưa có gì thay đổi.\n"
    assert typed(capsys, "check", *more, "khong-co.md") == (2, "", text)


def test_json(capsys, faulty):
    done = typed(capsys, "check", "-C", faulty, "--format", "json")
    assert done.code == 1
    assert json.loads(done.out) == {
        "files": 4,
        "errors": 1,
        "warnings": 0,
        "diagnostics": [
            {
                "path": MODEL,
                "line": 6,
                "column": 7,
                "end_line": 6,
                "end_column": 13,
                "code": "MH118",
                "severity": "error",
                "message": "“20x4” không phải một năm.",
                "hint": "viết bốn chữ số, ví dụ 2024.",
            }
        ],
    }


def test_json_of_nothing_is_still_json(capsys, fine):
    done = typed(capsys, "check", "-C", fine, "--format", "json", "--quiet")
    assert json.loads(done.out)["diagnostics"] == []


def test_github(capsys, faulty):
    assert typed(capsys, "check", "-C", faulty, "--format", "github") == (
        1,
        f"::error file={MODEL},line=6,col=7,endLine=6,endColumn=13,title=MH118::“20x4” không phải "
        "một năm. Gợi ý: viết bốn chữ số, ví dụ 2024.\n"
        "::notice::Đã kiểm tra 4 tệp: 1 lỗi, không có cảnh báo.\n",
        "",
    )


@pytest.mark.parametrize(
    ("words", "command", "text"),
    [
        (["xyz"], "", "Không có lệnh xyz."),
        (["biuld"], "", "Không có lệnh biuld. Có phải ý bạn là build?"),
        (["new", "modle"], " new", "Không có lệnh modle. Có phải ý bạn là model?"),
        (["--"], "", "Còn thiếu tên lệnh."),
        (["--nhanh"], "", "Không có tùy chọn --nhanh."),
        (["check", "--nhanh"], " check", "Không có tùy chọn --nhanh."),
        (
            ["check", "--stric"],
            " check",
            "Không có tùy chọn --stric. Có phải ý bạn là --strict?",
        ),
        (["check", "-q=1"], " check", "Không có tùy chọn -=."),
        (["build", "a", "b"], " build", "Không hiểu “a b”: lệnh này không nhận thêm gì."),
        (
            ["check", "--format", "xml"],
            " check",
            "Giá trị của --format chưa đúng: không có “xml”; chọn một trong: text, json, github.",
        ),
        (["check", "--format"], " check", "Tùy chọn --format còn thiếu giá trị."),
        (["check", "-C"], " check", "Tùy chọn -C còn thiếu giá trị."),
        (["check", "--quiet=1"], " check", "Tùy chọn --quiet không nhận giá trị."),
        (["check", "--help=1"], " check", "Tùy chọn --help không nhận giá trị."),
        (["stage"], " stage", "Còn thiếu THƯ_MỤC: Thư mục trống để ghi vào."),
        (
            ["schema", "bai"],
            " schema",
            "Không có loại “bai”; chọn một trong: model, article, document, page, fields, units, "
            "site, abbreviations.",
        ),
        *(
            (
                [command, "--jobs", value],
                f" {command}",
                f"Giá trị của --jobs chưa đúng: “{value}” không phải một số nguyên từ 1 trở lên.",
            )
            for command in ("check", "build", "serve")
            for value in ("0", "-1", "hai", "")
        ),
    ],
)
def test_wrong_use(capsys, words, command, text):
    see = f"Gõ site-builder{command} --help để xem cách dùng."
    assert typed(capsys, *words) == (2, "", f"{text}\n{see}\n")


def test_a_wrong_value_in_the_environment(capsys, fine, monkeypatch):
    monkeypatch.setenv("SITE_BUILDER_JOBS", "hai")
    done = typed(capsys, "check", "-C", fine)
    assert (done.code, done.err.splitlines()[0]) == (
        2,
        "Giá trị của biến môi trường SITE_BUILDER_JOBS chưa đúng: “hai” không phải một số nguyên "
        "từ 1 trở lên.",
    )
    monkeypatch.setenv("SITE_BUILDER_JOBS", "")
    assert typed(capsys, "check", "-C", fine).code == 0


@pytest.mark.parametrize("command", ["check", "build"])
def test_jobs_are_those_asked_for(capsys, fine, monkeypatch, command):
    from site_builder import cli, workers

    crews = []

    class Seen(workers.Crew):
        def __init__(self, jobs=None):
            super().__init__(jobs)
            crews.append(self.jobs)

    monkeypatch.setattr(cli, "Crew", Seen)
    monkeypatch.setattr(workers, "default_jobs", lambda: 7)
    typed(capsys, command, "-C", fine)
    typed(capsys, command, "-C", fine, "--jobs", "2")
    monkeypatch.setenv("SITE_BUILDER_JOBS", "3")
    typed(capsys, command, "-C", fine)
    typed(capsys, command, "-C", fine, "--jobs", "1")
    assert crews == [7, 2, 3, 1]


@pytest.mark.parametrize("command", ["check", "build", "serve"])
def test_a_folder_that_is_no_project(capsys, tmp_path, command):
    folder = tmp_path / "khong-co"
    text = (
        f"Thư mục {folder} không có models/ hay content/ nên chưa phải là một trang. "
        "Hãy mở đúng thư mục dự án rồi chạy lại. Chưa có gì thay đổi.\n"
    )
    assert typed(capsys, command, "-C", folder) == (2, "", text)


HELPS = [
    [],
    *([word] for word in ("check", "build", "serve", "stage", "schema", "new")),
    *(["new", kind] for kind in ("model", "article", "document")),
]


@pytest.mark.parametrize("words", HELPS, ids=" ".join)
@pytest.mark.parametrize("columns", ["80", "40"])
def test_help_is_vietnamese(capsys, monkeypatch, words, columns):
    monkeypatch.setenv("COLUMNS", columns)
    done = typed(capsys, *words, "--help")
    assert (done.code, done.err) == (0, "")
    assert "Hiện trợ giúp này" in " ".join(done.out.split())
    english = (
        r"Usage|Options|[Aa]rguments|Commands?\b|Show|message\b|exit|OPTIONS|ARGS|default|required"
        r"|env var|TEXT|PATH|COUNT|INTEGER|CHOICE|DIRECTORY|KIND|FOLDER"
    )
    assert re.search(english, done.out) is None


def test_no_command_shows_the_commands(capsys):
    done = typed(capsys)
    assert (done.code, done.out) == (2, "")
    for command in ("check", "build", "serve", "stage", "schema", "new"):
        assert f"  {command} " in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")
@pytest.mark.parametrize(("no_colour", "coloured"), [("", True), ("1", False)])
def test_colour_only_where_it_is_wanted(faulty, no_colour, coloured):
    import pty
    import subprocess

    screen, terminal = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "site_builder", "check", "--quiet"],
        cwd=faulty,
        env=environment(NO_COLOR=no_colour),
        stdout=terminal,
        check=False,
        timeout=60,
    )
    shown = os.read(screen, 10_000).decode()
    os.close(screen)
    os.close(terminal)
    assert ("\x1b[1;31mlỗi MH118:\x1b[0m" in shown) is coloured
    assert ("\x1b" in shown) is coloured


def test_the_command_itself_ends_with_the_code(faulty):
    done = started("site_builder", "check", cwd=faulty)
    assert (done.returncode, "MH118" in done.stdout, "\x1b" in done.stdout) == (1, True, False)
    assert started("site_builder", "check", "--nope", cwd=faulty).returncode == 2


def test_letters_come_out_on_any_console(faulty):
    done = started("site_builder", "check", cwd=faulty, PYTHONIOENCODING="cp1252", LC_ALL="C")
    assert "không phải một năm" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_a_reader_that_stops_reading_is_no_fault(faulty):
    import subprocess

    command = f"{sys.executable} -m site_builder check | true"
    done = subprocess.run(
        command, shell=True, cwd=faulty, env=environment(), capture_output=True, check=False
    )
    assert done.stderr == b""
