"""Files for machines that depend on no entry: robots.txt, manifest, security.txt, schemas."""

from typing import Any

from site_builder.domain.registers import SiteParticulars
from site_builder.outputs.described import data_package, json_schema
from site_builder.outputs.formats import readable_json
from site_builder.pages.open_data import PACKAGE
from site_builder.pages.tables import TABLES

ROBOTS = "robots.txt"
MANIFEST = "manifest.webmanifest"
SECURITY = ".well-known/security.txt"
_SCHEMAS = {table.file(".schema.json"): table for table in TABLES}


def fixed_names(site: SiteParticulars) -> tuple[str, ...]:
    """The files that there are; without a contact no security.txt."""
    return (ROBOTS, MANIFEST, PACKAGE, *_SCHEMAS, *((SECURITY,) if site.security else ()))


def fixed_file(file: str, site: SiteParticulars, site_url: str) -> bytes:
    """The bytes of one of them; `site_url` may be unknown, which is "" or "/"."""
    base = f"{site_url.rstrip('/')}/" if site_url.rstrip("/") else ""
    if file == ROBOTS:
        return _robots(base).encode()
    if file == SECURITY:
        return _security(site, base).encode()
    if file == MANIFEST:
        return readable_json(_manifest(site))
    if file == PACKAGE:
        return readable_json(data_package(site, base))
    return readable_json(json_schema(_SCHEMAS[file]))


def _robots(base: str) -> str:
    """Everybody may read everything."""
    sitemap = f"\nSitemap: {base}sitemap.xml\n" if base else ""
    return f"User-agent: *\nDisallow:\n{sitemap}"


def _security(site: SiteParticulars, base: str) -> str:
    """As RFC 9116 has it. The day is the writer's, so that builds can be repeated."""
    assert site.security
    contact = site.security.contact
    lines = [
        f"Contact: {contact if contact.startswith('https://') else f'mailto:{contact}'}",
        f"Expires: {site.security.expires.isoformat()}T23:59:59+07:00",
        "Preferred-Languages: vi, en",
    ]
    if base:
        lines.append(f"Canonical: {base}{SECURITY}")
    return "\n".join(lines) + "\n"


def _manifest(site: SiteParticulars) -> dict[str, Any]:
    return {
        "name": site.name,
        "short_name": "Dân vận khéo",
        "description": site.tagline,
        "lang": "vi",
        "dir": "ltr",
        # Counted from the manifest, so that it holds wherever the site is put.
        "id": "./",
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "theme_color": "#8f1a1d",
        "background_color": "#ffffff",
        "icons": [
            {"src": "assets/images/favicon.svg", "sizes": "any", "type": "image/svg+xml"},
            *(
                {
                    "src": f"assets/images/icon-{size}.png",
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    "purpose": purpose,
                }
                for size in (192, 512)
                for purpose in ("any", "maskable")
            ),
        ],
    }
