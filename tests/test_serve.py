"""The preview: shows edits, keeps the old page while there is a fault, ends cleanly."""

import signal
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from commands import environment
from project import a_model, write_project

MODEL = "models/an-ninh/tieng-keng.md"
PATIENCE = 20
"""Seconds; MkDocs looks at the files twice a second."""


@pytest.fixture(params=["mkdocs", "site_builder"])
def preview(request, tmp_path):
    """A running preview as (project, address of a model's page, process)."""
    project = write_project(tmp_path / "du-an", {MODEL: a_model()})
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    option = "--dev-addr" if request.param == "mkdocs" else "--address"
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", request.param, "serve", option, f"127.0.0.1:{port}"],
            cwd=project,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield project, f"http://127.0.0.1:{port}/mo-hinh/an-ninh/tieng-keng/", process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)


def _shown(address: str) -> str:
    try:
        with urlopen(address, timeout=5) as answer:
            return answer.read().decode()
    except (URLError, OSError):
        return ""


def _wait_for(text: str, address: str) -> str:
    end = time.monotonic() + PATIENCE
    while text not in (html := _shown(address)):
        assert time.monotonic() < end, f"“{text}” does not appear"
        time.sleep(0.2)
    return html


def test_the_preview_follows_edits_and_survives_faults(preview):
    project, address, process = preview
    _wait_for("Tiếng kẻng an ninh", address)
    (project / MODEL).write_text(a_model(title="Kẻng đã đổi tên"), encoding="utf-8")
    _wait_for("Kẻng đã đổi tên", address)

    broken = project / "models" / "an-ninh" / "hong.md"
    broken.write_text("không có khai báo", encoding="utf-8")
    log = project.parent / "log"
    end = time.monotonic() + PATIENCE
    while "MH050" not in log.read_text(encoding="utf-8"):
        assert time.monotonic() < end, "the fault is not told"
        time.sleep(0.2)
    assert "Kẻng đã đổi tên" in _wait_for("Kẻng đã đổi tên", address)
    assert "Traceback" not in log.read_text(encoding="utf-8")

    broken.write_text(a_model(title="Đã sửa xong"), encoding="utf-8")
    _wait_for("Đã sửa xong", address.replace("tieng-keng", "hong"))

    process.send_signal(signal.SIGINT)
    assert process.wait(10) in (0, 2)
    assert "Traceback" not in log.read_text(encoding="utf-8")
    assert not (project / "site").exists()
