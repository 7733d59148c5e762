"""A real nginx, as we configure it, over a site that is published, killed and taken back."""

import random
import re
import subprocess

import pytest
from project import TODAY_EPOCH
from published import (
    Reader,
    a_project,
    edit,
    go_back,
    is_tidy,
    publish,
    seconds_of,
    started_publication,
)
from servers import HOST, open_folder
from servers import started as serving

ROUNDS = 6


@pytest.fixture
def root(monkeypatch):
    """A project whose address is this computer, where nginx may read."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)
    with open_folder() as folder:
        root = a_project(folder / "du-an")
        settings = root / "mkdocs.yml"
        own = re.sub("site_url: .*", f"site_url: https://{HOST}/", settings.read_text("utf-8"))
        settings.write_text(own, "utf-8")
        yield root


@pytest.mark.parametrize("encoding", ["identity", "br"])
def test_nobody_sees_anything_but_whole_releases(root, encoding):
    www = root.parent / "www"
    publish(root)
    www.chmod(0o755)
    with serving("nginx", root, www / "current") as nginx:

        def fetch(path: str) -> bytes:
            answer = nginx.get(path.removesuffix("index.html"), accept_encoding=encoding)
            if answer.status != 200:
                raise OSError(f"{answer.status} {answer.headers}")
            return unpacked(answer)

        reader, chance = Reader(www, fetch), random.Random(1)
        with reader.reading():
            for number in range(ROUNDS):
                edit(root, f"bị ngắt {number}")
                publication = started_publication(root)
                try:
                    seconds_of(publication, 0.5 + chance.random() * 1.5)
                except subprocess.TimeoutExpired:
                    publication.kill()
                    publication.communicate()
                edit(root, number)
                assert publish(root).is_new
                go_back(root)
    assert (reader.failed, reader.mixed) == ([], [])
    assert reader.requests > 50 * ROUNDS
    assert is_tidy(www)


def unpacked(answer) -> bytes:
    if answer.headers.get("content-encoding") != "br":
        return answer.body
    import brotli

    return brotli.decompress(answer.body)
