"""The registers under `content/data/`: fields, units, the site's particulars, abbreviations."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from site_builder.domain.choices import SuccessionChoice, UnitTypeChoice
from site_builder.domain.values import Flag, FullDate, Name, Number, OwnId, Text, Url, Year

Colour = Annotated[Text, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Icon = Annotated[Text, StringConstraints(pattern=r"^[a-z0-9]+(?:[-/][a-z0-9]+)*$")]
_MAILBOX = r"[a-zA-Z0-9._+-]+@[a-zA-Z0-9.-]+"
Mailbox = Annotated[Text, StringConstraints(pattern=rf"^{_MAILBOX}$")]
SafetyContact = Annotated[Text, StringConstraints(pattern=rf"^(?:https://[!-~]+|{_MAILBOX})$")]
Code = Annotated[Text, StringConstraints(pattern=r"^\d{1,12}$")]


class Row(BaseModel):
    """A mapping in a register or an entry: immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class FieldRow(Row):
    """One field (lĩnh vực) of a scheme."""

    id: OwnId = Field(title="Mã lĩnh vực", description="Chữ thường không dấu, nối bằng gạch.")
    name: Text = Field(title="Tên lĩnh vực")
    summary: Text | None = Field(None, title="Mô tả", description="Một câu cho người dân.")
    colour: Colour = Field("#37474f", title="Màu", description="Dạng #rrggbb.")
    icon: Icon = Field("material/shape", title="Biểu tượng", description="Tên biểu tượng Material.")
    aliases: tuple[Text, ...] = Field((), title="Cách viết khác")
    maps_to: OwnId | None = Field(
        None, title="Tính vào", description="Mã lĩnh vực mà số liệu được cộng vào."
    )


class Scheme(Row):
    """A way of dividing the movement into fields, and when it holds. Schemes may overlap."""

    id: OwnId = Field(title="Mã bộ lĩnh vực")
    name: Text = Field(title="Tên bộ lĩnh vực")
    valid_from: Year = Field(1945, title="Áp dụng từ năm")
    valid_to: Year = Field(2100, title="Áp dụng đến năm")
    fields_: tuple[FieldRow, ...] = Field(
        alias="fields", title="Các lĩnh vực", min_length=1, description="Ít nhất một lĩnh vực."
    )

    def covers(self, year: int) -> bool:
        """Whether the scheme was in force in `year`."""
        return self.valid_from <= year <= self.valid_to


def fields_in_force(schemes: Iterable[Scheme], year: int) -> tuple[FieldRow, ...]:
    """The fields that a model of `year` may belong to, without repetition."""
    rows = {row.id: row for s in schemes if s.covers(year) for row in s.fields_}
    return tuple(rows.values())


class FieldRegister(Row):
    """content/data/fields.yml."""

    schemes: tuple[Scheme, ...] = Field(title="Các bộ lĩnh vực", min_length=1)


class UnitName(Row):
    """A name of a unit and the days on which it began and ceased to be used."""

    name: Text = Field(title="Tên")
    from_: FullDate | None = Field(None, alias="from", title="Từ ngày")
    to: FullDate | None = Field(None, title="Đến ngày")


class Successor(Row):
    """What became of a unit; without `id` it ended and nothing took its place."""

    id: OwnId | None = Field(None, title="Đơn vị kế tiếp")
    kind: SuccessionChoice = Field(title="Hình thức")
    date_: FullDate = Field(alias="date", title="Ngày")


class Duty(Row):
    """How many models the unit owes in a year."""

    year: Year = Field(title="Năm")
    min_models: Number = Field(Decimal(1), title="Số mô hình tối thiểu")
    exempt: Flag = Field(False, title="Được miễn")


class Unit(Row):
    """An office, place or organisation (đơn vị) that runs models."""

    id: OwnId = Field(title="Mã đơn vị", description="Không đổi; không dùng lại.")
    names: tuple[UnitName, ...] = Field(title="Tên qua các thời kỳ", min_length=1)
    type: UnitTypeChoice = Field(title="Loại đơn vị")
    code: Code | None = Field(None, title="Mã hành chính", description="Chỉ gồm chữ số.")
    parent: OwnId | None = Field(None, title="Trực thuộc")
    successors: tuple[Successor, ...] = Field((), title="Đơn vị kế tiếp")
    duty: tuple[Duty, ...] = Field((), title="Chỉ tiêu đăng ký")
    note: Text | None = Field(None, title="Ghi chú")

    def name_on(self, day: date) -> str:
        """Its name on `day`: the one in use, else the nearest one."""
        for name in reversed(self.names):
            if not name.from_ or name.from_ <= day:
                return name.name
        return self.names[0].name

    @property
    def name(self) -> str:
        """Its last name."""
        return self.names[-1].name

    @property
    def began(self) -> date:
        """The first day of its first name; the start of time where that is not known."""
        return self.names[0].from_ or date.min

    @property
    def ended(self) -> date:
        """The last day of its last name; the end of time while it lives."""
        return self.names[-1].to or date.max


class UnitRegister(Row):
    """content/data/units.yml."""

    units: tuple[Unit, ...] = Field(title="Các đơn vị")


class Hotline(Row):
    """A number that citizens may call; the only place for phone numbers."""

    label: Text = Field(title="Dành cho")
    number: Text = Field(title="Số điện thoại")

    @property
    def url(self) -> str:
        """What a phone dials: the digits of the number."""
        return "tel:" + "".join(sign for sign in self.number if sign in "+0123456789")


class SocialLink(Row):
    """The agency's page on a social network."""

    name: Text = Field(title="Tên mạng")
    url: Url = Field(title="Địa chỉ")


class Security(Row):
    """Whom those tell who have found a hole in the site, as RFC 9116 wants it."""

    contact: SafetyContact = Field(
        title="Nơi nhận báo lỗ hổng", description="Thư điện tử, hoặc địa chỉ https://."
    )
    expires: FullDate = Field(
        title="Có giá trị đến hết ngày", description="Không quá một năm; hết hạn thì ghi ngày mới."
    )


class SiteParticulars(Row):
    """content/data/site.yml: what the footer and the contact page print."""

    name: Text = Field(title="Tên trang")
    tagline: Text = Field(title="Câu giới thiệu", description="Một câu cho trang chủ.")
    agency: Text = Field(title="Cơ quan chủ quản")
    responsible: Text = Field(title="Người chịu trách nhiệm")
    address: Text | None = Field(None, title="Địa chỉ")
    hotlines: tuple[Hotline, ...] = Field((), title="Đường dây nóng")
    email: Mailbox | None = Field(
        None, title="Thư điện tử", description="Dạng ten@co-quan.vn, không dấu, không cách."
    )
    licence: Text = Field(title="Giấy phép nội dung")
    licence_url: Url | None = Field(None, title="Địa chỉ giấy phép")
    social: tuple[SocialLink, ...] = Field((), title="Mạng xã hội")
    security: Security | None = Field(
        None, title="Báo lỗ hổng an toàn", description="Có mục này mới có .well-known/security.txt."
    )
    share_cards: Flag = Field(
        True,
        title="Ảnh chia sẻ",
        description="Vẽ ảnh cho mạng xã hội. Ghi `false` khi có hàng nghìn bài mà cần dựng nhanh.",
    )
    sample: Flag = Field(False, title="Trang mẫu")
    sample_note: Text | None = Field(None, title="Lời nhắc trang mẫu")


class Abbreviation(Row):
    """Two ways of writing the same: whoever searches for one finds the other."""

    short: Name = Field(title="Viết tắt", examples=["UBND"])
    long: Name = Field(title="Viết đầy đủ", examples=["Ủy ban nhân dân"])


class AbbreviationRegister(Row):
    """content/data/abbreviations.yml, which a project need not have."""

    abbreviations: tuple[Abbreviation, ...] = Field(title="Các chữ viết tắt")
