"""Answers one request: a file of the site, the preview's own script, or news as they come."""

import re
from collections.abc import Callable
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from site_builder.previewing.files import file_at, kind_of, segments_of, with_script
from site_builder.previewing.news import News

_OWN = "_xem-truoc"
"""The first name of every address that is the preview's and not the site's."""
_NEWS = (_OWN, "su-kien")
_BROWSER = Path(__file__).parent / "browser"
_HEARTBEAT = 15.0
"""Seconds of silence after which a page hears that the preview still runs; only by writing is it
noticed that a page was closed."""
_WORDS = {
    HTTPStatus.FORBIDDEN: "Bản xem trước chỉ mở được bằng địa chỉ ghi ở cửa sổ dòng lệnh.",
    HTTPStatus.NOT_FOUND: "Không có trang này.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Bản xem trước chỉ để xem, không nhận dữ liệu gửi lên.",
}
_HTML = "text/html; charset=utf-8"
_SLOT = re.compile(r"{{ (\w+) }}")
_NUMBER = re.compile(r"[0-9]{1,18}")


class Answer(BaseHTTPRequestHandler):
    """One request and its answer; `is_for_us` judges its Host header."""

    server_version = "xem-truoc"
    sys_version = ""
    timeout = 60
    """Seconds: browsers open connections ahead and then say nothing on them."""

    def __init__(
        self, *args: Any, site: Path, news: News, is_for_us: Callable[[str], bool]
    ) -> None:
        self.site = site
        self.news = news
        self.is_for_us = is_for_us
        super().__init__(*args)

    def do_GET(self) -> None:
        """Find out who is to answer."""
        hosts = self.headers.get_all("Host", [])
        segments = segments_of(self.path)
        if len(hosts) != 1 or not self.is_for_us(hosts[0]):
            self._say(HTTPStatus.FORBIDDEN)
        elif segments == _NEWS:
            self._send_news()
        elif segments and segments[0] == _OWN:
            self._send_file(file_at(_BROWSER, segments[1:] or ("",)))
        elif not (self.site / "index.html").is_file():
            self._send_waiting_page()
        elif segments is None:
            self._send_file(None)
        else:
            self._send_page(segments)

    do_HEAD = do_GET

    def _send_page(self, segments: tuple[str, ...]) -> None:
        place = file_at(self.site, segments)
        if place is None and segments[-1] and file_at(self.site, (*segments, "")):
            query = urlsplit(self.path).query
            target = "/" + quote("/".join(segments)) + "/" + (f"?{query}" if query else "")
            self._send(HTTPStatus.MOVED_PERMANENTLY, "text/plain", location=target)
        else:
            self._send_file(place)

    def _send_file(self, place: Path | None) -> None:
        """Send `place`, or that there is nothing, in the site's own words where it has them."""
        # Asked before the file is read: a page is never taken for newer than it is.
        number = self.news.number
        found = place or file_at(self.site, ("404.html",))
        try:
            body = found.read_bytes() if found else b""
        except OSError:  # Just now replaced or removed.
            found, body = None, b""
        if found is None:
            self._say(HTTPStatus.NOT_FOUND)
            return
        kind = kind_of(found)
        if kind == _HTML:
            body = with_script(body, _script(number))
        self._send(HTTPStatus.OK if place else HTTPStatus.NOT_FOUND, kind, body)

    def _send_waiting_page(self) -> None:
        """There is no site yet: say why. The script opens the page when there is one."""
        number = self.news.number
        if self.news.has_built:
            title = "Chưa có trang để xem"
            text = "Còn lỗi phải sửa. Sửa rồi lưu lại, trang sẽ tự hiện ra."
        else:
            title, text = "Đang dựng trang", "Dựng xong, trang sẽ tự hiện ra."
        values = {"title": title, "text": text, "faults": self.news.faults}
        template = (_BROWSER / "cho.html").read_text("utf-8")
        page = _SLOT.sub(lambda slot: escape(values[slot[1]]), template)
        body = with_script(page.encode(errors="replace"), _script(number))
        self._send(HTTPStatus.SERVICE_UNAVAILABLE, _HTML, body)

    def _send_news(self) -> None:
        """Events until the page or the preview ends (HTML standard, "Server-sent events")."""
        self._send_headers(HTTPStatus.OK, "text/event-stream")
        if self.command == "HEAD":
            return
        self.wfile.write(b"retry: 1000\n\n")
        for text in self.news.follow(self._last_seen(), _HEARTBEAT):
            self.wfile.write(text.encode())

    def _last_seen(self) -> int:
        """The rebuild that the page knows: as it was sent, or as it was last told."""
        asked = parse_qs(urlsplit(self.path).query).get("lan", [""])[0]
        known = self.headers.get("Last-Event-ID", asked)
        return int(known) if _NUMBER.fullmatch(known) else self.news.number

    def _say(self, status: HTTPStatus) -> None:
        text = _WORDS.get(status, "Yêu cầu này không hợp lệ.")
        self._send(status, "text/plain; charset=utf-8", f"{text}\n".encode())

    def _send(self, status: HTTPStatus, kind: str, body: bytes = b"", location: str = "") -> None:
        self._send_headers(status, kind, length=len(body), location=location)
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_headers(
        self, status: HTTPStatus, kind: str, *, length: int | None = None, location: str = ""
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        # Pages of others can have no part of this one.
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET, HEAD")
        if length is not None:
            self.send_header("Content-Length", str(length))
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What http.server refuses by itself, above all other methods, in our words."""
        unknown_method = code == HTTPStatus.NOT_IMPLEMENTED
        self._say(HTTPStatus.METHOD_NOT_ALLOWED if unknown_method else HTTPStatus(code))

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal is for the writer."""


def _script(number: int) -> str:
    return f"/{_OWN}/xem-truoc.js?lan={number}"
