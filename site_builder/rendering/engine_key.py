"""Whether a kept `Engine` still stands: the digest of all that it, and the renderer, depend on."""

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from site_builder.rendering import THEME

_PACKAGE = Path(__file__).parent.parent
_OWN_CODE = (
    "addresses.py",
    "config.py",
    "html_policy.py",
    "scripts.py",
    "styles.py",
    "text.py",
    "pages/views.py",
)
_INSTALLED = frozenset(
    "jinja2 markdown markupsafe mkdocs mkdocs_material nh3 pygments pyyaml".split()  # noqa: SIM905
)


def engine_key(config_file: Path, chrome: str) -> str:
    """The digest of settings, templates, code and versions; reads, but loads none of them.

    `chrome` is the `repr` of what surrounds every page.
    """
    digest = hashlib.sha256()
    for part in (sys.version, chrome, str(config_file.absolute()), *_installed()):
        digest.update(f"{part}\n".encode())
    for data in (*_settings(config_file, config_file.parent), *_contents(_own_files())):
        digest.update(hashlib.sha256(data).digest())
    return digest.hexdigest()


def _installed() -> list[str]:
    """Names and versions of packages, as the names of their folders tell them."""
    folders = [Path(entry) for entry in dict.fromkeys(sys.path)]
    places = (
        place for folder in folders if folder.is_dir() for place in folder.glob("*.dist-info")
    )
    return [str(place) for place in places if place.name.split("-")[0].lower() in _INSTALLED]


def _own_files() -> Iterator[Path]:
    yield from sorted(_PACKAGE.glob("rendering/*.py"))
    yield from (_PACKAGE / name for name in _OWN_CODE)
    yield from _files_in(THEME)


def _settings(file: Path, root: Path) -> Iterator[bytes]:
    """A file of settings, what it inherits, what it takes from elsewhere.

    A file that is missing or torn is no fault here: `prepare` says what is wrong with it.
    """
    data = file.read_bytes() if file.is_file() else b""
    yield data
    yield from _environment(data)
    if b"INHERIT" not in data and b"custom_dir" not in data:
        return
    settings = _parsed(data)
    theme = settings.get("theme")
    if isinstance(theme, dict) and theme.get("custom_dir"):
        yield from _contents(_files_in(root / str(theme["custom_dir"])))
    if settings.get("INHERIT"):
        yield from _settings(file.parent / str(settings["INHERIT"]), root)


def _environment(data: bytes) -> Iterator[bytes]:
    """Values of the variables that the settings may name; which they do, only MkDocs knows."""
    if b"!ENV" in data:
        for name, value in sorted(os.environ.items()):
            if name.encode() in data:
                yield f"{name}={value}".encode()


def _parsed(data: bytes) -> dict[str, Any]:
    import yaml  # noqa: PLC0415 - few projects have settings that need it
    from yaml_env_tag import (  # type: ignore[import-untyped] # noqa: PLC0415
        construct_env_tag,
    )

    class Loader(yaml.SafeLoader):
        """Knows the tags that MkDocs knows; others say nothing of files."""

    Loader.add_constructor("!ENV", construct_env_tag)
    Loader.add_multi_constructor("", lambda loader, suffix, node: None)
    try:
        settings = yaml.load(data, Loader)
    except yaml.YAMLError:
        return {}
    return settings if isinstance(settings, dict) else {}


def _files_in(folder: Path) -> list[Path]:
    return sorted(place for place in folder.rglob("*") if place.is_file())


def _contents(places: Iterable[Path]) -> Iterator[bytes]:
    """Names and contents."""
    for place in places:
        yield str(place).encode()
        yield place.read_bytes()
