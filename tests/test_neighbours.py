"""Related models: near ones first, the same whatever the order of files, and cheap."""

from array import array

import pytest
from project import a_model, catalogue_of, ids, write_project
from shelving import edit, entry_of, library_of

from site_builder.library.neighbours import MOST, Neighbours, words_of
from site_builder.library.shelves import Shelves

STORIES = {
    "goc": {"title": "Tiếng kẻng biên phòng", "topics": ["biên phòng"]},
    "cung-don-vi": {"title": "Camera phố", "summary": "Gắn máy quay."},
    "cung-chu-de": {
        "title": "Cột mốc",
        "summary": "Canh mốc.",
        "unit": "hoi-phu-nu",
        "topics": ["Biên  phòng"],
    },
    "cung-linh-vuc": {"title": "Ngõ sáng", "summary": "Thắp đèn.", "unit": "xa-le"},
    "khac": {
        "title": "Vườn rau",
        "summary": "Trồng rau.",
        "unit": "xa-le",
        "field": "he-thong",
        "year": 2024,
    },
}


def _files(stories=STORIES):
    return {
        f"models/{own.get('field', 'an-ninh')}/{name}.md": a_model(**own)
        for name, own in stories.items()
    }


def _near(library):
    """The ids of the models near each, by id."""
    numbers = library.numbers.items()
    return {library.holdings.ids[n]: ids(library.related(n)) for _, n in numbers}


def test_same_unit_and_topic_stand_first_and_never_the_model_itself(tmp_path):
    found = catalogue_of(write_project(tmp_path, _files()))
    near = {model.id: ids(found.related(model)) for model in found.models}
    assert near["goc"] == ["cung-don-vi", "cung-chu-de"]
    # The same unit, in another field; the same field alone is no tie.
    assert near["khac"] == ["cung-linh-vuc"]
    assert all(model not in others for model, others in near.items())


def test_no_model_has_more_than_four(tmp_path):
    stories = {f"m{n}": {"title": f"Số {n}"} for n in range(9)}
    near = _near(library_of(tmp_path, _files(stories)))
    assert {len(others) for others in near.values()} == {MOST} == {4}


def test_the_order_of_files_does_not_matter(tmp_path):
    files = list(_files().items())
    answers = [_near(library_of(tmp_path, dict(order))) for order in (files, files[::-1])]
    assert answers[0] == answers[1]


def test_ties_fall_to_the_id(tmp_path):
    """Not to the title: its place in the alphabet says nothing of nearness."""
    stories = {
        name: {"title": title, "summary": "Như nhau.", "year": 2020 + n}
        for n, (name, title) in enumerate(
            (("d", "Ô một"), ("c", "Ă một"), ("a", "Ơ một"), ("b", "O một"))
        )
    }
    assert _near(library_of(tmp_path, _files(stories)))["d"] == ["a", "b", "c"]


def test_a_model_alone_has_none(tmp_path):
    assert _near(library_of(tmp_path, _files({"goc": STORIES["goc"]}))) == {"goc": []}


def test_what_is_not_public_is_near_to_none(tmp_path):
    stories = STORIES | {"cung-don-vi": STORIES["cung-don-vi"] | {"publish": "nhap"}}
    near = _near(library_of(tmp_path, _files(stories)))
    assert near["goc"] == ["cung-chu-de"]
    assert near["cung-don-vi"] == []


def _strangers(count, **shared):
    """Models that have nothing in common but `shared`, beginning with "m00"."""
    return {
        f"m{n:02}": {"title": f"x{n}", "summary": f"y{n}", "unit": f"don-vi-{n}"} | shared
        for n in range(count)
    }


@pytest.mark.parametrize(
    ("shared", "most"),
    [({"title": "kẻng"}, 32), ({"unit": "xa-le"}, 100), ({"topics": ["đèn"]}, 100)],
    ids=["word", "unit", "topic"],
)
def test_what_many_share_tells_nothing(tmp_path, shared, most):
    assert _near(library_of(tmp_path, _files(_strangers(most, **shared))))["m00"]
    many = library_of(tmp_path, _files(_strangers(most + 1, **shared)))
    assert not any(_near(many).values())
    # One of them goes its own way: for all others it tells again.
    alone = a_model(**_strangers(most + 1)["m07"])
    changed = edit(many, {"models/an-ninh/m07.md": alone})
    assert {f"~{number}" for number in range(most + 1)} - changed == {"~7"}
    assert [model for model, others in _near(many).items() if not others] == ["m07"]


def test_a_rare_word_weighs_more(tmp_path):
    stories = {
        "goc": {"title": "kẻng đèn"},
        "a-thuong": {"title": "đèn"},
        "b-thuong": {"title": "đèn"},
        "z-hiem": {"title": "kẻng"},
    }
    for n, own in enumerate(stories.values()):
        own |= {"summary": f"y{n}", "unit": f"don-vi-{n}"}
    assert _near(library_of(tmp_path, _files(stories)))["goc"] == ["z-hiem", "a-thuong", "b-thuong"]


class Counting(Shelves):
    """Counts the candidates that are handed out."""

    looks = 0

    def numbers(self, group, key):
        found = super().numbers(group, key)
        self.looks += len(found)
        return found


class CountingWords(dict):
    looks = 0

    def get(self, key, default=None):
        found = super().get(key, default)
        self.looks += len(found or ())
        return found


def _movement(size: int):
    """Units of 10 models, topics of 30, one rare word in 20, and words that all of them share."""
    record = entry_of("models/an-ninh/m.md", a_model()).record
    models = [
        record.model_copy(
            update={
                "title": f"Dân vận khéo tổ từ{n // 20}",
                "topics": (f"chủ đề {n // 30}",),
                "unit": f"don-vi-{n // 10}",
            }
        )
        for n in range(size)
    ]
    shelves, words = Counting(), CountingWords()
    shelves.fill(
        (n, [("unit", f"don-vi-{n // 10}"), ("topic", f"chu-de-{n // 30}"), ("field", "an-ninh")])
        for n in range(size)
    )
    neighbours = Neighbours(shelves, [f"m{n}" for n in range(size)], words)
    for number, model in enumerate(models):
        neighbours.add(number, words_of(model))
    shelves.looks = words.looks = 0
    return models, neighbours, shelves, words


def test_three_thousand_models_are_not_compared_each_with_each():
    looks = {}
    for size in (1000, 3000):
        models, neighbours, shelves, words = _movement(size)
        # What all share is handed out too, and put back unseen: its size is no work.
        common = {name: found for name, found in words.items() if len(found) > 32}
        words |= dict.fromkeys(common, array("I"))
        for number, model in enumerate(models):
            assert len(neighbours.near(number, model)) == MOST
        looks[size] = shelves.looks + words.looks
    # Three times the models, three times the work: nine times would be each with each.
    assert looks[3000] < 3.3 * looks[1000]
    assert looks[3000] < 3000 * 200


def test_one_edit_touches_only_models_that_share_what_changed():
    models, neighbours, _, _ = _movement(3000)
    before = models[0]
    others = {
        "summary": (0, 20),
        "unit": (9, 11),
        "topics": (29, 31),
        "title": (19, 21),
    }
    for key, (least, most) in others.items():
        value = ("khác",) if key == "topics" else "khác"
        after = before.model_copy(update={key: value})
        touched = neighbours.touched(before, after)
        assert least <= len(touched) <= most, key
    # Nothing that tells of nearness has changed.
    assert neighbours.touched(before, before.model_copy(update={"year": 1999})) == set()
