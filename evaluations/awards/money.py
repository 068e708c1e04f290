"""Money: a multiplier of the base salary on the day of the decision. What was not read is unknown, and a sum with an unknown part is unknown.

Hướng dẫn 56-HD/VPTW (2015) names the multipliers; Công văn 19780-CV/VPTW (29/12/2025) adjusts it, and only its figure for cells was read.
No text read rounds the sum, so it is exact.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from evaluations.enums import Award, AwardSettingKey
from khoi_party.common.dates import date_text
from khoi_party.common.numbers import decimal
from khoi_party.rules import Citation

from .subjects import BASE, CELL, MEMBER, PART, PROVINCE, UPPER, subject_of

HD56 = Citation("Hướng dẫn số 56-HD/VPTW", date(2015, 10, 27))
CV19780 = Citation("Công văn số 19780-CV/VPTW", date(2025, 12, 29))
HD56_FIGURES = {
    AwardSettingKey.MEMBER_BASE: Decimal("0.3"),
    AwardSettingKey.MEMBER_UPPER: Decimal("1.0"),
    AwardSettingKey.MEMBER_MERIT: Decimal("1.5"),
    AwardSettingKey.CELL_BASE: Decimal("0.6"),
    AwardSettingKey.CELL_UPPER: Decimal("1.5"),
    AwardSettingKey.BASE_UPPER: Decimal("2.0"),
    AwardSettingKey.BASE_MERIT: Decimal("5.0"),
    AwardSettingKey.BASE_FLAG: Decimal("8.0"),
}
TO_COMPARE = (AwardSettingKey.BASE_UPPER, AwardSettingKey.BASE_MERIT, AwardSettingKey.BASE_FLAG)  # not read in the letter of 2025


@dataclass(frozen=True)
class Figure:
    """A dated value with where it comes from; `value` None where nothing was read or set."""

    value: Decimal | None
    source: str


@dataclass(frozen=True)
class Sum:
    multiplier: Decimal | None
    base_salary: Decimal | None
    amount: Decimal | None
    source: str  # where both come from, or what is missing


def key_of(subject, award, awarder_kind):
    """Which multiplier an award follows; None for awards that no money is named for. A periodic award and one for a special merit are alike."""
    level = {Award.MERIT: "merit", Award.FLAG: "flag"}.get(award)
    if award == Award.CERTIFICATE:
        level = {BASE: "base", UPPER: "upper"}.get(subject_of(awarder_kind)) if awarder_kind != PROVINCE else None
    names = {MEMBER: "member", CELL: "cell", PART: "part", BASE: "base"}
    key = f"{names[subject]}_{level}" if level and subject in names else ""
    return AwardSettingKey(key) if key in AwardSettingKey.values else None


def central(key, day):
    """The Figure of the central text for `key` on `day`."""
    if key not in HD56_FIGURES or day < HD56.issued_on:
        return Figure(None, "chưa đọc được hệ số trong văn bản")
    source = str(HD56)
    if day >= CV19780.issued_on:
        source += f"; cần đối chiếu {CV19780}" if key in TO_COMPARE else f", điều chỉnh bởi {CV19780}"
    return Figure(HD56_FIGURES[key], source)


def money(key, day, settings):
    """The Sum for the multiplier `key` on `day`. `settings`: {key: [(valid_from, valid_to or None, value, source)]}, local and dated."""
    if key is None:
        return Sum(None, None, None, "văn bản không nêu mức tiền thưởng cho hình thức này")
    multiplier = in_force(settings.get(key, ()), day) or central(key, day)
    salary = in_force(settings.get(AwardSettingKey.BASE_SALARY, ()), day) or Figure(None, f"chưa nhập mức lương cơ sở ngày {date_text(day)}")
    if multiplier.value is None or salary.value is None:
        unknown = [f"hệ số: {multiplier.source}"] if multiplier.value is None else []
        unknown += [f"lương cơ sở: {salary.source}"] if salary.value is None else []
        return Sum(multiplier.value, salary.value, None, "; ".join(unknown))
    source = f"hệ số {decimal(multiplier.value)}: {multiplier.source}; lương cơ sở {decimal(salary.value)} đồng: {salary.source}"
    return Sum(multiplier.value, salary.value, multiplier.value * salary.value, source)


def in_force(rows, day):
    """The Figure of the row that holds on `day`, or None."""
    for start, end, value, source in rows:
        if start <= day and (end is None or day < end):
            return Figure(value, source)
    return None
