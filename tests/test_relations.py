"""Related models: near ones first, the same whatever the order of files, and cheap."""

import dataclasses

from project import TODAY, a_model, catalogue_of, ids, write_project

from site_builder.catalogue import Catalogue, build_catalogue
from site_builder.domain.entries import Model
from site_builder.loading import load_site
from site_builder.reading.entries import read_entry
from site_builder.relations import Relations

STORIES = {
    "goc": {"title": "Tiếng kẻng biên phòng", "topics": ["biên phòng"]},
    "cung-don-vi": {"title": "Camera phố", "summary": "Gắn máy quay."},
    "cung-chu-de": {
        "title": "Cột mốc",
        "summary": "Giữ mốc.",
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


def _files(order=STORIES):
    return {
        f"models/{STORIES[name].get('field', 'an-ninh')}/{name}.md": a_model(**STORIES[name])
        for name in order
    }


def test_same_unit_and_topic_stand_first_and_never_the_model_itself(tmp_path):
    found = catalogue_of(write_project(tmp_path, _files()))
    relations = Relations(found)
    near = ids(relations.related(found.models.by_id["goc"]))
    assert near[:2] == ["cung-don-vi", "cung-chu-de"]
    assert "khac" not in near
    for model in found.models.entries:
        assert model not in relations.related(model, most=99)
    assert len(relations.related(found.models.by_id["goc"], most=1)) == 1


def test_the_order_of_files_does_not_matter(tmp_path):
    loaded = load_site(write_project(tmp_path, _files()), TODAY)
    answers = set()
    for models in (loaded.sources.models, loaded.sources.models[::-1]):
        found = build_catalogue(dataclasses.replace(loaded.sources, models=models), TODAY)
        relations = Relations(found)
        answers.add(tuple((m.id, *ids(relations.related(m))) for m in found.models.entries))
    assert len(answers) == 1


def test_ties_fall_to_the_alphabet(tmp_path):
    files = {
        f"models/an-ninh/m{n}.md": a_model(title=title, summary="Như nhau.", year=2020 + n)
        for n, title in enumerate(("Ô một", "Ơ một", "O một", "Ă một"))
    }
    found = catalogue_of(write_project(tmp_path, files))
    titles = [m.record.title for m in Relations(found).related(found.models.by_id["m0"])]
    assert titles == ["Ă một", "O một", "Ơ một"]


def test_a_model_alone_has_none(tmp_path):
    found = catalogue_of(write_project(tmp_path, _files(["goc"])))
    assert Relations(found).related(found.models.entries[0]) == ()


class Counting(dict):
    """Counts the candidates that are looked at."""

    looks = 0

    def __getitem__(self, key):
        self.looks += 1
        return super().__getitem__(key)


def _movement(tmp_path, size: int) -> tuple[Catalogue, Counting]:
    """Units of 10 models, topics of 30, one rare word in 20, and words that all of them share."""
    sources = load_site(write_project(tmp_path), TODAY).sources
    models = []
    for n in range(size):
        text = a_model(
            title=f"Dân vận khéo tổ từ{n // 20}",
            topics=[f"chủ đề {n // 30}"],
            unit=f"don-vi-{n // 10}",
        )
        entry, faults = read_entry(Model, f"models/an-ninh/m{n}.md", text.encode())
        assert entry and not faults
        models.append(entry)
    found = build_catalogue(dataclasses.replace(sources, models=tuple(models)), TODAY)
    counting = Counting(found.models.by_id)
    index = dataclasses.replace(found.models, by_id=counting)
    return dataclasses.replace(found, models=index), counting


def test_three_thousand_models_are_not_compared_each_with_each(tmp_path):
    looks = {}
    for size in (1000, 3000):
        found, counting = _movement(tmp_path / str(size), size)
        relations = Relations(found)
        for model in found.models.entries:
            assert len(relations.related(model)) == 4
        looks[size] = counting.looks
    # Three times the models, three times the work: nine times would be each with each.
    assert looks[3000] < 3.3 * looks[1000]
    assert looks[3000] < 3000 * 200
