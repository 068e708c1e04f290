"""Cell life by the texts (rules C1 to C6), pure. Points and grades are local data; what the centre says of length and attendance is cited."""

import zlib
from dataclasses import dataclass
from datetime import date

from khoi_party.rules import Citation

from .enums import MeetingGrade, MeetingKind

HD42 = Citation("Hướng dẫn số 42-HD/BTCTW", date(2025, 10, 28))
HD12 = Citation("Hướng dẫn số 12-HD/BTCTW", date(2018, 7, 6))
REGULAR_MINUTES, COMBINED_MINUTES = 90, 120
ATTENDANCE = 85  # per cent; more than that is good
CUTS = (90, 70, 50)  # what two local guides use; a dated setting changes them
REGULAR = (MeetingKind.REGULAR, MeetingKind.COMBINED)
THEMATIC = (MeetingKind.THEMATIC, MeetingKind.COMBINED)
FULL = 100
BASE_MEETINGS = 2  # C7: of a base committee in a year
GOOD_NEEDED = 7  # of a year, as one Khối has it


@dataclass(frozen=True)
class ScoreSheet:
    """The local sheet by which meetings are scored: `items` (text, most points; all together 100, or none), `vetoes` in words, `cuts`."""

    cuts: tuple = CUTS
    items: tuple = ()
    vetoes: tuple = ()

    @property
    def total(self):
        return sum(most for _, most in self.items)

    @property
    def key(self):
        """What tells this sheet's items from another's: a form says by which it was filled in."""
        return f"{zlib.crc32(repr(self.items).encode()):08x}"

    def fault(self):
        """C5: what is wrong with the sheet itself, in a sentence; None for a sheet that can be used."""
        if not self.cuts[0] > self.cuts[1] > self.cuts[2]:
            return "Điểm của mức cao phải lớn hơn điểm của mức thấp."
        if self.items and self.total != FULL:
            return f"Các mục cộng lại {self.total} điểm, phải là {FULL}."
        return None

    def scored(self, points):
        """[[item, most, points], …] of `points`, one for each item. ValueError with a sentence for a number outside its item."""
        if len(points) != len(self.items):
            raise ValueError("Phiếu chấm điểm của ngày họp này có các mục khác. Hãy mở lại trang rồi chấm.")
        for (text, most), given in zip(self.items, points, strict=True):
            if not 0 <= given <= most:
                raise ValueError(f"“{text}”: điểm từ 0 đến {most}.")
        return [[text, most, given] for (text, most), given in zip(self.items, points, strict=True)]


def too_short(kind, held_on, minutes):
    """C2: ninety minutes, 120 where a thematic part is joined to it. The sentence, or None (also while the length is not known)."""
    if minutes is None or kind not in REGULAR or held_on < HD12.issued_on:
        return None
    combined = kind == MeetingKind.COMBINED and held_on >= HD42.issued_on
    least, source = (COMBINED_MINUTES, HD42) if combined else (REGULAR_MINUTES, HD42 if held_on >= HD42.issued_on else HD12)
    return f"Sinh hoạt {minutes} phút, dưới {least} phút ({source})." if minutes < least else None


def attendance(expected, present):
    """C3: per cent of those who had to come, without the exempt; None where nobody had to."""
    return present * 100 / expected if expected else None


def attendance_low(expected, present, unexcused):
    """C3: more than 85 per cent, and nobody absent without a reason."""
    share = attendance(expected, present)
    if share is not None and share <= ATTENDANCE:
        return f"Dự {present}/{expected} ({f'{share:.1f}'.replace('.', ',')}%), chưa trên {ATTENDANCE}% ({HD12})."
    return f"{unexcused} người vắng không có lý do ({HD12})." if unexcused else None


def posted_late(held_on, posted_on):
    """C4: the papers are there at least a day before."""
    if posted_on and held_on >= HD42.issued_on and (held_on - posted_on).days < 1:
        return f"Tài liệu phải gửi trước ít nhất 1 ngày ({HD42})."
    return None


def grade_of(points, is_vetoed, cuts=CUTS):
    """C5: the grade of `points` (0 to 100); a veto of the local sheet allows khá at most. None without points."""
    if points is None:
        return None
    grades = list(MeetingGrade)
    place = next((n for n, least in enumerate(cuts) if points >= least), len(cuts))
    return grades[max(place, 1) if is_vetoed else place]


def year_grade(grades):
    """C6, as one Khối has it: good when every regular meeting is khá or better and seven are good. None for anything the rule does not say."""
    if not grades or None in grades:
        return None
    fair = {MeetingGrade.GOOD, MeetingGrade.FAIR}
    return MeetingGrade.GOOD if set(grades) <= fair and list(grades).count(MeetingGrade.GOOD) >= GOOD_NEEDED else None


@dataclass(frozen=True)
class Gaps:
    """`months` of the year without a regular meeting, `quarters` without a thematic one (C1); both only for time that has passed."""

    months: tuple
    quarters: tuple


def base_meetings_missing(regular, year, day):
    """C7: a base committee with its cells meets twice a year (Quy định 24, mục 20, MEDIUM): how many are missing once the year is over."""
    return max(BASE_MEETINGS - regular, 0) if year < day.year else 0


def gaps(held, year, day, since=None):
    """The Gaps of a cell: `held` as (kind, day); `since`: the day the cell was founded."""
    first = since.month if since and since.year == year else 1
    ended = [month for month in range(first, 13) if (year, month) < (day.year, day.month)]
    regular = {on.month for kind, on in held if kind in REGULAR}
    thematic = {(on.month - 1) // 3 for kind, on in held if kind in THEMATIC}
    quarters = [quarter for quarter in range((first - 1) // 3, 4) if (year, quarter * 3 + 3) < (day.year, day.month)]
    return Gaps(tuple(month for month in ended if month not in regular), tuple(quarter + 1 for quarter in quarters if quarter not in thematic))
