"""How single values are written in front matter, and what they become.

Every parser takes the text that the writer typed (YAML scalars stay text) and returns the
value, or raises `PydanticCustomError` whose type is the code of a message in `messages.py`.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self
from urllib.parse import quote, urlsplit

from pydantic import BeforeValidator, StringConstraints, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from site_builder.text import closest, slug

UNKNOWN = "chua-ro"
"""What a writer types where a required fact is not known: a gap stated, never filled in."""

FIRST_YEAR, LAST_YEAR = 1945, 2100

NAME_LIMIT = 150
"""Letters of a name that becomes a folder of the site: no file system takes more than 255 bytes."""


@dataclass(frozen=True, order=True, slots=True)
class PartialDate:
    """A day, a month or a year, as exactly as the source has it."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def first(self) -> date:
        """The first day that it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def iso(self) -> str:
        """2021-03-18, 2021-03 or 2021."""
        parts = [f"{self.year:04}", f"{self.month:02}", f"{self.day:02}"]
        return "-".join(parts[: 1 + bool(self.month) + bool(self.day)])

    @property
    def vietnamese(self) -> str:
        """18/03/2021, 03/2021 or 2021."""
        return "/".join(reversed(self.iso.split("-")))

    def __str__(self) -> str:
        return self.iso


class Choice(StrEnum):
    """A value from a closed list: an ASCII slug for files, a Vietnamese label for people."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """A member with its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


def fault_in(code: str, **values: object) -> PydanticCustomError:
    """The exception that makes pydantic report the message `code`."""
    return PydanticCustomError(code, "{code}", {"code": code, **values})


def parse_text(value: Any) -> str:
    """Any scalar as text on one line: `no`, `012` and `2021` stay what was typed."""
    if not isinstance(value, str):
        raise fault_in("MH110")
    text = " ".join(value.split())
    if not text:
        raise fault_in("MH112")
    return text


def parse_name(value: Any) -> str:
    """Text that can be an address: it has a letter or a digit."""
    text = parse_text(value)
    if not slug(text):
        raise fault_in("MH124", value=text)
    return text


def parse_choice(kind: type[Choice], value: Any) -> Choice:
    """A member by slug or by Vietnamese label, however it was accented or capitalised."""
    typed = slug(parse_text(value))
    for member in kind:
        if typed in (member.value, slug(member.label)):
            return member
    names = [member.value for member in kind]
    meant = closest(typed, names + [m.label for m in kind])
    raise fault_in("MH107", value=value, meant=meant, choices=", ".join(names))


def parse_flag(value: Any) -> bool:
    """true/false, có/không."""
    typed = slug(parse_text(value))
    if typed in ("true", "co", "yes"):
        return True
    if typed in ("false", "khong", "no"):
        return False
    raise fault_in("MH116", value=value)


_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$")
_VIETNAMESE = re.compile(r"(?:(\d{1,2})[-/.])?(\d{1,2})[-/.](\d{4})$")


def parse_partial_date(value: Any) -> PartialDate:
    """ISO (2021-03-18, 2021-03, 2021) or the Vietnamese order (18/3/2021, 18-03-2021, 3/2021).

    The American order is never guessed: 03/18/2021 has no month 18 and is a fault.
    """
    typed = parse_text(value)
    if iso := _ISO.match(typed):
        year, month, day = iso.groups()
    elif own := _VIETNAMESE.match(typed):
        day, month, year = own.groups()
    else:
        raise fault_in("MH104", value=typed)
    return _existing_date(typed, int(year), month, day)


def _existing_date(typed: str, year: int, month: str | None, day: str | None) -> PartialDate:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise fault_in("MH105", value=typed)
    months, days = int(month or 1), int(day or 1)
    if not 1 <= months <= 12 or not 1 <= days <= monthrange(year, months)[1]:
        raise fault_in("MH103", value=typed)
    return PartialDate(year, int(month or 0), int(day or 0))


def parse_full_date(value: Any) -> date:
    """A date with its day."""
    partial = parse_partial_date(value)
    if not partial.day:
        raise fault_in("MH104", value=value)
    return partial.first


def parse_year(value: Any) -> int:
    """Four digits, 1945 to 2100."""
    typed = parse_text(value)
    if not re.fullmatch(r"\d{4}", typed):
        raise fault_in("MH118", value=typed)
    if not FIRST_YEAR <= int(typed) <= LAST_YEAR:
        raise fault_in("MH105", value=typed)
    return int(typed)


_NUMBER = re.compile(r"-?\d{1,15}(?:,\d{1,6})?$")
_GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3})+(,\d{1,6})?$")
_POINT = re.compile(r"-?\d{1,15}\.\d{1,6}$")


def parse_number(value: Any) -> Decimal:
    """1000, 4,2 or 1.250,5 as Vietnamese write them; 4.2 too, but 3.796 could mean either."""
    shown = parse_text(value)
    typed = shown.replace(" ", "")
    if _NUMBER.match(typed):
        return Decimal(typed.replace(",", "."))
    if grouped := _GROUPED.match(typed):
        if typed.count(".") == 1 and not grouped[1]:
            raise fault_in(
                "MH119", value=typed, whole=typed.replace(".", ""), part=typed.replace(".", ",")
            )
        return Decimal(typed.replace(".", "").replace(",", "."))
    if _POINT.match(typed):
        return Decimal(typed)
    raise fault_in("MH106", value=shown)


_BARE = re.compile(r"""["<>\\^`{|}]""")
"""What browsers put up with in addresses, though no address may have it."""


def parse_url(value: Any) -> str:
    """An address of the web that a reader can open."""
    typed = parse_text(value)
    try:
        parts = urlsplit(typed)
    except ValueError:
        raise fault_in("MH113", value=typed) from None
    if parts.scheme not in ("http", "https") or "." not in parts.netloc or " " in typed:
        raise fault_in("MH113", value=typed)
    return _BARE.sub(lambda found: quote(found[0]), typed)


_ADDRESS = re.compile(r"/(?:[a-z0-9]+(?:-[a-z0-9]+)*/)+$")


def parse_address(value: Any) -> str:
    """An old address on this site, such as /mo-hinh/an-ninh/ten-cu/."""
    typed = parse_text(value)
    if not _ADDRESS.match(typed):
        raise fault_in("MH117", value=typed)
    return typed


def parse_field(value: Any, info: ValidationInfo) -> str:
    """The id of a field, by id, name or alias; the register comes as validation context."""
    typed = parse_text(value)
    known: dict[str, str] = (info.context or {}).get("fields", {})
    if not known or slug(typed) in known:
        return known.get(slug(typed), slug(typed))
    ids = sorted(set(known.values()))
    meant = known.get(closest(typed, list(known)) or "")
    raise fault_in("MH107", value=typed, meant=meant, choices=", ".join(ids))


def parse_id(value: Any) -> str:
    """An id that others refer to: ASCII, lower case, hyphens."""
    typed = parse_text(value)
    if slug(typed) != typed:
        raise fault_in("MH120", value=typed, wanted=slug(typed) or "ten-viet-thuong")
    return typed


def or_unknown(parser: Any) -> Any:
    """`parser`, but None where the writer states that the fact is not known."""

    def parse(value: Any) -> Any:
        is_unknown = isinstance(value, str) and slug(value) == UNKNOWN
        return None if is_unknown else parser(value)

    return parse


_DATE_SCHEMA = {"type": ["string", "integer"], "description": "năm-tháng-ngày, ví dụ 2024-03-12"}
_YEAR_SCHEMA = {"type": ["integer", "string"], "examples": [2024, UNKNOWN]}
_NUMBER_SCHEMA = {"type": ["number", "string"], "examples": [1000, "4,2"]}

Text = Annotated[str, BeforeValidator(parse_text)]
Name = Annotated[str, StringConstraints(max_length=NAME_LIMIT), BeforeValidator(parse_name)]
Url = Annotated[
    str, BeforeValidator(parse_url), WithJsonSchema({"type": "string", "format": "uri"})
]
Address = Annotated[str, BeforeValidator(parse_address)]
Identifier = Text
"""A reference to an entry or unit: its slug, or text that folds to it."""
OwnId = Annotated[str, BeforeValidator(parse_id)]
FieldId = Annotated[str, BeforeValidator(parse_field)]
Flag = Annotated[bool, BeforeValidator(parse_flag)]
Number = Annotated[Decimal, BeforeValidator(parse_number), WithJsonSchema(_NUMBER_SCHEMA)]
Year = Annotated[int, BeforeValidator(parse_year), WithJsonSchema(_YEAR_SCHEMA)]
YearOrUnknown = Annotated[
    int | None, BeforeValidator(or_unknown(parse_year)), WithJsonSchema(_YEAR_SCHEMA)
]
FullDate = Annotated[date, BeforeValidator(parse_full_date), WithJsonSchema(_DATE_SCHEMA)]
Day = Annotated[PartialDate, BeforeValidator(parse_partial_date), WithJsonSchema(_DATE_SCHEMA)]
DayOrUnknown = Annotated[
    PartialDate | None,
    BeforeValidator(or_unknown(parse_partial_date)),
    WithJsonSchema(_DATE_SCHEMA),
]
