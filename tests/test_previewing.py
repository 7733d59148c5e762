"""The live preview: follows saves, tells pages, keeps the last good site, answers only its own."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from commands import environment
from previewed import PATIENCE, SCRIPT, Previewed, previewing

from site_builder.diagnostics import EngineFailed
from site_builder.previewing.binding import Binding, accepts, is_own, parse_binding
from site_builder.previewing.files import file_at, kind_of, segments_of, with_script
from site_builder.previewing.loop import preview
from site_builder.previewing.news import News
from site_builder.previewing.server import PreviewServer
from site_builder.previewing.watching import Watcher


@pytest.fixture
def shown(tmp_path):
    with previewing(tmp_path) as project:
        yield project


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """One preview for all tests that only ask it for things."""
    with previewing(tmp_path_factory.mktemp("served") / "du-an") as project:
        project.put(".trang-thai", "bí mật")
        project.put("hinh/a.png", b"a")
        (project.site.parent / "bi-mat.txt").write_text("bí mật", encoding="utf-8")
        if os.name != "nt":
            (project.site / "loi-ra").symlink_to(project.site.parent)
        yield project


def test_a_save_is_built_told_and_served(shown):
    with shown.listening() as events:
        assert next(events) == ("loi", {"text": ""})
        shown.write("Kẻng làng")
        assert next(events) == ("doi", {"changed": ["index.html"]})
        assert next(events) == ("loi", {"text": ""})
    assert "Kẻng làng" in shown.ask("/")[2]
    shown.wait_told("Đã cập nhật 1 tệp trong 0,21 giây.")


def test_what_a_page_missed_before_it_listened_is_made_up_for(shown):
    seen = shown.number()
    shown.write("Kẻng làng")
    shown.wait(lambda: shown.number() > seen, "the rebuild")
    with shown.listening(seen) as events:
        assert next(events) == ("doi", {"changed": ["index.html"]})
    with shown.listening("12") as events:
        assert next(events) == ("doi", {"changed": None}), "a page of an earlier run"
    with shown.listening("không phải số") as events:
        assert next(events) == ("loi", {"text": ""})


def test_a_change_during_a_rebuild_is_not_lost(shown):
    shown.gate.clear()
    built = shown.builds
    shown.write("Một")
    shown.wait(lambda: shown.builds > built, "the rebuild began")
    shown.write("Hai")
    shown.gate.set()
    shown.wait(lambda: "Hai" in shown.ask("/")[2], "the second change")


def test_faults_are_shown_everywhere_and_the_last_good_site_stays(shown):
    with shown.listening() as events:
        next(events)
        shown.write("lỗi MH103: <b>ngày</b>")
        assert next(events) == ("loi", {"text": "lỗi MH103: <b>ngày</b>"})
        with shown.listening() as later:
            assert next(later) == ("loi", {"text": "lỗi MH103: <b>ngày</b>"})
        assert "Chào bà con" in shown.ask("/")[2]
        shown.write("Đã sửa")
        assert next(events) == ("doi", {"changed": ["index.html"]})
        assert next(events) == ("loi", {"text": ""})
    shown.wait_told("Đã sửa xong.")
    first = shown.told.index("lỗi MH103: <b>ngày</b>")
    assert shown.told[first + 1 :][:2] == [
        "Trang đang xem là bản trước khi có lỗi. Sửa rồi lưu lại là trang tự cập nhật.",
        "Đã sửa xong.",
    ]


def test_the_terminal_does_not_repeat_itself(shown):
    shown.write("lỗi như nhau")
    shown.wait_told("lỗi như nhau")
    shown.write("lỗi như nhau")
    shown.wait_told("Vẫn còn lỗi như trên.")
    assert shown.told.count("lỗi như nhau") == 1
    shown.write("Chào bà con")
    shown.wait_told("Đã sửa xong.")
    shown.write("Chào bà con")
    shown.wait_told("Đã kiểm tra lại trong 0,21 giây: trang không có gì thay đổi.")


def test_a_failing_environment_is_a_fault_that_can_be_mended(shown):
    shown.write("máy hỏng: đĩa đầy")
    shown.wait_told("máy hỏng: đĩa đầy")
    shown.write("Đĩa đã có chỗ")
    shown.wait_told("Đã sửa xong.")
    assert shown.told.count("Đã sửa xong.") == 1
    assert "Đĩa đã có chỗ" in shown.ask("/")[2]


def test_a_bug_ends_the_preview_and_frees_the_port(shown):
    shown.write("bug")
    shown.wait(lambda: shown.ended is not None, "the end")
    assert isinstance(shown.ended, ZeroDivisionError)
    with pytest.raises(ConnectionError):
        shown.ask("/")


def test_without_a_site_the_faults_are_the_page(tmp_path):
    with previewing(tmp_path, "lỗi ở <tệp> {{ text }}") as project:
        status, headers, html = project.ask("/mo-hinh/")
        assert (status, headers["Content-Type"]) == (503, "text/html; charset=utf-8")
        assert "<pre>lỗi ở &lt;tệp&gt; {{ text }}</pre>" in html
        assert SCRIPT in html
        assert "Chưa có trang để xem. Sửa rồi lưu lại là trang tự hiện ra." in project.told
        project.write("Có rồi")
        project.wait(lambda: project.ask("/")[0] == 200, "the site")


def test_while_the_first_build_runs_there_is_a_page_to_wait_on(tmp_path):
    news = News()
    server = PreviewServer(Binding("127.0.0.1", 0), tmp_path / "site", news)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    project = Previewed(tmp_path)
    project.port = server.binding.port
    assert "Đang dựng trang" in project.ask("/")[2]
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:8000", "0.0.0.0", "", "a@b", "[::1"]
)
def test_a_foreign_host_name_is_refused(served, host):
    status, headers, text = served.ask("/", Host=host)
    assert status == 403
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert text == "Bản xem trước chỉ mở được bằng địa chỉ ghi ở cửa sổ dòng lệnh.\n"
    assert served.ask("/_xem-truoc/su-kien", Host=host)[0] == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:1234", "LOCALHOST", "[::1]:8000"])
def test_own_host_names_are_accepted(served, host):
    assert served.ask("/", Host=host)[0] == 200


def test_no_or_two_host_names_are_refused(served):
    for hosts in ("", "Host: localhost\r\nHost: evil.example\r\n"):
        with socket.create_connection(("127.0.0.1", served.port), PATIENCE) as raw:
            raw.sendall(f"GET / HTTP/1.1\r\n{hosts}\r\n".encode())
            assert b" 403 " in raw.makefile("rb").readline()


@pytest.mark.parametrize(
    "path",
    [
        "/../bi-mat.txt",
        "/a/../../bi-mat.txt",
        "/%2e%2e/bi-mat.txt",
        "/..%2fbi-mat.txt",
        "/%2e%2e%5cbi-mat.txt",
        "/..\\bi-mat.txt",
        "//etc/passwd",
        "/C:/Windows/win.ini",
        "/loi-ra/bi-mat.txt",
        "/.trang-thai",
        "/%00",
        "/%ff",
        f"/{'x' * 300}",
        "/_xem-truoc/../index.html",
        "/_xem-truoc/",
        "/_xem-truoc",
        "/hinh/",
        "/index.html/",
    ],
)
def test_nothing_but_files_of_the_site_is_served(served, path):
    status, _, text = served.ask(path)
    assert (status, text) == (404, "Không có trang này.\n")


def test_a_missing_page_is_the_sites_own_404(shown):
    shown.put("404.html", "<body>Không tìm thấy</body>")
    status, headers, text = shown.ask("/khong-co/")
    assert (status, headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "Không tìm thấy" in text
    assert SCRIPT in text


def test_a_folder_without_its_slash_is_redirected(served):
    served.put("mo-hinh/index.html", "<body>Mô hình</body>")
    status, headers, _ = served.ask("/mo-hinh?trang=2")
    assert (status, headers["Location"]) == (301, "/mo-hinh/?trang=2")
    assert "Mô hình" in served.ask("/mo-hinh/?trang=2")[2]
    assert "Mô hình" in served.ask("/mo-hinh/index.html")[2]


def test_head_is_get_without_the_body(served):
    for path in ("/", "/khong-co", "/_xem-truoc/xem-truoc.js"):
        status, headers, _ = served.ask(path)
        bare_status, bare, nothing = served.ask(path, "HEAD")
        assert (bare_status, nothing) == (status, "")
        assert bare["Content-Length"] == headers["Content-Length"]
        assert bare["Cache-Control"] == "no-store"
    assert served.ask("/_xem-truoc/su-kien", "HEAD")[2] == ""


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "LA"])
def test_other_methods_are_refused(served, method):
    status, headers, text = served.ask("/", method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")
    assert "chỉ để xem" in text


def test_the_script_is_served_and_never_written_into_the_site(served):
    status, headers, text = served.ask("/_xem-truoc/xem-truoc.js?lan=1")
    assert (status, headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert "innerHTML" not in text
    assert SCRIPT in served.ask("/")[2]
    assert SCRIPT not in (served.site / "index.html").read_text("utf-8")


def test_the_script_stands_before_the_last_end_of_the_body():
    tag = b'<script src="/x.js"></script>'
    assert with_script(b"<p></BODY>x</Body>", "/x.js") == b"<p></BODY>x" + tag + b"</Body>"
    assert with_script(b"<p>", "/x.js") == b"<p>" + tag


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.HTML", "text/html; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"),
        ("a.svg", "image/svg+xml"),
        ("a.webp", "image/webp"),
        ("a.woff2", "font/woff2"),
        ("a.xml", "application/xml; charset=utf-8"),
        ("a.exe", "application/octet-stream"),
    ],
)
def test_media_types_do_not_depend_on_the_machine(name, kind):
    assert kind_of(Path(name)) == kind


def test_names_with_spaces_and_vietnamese_letters_are_found(tmp_path):
    (tmp_path / "van ban").mkdir()
    place = tmp_path / "van ban" / "kẻng.pdf"
    place.write_bytes(b"")
    segments = segments_of("/van%20ban/k%E1%BA%BBng.pdf?x=1")
    assert segments and file_at(tmp_path, segments) == place


def test_long_faults_are_cut_for_pages():
    news = News()
    news.post((), "lỗi\n" * 10_000)
    assert len(news.faults) < 21_000
    assert news.faults.endswith("Còn nữa: xem ở cửa sổ dòng lệnh.")


def test_a_silent_stream_beats_and_ends():
    news = News()
    events = news.follow(news.number, heartbeat=0.01)
    assert "event: loi" in next(events)
    assert next(events) == ":\n\n"
    news.close()
    assert list(events) == []


def test_pages_that_slept_too_long_load_again():
    news = News()
    seen = news.number
    for turn in range(300):
        news.post((f"{turn}.html",), "")
    assert '"changed": null' in next(news.follow(seen, 1))
    assert '"changed": ["298.html", "299.html"]' in next(news.follow(news.number - 2, 1))


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("127.0.0.1:8001", "127.0.0.1", 8001),
        ("[::1]:8000", "::1", 8000),
        ("localhost", "localhost", 8000),
        ("8080", "127.0.0.1", 8080),
        ("127.0.0.1:0", "127.0.0.1", 0),
    ],
)
def test_addresses_are_read(address, host, port):
    assert parse_binding(address) == Binding(host, port)


@pytest.mark.parametrize("address", ["", ":80", "a:b", "a:99999", "http://a:1", "a/b", "x@a:1"])
def test_addresses_that_are_none_are_refused(address):
    with pytest.raises(EngineFailed, match="viết chưa đúng"):
        parse_binding(address)


def test_a_network_address_is_accepted_as_given_and_told_of():
    everywhere = Binding("0.0.0.0", 8000)
    assert everywhere.url == "http://127.0.0.1:8000/"
    assert Binding("::1", 8000).url == "http://[::1]:8000/"
    assert accepts(everywhere, "192.168.1.5:8000")
    assert accepts(everywhere, socket.gethostname())
    assert not accepts(everywhere, "evil.example")
    assert accepts(Binding("may-a.xa.gov.vn", 8000), "may-a.xa.gov.vn:8000")
    assert not accepts(Binding("127.0.0.1", 8000), "192.168.1.5:8000")
    assert is_own("127.8.8.8") and is_own("::1") and is_own("localhost")
    assert not is_own("0.0.0.0") and not is_own("may-a")


def test_everybody_on_the_network_can_see_it_is_said(tmp_path):
    project, told = Previewed(tmp_path), []
    project.write("Chào")

    def rebuild():
        outcome = project.rebuild()
        project.write("dừng")
        return outcome

    preview(rebuild, [project.content], project.site, "0.0.0.0:0", told.append)
    assert "Ai ở cùng mạng cũng xem được" in told[2]
    assert told[-1] == "Đã dừng bản xem trước."


def test_a_port_in_use_is_said_before_anything_is_built(tmp_path):
    def rebuild():
        raise AssertionError

    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(EngineFailed) as refused:
            preview(rebuild, [], tmp_path, f"127.0.0.1:{port}", print)
    assert f"Cổng {port} đang có chương trình khác dùng" in str(refused.value)
    assert f"site-builder serve --address 127.0.0.1:{port % 65535 + 1}" in str(refused.value)


def test_an_address_of_another_computer_is_refused(tmp_path):
    with pytest.raises(EngineFailed, match="không có địa chỉ"):
        PreviewServer(Binding("192.0.2.1", 8000), tmp_path, News())


@pytest.fixture
def watched(tmp_path):
    targets = [tmp_path / "models", tmp_path / "mkdocs.yml"]
    watcher = Watcher(targets, tmp_path / "models" / "site", print)
    watcher.start()
    watcher.changed.clear()
    yield watcher, *targets
    watcher.stop()


def saw(watcher) -> bool:
    seen = watcher.changed.wait(PATIENCE)
    watcher.changed.clear()
    return seen


def test_folders_and_files_that_come_later_are_watched(watched):
    watcher, folder, file = watched
    folder.mkdir()
    assert saw(watcher)
    (folder / "sau").mkdir()
    (folder / "sau" / "a.md").write_text("1")
    assert saw(watcher)
    for text in ("1", "2"):
        beside = file.with_suffix(".tmp")
        beside.write_text(text)
        beside.replace(file)
        assert saw(watcher)


def test_litter_is_passed_over(watched):
    watcher, folder, _ = watched
    names = ("~$bao-cao.docx", ".bai.md.swp", "bai.md~", "bai.tmp", ".git/index", "site/a.html")
    for name in names:
        assert not watcher._matters(1, str(folder / name)), name
    assert watcher._matters(1, str(folder / "an-ninh" / "bai.md"))
    assert watcher._matters(3, str(folder))


def test_where_the_system_does_not_tell_files_are_looked_at(tmp_path, monkeypatch):
    from site_builder.previewing import watching

    real, told = watching.watch, []

    def watch(*places, force_polling, **options):
        if not force_polling:
            raise OSError(28, "OS file watch limit reached")
        return real(*places, force_polling=True, poll_delay_ms=20, **options)

    monkeypatch.setattr(watching, "watch", watch)
    watcher = Watcher([tmp_path], tmp_path / "site", told.append)
    watcher.start()
    watcher.changed.clear()
    (tmp_path / "a.md").write_text("1")
    assert saw(watcher)
    watcher.stop()
    assert "tự dò lại liên tục" in told[0]


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_ctrl_c_ends_at_once_with_pages_open(tmp_path):
    program = """
        import pathlib, sys
        from site_builder.previewing.loop import Outcome, preview
        preview(lambda: Outcome((), "", 0.1), [pathlib.Path("content")], pathlib.Path("site"),
                "127.0.0.1:0", lambda text: print(text, flush=True))
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(Path(__file__).parent.parent)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    try:
        project = Previewed(tmp_path)
        project.port = int(process.stdout.readline().split("/ để")[0].rpartition(":")[2])
        with project.listening() as events:
            assert next(events)[0] == "loi"
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE) == 0
        assert process.stdout.read() == "Đã dừng bản xem trước.\n"
    finally:
        process.kill()
        process.wait()
