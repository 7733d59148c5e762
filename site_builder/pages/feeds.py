"""Feeds: which there are, and what each tells."""

from collections.abc import Iterator

from site_builder.addresses import address_of
from site_builder.catalogue import Catalogue, ModelEntry
from site_builder.library.shelf import Group
from site_builder.pages.entries import updated_of
from site_builder.pages.shapes import relative
from site_builder.pages.views import Feed, FeedItem

_MOST = 50
_UNDATED = "2009-02-26"
"""Stands for the date of a model that tells none: feeds must have one."""


def feed_folders(catalogue: Catalogue) -> tuple[str, ...]:
    """Where feeds stand: of everything, of news, of models, of each field."""
    return ("", "tin-tuc/", "mo-hinh/", *(f"linh-vuc/{field}/" for field in catalogue.fields))


def feed_in(catalogue: Catalogue, folder: str) -> Feed:
    """The feed of one folder, the newest first."""
    if folder == "tin-tuc/":
        return _feed(folder, "Tin tức", _news(catalogue))
    if folder == "mo-hinh/":
        return _feed(folder, "Mô hình", _models(catalogue.group("dated")))
    if folder:
        field = folder.split("/")[1]
        models = _models(catalogue.group(f"dated:{field}"))
        return _feed(folder, catalogue.fields[field].name, models)
    everything = (*_news(catalogue), *_models(catalogue.group("dated")))
    return _feed(folder, "Mọi bài mới", everything)


def _feed(folder: str, title: str, items: Iterator[FeedItem] | tuple[FeedItem, ...]) -> Feed:
    newest = sorted(items, key=lambda item: (item.updated, item.address), reverse=True)
    return Feed(folder, title, tuple(newest[:_MOST]))


def _news(catalogue: Catalogue) -> Iterator[FeedItem]:
    """The articles that stand first in their list."""
    for entry in catalogue.articles[:_MOST]:
        record = entry.record
        address = relative(address_of(entry))
        yield FeedItem(record.title, address, record.summary, updated_of(record))


def _models(by_day: Group) -> Iterator[FeedItem]:
    """The models that were published or verified last."""
    left = _MOST
    for day in sorted(by_day, reverse=True):
        found = by_day[day][:left]
        yield from (_model(entry, day) for entry in found)
        left -= len(found)
        if not left:
            break


def _model(entry: ModelEntry, day: str) -> FeedItem:
    record = entry.record
    return FeedItem(record.title, relative(address_of(entry)), record.summary, day or _UNDATED)
