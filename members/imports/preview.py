"""What a list would do to the record: each row is new, changed, the same or refused. Nothing is written here; the record is given as Known."""

from dataclasses import dataclass, field
from datetime import date

from khoi_party.common.dates import date_text
from khoi_party.common.names import search_text
from khoi_party.rules import Confidence
from members.record_rules import card_number_problem, record_number_problem

from .columns import BY_KEY, plain
from .rows import GONE, PARTIAL, read_row, stored
from .values import PartialDate, text

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"
KINDS = {NEW: "Mới", CHANGED: "Thay đổi", SAME: "Không đổi", REFUSED: "Bị từ chối"}
IDENTIFYING = ("card_number", "identity_number", "record_number")


@dataclass(frozen=True)
class Known:
    """A member of the record: `values` by field key, as read_row gives them; `state` in words and whether the member still belongs."""

    pk: int
    version: int
    cell: int
    name_of_cell: str
    is_active: bool
    state: str
    is_official: bool
    values: dict


@dataclass
class Place:
    """A cell (chi bộ) that the list may name."""

    pk: int
    name: str
    short_name: str
    code: str
    above: tuple  # the names of what it belongs to
    established_on: date


@dataclass
class Result:
    """One row's fate. `changes` is {field key: [old, new]} as stored; `reasons` and `warnings` are [column label, sentence]."""

    number: int
    kind: str
    values: dict = field(default_factory=dict)
    changes: dict = field(default_factory=dict)
    reasons: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    member: int | None = None
    version: int | None = None
    cell: int | None = None
    arrived: list = field(default_factory=list)
    raw: list = field(default_factory=list)


@dataclass
class Record:
    """What is known before the list is read: members and cells in reach, numbers that members out of reach hold, the day of the list."""

    members: list
    places: list
    taken: dict
    as_of: date
    fields: tuple  # the field keys that the record can hold
    default_place: int | None = None

    def __post_init__(self):
        self.by_number = {key: {one.values[key]: one for one in self.members if one.values.get(key)} for key in IDENTIFYING}
        self.by_person, self.by_name = {}, {}
        for one in self.members:
            name = search_text(one.values["full_name"])
            self.by_name.setdefault(name, []).append(one)
            if birth := one.values.get("born_on"):
                self.by_person.setdefault((name, birth), []).append(one)
        self._found = {}
        self.place_of, self.places_by_name = {place.pk: place for place in self.places}, {}
        for place in self.places:
            for name in {plain(place.name), plain(place.short_name), plain(place.code)} - {""}:
                self.places_by_name.setdefault(name, []).append(place)

    def find_place(self, said):
        """The Place that `said` names, alone or together with what it belongs to; a sentence where it names none or several."""
        if said not in self._found:
            self._found[said] = self._find_place(said)
        return self._found[said]

    def _find_place(self, said):
        whole = plain(said)
        found = self.places_by_name.get(whole, [])
        if not found:
            named = [places for name, places in self.places_by_name.items() if whole.startswith(f"{name} ") and len(name) > 6]
            found = [one for places in named for one in places if any(plain(above) in whole for above in one.above)]
        if len(found) == 1:
            return found[0], ""
        if not found:
            return None, f"Không có chi bộ nào tên “{said[:60]}” trong phạm vi nhập."
        return None, f"Có {len(found)} chi bộ cùng tên “{said[:60]}”. Hãy ghi thêm tên đảng bộ cơ sở, hoặc dùng cột mã chi bộ."


def preview(rows, header, mapping, record, on_progress=lambda done: None):
    """The Results of the data rows under `header`, in their order. Rows that hold nothing, or only name a cell, give none."""
    results, seen, place = [], {}, record.place_of.get(record.default_place)
    for index in range(header.data_from, len(rows)):
        cells = rows[index]
        filled = [cell for cell in cells if (cell.strip() if isinstance(cell, str) else cell is not None)]
        if not filled or is_footer(filled):
            continue
        if len(filled) <= 2 and (heading := _heading(filled, record)):
            place = heading
            continue
        if len(filled) == 1:
            continue  # a heading or a note, no member
        row = read_row(index + 1, cells, mapping)
        result = classify(row, record, place, seen)
        if result.kind == REFUSED:
            result.raw = [text(cell) or "" for cell in cells]
        results.append(result)
        if len(results) % 500 == 0:
            on_progress(len(results))
    return results


def is_footer(filled):
    """Totals and signatures under a list: "Tổng cộng: 25 đảng viên", "T/M CHI ỦY", "Người lập biểu"."""
    if len(filled) > 3:
        return False
    words = search_text(text(filled[0]) or "")
    return words.startswith(("tong cong", "tong so", "cong:", "danh sach nay", "t/m", "nguoi lap", "tm.", "ngay ", "ghi chu"))


def _heading(filled, record):
    """The Place that a row inside the list names ("Chi bộ Văn phòng", "I | Chi bộ Văn phòng"), for the rows below it."""
    said = text(filled[-1])
    return record.find_place(said)[0] if said else None


def classify(row, record, place, seen):
    """The Result of one ReadRow. `place` is the cell of the rows here, `seen` the people of the rows above (filled in by this)."""
    result = Result(row.number, REFUSED, {key: stored(value) for key, value in row.values.items() if key in record.fields})
    result.reasons = [list(problem) for problem in row.problems]
    if row.values.get("old_identity"):
        result.warnings.append([BY_KEY["identity_number"].label, "Số chứng minh nhân dân cũ (9 chữ số) không nhập; cần số căn cước 12 chữ số."])
    if not row.values.get("full_name") and not any(label == BY_KEY["full_name"].label for label, _ in row.problems):
        result.reasons.append([BY_KEY["full_name"].label, "Chưa có họ và tên."])
    named = _named_place(row, record, result)
    if result.reasons:
        return result
    known = _find(row, record, result)
    if not result.reasons:
        _refuse_repeated(row, known, seen, result)
    if result.reasons:
        return result
    if known:
        _compare(row, known, named, record, result)
    else:
        _judge_new(row, named or place, record, result)
    return result


def _named_place(row, record, result):
    said = [row.signs[key] for key in ("cell_code", "cell") if row.signs.get(key)]
    if not said:
        return None
    found, sentence = next((answer for answer in map(record.find_place, said) if answer[0]), record.find_place(said[0]))
    if not found:
        result.reasons.append([BY_KEY["cell"].label, sentence])
    return found


def _find(row, record, result):
    """The member whom the row means: by card, identity or file number, else by name and date of birth; never by name alone."""
    by_number = {key: found for key in IDENTIFYING if (found := record.by_number[key].get(row.values.get(key)))}
    if len({found.pk for found in by_number.values()}) > 1:
        labels = " và ".join(BY_KEY[key].label.lower() for key in by_number)
        result.reasons.append([BY_KEY[next(iter(by_number))].label, f"Các số này ({labels}) thuộc hai hồ sơ khác nhau."])
        return None
    name, birth = row.plain_name, row.values.get("born_on")
    if by_number:
        key, found = next(iter(by_number.items()))
        other_birth = birth and found.values.get("born_on") and birth.year != found.values["born_on"].year
        if search_text(found.values["full_name"]) != name and (other_birth or not birth):
            result.reasons.append([BY_KEY[key].label, "Số này đang thuộc một hồ sơ có họ tên và ngày sinh khác."])
        return found
    people = record.by_person.get((name, birth), []) if birth else []
    if len(people) > 1:
        result.reasons.append([BY_KEY["full_name"].label, "Có nhiều hồ sơ cùng họ tên và ngày sinh; cần số thẻ hoặc số định danh để phân biệt."])
        return None
    if people:
        return _agreeing(row, people[0], result)
    if not birth and record.by_name.get(name) and not any(row.values.get(key) for key in IDENTIFYING):
        result.reasons.append([BY_KEY["born_on"].label, "Đã có hồ sơ cùng họ tên; cần ngày sinh hoặc số thẻ để biết có phải một người."])
    return None


def _agreeing(row, found, result):
    for key in ("card_number", "identity_number"):
        ours, theirs = found.values.get(key), row.values.get(key)
        if ours and theirs and ours != theirs:
            result.reasons.append([BY_KEY[key].label, "Cùng họ tên và ngày sinh với một hồ sơ đã có nhưng khác số; hãy kiểm tra có phải một người."])
    return found


def _refuse_repeated(row, known, seen, result):
    """One person in two rows. Of the same name and date of birth two people may be, if each has a card or identity number of their own."""
    keys = [(key, row.values[key]) for key in IDENTIFYING if row.values.get(key)]
    numbered = tuple(keys)
    if known:
        keys.append(("member", known.pk))
    person = (row.plain_name, row.values.get("born_on"))
    again = next((seen[key] for key in keys if key in seen), None)
    if again is None and person in seen and not (numbered and seen[person][1]):
        again = seen[person][0]
    if again is not None:
        result.reasons.append([BY_KEY["full_name"].label, f"Trùng người với dòng {again} của tệp."])
        return
    seen.update(dict.fromkeys(keys, row.number))
    if person[1]:
        seen[person] = (row.number, numbered)


def _compare(row, known, named, record, result):
    """Against the record: what differs is a change; moving, leaving and becoming official are events and are not done by a list."""
    result.member, result.version, result.cell = known.pk, known.version, known.cell
    gone = next((key for key in GONE if row.signs.get(key)), None)
    if gone and not known.is_active:
        result.kind = SAME
        return
    if gone:
        result.reasons.append([BY_KEY[gone].label, f"Ở phần mềm vẫn là {known.state.lower()}. Hãy ghi biến động tại trang của đảng viên."])
    if not known.is_active:
        result.reasons.append([BY_KEY["full_name"].label, f"Hồ sơ này ở phần mềm: {known.state.lower()}. Hãy ghi biến động tại trang của đảng viên."])
    if named and named.pk != known.cell:
        result.reasons.append([BY_KEY["cell"].label, f"Đang sinh hoạt ở {known.name_of_cell}. Hãy ghi biến động chuyển chi bộ."])
    if row.values.get("official_on") and not known.is_official:
        result.reasons.append([BY_KEY["official_on"].label, "Ở phần mềm còn là đảng viên dự bị. Hãy ghi biến động công nhận chính thức."])
    if result.reasons:
        return
    for key in record.fields:
        new = row.values.get(key)
        if new is not None and new != known.values.get(key) and not _less_known(new, known.values.get(key)):
            result.changes[key] = [stored(known.values.get(key)), stored(new)]
    merged = known.values | {key: row.values[key] for key in result.changes}
    result.kind = CHANGED if result.changes else SAME
    if result.changes:
        _judge(merged, result.changes, known.is_official, record, result)


def _less_known(new, old):
    """Whether `new` only says less than what is known: the year of a date whose day is on record."""
    if not isinstance(new, PartialDate) or not isinstance(old, PartialDate):
        return False
    return new.year == old.year and new.month in (0, old.month) and new.day == 0


def _judge_new(row, place, record, result):
    for key in GONE:
        if row.signs.get(key):
            result.reasons.append([BY_KEY[key].label, "Đã ra khỏi danh sách đang sinh hoạt nên không nhập thành đảng viên mới."])
    for key in ("gender", "admitted_on"):
        if not row.values.get(key):
            result.reasons.append([BY_KEY[key].label, "Chưa ghi; hồ sơ mới phải có."])
    if not row.values.get("born_on") and not any(row.values.get(key) for key in IDENTIFYING):
        result.reasons.append([BY_KEY["born_on"].label, "Hồ sơ mới phải có ngày sinh, số thẻ hoặc số định danh để nhận ra người."])
    if not place:
        result.reasons.append([BY_KEY["cell"].label, "Không rõ chi bộ. Hãy thêm cột chi bộ, hoặc chọn chi bộ cho cả tệp khi tải lên."])
    elif place.established_on > record.as_of:
        result.reasons.append([BY_KEY["cell"].label, f"{place.name} thành lập ngày {date_text(place.established_on)}, sau ngày của danh sách."])
    result.kind = NEW
    _judge(row.values, row.values, bool(row.values.get("official_on")), record, result)
    if result.kind == NEW:
        result.cell = place.pk
        result.arrived = _arrival(row, place, record)


def _arrival(row, place, record):
    day, outside = row.signs.get("arrived") or (None, "")
    fits = day and row.values["admitted_on"].first_day <= day <= record.as_of and day >= place.established_on
    return [day.isoformat(), outside or "Nơi khác"] if fits else []


def _judge(said, touched, is_official, record, result):
    """The rules of the record on what would stand: dates in order and 18 years of age (M4), numbers of their shape and free (M1, M3)
    refuse; twelve months of probation (M5), the shape of a lý lịch number (M2) and cards since the exchange of 2025 only warn."""
    if touched.keys() & set(PARTIAL):
        _judge_dates(said, record, result)
    problem = card_number_problem(said.get("card_number"), said.get("card_issued_on")) if "card_number" in touched else None
    if problem:
        (result.reasons if problem[1] == Confidence.VERIFIED else result.warnings).append([BY_KEY["card_number"].label, problem[0]])
    if said.get("card_number") and not is_official and "card_number" in touched:
        result.reasons.append([BY_KEY["card_number"].label, "Chỉ đảng viên chính thức được cấp thẻ (Quy định 29-QĐ/TW, mục 6.1)."])
    if "record_number" in touched and (doubt := record_number_problem(said.get("record_number"))):
        result.warnings.append([BY_KEY["record_number"].label, doubt[0]])
    for key in IDENTIFYING:
        if key in touched and said.get(key) in record.taken.get(key, ()):
            result.reasons.append([BY_KEY[key].label, "Số này đã có ở một hồ sơ ngoài phạm vi của danh sách."])
    if result.reasons:
        result.kind, result.changes = REFUSED, {}


def _judge_dates(said, record, result):
    birth, decided, admitted, official = (said.get(key) for key in PARTIAL)

    def refuse(key, sentence):
        result.reasons.append([BY_KEY[key].label, sentence])

    first = decided or admitted
    if birth and first and first.last_day < _years_after(birth.first_day, 18):
        refuse("born_on", "Chưa đủ 18 tuổi khi có quyết định kết nạp (Điều lệ Đảng, Điều 1).")
    if birth and admitted and birth.first_day >= admitted.first_day:
        refuse("born_on", "Ngày sinh phải trước ngày vào Đảng.")
    if decided and admitted and decided.first_day > admitted.first_day:
        refuse("decided_on", "Ngày quyết định kết nạp không được sau ngày vào Đảng; nếu chỉ biết năm, hãy ghi rõ hơn ngày vào Đảng.")
    if admitted and official and official.first_day <= admitted.first_day:
        refuse("official_on", "Ngày chính thức phải sau ngày vào Đảng (Điều lệ Đảng, Điều 5).")
    elif admitted and official and admitted.is_whole and official.is_whole and official.first_day != _years_after(admitted.first_day, 1):
        result.warnings.append([BY_KEY["official_on"].label, "Không đúng 12 tháng sau ngày vào Đảng; hãy đối chiếu hồ sơ."])
    for key, day in (("admitted_on", admitted), ("official_on", official)):
        if day and day.first_day > record.as_of:
            refuse(key, f"Sau ngày của danh sách ({date_text(record.as_of)}).")


def _years_after(day, years):
    """The same day so many years later; 29/02 becomes 01/03."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def counts(results):
    """{kind: number of rows} of all four kinds."""
    found = dict.fromkeys(KINDS, 0)
    for result in results:
        found[result.kind] += 1
    return found
