"""Serves a built site on this computer as a city's server would: packed by gzip, kept alive."""

import functools
import gzip
import http.server
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PACKED = (".html", ".css", ".js", ".svg", ".xml", ".json", ".webmanifest", ".txt", ".csv")


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def send_head(self) -> io.BufferedIOBase | None:
        """The file, packed where it is text and the browser takes it."""
        place = Path(self.translate_path(self.path))
        place = place / "index.html" if place.is_dir() else place
        takes_packed = "gzip" in self.headers.get("Accept-Encoding", "")
        if place.suffix not in PACKED or not place.is_file() or not takes_packed:
            return super().send_head()  # type: ignore[return-value]
        data = _packed(place)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(place)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return io.BytesIO(data)

    def guess_type(self, path) -> str:
        kind = str(super().guess_type(path))
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    def log_message(self, format, *args) -> None:
        pass


@functools.cache
def _packed(place: Path) -> bytes:
    return gzip.compress(place.read_bytes(), 6)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which the site in `folder` is served."""
    handler = functools.partial(_Handler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
