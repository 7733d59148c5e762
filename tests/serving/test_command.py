"""`site-builder server-config`: what is printed, written and refused."""

from pathlib import Path

import pytest
from commands import typed
from project import MKDOCS, write_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project")


@pytest.mark.parametrize("server", ["nginx", "apache", "iis"])
def test_it_prints_or_writes_the_same(project: Path, tmp_path: Path, capsys, server: str):
    printed = typed(capsys, "server-config", server, "-C", project)
    assert (printed.code, printed.err) == (0, "")
    assert "binh-an.example.org" in printed.out
    assert "Dân vận khéo Bình An" in printed.out
    place = tmp_path / "out.conf"
    written = typed(capsys, "server-config", server, "-C", project, "-o", place)
    told = f"Đã ghi cấu hình vào {place}. Cách dùng: docs/may-chu.md.\n"
    assert written == (0, told, "")
    assert place.read_text("utf-8") == printed.out


def test_what_only_the_keeper_knows_can_be_said(project: Path, capsys):
    done = typed(
        capsys,
        *("server-config", "nginx", "-C", project, "--no-brotli"),
        *("--document-root", "/srv/trang web/current/", "--certificate", "/a/c.pem"),
        *("--key", "/a/k.pem", "--address", "2001:db8::1"),
        *("--http-port", "8080", "--https-port", "8443"),
    )
    for line in (
        'alias "/srv/trang web/current/";',
        'root "/srv/trang web/acme";',
        'ssl_certificate "/a/c.pem";',
        'ssl_certificate_key "/a/k.pem";',
        "listen [2001:db8::1]:8080;",
        "listen [2001:db8::1]:8443 ssl http2;",
        'return 301 "https://binh-an.example.org:8443$request_uri";',
    ):
        assert f" {line}\n" in done.out
    assert "brotli" not in done.out


def test_a_server_on_windows_has_its_paths(project: Path, capsys):
    done = typed(
        capsys, "server-config", "apache", "-C", project, "--document-root", "C:/trang/current"
    )
    assert '    DocumentRoot "C:/trang/current"\n' in done.out
    assert '"C:/trang/acme/' in done.out


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://binh-an.example.org/", "https://"),
        ("", "https://"),
        ("https://binh-an.example.org/a b/", "chữ không dấu"),
        ("https://binh-an.example.org/?a=1", "https://"),
        ("https://binh an/", "https://"),
    ],
)
def test_a_public_address_is_needed(project: Path, capsys, url: str, why: str):
    own = MKDOCS.replace("https://binh-an.example.org/", f'"{url}"')
    (project / "mkdocs.yml").write_text(own, "utf-8")
    done = typed(capsys, "server-config", "nginx", "-C", project)
    assert (done.code, done.out) == (2, "")
    assert why in done.err


def test_names_with_accents_are_written_as_machines_do(project: Path, capsys):
    own = MKDOCS.replace("binh-an.example.org", "bìnhan.example.vn")
    (project / "mkdocs.yml").write_text(own, "utf-8")
    done = typed(capsys, "server-config", "nginx", "-C", project)
    assert 'server_name "xn--' in done.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["lighttpd"], "không có “lighttpd”"),
        (["nginx", "--document-root", 'a"; }'], "Đường dẫn thư mục trang"),
        (["nginx", "--key", "/a\n;"], "Đường dẫn khóa"),
        (["apache", "--certificate", "/${HOME}"], "Đường dẫn chứng thư"),
        (["nginx", "--address", "localhost; #"], "không phải một địa chỉ IP"),
        (["nginx", "--address", "999.0.0.1"], "không phải một địa chỉ IP"),
        (["nginx", "--address", "fe80::1%$uri;"], "không phải một địa chỉ IP"),
        (["nginx", "--http-port", "x"], "không phải một số nguyên"),
    ],
)
def test_what_is_typed_wrongly_is_told(project: Path, capsys, words: list[str], said: str):
    done = typed(capsys, "server-config", *words, "-C", project)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_a_folder_that_cannot_be_written_is_told_of(project: Path, tmp_path: Path, capsys):
    done = typed(capsys, "server-config", "nginx", "-C", project, "-o", tmp_path)
    assert done.code == 2
    assert f"Không ghi được {tmp_path}" in done.err
