"""Publications to a folder that cannot switch, killed while a reader asks for pages all the time.

Pages of two releases may stand there then, but each file is whole, what it asks for is there, and
the next publication makes one release of it. KILLS says how often one is killed at random.
"""

import os
import random
import subprocess

import pytest
from project import TODAY_EPOCH
from published import (
    ORDERED,
    PAGE,
    OrderedReader,
    a_project,
    edit,
    faults_of,
    from_address,
    laid_in,
    publish,
    publish_and_die,
    seconds_of,
    served,
    started_publication,
)

from site_builder.releasing.ordered import OrderedTarget

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9 to send")

KILLS = int(os.environ.get("KILLS", "10"))
COMING = "models/an-ninh/mo-hinh-1.md"
"""A model that is there every other time."""
WRITING = [("releasing.ordering", name) for name in ("write_beside", "_refuse_torn")]
FEW = [
    ("releasing.ordered", "write_whole"),
    ("releasing.ordered", "OrderedTarget.lay"),
    ("releasing.ordered", "os.sync"),
    ("releasing.ordered", "remove"),
    ("releasing.ordered", "OrderedTarget.drop"),
    ("releasing.ordered", "OrderedTarget.switch"),
]


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = a_project(tmp_path_factory.mktemp("giet") / "du-an", settings=ORDERED)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)
        publish(root)
    return root


@pytest.fixture
def www(root):
    return root.parent / "www"


@pytest.fixture
def reader(www):
    with served(www) as address:
        with OrderedReader(www, from_address(address)).reading() as reader:
            yield reader
        assert (reader.failed, reader.mixed) == ([], [])
        assert reader.requests > 20


class Editor:
    """Changes a story, and takes away or brings back another."""

    def __init__(self, root):
        self.root = root
        self.text = (root / COMING).read_text(encoding="utf-8")

    def edit(self, number):
        edit(self.root, number)
        if (self.root / COMING).exists():
            (self.root / COMING).unlink()
        else:
            (self.root / COMING).write_text(self.text, encoding="utf-8")


@pytest.fixture(scope="module")
def editor(root):
    return Editor(root)


def finished(root, www, number):
    publish(root)
    page = www / PAGE
    assert f"Lần sửa thứ {number}:" in page.read_text(encoding="utf-8")
    assert faults_of(www, laid_in(www), besides=(".site-builder/",)) == []


def test_killed_at_each_step(root, www, reader, editor):
    for step in FEW:
        for when in ("before", "after"):
            if not (root / COMING).exists():
                editor.edit("nối")
                publish(root)
            editor.edit(f"bước {step} {when}")
            publish_and_die(root, *step, when, 1)
            finished(root, www, f"bước {step} {when}")


def test_killed_at_random_moments(root, www, reader, editor, capsys):
    chance = random.Random(KILLS)
    editor.edit("đo")
    seconds = seconds_of(started_publication(root))
    half = 0
    for number in range(KILLS):
        editor.edit(f"ngẫu nhiên {number}")
        if number % 4:
            place = (*chance.choice(WRITING), "after", chance.randint(1, 20))
            publish_and_die(root, *place, may_end=True)
        else:
            publication = started_publication(root)
            try:
                seconds = seconds_of(publication, chance.random() * seconds)
            except subprocess.TimeoutExpired:
                publication.kill()
                publication.communicate()
        half += OrderedTarget(www).half is not None
        if number % 3:  # else the next one is killed as well
            finished(root, www, f"ngẫu nhiên {number}")
    finished(root, www, f"ngẫu nhiên {KILLS - 1}")
    assert half >= KILLS // 4
    with capsys.disabled():
        print(f"\n{half} left half done, {reader.requests} requests", end=" ")
