"""`new`: files that `check` accepts as they stand, and refusals that lose nothing."""

import os
import sys

import pytest
from commands import environment, typed
from project import TODAY_EPOCH, a_document, snapshot, write_project

GIVEN = {
    "model": {
        "title": 'Đường "hoa": số 1 # thôn',
        "field": "An ninh",
        "unit": "Xã Mới",
        "year": "2025",
    },
    "article": {
        "title": "Ra quân - 'Ngày thứ Bảy'",
        "date": "2/5/2024",
        "category": "Hội nghị",
        "author": "Ban biên tập",
    },
    "document": {
        "number": "217",
        "type": "Chỉ thị",
        "issuer": "Tỉnh ủy Bình An",
        "date": "chua-ro",
        "title": "Về: dân vận",
    },
}
PATHS = {
    "model": "models/an-ninh/duong-hoa-so-1-thon.md",
    "article": "content/news/2024/ra-quan-ngay-thu-bay.md",
    "document": "content/documents/217-tinh-uy-binh-an.md",
}


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)


@pytest.fixture
def project(tmp_path):
    return write_project(tmp_path)


def _flags(kind, **more):
    return [part for key, value in (GIVEN[kind] | more).items() for part in (f"--{key}", value)]


@pytest.mark.parametrize("kind", GIVEN)
def test_a_new_file_is_accepted_by_check(capsys, project, kind):
    path = PATHS[kind]
    # A bare number is one of the faults that a draft may have.
    more = {"number": "52-CT/TU"} if kind == "document" else {}
    path = path.replace("217", "52-ct-tu") if more else path
    done = typed(capsys, "new", kind, "-C", project, *_flags(kind, **more))
    wanted = f"Đã tạo {path}. Mở tệp, điền tiếp rồi gõ site-builder check {path}.\n"
    assert done == (0, wanted, "")
    checked = typed(capsys, "check", project / path, "-C", project, "--strict")
    assert checked == (0, "Đã kiểm tra 1 tệp: không có lỗi, không có cảnh báo.\n", "")


@pytest.mark.parametrize("kind", GIVEN)
def test_a_file_is_never_replaced(capsys, project, kind):
    typed(capsys, "new", kind, "-C", project, *_flags(kind))
    old = snapshot(project)
    assert PATHS[kind] in old
    text = f"Đã có tệp {PATHS[kind]}. Hãy đặt tên khác. Tệp cũ còn nguyên.\n"
    assert typed(capsys, "new", kind, "-C", project, *_flags(kind)) == (2, "", text)
    assert snapshot(project) == old


@pytest.mark.parametrize("kind", GIVEN)
def test_the_file_shows_every_key(capsys, project, kind):
    from site_builder.reading.schema import keys_of
    from site_builder.scaffold import KINDS

    typed(capsys, "new", kind, "-C", project, *_flags(kind))
    text = (project / PATHS[kind]).read_text(encoding="utf-8")
    for key in keys_of(KINDS[kind]):
        assert f"\n{key}: " in text or f"\n# {key}: " in text, key
    assert "\npublish: nhap " in text


@pytest.mark.parametrize(
    ("unit", "meant"),
    [
        ("phong-noi-chin", "phong-noi-chinh"),
        ("Phòng Nội chính trị", "phong-noi-chinh"),
        ("zzzz", "thêm đơn vị vào content/data/units.yml"),
    ],
)
def test_an_unknown_unit_is_refused_with_a_suggestion(capsys, project, unit, meant):
    old = snapshot(project)
    done = typed(capsys, "new", "model", "-C", project, *_flags("model", unit=unit))
    assert done == (2, "", f"Không có đơn vị “{unit}” ({meant}?). Chưa ghi gì.\n")
    assert snapshot(project) == old


def test_wrong_values_are_refused_all_at_once(capsys, project):
    old = snapshot(project)
    flags = _flags("model", field="an nin", year="20x4")
    assert typed(capsys, "new", "model", "-C", project, *flags) == (
        2,
        "",
        "Chưa tạo được tệp:\n"
        "- “an nin” không có trong danh sách. có phải ý bạn là “an-ninh”? chọn một trong: "
        "an-ninh, he-thong, kinh-te.\n"
        "- “20x4” không phải một năm. viết bốn chữ số, ví dụ 2024.\n",
    )
    assert snapshot(project) == old


@pytest.mark.parametrize("field", ["../../..", "/etc", "an-ninh/../../.."])
def test_a_field_leads_nowhere_else(capsys, project, field):
    old = snapshot(project.parent)
    typed(capsys, "new", "model", "-C", project, *_flags("model", field=field))
    # The last one folds to a field that there is.
    written = set(snapshot(project.parent)) - set(old)
    assert written <= {f"{project.name}/{PATHS['model']}"}


def test_a_title_without_letters_and_a_file_in_the_way(capsys, project):
    done = typed(capsys, "new", "model", "-C", project, *_flags("model", title="!!!"))
    text = "Tên bài không có chữ hay số nào để đặt tên tệp. Chưa ghi gì.\n"
    assert done == (2, "", text)
    (project / "models" / "an-ninh").write_bytes(b"")
    done = typed(capsys, "new", "model", "-C", project, *_flags("model"))
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"Không ghi được tệp {PATHS['model']} (")


def test_what_is_missing_is_named_where_nobody_can_be_asked(capsys, project, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    done = typed(capsys, "new", "model", "-C", project, "--title", "Kẻng")
    assert done == (
        2,
        "",
        "Còn thiếu --field (Lĩnh vực).\nGõ site-builder new model --help để xem cách dùng.\n",
    )


def test_a_document_beside_others_of_its_number(capsys, project):
    place = project / "content" / "documents" / "52-ct-tu-tinh-uy-dong.md"
    place.parent.mkdir()
    place.write_text(a_document(issuer="Tỉnh ủy Đông"), encoding="utf-8")
    flags = _flags("document", number="52-CT/TU", issuer="Tỉnh ủy Tây")
    assert typed(capsys, "new", "document", "-C", project, *flags).code == 0
    assert typed(capsys, "check", "-C", project / "content", "content").code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")
def test_what_is_missing_is_asked_for_on_a_terminal(project):
    import pty
    import subprocess

    ours, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "site_builder", "new", "model", "--title", "Ngõ sáng"],
        cwd=project,
        env=environment(),
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    )
    os.write(ours, b"an-ninh\nxa-moi\n2025\n")
    code = process.wait(60)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    os.close(terminal)
    assert code == 0, shown
    assert all(f"{label}: " in shown for label in ("Lĩnh vực", "Đơn vị", "Năm đăng ký"))
    text = (project / "models" / "an-ninh" / "ngo-sang.md").read_text(encoding="utf-8")
    assert '\nunit: "xa-moi"\nyear: "2025"\n' in text
