"""MH230: the awards that an article counts are those that its models' registers have.

Only compared where the article names its models, and only those given: an article may well
tell of a whole conference.
"""

from collections.abc import Iterator

from site_builder.diagnostics import Diagnostic, fault
from site_builder.domain.choices import Kind
from site_builder.domain.entries import Article, Model
from site_builder.domain.entry import AnyEntry
from site_builder.library.library import Library
from site_builder.library.placing import given_awards
from site_builder.text import slug


def among(library: Library, entry: AnyEntry) -> Iterator[Diagnostic]:
    """Compare counts by recipient."""
    article = entry.record
    if not isinstance(article, Article) or article.figures is None or not article.models:
        return
    for key, kind in (("tap_the", Kind.COLLECTIVE), ("ca_nhan", Kind.PERSON)):
        quoted = getattr(article.figures, key)
        counted = _counted(library, article, kind)
        if quoted is not None and quoted != counted:
            yield fault(
                "MH230",
                entry.span("figures", key),
                quoted=quoted,
                kind=kind.label.lower(),
                counted=counted,
            )


def _counted(library: Library, article: Article, kind: Kind) -> int:
    count = 0
    for reference in article.models:
        found = library.find("Model", slug(reference))
        if found and isinstance(found.record, Model):
            awards = given_awards(found.record)
            count += sum((a.recipient or found.record.kind) is kind for a in awards)
    return count
