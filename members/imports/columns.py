"""Which column of a list holds what: by its title, as people and the printed forms write it; what was chosen before comes first."""

import hashlib
import re
from dataclasses import dataclass

from khoi_party.common.names import one_line, search_text


@dataclass(frozen=True)
class Field:
    """Something a list may say of a member. `titles`: headings without marks and signs; `parts`: for a column that holds several facts."""

    key: str
    label: str
    titles: tuple
    parts: tuple = ()

    def is_offered(self, stored):
        """Whether a record that holds the fields `stored` has use for such a column."""
        return bool({self.key, *self.parts} & {*stored, *SIGNS})


# Not kept themselves: they name the person, the place, or what has happened meanwhile.
SIGNS = ("family_name", "given_name", "male", "female", "cell", "cell_code", "away", "arrived", "died", "left")


def _field(key, label, titles, parts=""):
    return Field(key, label, tuple(title.strip() for title in titles.split(",")), tuple(parts.split()))


# Columns of Mẫu 7-HSĐV (sổ danh sách đảng viên) hold several facts in one cell; rosters give each a column of its own.
FIELDS = (
    _field(
        "full_name", "Họ và tên", "ho va ten, ho ten, ho va ten dang vien, ho ten dang vien, ten dang vien, ho va ten dang dung, ho ten dang dung"
    ),
    _field("family_name", "Họ và đệm", "ho, ho dem, ho va dem, ho va ten dem, ho ten dem, ho va chu dem, ho chu dem"),
    _field("given_name", "Tên", "ten"),
    _field("birth_name", "Họ tên khai sinh", "ho ten khai sinh, ho va ten khai sinh, ten khai sinh"),
    _field(
        "names",
        "Họ tên và họ tên khai sinh (Mẫu 7-HSĐV)",
        "ho va ten ho va ten khai sinh, ho ten ho ten khai sinh, ho va ten va ho ten khai sinh, ho ten va ho ten khai "
        "sinh, ho va ten ho ten khai sinh, ho va ten ngay sinh, ho ten ngay thang nam sinh, ho va ten ngay thang nam "
        "sinh, ho va ten va ho va ten khai sinh, ho ten dang dung ho ten khai sinh, ho va ten dang dung ho va ten khai "
        "sinh",
        "full_name birth_name born_on",
    ),
    _field("gender", "Giới tính", "gioi tinh, gioi, nam nu, phai"),
    _field("male", "Nam (đánh dấu hoặc ngày sinh)", "nam, gioi tinh nam, ngay sinh nam, nam sinh nam, ngay thang nam sinh nam, ngay thang sinh nam"),
    _field(
        "female", "Nữ (đánh dấu hoặc ngày sinh)", "nu, gioi tinh nu, ngay sinh nu, nam sinh nu, ngay thang nam sinh nu, ngay thang sinh nu, la nu"
    ),
    _field(
        "born_on", "Ngày sinh", "ngay sinh, ngay thang nam sinh, nam sinh, sinh ngay, ngay thang sinh, ngay thang nam, sinh nam, ngay sinh nam sinh"
    ),
    _field("ethnicity", "Dân tộc", "dan toc, thanh phan dan toc"),
    _field("religion", "Tôn giáo", "ton giao"),
    _field(
        "people",
        "Nam/nữ, dân tộc, tôn giáo (Mẫu 7-HSĐV)",
        "nam nu dan toc ton giao, gioi tinh dan toc ton giao, nam hay nu dan toc ton giao, nam hoac nu dan toc ton "
        "giao, dan toc ton giao, gioi tinh dan toc",
        "gender ethnicity religion",
    ),
    _field("home_town", "Quê quán", "que quan, nguyen quan, que quan xa huyen tinh"),
    _field(
        "general_education",
        "Trình độ giáo dục phổ thông",
        "trinh do van hoa, van hoa, giao duc pho thong, trinh do giao duc pho thong, hoc van, trinh do hoc van, gdpt",
    ),
    _field(
        "education",
        "Trình độ chuyên môn",
        "trinh do chuyen mon, chuyen mon, chuyen mon nghiep vu, trinh do chuyen mon nghiep vu, bang cap",
    ),
    _field("speciality", "Chuyên ngành", "chuyen nganh, nganh hoc, chuyen nganh dao tao, nganh dao tao"),
    _field("foreign_language", "Ngoại ngữ", "ngoai ngu, trinh do ngoai ngu"),
    _field(
        "schooling",
        "Trình độ: văn hóa, lý luận, chuyên môn, ngoại ngữ (Mẫu 7-HSĐV)",
        "trinh do, trinh do van hoa ly luan chuyen mon ngoai ngu, trinh do van hoa chuyen mon ly luan ngoai ngu, "
        "trinh do van hoa ly luan chinh tri chuyen mon ngoai ngu",
        "general_education theory_level education speciality foreign_language",
    ),
    _field(
        "theory_level", "Trình độ lý luận chính trị", "ly luan chinh tri, trinh do ly luan chinh tri, ly luan, trinh do ly luan, llct, trinh do llct"
    ),
    _field(
        "position",
        "Chức vụ, công việc",
        "chuc vu, chuc vu cong viec, chuc danh, chuc vu chuc danh, cong viec, nghe nghiep, nghe nghiep hien nay, chuc "
        "vu chinh quyen, chuc vu don vi cong tac, chuc vu hien nay, cong viec hien nay, cong viec chinh dang lam, chuc "
        "vu nghe nghiep",
    ),
    _field("occupation_before", "Nghề nghiệp trước khi vào Đảng", "nghe nghiep truoc khi vao dang, nghe nghiep ban than truoc khi vao dang"),
    _field("background", "Bộ đội, công an, hưu trí (Mẫu 7-HSĐV)", "bo doi cong an huu tri, bo doi cong an, bo doi, quan doi cong an huu tri"),
    _field(
        "occupations",
        "Nghề nghiệp trước khi vào Đảng, hiện nay (Mẫu 7-HSĐV)",
        "nghe nghiep truoc khi vao dang hien nay, nghe nghiep truoc khi vao dang va hien nay, nghe nghiep truoc khi vao "
        "dang nghe nghiep hien nay, nghe nghiep ban than truoc khi vao dang hien nay",
        "occupation_before position",
    ),
    _field(
        "decided_on",
        "Ngày quyết định kết nạp",
        "ngay quyet dinh ket nap, ngay qd ket nap, quyet dinh ket nap, ngay quyet dinh, qd ket nap ngay, ngay quyet dinh ket nap dang",
    ),
    _field(
        "admitted_on",
        "Ngày vào Đảng (lễ kết nạp)",
        "ngay vao dang, ngay ket nap, ngay ket nap dang, ngay ket nap vao dang, ngay vao dang csvn, ngay vao dcsvn, vao "
        "dang, ngay vao dang lan dau, ngay vao dang du bi, vao dang du bi, ngay le ket nap, ngay to chuc le ket nap, "
        "ngay vao dang ket nap, ngay vao dang ngay ket nap, ngay vao du bi, du bi, ngay du bi, ket nap, ngay vao dang "
        "dang du bi",
    ),
    _field(
        "official_on",
        "Ngày chính thức",
        "ngay chinh thuc, ngay vao dang chinh thuc, chinh thuc, ngay cong nhan chinh thuc, ngay cong nhan dang vien "
        "chinh thuc, ngay cong nhan, vao dang chinh thuc, ngay vao chinh thuc, ngay dang vien chinh thuc, ngay chuyen "
        "dang chinh thuc, cong nhan chinh thuc",
    ),
    _field(
        "party_dates",
        "Ngày vào Đảng, ngày chính thức (Mẫu 7-HSĐV)",
        "ngay vao dang ngay chinh thuc, ngay vao dang va ngay chinh thuc, ngay vao dang ngay vao dang chinh thuc, ngay "
        "ket nap ngay chinh thuc, ngay thang nam vao dang chinh thuc, ngay vao dang ngay cong nhan chinh thuc",
        "admitted_on official_on",
    ),
    _field("card_number", "Số thẻ đảng viên", "so the dang vien, so the dang, so the, so tdv, the dang vien, so the dv, so the dang vien moi"),
    _field("card_issued_on", "Ngày cấp thẻ", "ngay cap the, ngay cap the dang, ngay cap the dang vien, the cap ngay"),
    _field("record_number", "Số lý lịch đảng viên", "so ly lich, so ly lich dang vien, so ll, so ly lich dv, so ho so"),
    _field(
        "numbers",
        "Số thẻ, số lý lịch, số Huy hiệu Đảng (Mẫu 7-HSĐV)",
        "so the so ly lich so huy hieu dang, so the dang vien so ly lich so huy hieu dang, so the dang vien so ly lich, "
        "so the dang so ly lich so huy hieu, so the dv so ly lich so huy hieu, so ly lich so the dang vien, so the so "
        "ly lich, so the dang vien so ly lich so huy hieu",
        "card_number record_number",
    ),
    _field(
        "identity_number",
        "Số định danh cá nhân (căn cước)",
        "so cccd, cccd, so cmnd, cmnd, can cuoc cong dan, so can cuoc, can cuoc, so can cuoc cong dan, so dinh danh, so "
        "dinh danh ca nhan, ma dinh danh, cmnd cccd, so cmnd cccd, so cccd cmnd, cccd cmnd, so cmt, so cmtnd, so cccd "
        "so dinh danh ca nhan, so dinh danh ca nhan cccd",
    ),
    _field(
        "cell",
        "Chi bộ",
        "chi bo, ten chi bo, to chuc dang, ten to chuc dang, chi bo sinh hoat, noi sinh hoat, sinh hoat tai chi bo, don "
        "vi sinh hoat, thuoc chi bo, sinh hoat tai, don vi sinh hoat dang, chi bo dang sinh hoat, noi sinh hoat dang",
    ),
    _field("cell_code", "Mã chi bộ", "ma chi bo, ma to chuc dang, ma to chuc, ma tcd"),
    _field(
        "away",
        "Ngày chuyển đi, đến đâu (Mẫu 7-HSĐV)",
        "ngay chuyen di den dau, ngay chuyen di, chuyen di, ngay thang nam chuyen di den dau, chuyen di ngay den dau",
    ),
    _field(
        "arrived",
        "Ngày chuyển đến, từ đâu (Mẫu 7-HSĐV)",
        "ngay chuyen den tu dau, ngay chuyen den, chuyen den, ngay thang nam chuyen den o dau den, chuyen den ngay tu "
        "dau, ngay thang nam chuyen den tu dau",
    ),
    _field("died", "Ngày từ trần, lý do (Mẫu 7-HSĐV)", "ngay tu tran ly do, ngay tu tran, tu tran, ngay mat, ngay thang nam tu tran ly do"),
    _field(
        "left",
        "Ngày ra khỏi Đảng, hình thức ra (Mẫu 7-HSĐV)",
        "ngay ra khoi dang hinh thuc ra, ngay ra khoi dang, ra khoi dang, ngay ra dang, ngay thang nam ra khoi dang hinh thuc ra khoi dang",
    ),
)
BY_KEY = {field.key: field for field in FIELDS}
_BY_TITLE = {title: field.key for field in FIELDS for title in field.titles}
_LONGEST_FIRST = sorted((title for title in _BY_TITLE if " " in title), key=lambda title: (-len(title), title))
NUMBERING = re.compile(r"[(]?\s*\d{1,2}\s*[)]?")


def plain(title):
    """A title as titles are compared: no marks, no signs, no "(ghi rõ …)" or "*"."""
    words = re.sub(r"[^0-9a-z]+", " ", search_text(one_line(title))).split()
    return " ".join(words)


def field_of(title):
    """The key of the field that a heading names, "" where it is none of ours. "A / B" is B under the common heading A.

    A heading that goes on after a known one ("Số thẻ đảng viên được cấp") is taken for it, if not for much more.
    """
    bare = re.sub(r"\([^)]*\)", " ", title)
    child = bare.rpartition(" / ")[2]
    for said in (plain(title), plain(bare), plain(child)):
        if said in _BY_TITLE:
            key = _BY_TITLE[said]
            return "" if key == "male" and "ă" in one_line(child).lower() else key  # Năm is no Nam
    said = plain(bare)
    return next((_BY_TITLE[known] for known in _LONGEST_FIRST if said.startswith(f"{known} ") and len(known) * 3 > len(said) * 2), "")


def match(titles):
    """{column number: field key} for `titles`; where two columns name one field, the first has it."""
    found, taken = {}, set()
    for place, title in enumerate(titles):
        key = field_of(title) if title else ""
        if key and key not in taken:
            found[place] = key
            taken.add(key)
    return found


def signature(titles):
    """What a set of headings is remembered by: the same form filled in again has the same."""
    return hashlib.sha256("|".join(plain(title) for title in titles).encode()).hexdigest()


def missing(mapping):
    """What a list cannot do without, as sentences: a name column."""
    keys = set(mapping.values())
    has_name = keys & {"full_name", "names"} or {"family_name", "given_name"} <= keys
    return [] if has_name else ["Chưa có cột nào là “Họ và tên”. Hãy chọn cột chứa họ và tên của đảng viên."]
