"""What stands in one cell of a list, read as people write it. Each reader takes a cell and gives a value; Unreadable says what is wrong.

A cell is what the reader of workbooks gives: str, int, float, bool, date, datetime; "" is empty and gives None.
"""

import datetime
import itertools
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from khoi_party.common.dates import date_text
from khoi_party.common.names import nfc, one_line, search_text

FIRST_YEAR, LAST_YEAR = 1900, 2100
EXCEL_DAY_ZERO = datetime.date(1899, 12, 30)  # Excel counts days from here (its 29/02/1900 that never was included)
SERIALS = range(60, 73_415)  # 1900 to 2100; plain years (1900-2100) are taken as years before this is asked
CARD_LENGTH = 9  # NN.NNNNNN


class Unreadable(ValueError):
    """A cell that does not hold what its column holds; the message is a Vietnamese sentence."""


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date of which the day, or day and month, may not be known (0)."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def first_day(self):
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self):
        """The last day that it may have been."""
        if self.is_whole:
            return self.first_day
        following = datetime.date(self.year + self.month // 12, self.month % 12 + 1, 1) if self.month else datetime.date(self.year + 1, 1, 1)
        return following - datetime.timedelta(days=1)

    @property
    def is_whole(self):
        return self.day > 0

    def __str__(self):
        """As officials write it: 03/02/1980, 02/1980, 1980."""
        return "/".join(f"{part:02d}" for part in (self.day, self.month) if part) + ("/" if self.month else "") + f"{self.year:04d}"


def text(cell):
    """One line of text in NFC, or None. A number loses the ".0" that Excel gives it, a date is written d/m/Y."""
    if cell is None or isinstance(cell, bool):
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime.date):
        return date_text(cell.date() if isinstance(cell, datetime.datetime) else cell)
    return one_line(str(cell)) or None


def lines(cell):
    """The lines that a cell of a printed form holds, empty ones dropped: several facts in one cell."""
    if isinstance(cell, str):
        return [line for piece in re.split(r"[\r\n]+|;", cell) if (line := one_line(piece).strip(" ,;-–"))]
    return [line] if (line := text(cell)) else []


def person_name(cell):
    """A full name. Written all in capitals it is given the capitals of a name; digits and a single word are not a person's full name."""
    name = text(cell)
    if not name:
        return None
    if old := old_font(str(cell)):
        raise Unreadable(f"Họ tên gõ bằng phông cũ {old}, không phải Unicode.")
    name = re.sub(r"^(đ/c|đồng chí|ông|bà)\.?:?\s+(?=\S+\s)", "", name, flags=re.IGNORECASE)
    if any(letter.isdigit() for letter in name) or len(name.split()) < 2:
        raise Unreadable(f"“{name[:40]}” không phải là họ và tên đầy đủ.")
    if len(name) > 120:
        raise Unreadable("Họ và tên dài hơn 120 ký tự.")
    return nfc(" ".join(word[:1].upper() + word[1:].lower() for word in name.split())) if name.isupper() else name


@lru_cache(maxsize=256, typed=True)
def gender(cell):
    """ "male" or "female" from Nam, Nữ, M, F, 1/0 is refused: nobody knows which is which."""
    said = search_text(text(cell) or "").strip(" .")
    if not said:
        return None
    if said in ("nam", "m", "male", "ong", "trai"):
        return "male"
    if said in ("nu", "f", "female", "ba", "gai"):
        return "female"
    raise Unreadable(f"“{text(cell)[:20]}” không phải là giới tính. Hãy ghi Nam hoặc Nữ.")


NOTHING = ("", "khong", "ko", "k", "-", "chua", "chua co", "chua qua dao tao ly luan")
_EDUCATION = (
    ("doctor", r"tien si|tien sy|\bts\b"),
    ("master", r"thac si|thac sy|\bths\b|cao hoc"),
    ("bachelor", r"dai hoc|cu nhan|ky su|bac si|bac sy|\bdh\b|\bcn\b|\bks\b"),
    ("college", r"cao dang|\bcd\b"),
    ("intermediate", r"trung cap|trung hoc chuyen nghiep|\btc\b|\bthcn\b"),
    ("primary", r"so cap"),
    ("none", r"chua qua dao tao"),
)
_THEORY = (("bachelor", r"cu nhan"), ("advanced", r"cao cap|\bcc\b"), ("intermediate", r"trung cap|\btc\b"), ("primary", r"so cap|\bsc\b"))


@lru_cache(maxsize=1024, typed=True)
def education(cell):
    """{"education", "speciality"} of "Thạc sĩ Luật", "ĐH Kinh tế"; words that name no level are the speciality."""
    said = text(cell)
    if not said or search_text(said) in NOTHING:
        return None
    for level, shape in _EDUCATION:
        if found := re.search(shape, search_text(said)):
            rest = _without(said, found).strip(" ,.;:-–()/")
            return {"education": level} | ({"speciality": rest[:120]} if rest else {})
    return {"speciality": said[:120]}


def _without(said, found):
    """`said` without what was found in its search text: both have the same letters in the same places where nothing was squeezed."""
    return said[: found.start()] + said[found.end() :] if len(search_text(said)) == len(said) else ""


@lru_cache(maxsize=256, typed=True)
def theory_level(cell):
    """The level of lý luận chính trị; Unreadable for other words."""
    said = search_text(text(cell) or "").strip(" .")
    if said in NOTHING:
        return None
    for level, shape in _THEORY:
        if re.search(shape, said):
            return level
    raise Unreadable(f"“{text(cell)[:30]}” không phải là trình độ lý luận chính trị: sơ cấp, trung cấp, cao cấp, cử nhân.")


def background(cell):
    """army, police or retired where the cell says so; a remark of another kind says nothing."""
    said = search_text(text(cell) or "")
    return next((key for key, word in (("army", "bo doi"), ("army", "quan doi"), ("police", "cong an"), ("retired", "huu")) if word in said), None)


_FULL = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_MONTH = re.compile(r"(?:thang |t)?(\d{1,2})(?:[-/. ]| nam )(\d{4})")
_YEAR = re.compile(r"(?:nam )?(\d{4})")
_IN_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}),? nam (\d{4})")
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2}")
EXAMPLE = "Hãy ghi ngày/tháng/năm, ví dụ 05/11/1980."


def when(cell):
    """A PartialDate from a real date, d/m/Y (also - and .), m/Y, Y, an Excel serial number, "ngày … tháng … năm …"; 00 is "not known"."""
    if cell is None or cell == "" or isinstance(cell, bool):
        return None
    if isinstance(cell, datetime.date):
        return _partial(cell.year, cell.month, cell.day)
    if isinstance(cell, int | float):
        return _from_number(cell)
    typed = re.sub(r"\s*([-/.])\s*", r"\1", search_text(one_line(str(cell)))).strip(" .,'")
    if not typed or typed in ("-", "/", "x", "khong", "chua"):
        return None
    for shape, order in ((_FULL, "dmy"), (_IN_WORDS, "dmy"), (_ISO, "ymd"), (_MONTH, "my"), (_YEAR, "y"), (_DIGITS, "dmy")):
        if found := shape.fullmatch(typed):
            parts = dict(zip(order, map(int, found.groups()), strict=True))
            return _partial(parts["y"], parts.get("m", 0), parts.get("d", 0))
    if typed.isdigit() and len(typed) == 5:
        return _from_number(int(typed))
    if _SHORT_YEAR.fullmatch(typed):
        raise Unreadable(f"“{one_line(str(cell))[:30]}” chưa ghi đủ bốn chữ số của năm.")
    raise Unreadable(f"“{one_line(str(cell))[:30]}” không phải là ngày. {EXAMPLE}")


def _from_number(number):
    if number != number or number in (float("inf"), float("-inf")) or number < 0:
        raise Unreadable(f"Số {number} không phải là ngày. {EXAMPLE}")
    whole = int(number)
    if FIRST_YEAR <= whole <= LAST_YEAR and whole == number:
        return PartialDate(whole)
    if whole in SERIALS:
        day = EXCEL_DAY_ZERO + datetime.timedelta(days=whole)
        return _partial(day.year, day.month, day.day)
    if len(str(whole)) in (7, 8) and whole == number:  # 01021980 that Excel took for a number
        return when(f"{whole:08d}")
    if 1 <= whole <= 12 and re.fullmatch(r"\d{4}", rest := f"{number:.4f}".partition(".")[2]) and FIRST_YEAR <= int(rest) <= LAST_YEAR:
        return _partial(int(rest), whole)  # 2.1980 typed as a number
    raise Unreadable(f"Số {text(number)} không phải là ngày. {EXAMPLE}")


def _partial(year, month=0, day=0):
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"Năm {year} nằm ngoài khoảng {FIRST_YEAR}-{LAST_YEAR}.")
    if not month:
        if day:
            raise Unreadable(f"Ngày {day} thiếu tháng. {EXAMPLE}")
        return PartialDate(year)
    try:
        datetime.date(year, month, day or 1)
    except ValueError:
        hint = " Tệp có thể ghi tháng trước ngày; hãy sửa thành ngày/tháng/năm." if day <= 12 < month <= 31 else ""
        raise Unreadable(f"Ngày {day:02d}/{month:02d}/{year} không có thật.{hint}") from None
    return PartialDate(year, month, day)


def whole_day(cell):
    """A date whose day is known; Unreadable where only the month or the year is written."""
    found = when(cell)
    if found is None:
        return None
    if not found.is_whole:
        raise Unreadable(f"Mới có “{found}”, cần đủ ngày/tháng/năm.")
    return found.first_day


def _number_text(cell):
    """The text of a cell of numbers; None for one that a list of ours has masked (•••••678): it says nothing."""
    typed = text(cell)
    return None if typed and "•" in typed else typed


def _is_number(cell):
    """Whether Excel took the digits of a number plate for a quantity that is still whole in it."""
    return isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell < 10**15


def card_number(cell):
    """A card number as NN.NNNNNN where it has eight digits, whatever Excel made of it: 1234560 and 1.23456 are both 01.234560.

    Other shapes are kept as they are typed: whether they may stand is a question for the rules of the record.
    """
    if _is_number(cell):
        if not float(cell).is_integer():
            return f"{cell:0{CARD_LENGTH}.6f}"
        cell = f"{int(cell):08d}"
    typed = _number_text(cell)
    if not typed:
        return None
    digits = re.sub(r"[\s.,'-]", "", typed)
    return f"{digits[:2]}.{digits[2:]}" if re.fullmatch(r"[0-9]{8}", digits) else typed


def identity_number(cell):
    """Twelve digits (căn cước), or nine (chứng minh nhân dân of old); zeros that Excel dropped in front of a number are put back."""
    if _is_number(cell):
        digits = str(int(cell))
        cell = digits.zfill(9 if len(digits) <= 9 else 12)
    typed = _number_text(cell)
    if not typed:
        return None
    digits = re.sub(r"[\s.'-]", "", typed)
    if not re.fullmatch(r"[0-9]{9}|[0-9]{12}", digits):
        raise Unreadable(f"“{typed[:20]}” không phải là số định danh cá nhân: cần 12 chữ số (hoặc 9 chữ số của chứng minh nhân dân).")
    return digits


def record_number(cell):
    """The number of the lý lịch in capitals without spaces: 026145VP."""
    typed = _number_text(cell)
    return re.sub(r"[\s.-]", "", typed).upper() if typed else None


def is_marked(cell):
    """Whether a box of a form is ticked: x, X, 1, có."""
    return cell is True or search_text(text(cell) or "") in ("x", "1", "co", "v")


# Old fonts: TCVN3 (.VnTime) and VNI write Vietnamese letters into places where Unicode has signs and letters of other languages.
_UNICODE_ONLY = re.compile("[ăđĩũơưạ-ỹ]", re.IGNORECASE)
_SIGNS_OF_TCVN3 = frozenset("µ¸¶·¹¨»¾¼½©®¬\u00ad×÷ÞþßªÐÆÇ¦¤§£¢«")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_CLUSTER = re.compile("[aăâeêioôơuưy]+")
_VOWELS_TOGETHER = (
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iêu iu oa oă oai oao oay oe oeo oi ôi ơi oo ôô ua uâ uê uô uơ ươ ưa ui ưi ưu "
    "uôi ươi ươu uy uya uyê uyu uây uai uao uau uay ue ueo uă yê yêu ya oam io iơi iai iay iâu iao iau iô iôi iơ iơu iư iưa iươ iươi "
    "iă iâ ioa"
)
_CLUSTERS = frozenset(_VOWELS_TOGETHER.split())


def old_font(words):
    """The old font that `words` are typed in, "TCVN3 (.VnTime)" or "VNI"; "" where they are Unicode or nothing tells.

    A simple test: no letter that only Unicode has, and a word that no Vietnamese syllable is, because it has a sign inside, a letter
    of another language, two tones or vowels that never stand together ("NguyÔn", "Nguyeãn").
    """
    if words.isascii() or _UNICODE_ONLY.search(words := nfc(words)):
        return ""
    strange = [word for word in words.split() if not word.isascii() and any(letter.isascii() and letter.isalpha() for letter in word)]
    strange = [word for word in strange if not _could_be_vietnamese(word)]
    if not strange:
        return ""
    return "TCVN3 (.VnTime)" if any(_looks_like_tcvn3(word) for word in strange) else "VNI"


@lru_cache(maxsize=8192)
def _could_be_vietnamese(word):
    letters = unicodedata.normalize("NFD", word.strip(".,;:()[]/-–—\"'“”‘’…").lower())
    plain = nfc(_TONES.sub("", letters))
    if len(_TONES.findall(letters)) > len(re.findall("[-/.,'’]", word)) + 1:
        return False
    if any(not letter.isascii() and letter not in "ăâđêôơư–—’" for letter in plain):
        return False
    return all(cluster in _CLUSTERS for cluster in _CLUSTER.findall(plain.replace("qu", "q").replace("gi", "g")))


def _looks_like_tcvn3(word):
    """Signs inside a word, or a capital after a small letter: in VNI every letter stays one and a mark follows it."""
    return bool(_SIGNS_OF_TCVN3.intersection(word)) or any(a.islower() and b.isupper() for a, b in itertools.pairwise(word))
