"""Listens on this computer; a request is a matter of `answers.Answer`."""

import os
import socket
import socketserver
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from site_builder.previewing.answers import Answer
from site_builder.previewing.binding import Binding, accepts, cannot_listen
from site_builder.previewing.news import News


class PreviewServer(ThreadingHTTPServer):
    """Serves `site` on `binding`; a thread a request, none of which keeps the program alive."""

    # On Windows the option lets a second program take the same port over without a word.
    allow_reuse_address = os.name != "nt"
    allow_reuse_port = False
    # A page asks for all that it shows at once; five waiting, which is usual, are too few.
    request_queue_size = 128
    binding: Binding
    """With the port that was found where 0 was asked for."""

    def __init__(self, binding: Binding, site: Path, news: News) -> None:
        self.address_family = socket.AF_INET6 if ":" in binding.host else socket.AF_INET
        answer = partial(
            Answer, site=site, news=news, is_for_us=lambda host: accepts(self.binding, host)
        )
        try:
            super().__init__(binding, answer)
        except (OSError, UnicodeError) as error:  # UnicodeError: a host that cannot be a name
            raise cannot_listen(binding, error) from error
        self.binding = binding._replace(port=self.server_address[1])

    def server_bind(self) -> None:
        """Bind without asking the network for this computer's name, which can take seconds."""
        if exclusive := getattr(socket, "SO_EXCLUSIVEADDRUSE", None):  # only on Windows
            self.socket.setsockopt(socket.SOL_SOCKET, exclusive, 1)
        socketserver.TCPServer.server_bind(self)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A page that was closed before it was answered is no fault."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(binding: Binding, site: Path, news: News) -> Iterator[Binding]:
    """Serve until the block ends; gives the binding with its real port. Raises `EngineFailed`."""
    with PreviewServer(binding, site, news) as server:
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        try:
            yield server.binding
        finally:
            news.close()
            server.shutdown()
