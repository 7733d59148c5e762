"""A preview of a site that one small file stands for, running in a thread of the test."""

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from site_builder.diagnostics import EngineFailed
from site_builder.previewing.loop import Outcome, preview

PATIENCE = 20
"""Seconds that anything may take on a busy machine; waits end as soon as it has happened."""
SCRIPT = '<script src="/_xem-truoc/xem-truoc.js?lan='
_PAGE = """\
<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><title>Thử</title><link rel="stylesheet" href="/kieu.css"></head>
<body><h1>{}</h1></body>
</html>
"""


class Previewed:
    """`content/trang.txt` says what the home page shows, or a file that is named after " @ ".

    Text that begins with "lỗi" is a fault, "máy hỏng" a fault of the environment, "bug" a bug,
    "dừng" is Ctrl+C. `gate`, cleared, holds a rebuild after it has read the file.
    """

    def __init__(self, folder: Path) -> None:
        self.content = folder / "content"
        self.site = folder / "site"
        self.settings = folder / "mkdocs.yml"
        self.content.mkdir(parents=True)
        self.told: list[str] = []
        self.builds = 0
        self.gate = threading.Event()
        self.gate.set()
        self.ended: BaseException | None = None
        self.port = 0

    def write(self, text: str) -> None:
        """Save the file as careful editors do: a new one, renamed."""
        beside = self.content / "trang.txt.tmp"
        beside.write_text(text, encoding="utf-8")
        beside.replace(self.content / "trang.txt")

    def rebuild(self) -> Outcome:
        """What the preview calls."""
        text = (self.content / "trang.txt").read_text("utf-8")
        self.builds += 1
        self.gate.wait(PATIENCE)
        if text.startswith("dừng"):
            raise KeyboardInterrupt
        if text.startswith("máy hỏng"):
            raise EngineFailed(text)
        if text.startswith("bug"):
            raise ZeroDivisionError(text)
        if text.startswith("lỗi"):
            return Outcome((), text, 0.01)
        shown, _, address = text.partition(" @ ")
        page = _PAGE.format(shown) if not address else shown
        return Outcome(self.put(address or "index.html", page), "", 0.21)

    def put(self, address: str, text: str | bytes) -> tuple[str, ...]:
        """Write a file of the site; its address if that changed anything."""
        data = text.encode() if isinstance(text, str) else text
        place = self.site / address
        if place.is_file() and place.read_bytes() == data:
            return ()
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        return (address,)

    def tell(self, text: str) -> None:
        """What the preview says in the terminal."""
        self.told.append(text)

    def run(self) -> None:
        """The whole preview, on any free port."""
        try:
            preview(
                self.rebuild, [self.content, self.settings], self.site, "127.0.0.1:0", self.tell
            )
        except BaseException as error:
            self.ended = error

    def wait_told(self, text: str) -> None:
        """Wait until something with `text` was told."""
        self.wait(lambda: any(text in line for line in list(self.told)), text)

    def wait(self, holds, what: str) -> None:
        """Wait until `holds()`, or until the test has failed."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, f"{what}: {self.told} {self.ended!r}"
            time.sleep(0.01)

    def number(self) -> str:
        """Of the rebuild that the home page says it was taken from."""
        return self.ask("/")[2].partition(SCRIPT)[2].partition('"')[0]

    def ask(self, path: str, method: str = "GET", **headers: str):
        """The answer's status, headers and text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, answer.headers, text

    @contextmanager
    def listening(self, seen: str | None = None) -> Iterator[Iterator[tuple[str, dict]]]:
        """The events that a page which knows of rebuild `seen` is sent."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", "/_xem-truoc/su-kien" + (f"?lan={quote(seen)}" if seen else ""))
        answer = connection.getresponse()
        assert answer.headers["Content-Type"] == "text/event-stream"
        try:
            yield _events(answer)
        finally:
            answer.close()
            connection.close()


def _events(answer) -> Iterator[tuple[str, dict]]:
    name = ""
    for line in answer:
        key, _, value = line.decode().rstrip("\n").partition(": ")
        if key == "event":
            name = value
        elif key == "data":
            yield name, json.loads(value)


@contextmanager
def previewing(folder: Path, text: str = "Chào bà con") -> Iterator[Previewed]:
    """A running preview whose first build has ended."""
    project = Previewed(folder)
    project.write(text)
    thread = threading.Thread(target=project.run, daemon=True)
    thread.start()
    try:
        project.wait_told("để xem trước")
        (line,) = [line for line in project.told if "để xem trước" in line]
        project.port = int(line.split("/ để")[0].rpartition(":")[2])
        yield project
    finally:
        project.gate.set()
        project.write("dừng")
        thread.join(PATIENCE)
    assert not thread.is_alive()
