"""Puts together what a server is told, from templates that read like the file they make."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import jinja2

from site_builder.addresses import NAMED_BY_CONTENT, PACKED
from site_builder.serving import kinds, policy, quoting
from site_builder.serving.old_addresses import OldAddress
from site_builder.serving.place import Place, Setup, checked_address, checked_path
from site_builder.text import slug

SERVERS = {"nginx": "nginx.conf", "apache": "apache.conf", "iis": "web.config"}
"""The template of each server."""
_TEMPLATES = Path(__file__).with_name("templates")


_FILTERS = (
    quoting.bare,
    quoting.comment,
    quoting.group,
    quoting.literal,
    quoting.literal_query,
    quoting.name,
    quoting.pattern,
    quoting.plain,
)


class OldPath(NamedTuple):
    """The old addresses that have one path."""

    path: str
    page: str | None
    """The page of ours that is there as well, below the home page; "" is that one."""
    queries: tuple[tuple[str, str], ...]
    """Queries and where they lead."""
    target: str | None
    """Where all other queries lead, and none."""


def configuration(
    server: str, title: str, place: Place, setup: Setup, old: Iterable[OldAddress] = ()
) -> str:
    """The configuration file of a server for the site called `title`. Raises `Misplaced`."""
    template = _engine(is_xml=server == "iis").get_template(SERVERS[server])
    return template.render(
        title=title,
        place=place,
        base=quoting.literal(place.base),
        variable=quoting.Quoted(f"$dvk_{slug(place.host + place.base).replace('-', '_')}"),
        old=tuple(_by_path(place, old)),
        **_setup(place, setup),
        **_constants(),
    )


@cache
def _engine(*, is_xml: bool) -> jinja2.Environment:
    engine = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=is_xml,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=None if is_xml else quoting.only_quoted,
    )
    engine.filters |= {function.__name__: function for function in _FILTERS}
    return engine


def _setup(place: Place, setup: Setup) -> dict[str, Any]:
    home = f"/var/www/{place.host}"
    keys = f"/etc/letsencrypt/live/{place.host}"
    root = (setup.document_root or f"{home}/current").rstrip("/")
    return {
        "root": checked_path(root, "thư mục trang"),
        "home": root.rpartition("/")[0],
        "certificate": checked_path(setup.certificate or f"{keys}/fullchain.pem", "chứng thư"),
        "key": checked_path(setup.key or f"{keys}/privkey.pem", "khóa"),
        "address": quoting.Quoted(checked_address(setup.address)) if setup.address else None,
        "http_port": setup.http_port,
        "has_brotli": setup.has_brotli,
    }


def _constants() -> Mapping[str, Any]:
    return {
        "headers": policy.HEADERS,
        "policy": policy.POLICY,
        "forever": policy.FOREVER,
        "asked_again": policy.ASKED_AGAIN,
        "media_types": kinds.MEDIA_TYPES,
        "feed_types": kinds.FEED_TYPES,
        "packed": PACKED,
        "named_by_content": NAMED_BY_CONTENT,
        "data": kinds.DATA,
        "pictures": kinds.PICTURES,
    }


def _by_path(place: Place, old: Iterable[OldAddress]) -> Iterator[OldPath]:
    def path_of(address: OldAddress) -> str:
        return address.key.path

    for path, group in groupby(sorted(old, key=path_of), path_of):
        here = list(group)
        queries = tuple((one.key.query, one.target) for one in here if one.key.query)
        target = next((one.target for one in here if not one.key.query), None)
        page = path.removeprefix(place.base) if here[0].is_page else None
        yield OldPath(path, page, queries, target)
