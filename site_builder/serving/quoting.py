"""Words as configuration files take them. A template prints nothing that did not come through
here, so nothing that somebody typed can be read as a directive.

nginx and Apache both end a quoted word at a quote and take a backslash before a quote, or before
another backslash, away. What else means something to one of them quotes do not change: `$` begins
a variable of nginx, `${` one of Apache, `%` one of mod_rewrite.
"""

import re
from typing import Any

_PLAIN = re.compile(r"[^\"\\$%\x00-\x1f\x7f]*")
_PATTERN = re.compile(r"(?:[^\"\\$%\x00-\x1f\x7f-\U0010ffff]|%(?!\{)|\\[^\"\\])*\$?")
_BARE = re.compile(r"[A-Za-z0-9/=&_,:%-]")
_SENT = re.compile("%[0-9A-Fa-f]{2}")


class Quoted(str):
    """Text that is safe where it is printed."""

    __slots__ = ()


def only_quoted(value: Any) -> Any:
    """Let `value` into a configuration, or fail: a template forgot to quote it."""
    if isinstance(value, Quoted | int):
        return value
    raise TypeError(f"not quoted: {value!r}")


def plain(text: str) -> Quoted:
    """A word without anything that would have to be escaped. Raises `ValueError`."""
    return _in_quotes(text, _PLAIN)


def bare(text: str) -> Quoted:
    """The same inside of quotes that the template has."""
    return Quoted(plain(text)[1:-1])


def group(text: str) -> Quoted:
    """A word of mod_rewrite that has one `$1`, and else nothing to escape. Raises `ValueError`."""
    before, mark, after = text.partition("$1")
    return Quoted(f'"{bare(before)}{mark}{bare(after)}"')


def pattern(text: str) -> Quoted:
    """A regular expression of ours, with `literal` for what is not. Raises `ValueError`."""
    return _in_quotes(text, _PATTERN)


def name(text: str) -> Quoted:
    """Any printable word, where nginx takes it as it stands: the name of a location."""
    if not text.isprintable():
        raise ValueError(text)
    return Quoted('"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"')


def comment(text: str) -> Quoted:
    """Text in a comment: whatever it holds, it stays in its line."""
    line = "".join(c if c.isprintable() else " " for c in text)
    # Two hyphens would end a comment of XML.
    return Quoted(re.sub("-{2,}", "–", " ".join(line.split())))


def literal(text: str) -> str:
    """A regular expression for `text` and nothing else, byte by byte, in printable ASCII."""
    return "".join(map(_literal_byte, text.encode()))


def literal_query(text: str) -> str:
    """The same for what browsers send: %c3 is %C3."""
    return _SENT.sub(_either_case, literal(text))


def _literal_byte(byte: int) -> str:
    character = chr(byte)
    if character == ".":
        return r"\."
    return character if _BARE.fullmatch(character) else f"\\x{byte:02x}"


def _either_case(found: re.Match[str]) -> str:
    digits = found[0].lower()
    return "".join(c if c in "%0123456789" else f"[{c.upper()}{c}]" for c in digits)


def _in_quotes(text: str, allowed: re.Pattern[str]) -> Quoted:
    if not allowed.fullmatch(text):
        raise ValueError(text)
    return Quoted(f'"{text}"')
