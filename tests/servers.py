"""Runs nginx and Apache from the distribution on loopback, with what `server-config` writes."""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

from site_builder import pipeline
from site_builder.serving import Setup

HOST = "localhost"
_MODULES = Path("/usr/lib/nginx/modules"), Path("/usr/lib/apache2/modules")
# Which of Apache's Debian has enabled from the start, then those that the configuration asks for.
_ENABLED = """
    mpm_event authz_core authz_host access_compat alias autoindex deflate dir env filter mime
    negotiation setenvif socache_shmcb headers http2 rewrite ssl
""".split()  # noqa: SIM905 - reads as a list of words

_NGINX = """\
{modules}
{user}
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
worker_processes 1;
events {{ worker_connections 1024; }}
http {{
    # As Debian, or a neighbour, has it: what a site does not want it has to say.
    include /etc/nginx/mime.types;
    sendfile on;
    gzip on;
    gzip_types *;
    autoindex on;
    open_file_cache max=1000;
    open_file_cache_valid 60s;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {site};
}}
"""
_APACHE = """\
ServerRoot {folder}
ServerName {host}
PidFile {folder}/apache.pid
ErrorLog {folder}/apache.log
{user}
Listen {ip}:{http}
Listen {ip}:{https}
{modules}
# As Debian, or a neighbour, has it: what a site does not want it has to say.
AddDefaultCharset ISO-8859-1
FileETag None
<Directory />
    AllowOverride None
    Options Indexes MultiViews
    Require all denied
</Directory>
ServerTokens OS
ServerSignature On
TypesConfig /etc/mime.types
AddType application/x-gzip .gz .tgz
AddOutputFilterByType DEFLATE text/html text/plain text/xml text/css application/json
Include {site}
"""


class Answer(NamedTuple):
    """What a server said. Names of headers are lower-case; one that came twice is joined."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Served:
    """A server at work."""

    server: str
    root: Path
    """The folder of the live release."""
    base: str
    """The address of the home page."""
    http: int
    https: int
    certificate: Path
    log: Path
    process: int

    @property
    def origin(self) -> str:
        return f"https://{HOST}:{self.https}"

    def get(self, path: str, **headers: str) -> Answer:
        """The answer at an address below the home page."""
        return self.ask(self.base + path, **headers)

    def ask(self, path: str, method: str = "GET", *, secure: bool = True, **headers: str) -> Answer:
        """One request on a connection of its own; `accept_encoding="br"` is a header."""
        connection: http.client.HTTPConnection
        if secure:
            context = ssl.create_default_context(cafile=str(self.certificate))
            connection = http.client.HTTPSConnection(HOST, self.https, timeout=20, context=context)
        else:
            connection = http.client.HTTPConnection(HOST, self.http, timeout=20)
        try:
            connection.putrequest(
                method, path, skip_accept_encoding=True, skip_host="host" in headers
            )
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            found: dict[str, str] = {}
            for name, value in answer.getheaders():
                known = found.get(name.lower())
                found[name.lower()] = value if known is None else f"{known}, {value}"
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()


def program(name: str, *files: Path) -> str:
    """Where a program is; without it or its files tests are skipped, but never on CI."""
    path = f"{os.environ['PATH']}{os.pathsep}/usr/sbin"
    found = shutil.which(name, path=path)
    missing = next((str(file) for file in files if not file.exists()), None if found else name)
    if missing:
        assert os.environ.get("CI") != "true", f"{missing} is missing"
        pytest.skip(f"{missing} is missing")
    assert found
    return found


@contextmanager
def open_folder() -> Iterator[Path]:
    """A new folder that servers may read, whoever they run as; pytest's are for one user alone."""
    with tempfile.TemporaryDirectory(prefix="served-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate that signs itself, and its key."""
    certificate, key = folder / "cert.pem", folder / "key.pem"
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    name = ["-days", "2", "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    openssl = program("openssl")
    subprocess.run([openssl, "req", *kind, *name, *files], check=True, capture_output=True)
    return certificate, key


def free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


@contextmanager
def started(
    server: str,
    project: Path,
    root: Path,
    redirects: Path | None = None,
    *,
    base: str = "/",
    change: Callable[[str], str] = str,
) -> Iterator[Served]:
    """Serve the site in `root` as the configuration for the project says, while inside.

    `change` has the last word about the configuration.
    """
    with open_folder() as folder:
        certificate, key = make_certificate(folder)
        http_port, https_port = free_ports(2)
        setup = Setup(str(root), str(certificate), str(key), "127.0.0.1", http_port, https_port)
        site = folder / "site.conf"
        text = pipeline.server_config(project, server, setup, redirects)
        site.write_text(change(text), "utf-8")
        command, log = (_nginx if server == "nginx" else _apache)(
            folder, site, http_port, https_port
        )
        tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert tried.returncode == 0, tried.stderr
        foreground = ["-g", "daemon off;"] if server == "nginx" else ["-D", "FOREGROUND"]
        process = subprocess.Popen([*command, *foreground], stderr=subprocess.DEVNULL)
        try:
            _wait_for(https_port, log)
            yield Served(server, root, base, http_port, https_port, certificate, log, process.pid)
        finally:
            process.terminate()
            process.wait(20)


def _nginx(folder: Path, site: Path, http_port: int, https_port: int) -> tuple[list[str], Path]:
    modules = _MODULES[0]
    executable = program("nginx", modules / "ngx_http_brotli_static_module.so")
    # The other one, which packs while it answers, is for the bench.
    loaded = (f"load_module {place};" for place in sorted(modules.glob("ngx_http_brotli_*.so")))
    user = "user www-data;" if _is_root() else ""
    text = _NGINX.format(modules="\n".join(loaded), folder=folder, site=site, user=user)
    place = folder / "nginx.conf"
    place.write_text(text, "utf-8")
    return [executable, "-c", str(place), "-e", str(folder / "nginx.log")], folder / "nginx.log"


def _apache(folder: Path, site: Path, http_port: int, https_port: int) -> tuple[list[str], Path]:
    modules = _MODULES[1]
    executable = program("apache2", modules / "mod_ssl.so", Path("/etc/mime.types"))
    lines = (f"LoadModule {name}_module {modules}/mod_{name}.so" for name in _ENABLED)
    text = _APACHE.format(
        folder=folder,
        host=HOST,
        site=site,
        ip="127.0.0.1",
        http=http_port,
        https=https_port,
        modules="\n".join(lines),
        user="User www-data\nGroup www-data" if _is_root() else "",
    )
    place = folder / "apache.conf"
    place.write_text(text, "utf-8")
    return [executable, "-f", str(place)], folder / "apache.log"


def _is_root() -> bool:
    return os.geteuid() == 0


def _wait_for(port: int, log: Path) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(log.read_text("utf-8") if log.exists() else "no server, no log")
