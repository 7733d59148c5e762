"""Writes a whole project of N models and N/4 articles: `python bench/corpus.py DIR N [SEED]`.

The same DIR, N and SEED give the same bytes. Fields are skewed as in the real movement (economy
and culture are three quarters), units as lists in the wild: a few have many. Hamlets have names
of their own and figures differ, so that a search index meets rare words as in real texts.
"""

import random
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from phrases import ACTIONS, GROUPS, NAMES, OPENINGS, PLACES, RESULTS, THINGS, VERBS

ROOT = Path(__file__).parent.parent
FIELDS = {
    "kinh-te": 38,
    "van-hoa-xa-hoi": 36,
    "an-ninh": 11,
    "quoc-phong": 9,
    "he-thong-chinh-tri": 6,
}
YEARS = range(2016, 2026)
UNITS = 170
"""All of the register: one province and the communes below it."""
WORDS = (300, 600)
"""Of a body, fewest and most."""
_WORD = re.compile(r"\w+")
CATEGORIES = ("chi-dao", "hoat-dong", "ra-mat", "khen-thuong", "hoi-nghi", "hoi-thi")
STATUSES = ("dang-ky", "trien-khai", "trien-khai", "cong-nhan", "tieu-bieu")


def write_corpus(folder: Path, models: int, seed: int = 1) -> None:
    """Write the project into `folder`, which must not exist."""
    chance = random.Random(seed)
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "content" / "data").mkdir(parents=True)
    for name in ("fields.yml", "site.yml"):
        shutil.copy(ROOT / "content" / "data" / name, folder / "content" / "data")
    units = [f"xa-thu-{number}" for number in range(1, UNITS)]
    _write(folder / "content" / "data" / "units.yml", _units(units))
    pictures = _pictures(folder / "content" / "images")
    named: list[str] = []
    for number in range(models):
        path, text = _model(chance, number, units, pictures)
        named.append(path.stem)
        _write(folder / path, text)
    for number in range(models // 4):
        path, text = _article(chance, number, units, named, pictures)
        _write(folder / path, text)


def _write(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8", newline="\n")


def _pictures(folder: Path) -> list[str]:
    """A few small pictures that many entries share."""
    from PIL import Image

    folder.mkdir(parents=True)
    for number in range(12):
        colour = (40 + number * 15, 120, 200 - number * 12)
        Image.new("RGB", (640, 400), colour).save(folder / f"anh-{number}.jpg", quality=70)
    return sorted(picture.name for picture in folder.iterdir())


def _units(ids: list[str]) -> str:
    rows = ["units:", "  - id: tinh-thu", "    names:", "      - name: Tỉnh Thử", "    type: tinh"]
    for number, unit in enumerate(ids, 1):
        rows += [f"  - id: {unit}", "    names:", f"      - name: Xã Thử {number}"]
        rows += ["    type: xa", "    parent: tinh-thu"]
    return "\n".join(rows) + "\n"


def _skewed(chance: random.Random, things: list[str]) -> str:
    """Early things far more often than late ones."""
    return things[int(len(things) * chance.random() ** 2)]


def _model(
    chance: random.Random, number: int, units: list[str], pictures: list[str]
) -> tuple[Path, str]:
    field = chance.choices(list(FIELDS), FIELDS.values())[0]
    year = chance.choice(YEARS)
    title = f"{chance.choice(ACTIONS)} {chance.choice(THINGS)} {chance.choice(PLACES)} {number}"
    lines = [
        f"title: {title}",
        f"summary: {_sentence(chance)}",
        f"field: {field}",
        f"unit: {_skewed(chance, units)}",
        f"year: {year}",
        f"status: {chance.choice(STATUSES)}",
        "kind: tap-the",
        f"level: {chance.choice(('co-so', 'xa-phuong', 'tinh'))}",
        f"started: {year}-{chance.randint(1, 12):02}",
        "topics:",
        *(f"  - {topic}" for topic in chance.sample(THINGS, 2)),
        "results:",
        *_results(chance),
        "sources:",
        "  - title: Báo Thử",
        "publish: da-duyet",
    ]
    path = Path("models", field, f"mo-hinh-{number}.md")
    return path, _entry(lines, _body(chance, pictures, "../../content"))


def _results(chance: random.Random) -> Iterator[str]:
    for label, measure in chance.sample(RESULTS, chance.randint(1, 3)):
        yield f"  - label: {label}"
        yield f"    value: {chance.randint(2, 900)}"
        yield f"    unit: {measure}"


def _article(
    chance: random.Random, number: int, units: list[str], models: list[str], pictures: list[str]
) -> tuple[Path, str]:
    year = chance.choice(YEARS)
    lines = [
        f"title: {chance.choice(GROUPS)} {chance.choice(VERBS)} {chance.choice(THINGS)} {number}",
        f"summary: {_sentence(chance)}",
        f"date: {year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        f"category: {chance.choice(CATEGORIES)}",
        "author: Ban biên tập",
        "models:",
        *(f"  - {model}" for model in chance.sample(models, min(2, len(models)))),
        "units:",
        f"  - {_skewed(chance, units)}",
        "publish: da-duyet",
    ]
    path = Path("content", "news", str(year), f"tin-{number}.md")
    return path, _entry(lines, _body(chance, pictures, "../.."))


def _entry(front: list[str], body: str) -> str:
    return "\n".join(["---", *front, "---", "", body])


def _body(chance: random.Random, pictures: list[str], up: str) -> str:
    """Headings over paragraphs and lists until enough is said; `up` leads to the pictures."""
    fewest, most = WORDS
    # A paragraph that begins one word before `enough`, and the extras, still end before `most`.
    enough = chance.randint(fewest, most - 170)
    parts = [_paragraph(chance), "## Thực trạng", _paragraph(chance), _list(chance)]
    words = sum(map(count_words, parts))
    headings = iter(("Cách làm", "Kết quả", "Bài học", "Khả năng nhân rộng"))
    while words < enough:
        heading = next(headings, None)
        added = [f"## {heading}"] if heading else []
        added.append(_paragraph(chance))
        if chance.random() < 0.4:
            added.append(_list(chance))
        if words + sum(map(count_words, added)) > most - 40:
            added = [_paragraph(chance)]
        parts += added
        words += sum(map(count_words, added))
    return "\n\n".join([*parts, *_extras(chance, pictures, up)]) + "\n"


def count_words(text: str) -> int:
    """Words as Vietnamese counts them: every syllable is one."""
    return len(_WORD.findall(text))


def _list(chance: random.Random) -> str:
    return "\n".join(f"- {_sentence(chance)}" for _ in range(3))


def _extras(chance: random.Random, pictures: list[str], up: str) -> Iterator[str]:
    """A table under one body in seven, a picture under one in four."""
    if chance.random() < 0.15:
        rows = [f"| {place} | {chance.randint(5, 90)} |" for place in chance.sample(PLACES, 4)]
        yield "\n".join(["| Nơi | Số hộ |", "| --- | ---: |", *rows])
    if chance.random() < 0.25:
        yield f"![Bà con họp thôn]({up}/images/{chance.choice(pictures)})"


def _paragraph(chance: random.Random) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randint(3, 5)))


def _sentence(chance: random.Random) -> str:
    figure = f", có {chance.randint(2, 2_000)} hộ góp sức" if chance.random() < 0.2 else ""
    return (
        f"{chance.choice(OPENINGS)} {chance.choice(GROUPS).lower()} {chance.choice(VERBS)} "
        f"{chance.choice(THINGS)} {_place(chance)}{figure}."
    )


def _place(chance: random.Random) -> str:
    """One of the known places, or as often a hamlet that hardly any other text names."""
    if chance.random() < 0.5:
        return chance.choice(PLACES)
    return f"ở thôn {chance.choice(NAMES)} {chance.choice(NAMES)}"


if __name__ == "__main__":
    write_corpus(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if sys.argv[3:] else 1)
