"""The four entry types, declared once.

Decoding, checks, the key reference, JSON Schema and the `new` command all derive from these
classes: `title` is the Vietnamese label, `description` the hint. Required keys have no
default. Where a required fact may be unknown, its type says so and None means "chua-ro".
"""

from datetime import date

from pydantic import Field, model_validator

from site_builder.domain.choices import (
    AboutChoice,
    AwardStatus,
    AwardStatusChoice,
    CategoryChoice,
    DocumentTypeChoice,
    KindChoice,
    LevelChoice,
    People,
    PeopleChoice,
    PeriodChoice,
    PublishChoice,
    PublishState,
    StatusOrUnknown,
)
from site_builder.domain.registers import Row
from site_builder.domain.values import (
    Address,
    Day,
    DayOrUnknown,
    FieldId,
    Flag,
    FullDate,
    Identifier,
    Name,
    Number,
    PartialDate,
    Text,
    Url,
    Year,
    YearOrUnknown,
    fault_in,
)

SUMMARY_LIMIT = 300
TITLE_LIMIT = 300


class Result(Row):
    """A figure that the model reached: a number, so that it can be added up and charted."""

    label: Text = Field(title="Kết quả", examples=["Đất được hiến"])
    value: Number = Field(title="Số", examples=["1000"])
    unit: Text = Field(title="Đơn vị tính", examples=["m²"])
    about: AboutChoice | None = Field(None, title="Mức", description="hơn, gần hoặc khoảng.")
    before: Number | None = Field(None, title="Trước đó", description="Số trước khi có mô hình.")
    as_of: Day | None = Field(None, title="Tính đến")


class Award(Row):
    """A commendation of the model."""

    form: Name = Field(title="Hình thức", examples=["Bằng khen"])
    by: Text = Field(title="Cấp khen")
    year: YearOrUnknown = Field(None, title="Năm")
    decision: Identifier | None = Field(None, title="Quyết định", description="Số quyết định.")
    recipient: KindChoice | None = Field(None, title="Đối tượng")
    status: AwardStatusChoice = Field(AwardStatus.GIVEN, title="Trạng thái")


class Source(Row):
    """Where the facts come from."""

    title: Text = Field(title="Tên nguồn")
    url: Url | None = Field(None, title="Địa chỉ")
    date: Day | None = Field(None, title="Ngày đăng")


class Image(Row):
    """A picture beside the entry."""

    file: Text = Field(title="Tệp ảnh", description="Đường dẫn tính từ tệp này.")
    alt: Text = Field(title="Mô tả ảnh", description="Cho người không nhìn thấy ảnh.")
    caption: Text | None = Field(None, title="Chú thích")
    credit: Text | None = Field(None, title="Người chụp, nguồn ảnh")
    people: PeopleChoice = Field(People.NOBODY, title="Người trong ảnh")
    consent: Text | None = Field(
        None,
        title="Sự đồng ý",
        description="Ai đồng ý cho đăng; cần khi nhận ra người trong ảnh, luôn cần với trẻ em.",
    )

    @model_validator(mode="after")
    def _people_agreed(self) -> "Image":
        if self.people is not People.NOBODY and not self.consent:
            raise fault_in("MH123", people=self.people.label.lower())
        return self


class Figures(Row):
    """Awards that an article's text counts."""

    tap_the: Number | None = Field(None, title="Số tập thể")
    ca_nhan: Number | None = Field(None, title="Số cá nhân")


class Record(Row):
    """What all entries share."""

    publish: PublishChoice = Field(
        PublishState.DRAFT,
        title="Duyệt đăng",
        description="nhap, cho-duyet hoặc da-duyet; chỉ bài da-duyet mới lên trang.",
    )
    publish_on: FullDate | None = Field(None, title="Đăng từ ngày")
    expires_on: FullDate | None = Field(None, title="Gỡ từ ngày")

    def is_public(self, today: date) -> bool:
        """Whether citizens may see it on `today`, a day in Việt Nam."""
        return (
            self.publish is PublishState.APPROVED
            and (self.publish_on is None or self.publish_on <= today)
            and (self.expires_on is None or today < self.expires_on)
        )


class Model(Record):
    """An exemplary model or example (mô hình, điển hình)."""

    title: Text = Field(title="Tên mô hình", max_length=TITLE_LIMIT)
    summary: Text = Field(
        title="Tóm tắt", max_length=SUMMARY_LIMIT, description="Một hai câu, tối đa 300 ký tự."
    )
    field: FieldId = Field(title="Lĩnh vực", examples=["an-ninh"])
    unit: Identifier = Field(title="Đơn vị", description="Mã trong content/data/units.yml.")
    year: YearOrUnknown = Field(title="Năm đăng ký", description="Bốn chữ số, hoặc chua-ro.")
    status: StatusOrUnknown = Field(title="Tình trạng")
    kind: KindChoice | None = Field(None, title="Loại điển hình")
    level: LevelChoice | None = Field(None, title="Cấp")
    place: Text | None = Field(None, title="Địa điểm", description="Tên gọi lúc đó.")
    owner: Text | None = Field(None, title="Người thực hiện", description="Khi khác đơn vị.")
    partners: tuple[Text, ...] = Field((), title="Cùng thực hiện")
    started: Day | None = Field(None, title="Bắt đầu")
    ended: Day | None = Field(None, title="Kết thúc")
    period: PeriodChoice | None = Field(None, title="Giai đoạn")
    results: tuple[Result, ...] = Field((), title="Kết quả")
    awards: tuple[Award, ...] = Field((), title="Khen thưởng")
    documents: tuple[Identifier, ...] = Field((), title="Văn bản")
    replicated_from: Identifier | None = Field(None, title="Học từ mô hình")
    replicated_to: tuple[Text, ...] = Field((), title="Đã nhân rộng tới")
    topics: tuple[Name, ...] = Field((), title="Chủ đề")
    images: tuple[Image, ...] = Field((), title="Ảnh")
    sources: tuple[Source, ...] = Field((), title="Nguồn")
    verified_on: FullDate | None = Field(None, title="Kiểm chứng ngày")
    aliases: tuple[Address, ...] = Field((), title="Địa chỉ cũ")

    @property
    def shown_year(self) -> int | None:
        """The year under which citizens find it: registered, else begun."""
        return self.year or (self.started.year if self.started else None)

    @property
    def dated_on(self) -> date | None:
        """When it was last published or verified, else when it is known to have been."""
        said = max(filter(None, (self.verified_on, self.publish_on)), default=None)
        return said or (self.known_at.first if self.known_at else None)

    @property
    def known_at(self) -> PartialDate | None:
        """When it is known to have been: registered (as exactly as it began), begun, reported."""
        if self.started and self.year in (None, self.started.year):
            return self.started
        if self.year:
            return PartialDate(self.year)
        return min((s.date for s in self.sources if s.date), default=None)


class Article(Record):
    """A piece of news (tin, bài viết)."""

    title: Text = Field(title="Tiêu đề", max_length=TITLE_LIMIT)
    summary: Text = Field(title="Tóm tắt", max_length=SUMMARY_LIMIT)
    date: Day = Field(title="Ngày")
    category: CategoryChoice = Field(title="Chuyên mục")
    author: Text | None = Field(None, title="Tác giả")
    source: Text | None = Field(None, title="Nguồn")
    source_url: Url | None = Field(None, title="Địa chỉ nguồn", description="Khi đăng lại.")
    updated: Day | None = Field(None, title="Cập nhật")
    models: tuple[Identifier, ...] = Field((), title="Mô hình được nhắc")
    units: tuple[Identifier, ...] = Field((), title="Đơn vị được nhắc")
    documents: tuple[Identifier, ...] = Field((), title="Văn bản được nhắc")
    images: tuple[Image, ...] = Field((), title="Ảnh")
    topics: tuple[Name, ...] = Field((), title="Chủ đề")
    figures: Figures | None = Field(None, title="Số khen thưởng trong bài")
    pinned: Flag = Field(False, title="Ghim lên đầu")
    aliases: tuple[Address, ...] = Field((), title="Địa chỉ cũ")

    @model_validator(mode="after")
    def _names_its_origin(self) -> "Article":
        if not self.author and not self.source:
            raise fault_in("MH121")
        return self


class Document(Record):
    """An official paper (văn bản). Number, issuer and year together are its key."""

    number: Text = Field(title="Số, ký hiệu", examples=["52-CT/TU"])
    type: DocumentTypeChoice = Field(title="Loại văn bản")
    issuer: Text = Field(title="Cơ quan ban hành")
    date: DayOrUnknown = Field(title="Ngày ban hành", description="Hoặc chua-ro.")
    title: Text = Field(title="Trích yếu", max_length=TITLE_LIMIT)
    effective: Day | None = Field(None, title="Có hiệu lực từ")
    expired: Day | None = Field(None, title="Hết hiệu lực từ")
    replaced_by: Identifier | None = Field(None, title="Được thay bằng")
    file: Text | None = Field(None, title="Tệp văn bản", description="Đường dẫn tới tệp PDF.")
    url: Url | None = Field(None, title="Địa chỉ văn bản")
    number_incomplete: Flag = Field(False, title="Số chưa đủ ký hiệu")
    sources: tuple[Source, ...] = Field((), title="Nguồn")
    aliases: tuple[Address, ...] = Field((), title="Địa chỉ cũ")

    @property
    def year(self) -> Year | None:
        """The year of issue, where known."""
        return self.date.year if self.date else None

    @property
    def summary(self) -> str:
        """One line that names it in full."""
        return f"{self.type.label} số {self.number} của {self.issuer}: {self.title}"


class Page(Record):
    """A page of standing text (giới thiệu, giấy phép…)."""

    title: Text = Field(title="Tiêu đề", max_length=TITLE_LIMIT)
    summary: Text | None = Field(None, title="Tóm tắt", max_length=SUMMARY_LIMIT)
    aliases: tuple[Address, ...] = Field((), title="Địa chỉ cũ")
