"""Bytes to text: UTF-8 only, everything else refused by name.

The text that comes out is NFC with `\\n` line ends, no BOM, and no character that a page cannot
show. Spans of later stages count its characters.
"""

import re

from site_builder.diagnostics import Diagnostic, Span, fault
from site_builder.text import nfc

# C0 and C1 controls but tab and line feed; direction overrides, which make text read as what
# it is not (CVE-2021-42574); lone surrogates cannot come out of UTF-8.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")

# TCVN3 keeps ă â đ ê ô ơ ư and the toned vowels in the places of Latin-1 signs: between two
# letters those signs stand in no Unicode Vietnamese text ("D©n vËn khÐo").
_TCVN3 = re.compile(r"[©¨ª«¬®¸µ¶·¹»¼½¾ËÐÆÏÑÖÎ×Ø](?<=[A-Za-z].)[a-z]")
# VNI writes the tone as a second letter behind the vowel ("Daân vaän kheùo").
# Letters that every VNI text has and no Unicode one, then pairs that make sure.
_VNI_SIGNS = re.compile("[äåëûøïñö]")
_VNI_PAIRS = (
    *("aä", "aå", "aë", "aé", "aè", "aû", "aâ", "aù", "aø", "oä", "oâ", "eä", "eâ", "eù", "eø"),
    *("öô", "ôø", "ôù", "ôû", "ôõ", "ôï"),
)

_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")


def decode(path: str, data: bytes) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text of `data` and what is wrong with it. With an error the text is not to be used."""
    start = Span(path)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_like_utf16(data):
        return "", (fault("MH002", start),)
    try:
        text = text_of(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", (fault("MH003", Span(path, line, 1, line, 1)),)
    if not text.strip():
        return "", (fault("MH001", start),)
    return text, tuple(_hidden_characters(path, text)) + tuple(_legacy_font(path, text))


def text_of(data: bytes) -> str:
    """The text of bytes that are in order; nothing else about them is looked at.

    Raises `UnicodeDecodeError`.
    """
    text = data.decode("utf-8-sig")
    if any(end in text for end in "\r\u2028\u2029\x85"):
        text = _LINE_ENDS.sub("\n", text)
    return nfc(text)


def _looks_like_utf16(data: bytes) -> bool:
    head = data[:256]
    return len(head) >= 8 and head.count(0) * 3 >= len(head)


def _hidden_characters(path: str, text: str) -> list[Diagnostic]:
    if text.replace("\n", "").isprintable():
        return []
    return [
        fault("MH005", span_at(path, text, *found.span()), value=f"U+{ord(found.group()):04X}")
        for found in _first(10, HIDDEN, text)
    ]


def _legacy_font(path: str, text: str) -> list[Diagnostic]:
    if text.isascii():
        return []
    tcvn3, signs = _TCVN3.search(text), _VNI_SIGNS.search(text)
    vni = [text.find(pair) for pair in _VNI_PAIRS if pair in text] if signs else []
    if not tcvn3 and not vni:
        return []
    place = tcvn3.start() if tcvn3 else min(vni)
    start, end = _whole_word(text, place, place + 1)
    font = "TCVN3" if tcvn3 else "VNI"
    return [fault("MH004", span_at(path, text, start, end), value=text[start:end], font=font)]


def _whole_word(text: str, start: int, end: int) -> tuple[int, int]:
    """The word around a place. (A pattern that begins with \\w* would try every letter twice.)"""
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _first(most: int, pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """At most `most` matches: a binary file would otherwise fill the screen."""
    return [found for found, _ in zip(pattern.finditer(text), range(most), strict=False)]


def span_at(path: str, text: str, start: int, end: int, first_line: int = 1) -> Span:
    """The span of `text[start:end]`, where `text` begins on `first_line` of its file."""
    line = text.count("\n", 0, start)
    column = start - (text.rfind("\n", 0, start) + 1)
    end_line = line + text.count("\n", start, end)
    end_column = end - (text.rfind("\n", 0, end) + 1)
    return Span(path, first_line + line, column + 1, first_line + end_line, end_column + 1)
