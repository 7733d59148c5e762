"""The closed lists of the content model, each value with its Vietnamese label."""

from functools import partial
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from site_builder.domain.values import UNKNOWN, Choice, or_unknown, parse_choice


class PublishState(Choice):
    """Who has seen the entry: only approved ones are ever public."""

    DRAFT = "nhap", "Nháp"
    WAITING = "cho-duyet", "Chờ duyệt"
    APPROVED = "da-duyet", "Đã duyệt"


class Status(Choice):
    """How far a model has come; the first five are the path that citizens see."""

    REGISTERED = "dang-ky", "Đăng ký"
    RUNNING = "trien-khai", "Đang triển khai"
    RECOGNISED = "cong-nhan", "Được công nhận"
    EXEMPLARY = "tieu-bieu", "Tiêu biểu"
    REPLICATED = "nhan-rong", "Được nhân rộng"
    ENDED = "ket-thuc", "Đã kết thúc"
    PAUSED = "tam-dung", "Tạm dừng"


STATUS_PATH = (
    Status.REGISTERED,
    Status.RUNNING,
    Status.RECOGNISED,
    Status.EXEMPLARY,
    Status.REPLICATED,
)


class Kind(Choice):
    """Who is exemplary, or who receives an award."""

    COLLECTIVE = "tap-the", "Tập thể"
    PERSON = "ca-nhan", "Cá nhân"


class Level(Choice):
    """The level that runs or recognised the model."""

    GRASSROOTS = "co-so", "Cơ sở"
    COMMUNE = "xa-phuong", "Cấp xã, phường"
    DISTRICT = "huyen", "Cấp huyện"
    PROVINCE = "tinh", "Cấp tỉnh, thành phố"
    NATION = "trung-uong", "Trung ương"


class Period(Choice):
    """The movement's planning periods."""

    P2017 = "2017-2020", "Giai đoạn 2017 - 2020"
    P2021 = "2021-2025", "Giai đoạn 2021 - 2025"
    P2026 = "2026-2030", "Giai đoạn 2026 - 2030"

    @property
    def years(self) -> range:
        """The years that the period holds."""
        first, last = self.value.split("-")
        return range(int(first), int(last) + 1)


class About(Choice):
    """How exact a printed figure is."""

    MORE = "hon", "hơn"
    NEARLY = "gan", "gần"
    ROUGHLY = "khoang", "khoảng"


class AwardStatus(Choice):
    """Whether an award was proposed, given or taken back."""

    PROPOSED = "de-nghi", "Đề nghị"
    GIVEN = "da-tang", "Đã tặng"
    REVOKED = "thu-hoi", "Đã thu hồi"


class People(Choice):
    """Whom a picture shows."""

    NOBODY = "khong", "Không có ai nhận ra được"
    KNOWN = "nhan-ra", "Có người nhận ra được"
    CHILDREN = "tre-em", "Có trẻ em"


class Category(Choice):
    """What kind of news an article is."""

    DIRECTION = "chi-dao", "Chỉ đạo"
    ACTIVITY = "hoat-dong", "Hoạt động"
    LAUNCH = "ra-mat", "Ra mắt mô hình"
    COMMENDATION = "khen-thuong", "Khen thưởng"
    CONFERENCE = "hoi-nghi", "Hội nghị"
    CONTEST = "hoi-thi", "Hội thi"


class DocumentType(Choice):
    """Types of official papers of Party and State."""

    DISPATCH = "cong-van", "Công văn"
    PLAN = "ke-hoach", "Kế hoạch"
    DIRECTIVE = "chi-thi", "Chỉ thị"
    RESOLUTION = "nghi-quyet", "Nghị quyết"
    JOINT_RESOLUTION = "nghi-quyet-lien-tich", "Nghị quyết liên tịch"
    CONCLUSION = "ket-luan", "Kết luận"
    RULES = "quy-che", "Quy chế"
    REGULATION = "quy-dinh", "Quy định"
    DECISION = "quyet-dinh", "Quyết định"
    GUIDANCE = "huong-dan", "Hướng dẫn"
    SCHEME = "de-an", "Đề án"
    ACTION_PROGRAMME = "chuong-trinh-hanh-dong", "Chương trình hành động"
    PROGRAMME = "chuong-trinh", "Chương trình"
    DECREE = "nghi-dinh", "Nghị định"
    CIRCULAR = "thong-tu", "Thông tư"
    LAW = "luat", "Luật"
    REPORT = "bao-cao", "Báo cáo"
    NOTICE = "thong-bao", "Thông báo"


class UnitType(Choice):
    """What kind of office, place or organisation a unit is."""

    PROVINCE = "tinh", "Tỉnh, thành phố"
    DISTRICT = "huyen", "Cấp huyện"
    COMMUNE = "xa", "Xã"
    WARD = "phuong", "Phường"
    TOWNSHIP = "thi-tran", "Thị trấn"
    SPECIAL_ZONE = "dac-khu", "Đặc khu"
    OFFICE = "phong-ban", "Phòng, ban"
    ASSOCIATION = "hoi-quan-chung", "Hội, đoàn thể"
    FORCES = "luc-luong-vu-trang", "Lực lượng vũ trang"
    PARTY = "dang", "Tổ chức Đảng"
    FRONT = "mat-tran", "Mặt trận Tổ quốc"
    CENTRE = "trung-uong", "Trung ương"
    OTHER = "khac", "Đơn vị khác"


class Succession(Choice):
    """How a unit gave way to another."""

    MERGED = "sap-nhap", "sáp nhập"
    SPLIT = "chia", "chia tách"
    RENAMED = "doi-ten", "đổi tên"
    ABOLISHED = "giai-the", "kết thúc hoạt động"


def _chosen(kind: type[Choice]) -> Any:
    return BeforeValidator(partial(parse_choice, kind))


AboutChoice = Annotated[About, _chosen(About)]
AwardStatusChoice = Annotated[AwardStatus, _chosen(AwardStatus)]
CategoryChoice = Annotated[Category, _chosen(Category)]
DocumentTypeChoice = Annotated[DocumentType, _chosen(DocumentType)]
KindChoice = Annotated[Kind, _chosen(Kind)]
LevelChoice = Annotated[Level, _chosen(Level)]
PeopleChoice = Annotated[People, _chosen(People)]
PeriodChoice = Annotated[Period, _chosen(Period)]
PublishChoice = Annotated[PublishState, _chosen(PublishState)]
SuccessionChoice = Annotated[Succession, _chosen(Succession)]
UnitTypeChoice = Annotated[UnitType, _chosen(UnitType)]
StatusOrUnknown = Annotated[
    Status | None,
    BeforeValidator(or_unknown(partial(parse_choice, Status))),
    WithJsonSchema({"enum": [*(s.value for s in Status), UNKNOWN], "type": "string"}),
]
