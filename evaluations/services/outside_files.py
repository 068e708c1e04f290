"""Results of elsewhere in a workbook: the template that is handed out, and what a filled one says, row by row, before anything is written."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from operator import itemgetter

from django.core.exceptions import ValidationError

from evaluations.enums import MEMBER_KINDS, OutsideKind, OutsideLevel
from evaluations.models import OutsideRating
from evaluations.services.outside import TENTH, Result, is_same, is_same_document, key_of, standing, writable_places
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from khoi_party.common.excel_in import read_book
from khoi_party.common.forms import DateField
from khoi_party.common.names import one_line, search_text
from khoi_party.common.numbers import thousands
from members.models import Member

MOST_RESULTS = 5_000
HEADER_WITHIN = 20
KIND, CODE, PLACE, PERSON, CARD, BORN, BODY, PERIOD, LEVEL, POINTS = (
    "Đối tượng",
    "Mã tổ chức",
    "Tổ chức đảng",
    "Họ và tên",
    "Số thẻ đảng viên",
    "Ngày sinh",
    "Mặt trận, đoàn thể",
    "Kỳ",
    "Mức",
    "Điểm",
)
NAMES = {search_text(name): name for name in (KIND, CODE, PLACE, PERSON, CARD, BORN, BODY, PERIOD, LEVEL, POINTS)}
NEEDED = (KIND, LEVEL)
KINDS = {search_text(kind.label): kind for kind in OutsideKind} | {
    "cong chuc": OutsideKind.CIVIL_SERVANT,
    "vien chuc": OutsideKind.CIVIL_SERVANT,
    "cong chuc, vien chuc": OutsideKind.CIVIL_SERVANT,
    "chinh quyen": OutsideKind.AGENCY,
    "co quan": OutsideKind.AGENCY,
    "doan the": OutsideKind.MASS_BODY,
}
LEVELS = {search_text(level.label): level.value for level in OutsideLevel} | {
    **{text: number for number in (1, 2, 3, 4) for text in (str(number), f"muc {number}")},
    **{"htxsnv": 1, "httnv": 2, "htnv": 3, "khtnv": 4},
}
QUARTERS = {f"{word}{name}": number for number, roman in enumerate(("i", "ii", "iii", "iv"), 1) for name in (number, roman) for word in ("quy ", "q")}
WHOLE_YEAR = "Cả năm"


@dataclass(frozen=True)
class Refusal:
    """Why a row of the file cannot be taken: its number as Excel shows it, the column, a sentence."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True)
class Reading:
    """What a filled workbook says: `results` set against what is stored now, `refusals`, how many rows had no level, columns left aside."""

    results: list
    refusals: list
    empty: int
    ignored: list


@dataclass(frozen=True)
class Planned:
    """What would become of one result: new, changed (with the stored row as `old`) or same."""

    result: Result
    state: str
    old: OutsideRating | None
    has_new_source: bool = False

    @property
    def has_new_level(self):
        return self.state == "changed" and self.old.level != self.result.level

    @property
    def has_new_points(self):
        return self.state == "changed" and self.old.points != self.result.points


class Unreadable(Exception):
    """One cell that cannot be taken, in words."""


def template_columns():
    """The columns of the template over the rows of `template_rows`."""
    widths = {KIND: 34, CODE: 14, PLACE: 40, PERSON: 28, CARD: 18, BORN: 12, BODY: 30, PERIOD: 10, LEVEL: 30, POINTS: 10}
    kinds = {POINTS: "decimal", BORN: "date"}
    return [Column(name, itemgetter(name), width=width, kind=kinds.get(name, "text")) for name, width in widths.items()]


def template_rows(user, cycle):
    """A row for every member and body that `user` may write for, with the whole year's result where it is known already.

    A date of birth is given only where name and cell alone do not tell two people without a card apart.
    """
    places = list(writable_places(user, cycle))
    people = Member.objects.active().filter(cell__in=places).order_by("cell__path", "sort_key", "pk")
    by_cell = defaultdict(list)
    for member in people:
        by_cell[member.cell_id].append(member)
    known = {key_of(row): row for row in OutsideRating.objects.of_cycle(cycle).of_year(cycle.year)}
    names = Counter((member.cell_id, _name_key(member.full_name)) for member in people)
    rows = []
    for place in places:
        rows += [_template_row(place, kind, known, None) for kind in (OutsideKind.LEADERSHIP_COLLECTIVE, OutsideKind.AGENCY)]
        bodies = sorted(row.body_name for row in known.values() if row.organisation_id == place.pk and row.body_name) or [""]
        rows += [_template_row(place, OutsideKind.MASS_BODY, known, None, body) for body in bodies]
        for member in by_cell[place.pk]:
            row = _template_row(place, OutsideKind.CIVIL_SERVANT, known, member)
            is_alone = member.card_number or names[place.pk, _name_key(member.full_name)] == 1
            rows.append(row if is_alone else row | {BORN: member.born_on})
    return rows


def _template_row(place, kind, known, member, body=""):
    row = known.get((kind, member.pk if member else None, None if member else place.pk, body.casefold(), None))
    person = {PERSON: member.full_name, CARD: member.card_number} if member else {}
    values = {LEVEL: row.get_level_display(), POINTS: row.points} if row else {}
    empty = dict.fromkeys((PERSON, CARD, BORN, LEVEL, POINTS))
    return empty | {KIND: kind.label, CODE: place.code, PLACE: place.name, BODY: body, PERIOD: WHOLE_YEAR} | person | values


def read_results(data, cycle, user):
    """Read an uploaded workbook (bytes) for the year of `cycle` as far as `user` writes. Returns a Reading; writes nothing.

    DomainError for a file that cannot be read, that lacks the needed columns, or that has nothing or too much in it.
    """
    rows, head, columns, ignored = _table(read_book(data).sheets)
    matcher = Matcher(writable_places(user, cycle), cycle.year)
    results, refusals, empty, seen = [], [], 0, {}
    for number, row in enumerate(rows[head + 1 :], head + 2):
        cells = {name: row[place] for name, place in columns.items() if not _is_blank(row[place])}
        if LEVEL not in cells and POINTS not in cells:
            empty += bool(cells)
            continue
        result, wrong = matcher.result(cells, number)
        if result and result.key in seen:
            wrong = [Refusal(number, KIND, f"Trùng với dòng {seen[result.key]}: cùng đối tượng, cùng kỳ. Hãy giữ một dòng.")]
        if wrong:
            refusals += wrong
        else:
            seen[result.key] = number
            results.append(result)
    if len(results) + len(refusals) > MOST_RESULTS:
        raise DomainError(f"Mỗi lần nhập tối đa {thousands(MOST_RESULTS)} kết quả. Hãy chia danh sách thành nhiều tệp.", field="file")
    if not results and not refusals:
        raise DomainError("Không có dòng nào ghi mức xếp loại. Hãy điền cột “Mức” rồi tải lại.", field="file")
    stored = standing(cycle.year, results)
    results = [replace(result, version=stored[result.key].version) if result.key in stored else result for result in results]
    return Reading(results, refusals, empty, ignored)


def planned(year, results, document):
    """The Planned of each result, changes first, then new ones: what `import_outside_ratings` would do now."""
    stored = standing(year, results)
    plans = []
    for result in results:
        old = stored.get(result.key)
        state = "new" if old is None else "same" if is_same(old, result, document) else "changed"
        plans.append(Planned(result, state, old, state == "changed" and not is_same_document(old.document, document)))
    return sorted(plans, key=lambda plan: ("changed", "new", "same").index(plan.state))


def _table(sheets):
    """(rows, where the head is, {column name: place}, names of columns left aside) of the first sheet with a head."""
    for sheet in sheets:
        for number, row in enumerate(sheet.rows[:HEADER_WITHIN]):
            texts = [_text(cell) for cell in row]
            names = [NAMES.get(search_text(text)) for text in texts]
            if not all(needed in names for needed in NEEDED):
                continue
            columns = {name: place for place, name in enumerate(names) if name}
            if len(columns) != sum(name is not None for name in names):
                twice = next(name for name in columns if names.count(name) > 1)
                raise DomainError(f"Tệp có hai cột “{twice}”. Hãy giữ một cột rồi tải lại.", field="file")
            return sheet.rows, number, columns, [text for text, name in zip(texts, names, strict=True) if text and not name]
    raise DomainError(
        f"Không thấy dòng tiêu đề có cột “{KIND}” và cột “{LEVEL}” trong {HEADER_WITHIN} dòng đầu. Hãy tải tệp mẫu và điền vào đó.", field="file"
    )


def _is_blank(cell):
    return cell is None or (isinstance(cell, str) and not one_line(cell))


def _text(cell):
    """A cell as a person reads it: whole numbers without a fraction, days as d/m/Y."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, date | datetime):
        return f"{cell:%d/%m/%Y}"
    return one_line(str(cell)) if cell is not None else ""


def _short(cell):
    return _text(cell)[:40]


def _card_key(cell):
    """A card number without its dots and its zeros in front: Excel takes 01.234567 for a number."""
    text = f"{cell:.6f}" if isinstance(cell, float) and not cell.is_integer() else _text(cell)
    return re.sub(r"[\W_]", "", text).casefold().lstrip("0")


def _name_key(name):
    return one_line(name).casefold()


class Matcher:
    """Finds what a row speaks of among what its uploader writes for; the rest does not exist for it. Two queries, however many rows."""

    def __init__(self, places, year):
        self.year = year
        self.places = list(places)
        self.codes = {place.code.casefold(): place for place in self.places}
        self.names, self.cards, self.people = defaultdict(set), defaultdict(list), defaultdict(list)
        for place in self.places:
            for name in (place.name, place.short_name):
                if name:
                    self.names[_name_key(name)].add(place)
        for member in Member.objects.active().filter(cell__in=self.places).select_related("cell"):
            self.people[member.cell_id, _name_key(member.full_name)].append(member)
            if key := _card_key(member.card_number):
                self.cards[key].append(member)

    def result(self, cells, number):
        """(Result or None, the Refusals) of one row: {column: cell}, its number in Excel."""
        found, wrong = {}, []
        readers = {KIND: self.kind, PERIOD: self.quarter, LEVEL: self.level, POINTS: self.points}
        for column, read in readers.items():
            try:
                found[column] = read(cells.get(column, ""))
            except Unreadable as error:
                wrong.append(Refusal(number, column, str(error)))
        whose = {}
        if KIND in found:
            column, act = (PERSON, self.person) if found[KIND] in MEMBER_KINDS else (PLACE, self.body)
            try:
                whose = act(cells, found[KIND])
            except Unreadable as error:
                wrong.append(Refusal(number, column, str(error)))
        if wrong:
            return None, wrong
        return Result(kind=found[KIND].value, quarter=found[PERIOD], level=found[LEVEL], points=found[POINTS], **whose), []

    def kind(self, cell):
        kind = KINDS.get(search_text(_text(cell)))
        if kind is None:
            labels = "; ".join(f"“{kind.label}”" for kind in OutsideKind)
            raise Unreadable(f"Không nhận ra “{_short(cell)}”. Hãy ghi một trong: {labels}.")
        return kind

    def quarter(self, cell):
        text = search_text(_text(cell))
        if text in ("", "nam", search_text(WHOLE_YEAR), str(self.year), f"nam {self.year}"):
            return None
        quarter = QUARTERS.get(text.removesuffix(f"/{self.year}"))
        if quarter is None:
            raise Unreadable(f"Không nhận ra “{_short(cell)}”. Hãy ghi “Cả năm” hoặc “Quý 1” đến “Quý 4”; năm của tệp là {self.year}.")
        return quarter

    def level(self, cell):
        if _is_blank(cell):
            raise Unreadable("Có điểm nhưng chưa có mức. Hãy ghi mức xếp loại.")
        level = None if isinstance(cell, bool) else LEVELS.get(search_text(_text(cell)))
        if level is None:
            raise Unreadable(f"Không nhận ra mức “{_short(cell)}”. Hãy ghi 1, 2, 3, 4 hoặc tên mức, ví dụ “Hoàn thành tốt nhiệm vụ”.")
        return level

    def points(self, cell):
        if _is_blank(cell):
            return None
        wrong = Unreadable(f"“{_short(cell)}” không phải là điểm từ 0 đến 100 với nhiều nhất một chữ số sau dấu phẩy, ví dụ 95,5.")
        if isinstance(cell, bool) or not re.fullmatch(r"\d{1,3}([.,]\d+)?", text := _text(cell), re.ASCII):
            raise wrong
        try:
            points = Decimal(text.replace(",", "."))
        except InvalidOperation:
            raise wrong from None
        if isinstance(cell, float):
            points = round(points, 6)  # what Excel shows as 95,5 may be stored as 95.49999999999999
        if not 0 <= points <= 100 or points != points.quantize(TENTH):
            raise wrong
        return points.quantize(TENTH)

    def place(self, cells):
        """The organisation named by code, or by name where no code is given; None where neither is."""
        code, name = _text(cells.get(CODE, "")), _text(cells.get(PLACE, ""))
        if code:
            place = self.codes.get(code.casefold())
            if place is None:
                raise Unreadable(f"Không có tổ chức đảng mã “{code[:40]}” trong phạm vi đồng chí được nhập.")
            if name and place not in self.names.get(_name_key(name), ()):
                raise Unreadable(f"Mã “{code[:40]}” là của {place.name}, không phải “{name[:60]}”. Hãy kiểm tra lại mã và tên.")
            return place
        if not name:
            return None
        places = self.names.get(_name_key(name), ())
        if not places:
            raise Unreadable(f"Không có tổ chức đảng tên “{name[:60]}” trong phạm vi đồng chí được nhập. Hãy ghi đúng tên hoặc ghi mã.")
        if len(places) > 1:
            raise Unreadable(f"Có {len(places)} tổ chức đảng tên “{name[:60]}”. Hãy ghi thêm mã tổ chức.")
        return next(iter(places))

    def body(self, cells, kind):
        place = self.place(cells)
        if place is None:
            raise Unreadable("Chưa ghi tổ chức đảng. Hãy ghi tên hoặc mã.")
        if cells.keys() & {PERSON, CARD, BORN}:
            raise Unreadable("Kết quả của tập thể, cơ quan, đoàn thể không ghi họ tên, số thẻ, ngày sinh. Hãy bỏ trống hoặc sửa cột “Đối tượng”.")
        name = _text(cells.get(BODY, ""))
        if kind == OutsideKind.MASS_BODY and not name:
            raise Unreadable("Chưa ghi tên Mặt trận, đoàn thể. Hãy ghi ở cột “Mặt trận, đoàn thể”, ví dụ Công đoàn cơ quan.")
        if kind != OutsideKind.MASS_BODY and name:
            raise Unreadable("Cột “Mặt trận, đoàn thể” chỉ ghi cho đối tượng “Mặt trận, đoàn thể”. Hãy bỏ trống hoặc sửa cột “Đối tượng”.")
        if len(name) > 200:
            raise Unreadable("Tên Mặt trận, đoàn thể dài quá 200 chữ. Hãy ghi ngắn lại.")
        return {"organisation_id": place.pk, "body_name": name}

    def person(self, cells, kind):
        place, name = self.place(cells), _text(cells.get(PERSON, ""))
        if BODY in cells:
            raise Unreadable("Kết quả của cá nhân không ghi tên Mặt trận, đoàn thể. Hãy bỏ trống cột đó hoặc sửa cột “Đối tượng”.")
        member = self.holder(cells[CARD], name) if CARD in cells else self.named(place, name, self.born(cells.get(BORN, "")))
        if place and member.cell_id != place.pk:
            raise Unreadable(f"Đảng viên này đang sinh hoạt tại {member.cell.name}, không phải {place.name}. Hãy sửa cột “{PLACE}”.")
        return {"member_id": member.pk}

    def holder(self, card, name):
        found = self.cards.get(_card_key(card), [])
        if not found:
            raise Unreadable(f"Không có đảng viên số thẻ “{_short(card)}” trong phạm vi đồng chí được nhập. Hãy kiểm tra lại số thẻ.")
        if len(found) > 1:
            raise Unreadable(f"Có {len(found)} đảng viên cùng số thẻ “{_short(card)}”. Hãy bỏ trống số thẻ và ghi họ tên, chi bộ.")
        if name and _name_key(name) != _name_key(found[0].full_name):
            raise Unreadable(f"Số thẻ “{_short(card)}” không phải của “{name[:60]}”. Hãy kiểm tra lại số thẻ và họ tên.")
        return found[0]

    def born(self, cell):
        try:
            return DateField(required=False).clean(_text(cell))
        except ValidationError as error:
            raise Unreadable(f"Ngày sinh: {error.messages[0]}") from None

    def named(self, place, name, born):
        if not name:
            raise Unreadable("Chưa ghi họ và tên hoặc số thẻ đảng viên.")
        if place is None:
            raise Unreadable("Không có số thẻ thì phải ghi tổ chức đảng (chi bộ) để tìm đúng người. Hãy ghi tên hoặc mã chi bộ.")
        found = [one for one in self.people.get((place.pk, _name_key(name)), []) if born is None or one.born_on in (None, born)]
        if not found:
            raise Unreadable(f"{place.name} không có đảng viên “{name[:60]}” như vậy đang sinh hoạt. Hãy kiểm tra lại họ tên, ngày sinh, chi bộ.")
        if len(found) > 1:
            told_apart = any(one.card_number or one.born_on for one in found)
            advice = "Hãy ghi thêm số thẻ hoặc ngày sinh." if told_apart else "Hồ sơ chưa có số thẻ, ngày sinh: hãy bỏ trống mức và ghi riêng."
            raise Unreadable(f"{place.name} có {len(found)} đảng viên tên “{name[:60]}”. {advice}")
        return found[0]
