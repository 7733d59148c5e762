"""What files for people and programs have in common, whatever is in them."""

import json

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def defused(text: str) -> str:
    """Text for a cell of a CSV file: a spreadsheet would run what begins like a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def readable_json(value: object) -> bytes:
    """JSON that people can read, too; UTF-8."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
