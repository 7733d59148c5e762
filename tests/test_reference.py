"""JSON Schema for editors and the references: all from the one declaration, all in Vietnamese."""

import json

import pytest
from commands import typed
from jsonschema import Draft202012Validator
from project import FIELDS, SITE, UNITS

from site_builder.messages import MESSAGES
from site_builder.reference import KINDS

MODEL = {
    "title": "Tiếng kẻng",
    "summary": "Bà con cùng giữ làng.",
    "field": "an-ninh",
    "unit": "xa-moi",
    "year": "chua-ro",
    "status": "nhan-rong",
    "started": "2022-03",
    "results": [{"label": "Hộ", "value": "4,2", "unit": "hộ", "before": 3, "as_of": 2024}],
    "awards": [{"form": "Bằng khen", "by": "Tỉnh ủy", "year": 2024, "status": "da-tang"}],
    "images": [{"file": "a.jpg", "alt": "Cái kẻng"}],
    "sources": [{"title": "Báo", "url": "https://a.vn/b", "date": "2024-01-02"}],
    "topics": ["kẻng"],
    "publish": "da-duyet",
    "publish_on": "2025-01-02",
}
EXAMPLES = {
    "model": MODEL,
    "article": {
        "title": "Tin",
        "summary": "Tóm tắt.",
        "date": "2024-05-02",
        "category": "hoi-nghi",
        "source": "Báo",
        "figures": {"tap_the": 3, "ca_nhan": "4"},
        "pinned": True,
    },
    "document": {
        "number": "52-CT/TU",
        "type": "chi-thi",
        "issuer": "Tỉnh ủy",
        "date": "chua-ro",
        "title": "Về dân vận",
        "number_incomplete": False,
    },
    "page": {"title": "Giới thiệu", "publish": "nhap"},
    "fields": FIELDS,
    "units": {"units": UNITS},
    "site": SITE,
    "abbreviations": {"abbreviations": [{"short": "UBND", "long": "Ủy ban nhân dân"}]},
}


def _schema(capsys, kind):
    done = typed(capsys, "schema", kind)
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def test_every_kind_has_an_example():
    assert set(EXAMPLES) == set(KINDS)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_the_schema_is_one_and_takes_what_is_right(capsys, kind):
    schema = _schema(capsys, kind)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert list(validator.iter_errors(EXAMPLES[kind])) == []


@pytest.mark.parametrize("kind", EXAMPLES)
def test_the_schema_refuses_what_is_wrong(capsys, kind):
    validator = Draft202012Validator(_schema(capsys, kind))
    example = EXAMPLES[kind]
    assert not validator.is_valid(example | {"template": "x.html"})
    first = next(iter(example))
    assert not validator.is_valid({k: v for k, v in example.items() if k != first})
    if kind == "model":
        assert not validator.is_valid(example | {"status": "xong"})
        assert not validator.is_valid(example | {"results": [{"label": "Hộ", "value": 3}]})
        assert not validator.is_valid(example | {"summary": "dài " * 100})


@pytest.mark.parametrize("kind", EXAMPLES)
def test_the_schema_speaks_vietnamese(capsys, kind):
    """Our own English docstrings must not show in a writer's editor."""
    shown = json.dumps(_schema(capsys, kind), ensure_ascii=False)
    for english in ("mapping", "content/data/fields.yml.", "A figure", "entry", "The "):
        assert english not in shown


def test_the_key_reference_names_every_key(capsys):
    done = typed(capsys, "schema", "--format", "markdown")
    assert done.code == 0
    for example in EXAMPLES.values():
        for key in example:
            assert f"| `{key}` |" in done.out


def test_the_error_reference_has_every_code(capsys):
    done = typed(capsys, "schema", "--format", "messages")
    rows = [line for line in done.out.splitlines() if line.startswith("| MH")]
    assert [row[2:7] for row in rows] == sorted(MESSAGES)
