"""Scripts as published say what they said, in fewer bytes."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.rendering import THEME
from site_builder.scripts import published_script

SCRIPTS = sorted(Path(THEME).rglob("*.js"))
TRICKY = r"""
/** @param {number} a */
const a = 4 / 2; // a division / and a comment
const b = /[/*]\/\/[^/]*/g.test("*// no comment"); /* one
   over two lines */ const c = 1
const d = `https://a.vn/${/* gone */ a}/ // stays`
const e = 'it\'s // kept', f = a /c/ 2
return [a, b, c, d, e, f]
"""


def _run(code: str) -> str:
    show = f"console.log(JSON.stringify((() => {{{code}}})()))"
    done = subprocess.run(["node", "-e", show], capture_output=True, text=True, check=True)
    return done.stdout


needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is missing")


@needs_node
def test_what_looks_like_a_comment_stays():
    small = published_script(TRICKY).decode()
    assert "comment and" not in small and "gone" not in small and "@param" not in small
    assert (
        _run(small) == _run(TRICKY) == '[2,true,1,"https://a.vn/2/ // stays","it\'s // kept",1]\n'
    )


@needs_node
@pytest.mark.parametrize("place", SCRIPTS, ids=lambda place: place.name)
def test_ours_stay_valid_and_lose_their_comments(place, tmp_path):
    source = place.read_text("utf-8")
    small = published_script(source)
    (tmp_path / "a.mjs").write_bytes(small)
    subprocess.run(["node", "--check", tmp_path / "a.mjs"], check=True)
    assert len(small) < len(source.encode())
    assert b"/**" not in small and b"\n//" not in small and b"\n " not in small
    assert published_script(small.decode()) == small


@given(st.text(max_size=200))
def test_any_text_is_taken(text):
    published_script(text)
