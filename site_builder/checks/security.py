"""MH404: the contact for security faults has not expired."""

from collections.abc import Iterator

from site_builder.diagnostics import Diagnostic, fault
from site_builder.library.library import Library


def registers(library: Library) -> Iterator[Diagnostic]:
    """Who reads an expired security.txt is to take it for abandoned (RFC 9116, 5.3)."""
    site = library.registers.site
    if site and site.security and site.security.expires < library.today:
        shown = site.security.expires.strftime("%d/%m/%Y")
        yield fault("MH404", library.registers.security_span, date=shown)
