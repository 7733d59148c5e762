"""When a kept engine still stands, and what it refuses to stand for."""

import re

import pytest
from project import MKDOCS, a_model, plan_of, write_project

from site_builder.diagnostics import EngineFailed
from site_builder.rendering.engine_key import engine_key
from site_builder.rendering.frames import FrameKey
from site_builder.rendering.mkdocs_bridge import prepare

KEYS = (FrameKey(0, ""), FrameKey(3, "mo-hinh/"))


@pytest.fixture
def root(tmp_path):
    return write_project(tmp_path, {"models/an-ninh/keng.md": a_model()})


@pytest.fixture
def chrome(root):
    return plan_of(root).chrome


def _write(root, path, text):
    place = root / path
    place.parent.mkdir(exist_ok=True)
    place.write_text(text, encoding="utf-8")


def test_the_key_stays_while_nothing_changes(root, chrome):
    key = engine_key(root / "mkdocs.yml", repr(chrome))
    _write(root, "models/an-ninh/khac.md", a_model())
    assert engine_key(root / "mkdocs.yml", repr(chrome)) == key


def _settings_changed(root, monkeypatch):
    _write(root, "mkdocs.yml", f"{MKDOCS}copyright: Bình An\n")


def _parent_changed(root, monkeypatch):
    _write(root, "chung/goc.yml", "copyright: Bình An\n")


def _template_changed(root, monkeypatch):
    _write(root, "rieng/main.html", "{% extends 'base.html' %} ")


def _variable_changed(root, monkeypatch):
    monkeypatch.setenv("TEN_TRANG", "Dân vận khéo")


CHANGES = (_settings_changed, _parent_changed, _template_changed, _variable_changed)


@pytest.mark.parametrize("change", CHANGES)
def test_the_key_changes_with_whatever_frames_depend_on(root, chrome, monkeypatch, change):
    inheriting = MKDOCS.replace("theme: {", "theme: {custom_dir: rieng, ")
    more = "INHERIT: chung/goc.yml\nsite_description: !ENV [TEN_TRANG, TEN_KHAC]\n"
    _write(root, "mkdocs.yml", inheriting + more)
    _write(root, "chung/goc.yml", "copyright: nobody\n")
    _write(root, "rieng/main.html", "{% extends 'base.html' %}")
    key = engine_key(root / "mkdocs.yml", repr(chrome))
    change(root, monkeypatch)
    assert engine_key(root / "mkdocs.yml", repr(chrome)) != key


def test_torn_settings_have_a_key_too(root, chrome):
    """They are refused by what reads them, with the reason."""
    _write(root, "mkdocs.yml", "INHERIT: [khong\n")
    assert engine_key(root / "mkdocs.yml", repr(chrome))
    (root / "mkdocs.yml").unlink()
    assert engine_key(root / "mkdocs.yml", repr(chrome))


def _refusal(root, chrome, settings):
    _write(root, "mkdocs.yml", settings)
    with pytest.raises(EngineFailed) as caught:
        prepare(root / "mkdocs.yml", chrome, KEYS)
    return str(caught.value)


def test_settings_with_faults_are_refused(root, chrome):
    assert "Tệp mkdocs.yml có lỗi" in _refusal(root, chrome, f"{MKDOCS}nav: 7\n")
    assert "thiếu dòng “- dan-van-kheo”" in _refusal(
        root, chrome, MKDOCS.replace("dan-van-kheo", "")
    )


def test_what_only_mkdocs_does_is_refused_by_name(root, chrome):
    _write(root, "moc.py", "")
    plugins = MKDOCS.replace("dan-van-kheo]", "dan-van-kheo, search, tags]")
    more = "hooks: [moc.py]\nexclude_docs: a.md\nuse_directory_urls: false\n"
    assert _refusal(root, chrome, plugins + more) == (
        "Tệp mkdocs.yml có hook “moc.py”, mục exclude_docs, mục use_directory_urls: false, plugin "
        "“search”, plugin “tags” mà site-builder build không chạy được. Bỏ đi rồi dựng lại, hoặc "
        "dựng bằng lệnh mkdocs build. Chưa ghi gì."
    )


def test_another_theme_is_refused(root, chrome):
    settings = MKDOCS.replace("name: material, language: vi, font: false", "name: mkdocs")
    assert "Giao diện “mkdocs” không có chỗ" in _refusal(root, chrome, settings)


def test_a_template_of_the_project_shows_in_frames(root, chrome):
    more = "extra_javascript: [them.js, {path: sau.js, type: module}]\nextra_css: [them.css]\n"
    settings = MKDOCS.replace("theme: {", "theme: {custom_dir: rieng, ") + more
    _write(root, "mkdocs.yml", settings)
    head = "{% block extrahead %}<meta name='x' content='{{ config.site_name }}'>{% endblock %}"
    _write(root, "rieng/main.html", "{% extends 'base.html' %}" + head)
    _write(root, "rieng/them.txt", "thêm")
    engine = prepare(root / "mkdocs.yml", chrome, KEYS)
    assert all("content='Dân vận khéo Bình An'" in "".join(f.texts) for f in engine.frames.values())
    assert dict(engine.files)["them.txt"] == "thêm".encode()
    for frame in engine.frames.values():
        loaded = re.findall(r'(?:src|href)="[./]*(\w+\.(?:js|css))"', "".join(frame.texts))
        assert loaded == ["them.css", "them.js", "sau.js"]
        assert 'sau.js" type="module"' in "".join(frame.texts)


def test_a_template_that_prints_parts_of_pages_around_them_is_refused(root, chrome):
    head = "{% block extrahead %}<meta name='x' content='{{ page.canonical_url }}'>{% endblock %}"
    _write(root, "rieng/main.html", "{% extends 'base.html' %}" + head)
    settings = MKDOCS.replace("theme: {", "theme: {custom_dir: rieng, ")
    assert "Giao diện trong custom_dir" in _refusal(root, chrome, settings)
