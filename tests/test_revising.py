"""An index brought up to date is the index of all documents, byte for byte."""

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.search import head, shards
from site_builder.search.facets import Facet, facets_file, values_in
from site_builder.search.revising import Change, revised
from site_builder.search.terms import SearchDocument
from site_builder.search.writer import START, index, names_of

FIELDS = {"kinh-te": "Kinh tế", "an-ninh": "An ninh", "quoc-phong": "Quốc phòng"}
FACETS = [Facet("linh-vuc", "Lĩnh vực", FIELDS), Facet("nam", "Năm", {"2024": "2024"})]
SYLLABLES = "phòng phóng cháy chạy khu dân cư đường quê hòa hoà Đoàn kết 109 KH UBND".split()  # noqa: SIM905

texts = st.lists(st.sampled_from(SYLLABLES), max_size=25).map(" ".join)
facets = st.fixed_dictionaries(
    {},
    optional={
        "linh-vuc": st.lists(st.sampled_from([*FIELDS]), min_size=1, max_size=2, unique=True),
        "nam": st.just(["2024"]),
    },
).map(lambda found: tuple((name, tuple(values)) for name, values in found.items()))
documents = st.builds(
    SearchDocument,
    address=st.just("bai/"),
    title=texts,
    kind=st.just("Tin, bài"),
    text=st.just("Tóm tắt."),
    body=texts,
    date=st.sampled_from(["", "2024-05-01"]),
    facts=st.just(("Xã Đông",)),
    field=st.sampled_from(["", "an-ninh"]),
    facets=facets,
)


@pytest.fixture(autouse=True, scope="module")
def small_shards():
    """Many shards, names in lists, and keys that stand alone, with few documents."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "SIZE", 60)
        patch.setattr(shards, "_LARGE", 30)
        patch.setattr(head, "_FEW", 8)
        patch.setattr(head, "_MANY", 18)
        patch.setattr(head, "_MOST_NAMES", 6)
        patch.setattr(head, "_LISTED", 3)
        yield


@settings(max_examples=150)
@given(st.lists(documents, min_size=1, max_size=20), st.lists(documents, max_size=8), st.data())
def test_a_revised_index_is_a_clean_one(before, new, data):
    edited = data.draw(st.dictionaries(st.integers(0, len(before) - 1), documents, max_size=4))
    after = [edited.get(number, document) for number, document in enumerate(before)] + new
    changes = [Change(number, before[number], document) for number, document in edited.items()]
    changes += [Change(number, None, one) for number, one in enumerate(new, len(before))]

    old = index(before, facets=FACETS)

    def load(name):
        return zlib.decompress(old[name])

    offered = data.draw(st.booleans())  # they are: then less is done, to the same end
    now, added = revised(old[START], load, changes, FACETS, is_offered=offered)

    clean = index(after, facets=FACETS)
    kept = {name: (old | added)[name] for name in clean}
    assert kept == clean
    assert {START, *names_of(now)} < clean.keys()
    assert not {*old} & {*added} - {START}


def test_one_sentence_leaves_most_files_alone():
    before = [
        SearchDocument(f"bai/{n}/", f"Bài {n}", "Tin, bài", "", " ".join(SYLLABLES[n % 9 :]))
        for n in range(200)
    ]
    after = before[100]._replace(text="Có hoa.", body="Đường quê nay có hoa.")
    old = index(before)
    changes = [Change(100, before[100], after)]
    _, added = revised(old[START], lambda name: zlib.decompress(old[name]), changes, ())
    chunks = [name for name in added if name.startswith("chunk")]
    assert len(chunks) == 1
    assert len(added) < len(old) / 2


@given(st.lists(documents, max_size=50))
def test_facets_come_back_as_they_were(found):
    rows = [dict(document.facets) for document in found]
    assert values_in(facets_file(FACETS, rows)) == rows
