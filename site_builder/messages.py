"""Every sentence that a writer may be told, as data.

A code is permanent: it may be retired, never given another meaning. `text` says what happened
from the writer's side, `hint` what to do. `{name}` is filled at the call site. No Python or
library words, no blame.

MH0xx files and bytes · MH05x front matter · MH1xx values · MH2xx rules across entries ·
MH3xx body · MH4xx registers · MH41x old addresses · MH5xx publish.yml
"""

from typing import NamedTuple


class Message(NamedTuple):
    """A sentence with its remedy; `severity` is "error" or "warning"."""

    severity: str
    text: str
    hint: str


def _e(text: str, hint: str) -> Message:
    return Message("error", text, hint)


def _w(text: str, hint: str) -> Message:
    return Message("warning", text, hint)


_SAVE_UTF8 = "mở tệp bằng Notepad, chọn Lưu thành… (Save as), mục Mã hóa (Encoding) chọn UTF-8."

_FILES = {
    "MH001": _e("tệp trống.", "viết nội dung hoặc xóa tệp."),
    "MH002": _e("tệp được lưu bằng mã UTF-16.", _SAVE_UTF8),
    "MH003": _e("tệp không phải mã UTF-8 (có thể là windows-1258 hay một bảng mã cũ).", _SAVE_UTF8),
    "MH004": _e(
        "chữ “{value}” viết bằng phông cũ ({font}) nên người đọc sẽ thấy ký tự lạ.",
        "dùng Unikey, bấm Ctrl+Shift+F6, chuyển mã từ {font} sang Unicode rồi dán lại.",
    ),
    "MH005": _e(
        "có ký tự ẩn {value} không in ra được.",
        "xóa ký tự ở chỗ được chỉ, hoặc gõ lại dòng này.",
    ),
    "MH006": _e("bài dài {size}, quá giới hạn {limit}.", "chia thành nhiều bài."),
    "MH007": _e(
        "phần khai báo giữa hai dòng --- dài {size}, quá giới hạn {limit}.",
        "chuyển phần kể chuyện xuống dưới dòng --- thứ hai.",
    ),
    "MH008": _e(
        "tên “{value}” không dùng được trên Windows.",
        "đổi tên tệp: chỉ dùng chữ, số và dấu gạch nối, ví dụ tieng-keng-an-ninh.md.",
    ),
    "MH009": _e(
        "“{value}” là đường dẫn tắt tới nơi khác nên không được đọc.",
        "chép tệp thật vào thư mục này.",
    ),
    "MH010": _e(
        "tên index.md dành cho trang danh sách.",
        "đặt tên tệp theo tên bài, ví dụ tieng-keng-an-ninh.md.",
    ),
    "MH011": _e(
        "tệp nằm sai chỗ nên không biết đây là loại bài gì.",
        "mô hình: models/<lĩnh vực>/ten.md; tin: content/news/<năm>/ten.md; "
        "văn bản: content/documents/ten.md; trang: content/ten.md.",
    ),
    "MH012": _e(
        "không mở được tệp ({reason}).", "đóng chương trình đang giữ tệp, xem lại quyền đọc."
    ),
    "MH013": _e(
        "tên tệp “{value}” không có chữ hay số nào để làm địa chỉ.",
        "đặt tên tệp bằng chữ không dấu, ví dụ tieng-keng-an-ninh.md.",
    ),
}

_FRONT_MATTER = {
    "MH050": _e(
        "thiếu phần khai báo ở đầu tệp.",
        "dòng đầu tiên phải là ---, rồi các dòng như title: …, rồi lại một dòng ---.",
    ),
    "MH051": _e(
        "phần khai báo mở bằng --- nhưng không có dòng --- đóng lại.",
        "thêm một dòng --- ngay dưới dòng khai báo cuối cùng.",
    ),
    "MH052": _e(
        "dòng khai báo này viết chưa đúng nên không đọc được.",
        "mỗi dòng là tên: giá trị; giá trị có dấu hai chấm hay dấu # thì đặt trong ngoặc kép, "
        'ví dụ title: "Dân vận khéo: cách làm ở xã".',
    ),
    "MH053": _e(
        "thụt đầu dòng bằng phím Tab.", "xóa ký tự Tab và gõ dấu cách (hai dấu cho mỗi bậc)."
    ),
    "MH054": _e("mục “{key}” đã khai báo ở dòng {line}.", "giữ lại một dòng, xóa dòng thừa."),
    "MH055": _e(
        "dấu {value} ở đầu giá trị có nghĩa riêng (lặp lại giá trị khác) và không được dùng.",
        "đặt giá trị trong ngoặc kép, hoặc viết lại đầy đủ.",
    ),
    "MH056": _e(
        "dấu ! ở đầu giá trị (“{value}”) có nghĩa riêng và không được dùng.",
        "đặt giá trị trong ngoặc kép.",
    ),
    "MH057": _e(
        "phần khai báo phải gồm các dòng tên: giá trị.",
        "viết ví dụ title: Tiếng kẻng an ninh ở một dòng riêng.",
    ),
    "MH058": _e("khai báo lồng nhau quá {limit} bậc.", "bỏ bớt các bậc thụt vào."),
}

_VALUES = {
    "MH101": _e("thiếu mục bắt buộc {key} ({label}).", "thêm dòng {key}: … {example}"),
    "MH102": _e("không có mục nào tên “{key}”.", "xóa dòng này hoặc sửa lại tên mục."),
    "MH103": _e("ngày “{value}” không có thật.", "viết năm-tháng-ngày, ví dụ 2024-03-12."),
    "MH104": _e(
        "không hiểu ngày “{value}”.",
        "viết năm-tháng-ngày, ví dụ 2024-03-12, hoặc ngày/tháng/năm, ví dụ 12/3/2024.",
    ),
    "MH105": _e(
        "năm trong “{value}” nằm ngoài khoảng 1945 đến 2100.", "xem lại bốn chữ số của năm."
    ),
    "MH106": _e(
        "“{value}” không phải là số.",
        "chỉ viết số, ví dụ 1000 hoặc 4,2; chữ đi kèm (hộ, m²…) viết ở mục unit.",
    ),
    "MH107": _e("“{value}” không có trong danh sách.", "chọn một trong: {choices}."),
    "MH108": _e(
        "mục {key} ({label}) phải là danh sách.",
        "viết mỗi giá trị một dòng, mở đầu bằng dấu gạch: - giá trị.",
    ),
    "MH109": _e(
        "mục {key} ({label}) phải gồm các dòng tên: giá trị.",
        "thụt vào hai dấu cách rồi viết từng dòng tên: giá trị.",
    ),
    "MH110": _e(
        "mục {key} ({label}) chỉ nhận một giá trị.", "viết giá trị trên cùng dòng: {key}: giá trị."
    ),
    "MH111": _e("mục {key} ({label}) dài {length} ký tự, tối đa {limit}.", "viết ngắn lại."),
    "MH112": _e("mục {key} ({label}) để trống.", "viết giá trị, hoặc xóa cả dòng."),
    "MH113": _e(
        "“{value}” không phải địa chỉ trang web.",
        "chép cả địa chỉ, bắt đầu bằng https://.",
    ),
    "MH114": _e("mục {key} ({label}) có ký tự ẩn {value}.", "gõ lại giá trị, không dùng dấu \\ ."),
    "MH115": _e(
        "mục “{key}” điều khiển giao diện nên bài viết không được dùng.",
        "xóa dòng này; giao diện do người quản trị đặt.",
    ),
    "MH116": _e("“{value}” không phải có hay không.", "viết true (có) hoặc false (không)."),
    "MH117": _e(
        "“{value}” không phải địa chỉ cũ hợp lệ.",
        "viết phần sau tên miền, chữ không dấu, có dấu / ở hai đầu, "
        "ví dụ /mo-hinh/an-ninh/ten-cu/.",
    ),
    "MH118": _e("“{value}” không phải một năm.", "viết bốn chữ số, ví dụ 2024."),
    "MH119": _e(
        "số “{value}” có thể hiểu hai cách.",
        "viết {whole} nếu là hàng nghìn, {part} nếu là số lẻ.",
    ),
    "MH120": _e(
        "mã “{value}” phải viết bằng chữ thường không dấu, nối bằng gạch.", "viết {wanted}."
    ),
    "MH121": _e("tin chưa có tác giả hay nguồn.", "thêm dòng author: … hoặc source: …"),
    "MH123": _e(
        "ảnh {people} nhưng chưa ghi ai đồng ý cho đăng.",
        "thêm dòng consent: … (ai đồng ý, ngày nào); với trẻ em là cha mẹ hoặc người giám hộ.",
    ),
    "MH124": _e("“{value}” không có chữ hay số nào.", "viết tên bằng chữ."),
    "MH122": _e("mục {key} ({label}) có giá trị “{value}” không đúng dạng.", "{description}"),
}

_RULES = {
    "MH201": _e("không có {kind} nào là “{value}”.", "xem lại mã, hoặc thêm {kind} đó trước."),
    "MH202": _e("có {count} văn bản cùng số “{value}”.", "ghi rõ một trong: {choices}."),
    "MH203": _e(
        "bài được đăng này dẫn tới “{value}” chưa được đăng.",
        "duyệt đăng bài kia (publish: da-duyet) hoặc bỏ chỗ dẫn.",
    ),
    "MH204": _e("“{value}” là {found}, không phải {kind}.", "ghi mã của {kind} vào mục này."),
    "MH205": _e(
        "{name} không còn (hoặc chưa có) vào {date}.", "ghi đơn vị của thời điểm đó{successor}."
    ),
    "MH206": _e(
        "đơn vị “{value}” quay vòng về chính mình ({chain}).", "xem lại mục parent và successors."
    ),
    "MH207": _e(
        "lĩnh vực “{value}” không có trong bộ lĩnh vực của năm {year}.",
        "chọn một trong: {choices}.",
    ),
    "MH208": _e("{first} ({first_date}) sau {last} ({last_date}).", "xem lại hai ngày."),
    "MH209": _e("năm {value} chưa tới.", "xem lại năm."),
    "MH210": _e("giai đoạn {period} không có năm {year}.", "sửa giai đoạn hoặc năm đăng ký."),
    "MH211": _e("khen thưởng năm {value} trước khi có mô hình (năm {year}).", "xem lại hai năm."),
    "MH212": _e(
        "mô hình ghi là được nhân rộng nhưng chưa nói ở đâu.",
        "thêm mục replicated_to: với nơi đã làm theo, hoặc ở mô hình kia ghi "
        "replicated_from: {slug}.",
    ),
    "MH213": _e("trùng địa chỉ {address} với {other}.", "đổi tên một trong hai tệp."),
    "MH214": _e("địa chỉ cũ {value} đang được dùng cho {other}.", "xóa dòng này khỏi aliases."),
    "MH215": _e("địa chỉ cũ {value} đã được khai báo ở {other}.", "giữ lại ở một bài."),
    "MH216": _e(
        "số, ký hiệu “{value}” không đúng cách viết.",
        "ví dụ: 52-CT/TU (Đảng), 109/KH-UBND, 1606/UBND-NV, 42/2022/NĐ-CP, 91/2025/QH15.",
    ),
    "MH217": _e(
        "số “{value}” thiếu ký hiệu đuôi.",
        "ghi đủ (ví dụ 217-QĐ/TW); nếu nguồn chỉ ghi số, thêm dòng number_incomplete: true.",
    ),
    "MH218": _e("văn bản này trùng số, cơ quan và năm với {other}.", "giữ lại một tệp."),
    "MH219": _e(
        "mô hình thuộc lĩnh vực {value} nhưng nằm trong thư mục {folder}.",
        "chuyển tệp sang models/{value}/ hoặc sửa mục field.",
    ),
    "MH220": _e(
        "tin năm {year} nhưng nằm trong thư mục {folder}.",
        "chuyển tệp sang content/news/{year}/ hoặc sửa ngày.",
    ),
    "MH221": _e("từ ngày 1/7/2025 không còn cấp huyện.", "ghi xa-phuong hoặc tinh ở mục level."),
    "MH230": _w(
        "bài ghi {quoted} {kind} được khen, sổ khen thưởng của các mô hình trong bài có {counted}.",
        "xem lại con số, hoặc bổ sung khen thưởng vào mô hình.",
    ),
    "MH231": _w(
        "{name} mới đăng ký {count}/{needed} mô hình năm {year}.",
        "nhắc đơn vị đăng ký, hoặc ghi exempt: true nếu được miễn.",
    ),
    "MH232": _w(
        "lần kiểm chứng cuối ({date}) đã quá 24 tháng.", "hỏi lại đơn vị rồi sửa verified_on."
    ),
    "MH233": _w(
        "tên gần giống với {other}, cùng đơn vị và cùng năm.",
        "nếu là một mô hình, xóa bớt một tệp.",
    ),
    "MH234": _w("viết lẫn hai cách bỏ dấu: “{old}” và “{new}”.", "chọn một cách cho cả bài."),
    "MH235": _w("mô hình chưa có kết quả nào bằng con số.", "hỏi đơn vị rồi thêm mục results."),
    "MH236": _w("còn ghi chua-ro ở: {keys}.", "hỏi đơn vị hoặc nguồn rồi điền."),
    "MH240": _e(
        "có dãy 12 chữ số giống số căn cước công dân.", "xóa đi: đây là thông tin cá nhân."
    ),
    "MH241": _e(
        "có số điện thoại cá nhân “{value}”.",
        "xóa đi; đường dây nóng khai báo trong content/data/site.yml.",
    ),
    "MH242": _e(
        "ảnh “{value}” chưa có lời mô tả.",
        'viết điều ảnh cho thấy: ![Bà con họp thôn](anh.jpg); trong thẻ img thì ở alt="…".',
    ),
}

_BODY = {
    "MH301": _e("không có tệp “{value}”.", "xem lại tên tệp và thư mục, tính từ tệp này."),
    "MH302": _e(
        "đường dẫn “{value}” ra ngoài thư mục nội dung.",
        "dẫn tới tệp trong models/ hay content/ bằng đường dẫn tính từ tệp này, "
        "ví dụ ../an-ninh/tieng-keng.md.",
    ),
    "MH303": _e(
        "liên kết kiểu “{value}” không được dùng.",
        "chỉ dùng https://, mailto: hoặc tệp trong thư mục nội dung.",
    ),
    "MH304": _e(
        "thẻ <{value}> không được dùng trong bài.", "xóa thẻ; viết bằng Markdown hoặc chữ thường."
    ),
    "MH310": _e("thuộc tính {value} của thẻ <{tag}> không được dùng trong bài.", "xóa thuộc tính."),
    "MH305": _e("ảnh SVG không được dùng trong bài.", "dùng ảnh JPEG, PNG, WebP hoặc HEIC."),
    "MH306": _e(
        "đoạn này có quá nhiều {what} lồng vào nhau nên không dựng được.",
        "viết lại đoạn cho đơn giản.",
    ),
    "MH307": _e(
        "ảnh “{value}” không đăng được ({reason}).",
        "chép lại ảnh, hoặc xuất lại thành ảnh tĩnh JPEG hay PNG, nhỏ hơn.",
    ),
    "MH308": _e(
        "loại tệp “{value}” không được đăng.",
        "chỉ đăng ảnh .jpg, .png, .webp, .heic và văn bản .pdf; tệp Word thì xuất ra PDF.",
    ),
    "MH309": _e("liên kết trong trang “{value}” không trúng đề mục nào.", "xem lại tên đề mục."),
}

_REGISTERS = {
    "MH401": _e("thiếu tệp {value}.", "chép tệp mẫu từ tài liệu rồi sửa."),
    "MH402": _e("mã “{value}” đã có ở dòng {line}.", "mỗi mã chỉ dùng một lần; đổi một mã."),
    "MH403": _e(
        "tên “{value}” có ngày bắt đầu sau ngày kết thúc, hoặc chồng lên tên trước.",
        "xem lại from và to; xếp tên cũ trước, tên mới sau.",
    ),
    "MH404": _w(
        "địa chỉ báo lỗ hổng an toàn (security.txt) đã hết hạn ngày {date}.",
        "hỏi lại người nhận báo lỗi, rồi ghi ngày mới vào expires, không xa quá một năm.",
    ),
}

_OLD_ADDRESSES = {
    "MH411": _e(
        "dòng đầu của bảng địa chỉ cũ phải là from,to hoặc from;to.",
        "cột from ghi địa chỉ cũ, cột to ghi địa chỉ mới; không thêm cột nào khác.",
    ),
    "MH412": _e(
        "dòng này không có đúng hai ô.",
        "mỗi dòng một địa chỉ cũ và một địa chỉ mới, trên cùng một dòng; ô có dấu phẩy hay chấm "
        "phẩy thì đặt trong ngoặc kép.",
    ),
    "MH413": _e(
        "“{value}” không phải một địa chỉ cũ trên máy chủ này.",
        "bắt đầu bằng /, viết như trên thanh địa chỉ, ví dụ /index.php?id=12; không ghi phần từ "
        "dấu # trở đi. Tên miền khác thì cấu hình ở máy chủ của tên miền ấy.",
    ),
    "MH414": _e("địa chỉ cũ “{value}” đã có ở dòng {first}.", "xóa một trong hai dòng."),
    "MH415": _e(
        "địa chỉ “{value}” đang có trên trang.",
        "xóa dòng này, nếu không người dân không xem được trang ấy nữa.",
    ),
    "MH416": _e(
        "trên trang không có “{value}”.",
        "mở trang cần dẫn tới rồi chép phần địa chỉ từ {base} trở đi, đủ cả dấu / ở cuối.",
    ),
    "MH417": _e(
        "“{value}” lại là một địa chỉ cũ (dòng {first}).",
        "ghi thẳng địa chỉ của trang cuối cùng.",
    ),
}

_PUBLISHING = {
    "MH501": _e(
        "mục “{key}” là mật khẩu hay khóa bí mật, không được ghi vào tệp này.",
        "xóa dòng này; mật khẩu đặt trong biến môi trường hoặc dùng SSH agent (docs/xuat-ban.md).",
    ),
}

MESSAGES: dict[str, Message] = (
    _FILES | _FRONT_MATTER | _VALUES | _RULES | _BODY | _REGISTERS | _OLD_ADDRESSES | _PUBLISHING
)
