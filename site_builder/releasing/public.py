"""Asks for the version file as a citizen would."""

import json
import time
from http.client import HTTPException
from urllib.error import URLError
from urllib.request import Request, urlopen

from site_builder.releasing.manifest import VERSION_FILE

_TRIES = 5
_PAUSE = 0.5
"""Seconds; servers may remember for a moment what a folder held."""
_PATIENCE = 10


def shown_at(address: str, wanted: str) -> str:
    """The release that `address` shows: `wanted` or, after a few tries, what else it says."""
    found = ""
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_PAUSE)
        found = _ask(f"{address.rstrip('/')}/{VERSION_FILE}?{wanted}")
        if found == wanted:
            break
    return found


def _ask(address: str) -> str:
    request = Request(address, headers={"Cache-Control": "no-cache"})
    try:
        with urlopen(request, timeout=_PATIENCE) as answer:
            return str(json.loads(answer.read(10_000))["release"])
    except (URLError, OSError, HTTPException):
        return "không trả lời"
    except (ValueError, KeyError, TypeError):
        return "không có bản nào của site-builder"
