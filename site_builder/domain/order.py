"""The order in which entries are shown."""

from site_builder.domain.entries import Article, Document, Model, Page, Record
from site_builder.text import collation_key


def order_of(record: Record, entry_id: str) -> tuple[object, ...]:
    """Sorts entries: by type, newest first, then alphabetically; unknown dates last."""
    if isinstance(record, Model):
        begun = record.started.first.toordinal() if record.started else 0
        first: tuple[object, ...] = (-(record.shown_year or 0), -begun)
        name = record.title
    elif isinstance(record, Article):
        first, name = (not record.pinned, -record.date.first.toordinal()), record.title
    elif isinstance(record, Document):
        issued = record.date.first.toordinal() if record.date else 0
        first, name = (-issued,), record.number
    else:
        first, name = (), ""  # pages of text stand in the order of their ids
    kind = (Model, Article, Document, Page).index(type(record))
    return (kind, *first, collation_key(name), entry_id)
