"""One row of a list: from its cells to values by field, with what cannot be read named by its column."""

import datetime
import re
from dataclasses import dataclass, field
from functools import cached_property

from khoi_party.common.names import one_line, search_text

from . import values
from .columns import BY_KEY
from .values import PartialDate, Unreadable

GONE = ("away", "died", "left")  # columns of Mẫu 7-HSĐV that say a member is no longer there
LONGEST = {"ethnicity": 40, "religion": 40, "general_education": 40, "speciality": 120, "foreign_language": 80, "occupation_before": 120}
PARTIAL = ("born_on", "decided_on", "admitted_on", "official_on")  # dates of which an old file may know only the year
_DATE = re.compile(r"\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{4}")
_ANY_DATE = re.compile(r"(?:\d{1,2}\s*[-/.]\s*){0,2}\d{4}")
_CARD = re.compile(r"(?<!\d)\d{2}\s?[.,]?\s?\d{6}(?![\dA-ZĐa-zđ]|\s?[A-ZĐ]{2})")
_NAMED = re.compile(
    r"^\s*(?:(?:họ\s+)?(?:và\s+)?tên\s+(?:khai sinh|thường dùng|đang dùng)\s*:?|(?:ngày |năm )?sinh(?: ngày| năm)?\s*:?\s)", re.IGNORECASE
)
_TEXTS = ("ethnicity", "home_town", "general_education", "speciality", "foreign_language", "occupation_before", "position")
_SCHOOL_YEARS = re.compile(r"\d{1,2}\s*/\s*\d{1,2}(?:\s*\([^)]*\))?")
_TONGUE = re.compile(r"tieng |\banh\b|\bphap\b|\bnga\b|\btrung quoc\b|\bielts\b|\btoeic\b|ngoai ngu")
_FILE = re.compile(r"(?<!\d)(\d{6})\s?([A-ZĐa-zđ]{1,3})(?![A-Za-zđĐ])")


@dataclass
class ReadRow:
    """What a row says. `problems` are (column label, sentence) that refuse it; `signs` what else it tells (gone, arrived, a heading)."""

    number: int
    values: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)
    signs: dict = field(default_factory=dict)

    @cached_property
    def plain_name(self):
        """The name as people are found by it."""
        return search_text(self.values["full_name"])


def read_row(number, cells, mapping):
    """The ReadRow of `cells` under `mapping` ({column: field key}). number: as the program shows it at the left of the row."""
    row = ReadRow(number)
    parts = {}
    for place, key in mapping.items():
        cell = cells[place] if place < len(cells) else ""
        if cell is None or cell == "":
            continue
        try:
            if key in ("family_name", "given_name"):
                parts[key] = values.text(cell) or ""
            elif found := READERS[key](cell):
                _put(row, key, found)
        except Unreadable as error:
            row.problems.append((BY_KEY[key].label, str(error)))
    if parts:
        _join_name(row, parts)
    return row


def _put(row, key, found):
    if key in GONE or key in ("arrived", "cell", "cell_code"):
        row.signs[key] = found
        return
    for name, value in (found if isinstance(found, dict) else {key: found}).items():
        row.values.setdefault(name, value)


def _join_name(row, parts):
    try:
        name = values.person_name(" ".join(parts.get(key, "") for key in ("family_name", "given_name")))
        if name:
            row.values["full_name"] = name
    except Unreadable as error:
        row.problems.append((BY_KEY["full_name"].label, str(error)))


def _plain_text(key):
    most = LONGEST.get(key, 200)

    def read(cell):
        if isinstance(cell, str) and (old := values.old_font(cell)):
            raise Unreadable(f"Gõ bằng phông cũ {old}, không phải Unicode.")
        said = values.text(cell)
        if said and len(said) > most:
            raise Unreadable(f"Dài hơn {most} ký tự.")
        return said

    return read


def _marked(gender):
    """A column of its own for men or for women: a tick, or the date of birth in the column of the gender."""

    def read(cell):
        if values.is_marked(cell):
            return {"gender": gender}
        said = values.when(cell)
        return {"gender": gender, "born_on": said} if said else None

    return read


def _names(cell):
    """Họ tên, họ tên khai sinh (and often the date of birth) in one cell."""
    found = {}
    said = str(cell) if isinstance(cell, str) else values.text(cell) or ""
    for piece in re.split(r"[\r\n,;()]+", said):
        piece = one_line(_NAMED.sub(" ", piece)).strip(" -–:")
        if not piece:
            continue
        if _ANY_DATE.fullmatch(piece):
            found.setdefault("born_on", values.when(piece))
        elif "full_name" not in found:
            found["full_name"] = values.person_name(piece)
        else:
            found.setdefault("birth_name", values.person_name(piece))
    return found


def _people(cell):
    """Nam/nữ, dân tộc, tôn giáo in one cell."""
    found = {}
    for piece in re.split(r"[\r\n,;/]+|\s[-–]\s", str(cell)):
        piece = one_line(piece).strip(" -–.:")
        said = search_text(piece)
        if not piece:
            continue
        if said in ("nam", "nu"):
            found.setdefault("gender", values.gender(piece))
        elif _DATE.fullmatch(piece):
            found.setdefault("born_on", values.when(piece))
        elif "ethnicity" not in found:
            found["ethnicity"] = _plain_text("ethnicity")(re.sub(r"^dân tộc\s*:?\s*", "", piece, flags=re.I))
        else:
            found.setdefault("religion", _religion(re.sub(r"^(tôn giáo|đạo)\s*:\s*", "", piece, flags=re.I)))
    return {key: value for key, value in found.items() if value}


def _religion(cell):
    """A religion; "Không" says that there is none, which the record writes as nothing."""
    said = _plain_text("religion")(cell)
    return None if search_text(said or "").strip(" .") in values.NOTHING else said


def _schooling(cell):
    """Văn hóa, lý luận, chuyên môn, ngoại ngữ in one cell, each told by its words; a bare "Trung cấp" is first the lý luận."""
    found = {}
    for piece in values.lines(cell.replace(",", "\n") if isinstance(cell, str) else cell):
        said = search_text(piece)
        label, _, rest = said.partition(":")
        if _SCHOOL_YEARS.search(said) and "general_education" not in found:
            found["general_education"] = _SCHOOL_YEARS.search(said)[0].replace(" ", "")
        elif "luan" in label or "llct" in label:
            found.setdefault("theory_level", values.theory_level(rest or said))
        elif _TONGUE.search(said):
            found.setdefault("foreign_language", _plain_text("foreign_language")(piece.rpartition(":")[2]))
        elif "theory_level" not in found and said.strip() in ("so cap", "trung cap", "cao cap"):
            found["theory_level"] = values.theory_level(piece)
        else:
            for key, value in (values.education(piece.rpartition(":")[2]) or {}).items():
                found.setdefault(key, value)
    return {key: value for key, value in found.items() if value}


def _identity(cell):
    """The number of a căn cước; nine digits of an old chứng minh nhân dân are told, the record has no place for them."""
    number = values.identity_number(cell)
    return {"old_identity": number} if number and len(number) == 9 else number


def _party_dates(cell):
    """Ngày vào Đảng and under it ngày chính thức; one date alone is the first."""
    if not isinstance(cell, str):
        return {"admitted_on": values.when(cell)}
    dates = [values.when(piece) for piece in _ANY_DATE.findall(cell)]
    if not dates and one_line(cell):
        dates = [values.when(cell)]
    return dict(zip(("admitted_on", "official_on"), dates, strict=False))


def _numbers(cell):
    """Số thẻ, số lý lịch, số Huy hiệu in one cell: told apart by their shapes."""
    if not isinstance(cell, str):
        return {"card_number": values.card_number(cell)}
    said = one_line(cell)
    found = {}
    if shape := _FILE.search(said):
        found["record_number"] = values.record_number(shape[0])
        said = said.replace(shape[0], " ")
    if shape := _CARD.search(said):
        found["card_number"] = values.card_number(shape[0])
    return found


def _occupations(cell):
    """Nghề nghiệp trước khi vào Đảng and, below it, hiện nay; one line alone is the present one."""
    lines = values.lines(cell)
    found = {"position": _plain_text("position")(lines[-1])} if lines else {}
    return found | ({"occupation_before": _plain_text("occupation_before")(lines[0])} if len(lines) > 1 else {})


def _arrived(cell):
    """(date or None, from where) of a column that says both."""
    if not isinstance(cell, str):
        said = values.when(cell)
        return (said.first_day if said and said.is_whole else None, "")
    dates = _DATE.findall(cell)
    day = values.whole_day(dates[0]) if dates else None
    place = one_line(_DATE.sub(" ", cell)).strip(" ,;:-–")
    return (day, re.sub(r"^(từ|ngày)\s+", "", place, flags=re.I)[:200]) if day or place else None


READERS = {
    "full_name": values.person_name,
    "birth_name": values.person_name,
    "names": _names,
    "gender": values.gender,
    "male": _marked("male"),
    "female": _marked("female"),
    "born_on": values.when,
    "people": _people,
    "occupations": _occupations,
    "religion": _religion,
    "schooling": _schooling,
    "education": values.education,
    "theory_level": values.theory_level,
    "background": values.background,
    "decided_on": values.when,
    "admitted_on": values.when,
    "official_on": values.when,
    "card_issued_on": values.whole_day,
    "party_dates": _party_dates,
    "card_number": values.card_number,
    "record_number": values.record_number,
    "identity_number": _identity,
    "numbers": _numbers,
    "cell": values.text,
    "cell_code": values.text,
    "arrived": _arrived,
    **dict.fromkeys(GONE, values.text),
    **{key: _plain_text(key) for key in _TEXTS},
}


def stored(value):
    """A value as it is kept with the row: text, and dates as far as they are known (1980, 1980-02, 1980-02-01)."""
    if isinstance(value, PartialDate):
        return "-".join([f"{value.year:04d}"] + [f"{part:02d}" for part in (value.month, value.day) if part])
    return value.isoformat() if isinstance(value, datetime.date) else value


def thawed(key, value):
    """What `stored` made of a value of the field `key`."""
    if key in PARTIAL and value:
        return PartialDate(*map(int, value.split("-")))
    if key.endswith("_on") and value:
        return datetime.date.fromisoformat(value)
    return value


def shown(key, value):
    """A kept date as people read it, as far as it is known: 03/02/1980, 02/1980, 1980; other values as they are, "trống" for nothing."""
    if value in (None, ""):
        return "trống"
    return "/".join(reversed(value.split("-"))) if key.endswith("_on") else str(value)
