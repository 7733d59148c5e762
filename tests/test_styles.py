"""Colours of fields: whatever a project chooses can be read, by day and by night."""

import re

from hypothesis import given
from hypothesis import strategies as st
from project import FIELDS, write_project

from site_builder.pipeline import build_site
from site_builder.styles import _parts, contrast, published_style, readable

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
DAY, NIGHT = "#f8f4ec", "#1d2126"


@given(COLOURS)
def test_every_colour_can_be_read_in_both_schemes(colour):
    style = published_style("", [("an-ninh", colour)])
    day, night = re.fullmatch(
        r"\.field--an-ninh \{ --field: light-dark\((#\w{6}), (#\w{6})\); \}\n", style
    ).groups()
    assert contrast(_parts(day), _parts(DAY)) >= 4.5
    assert contrast(_parts(night), _parts(NIGHT)) >= 4.5


def test_a_colour_that_can_be_read_stays_as_it_is():
    assert readable("#c2185b", DAY, 4.6) == "#c2185b"


def test_black_and_white_are_as_wcag_counts_them():
    assert round(contrast((0, 0, 0), (1, 1, 1)), 6) == 21


def test_a_project_decides_the_colour_of_its_fields(tmp_path):
    scheme = FIELDS["schemes"][1]
    fields = [field | {"colour": "#FFEE00"} for field in scheme["fields"]]
    changed = FIELDS | {"schemes": [FIELDS["schemes"][0], scheme | {"fields": fields}]}
    styles = []
    for some in (FIELDS, changed):
        build_site(write_project(tmp_path, fields=some))
        styles.append((tmp_path / "site" / "assets" / "stylesheets" / "site.css").read_text())
    before, after = styles
    assert re.search(r"\.field--he-thong \{ --field: light-dark\(#\w+, #ffee00\)", after)
    assert "#ffee00" not in before
