"""Words that `corpus.py` puts together: plain Vietnamese about nothing in particular."""

OPENINGS = (
    "Từ đầu năm,",
    "Mỗi tháng một lần,",
    "Sau ba buổi họp,",
    "Trước mùa mưa,",
    "Ở đầu xóm,",
    "Cuối tuần nào cũng vậy,",
    "Bắt đầu từ việc nhỏ,",
    "Khi đường còn lầy lội,",
    "Theo lời hẹn trong hương ước,",
    "Nhờ bàn bạc kỹ từ trước,",
)
GROUPS = (
    "Tổ dân vận",
    "Chi hội phụ nữ",
    "Đoàn thanh niên",
    "Ban công tác Mặt trận",
    "Hội cựu chiến binh",
    "Chi hội nông dân",
    "Bà con trong xóm",
    "Tổ tự quản",
    "Các hộ dọc tuyến đường",
    "Dòng họ lớn trong làng",
)
VERBS = (
    "cùng nhau sửa",
    "vận động góp công làm",
    "chia nhau chăm sóc",
    "ghi sổ công khai việc",
    "hằng tuần kiểm tra",
    "mời thợ đến hướng dẫn",
    "bàn cách giữ gìn",
    "nhận trông coi",
    "trồng mới quanh",
    "tập huấn cho người làm",
)
THINGS = (
    "đường hoa",
    "hàng rào xanh",
    "đèn chiếu sáng ngõ",
    "tủ sách dùng chung",
    "bể nước sạch",
    "vườn rau mẫu",
    "điểm thu gom rác",
    "tiếng kẻng báo giờ",
    "quỹ giúp nhau",
    "sân chơi trẻ em",
    "mương thoát nước",
    "nhà văn hóa thôn",
    "tổ may gia công",
    "chuồng trại hợp vệ sinh",
    "camera đầu ngõ",
    "bếp ăn tình thương",
)
ACTIONS = (
    "Chung tay làm",
    "Tự quản",
    "Góp đất mở",
    "Giữ gìn",
    "Thắp sáng",
    "Cùng dân xây",
    "Chăm lo",
    "Đổi mới",
    "Nhân đôi",
    "Gắn kết qua",
)
PLACES = (
    "ở thôn Đông",
    "ở thôn Đoài",
    "ở xóm Bãi",
    "ở xóm Chùa",
    "ở ấp Cầu Ván",
    "ở bản Nà Lốc",
    "ở khu phố Ba",
    "ở tổ dân phố Bảy",
    "ở buôn Ea Tung",
    "ở làng Vạn",
    "ở cụm dân cư Năm",
    "ở phố Chợ",
)
NAMES = tuple(
    """
    An Bình Cao Châu Chính Cường Dương Đại Đạo Điền Đình Đoài Đông Đồng Đức Gia Giang Hà Hải Hạnh
    Hiệp Hiếu Hoàng Hòa Hội Hồng Huệ Hùng Hưng Hương Khánh Khê Kim Lạc Lâm Lộc Long Lương Mai Minh
    Mỹ Nam Nghĩa Ngọc Nguyên Nhân Ninh Phong Phú Phúc Phước Quang Quế Quý Sơn Tân Tây Thái Thanh
    Thành Thiện Thịnh Thọ Thuận Thủy Tiên Tiến Trung Trường Tú Tùng Vân Viên Việt Vĩnh Xuân Yên
    """.split()  # noqa: SIM905 - reads as a list of words
)
"""What names of hamlets are made of, two at a time."""
RESULTS = (
    ("Hộ tham gia", "hộ"),
    ("Công góp", "ngày công"),
    ("Kinh phí vận động", "triệu đồng"),
    ("Đường được sửa", "km"),
    ("Đất được hiến", "m²"),
    ("Người được giúp", "người"),
    ("Cây đã trồng", "cây"),
)
"""What models report, and in what."""
