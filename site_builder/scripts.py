"""Scripts as they are published: without what only those need who read code.

Pygments, which rich and Material bring anyway, tells comments from what only looks like one. Real
minifiers come compiled, and not for Windows, or are written in JavaScript.
"""


def published_script(source: str) -> bytes:
    """A script without comments and indentation, its lines as they were; UTF-8."""
    from pygments.lexers.javascript import JavascriptLexer  # noqa: PLC0415 - slow to load
    from pygments.token import Comment, is_token_subtype  # noqa: PLC0415

    parts: list[str] = []
    gap = ""
    for kind, text in JavascriptLexer(stripnl=False, ensurenl=False).get_tokens(source):
        if is_token_subtype(kind, Comment) or text.isspace():
            # Where a line ends, a statement may: no end of line is lost.
            gap = "\n" if "\n" in gap + text else " "
        elif text:
            parts += [gap, text]
            gap = ""
    return "".join(parts).strip().encode() + b"\n"
