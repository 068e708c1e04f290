"""Years at the best level, in a row. Each year keeps the words of its own regulation, so a run may cross a renaming.

"Trong sạch, vững mạnh tiêu biểu" (to 2017) and "Hoàn thành xuất sắc nhiệm vụ tiêu biểu" (since 2018) count alike, and so do a member's "Đủ tư
cách, hoàn thành xuất sắc nhiệm vụ" and "Hoàn thành xuất sắc nhiệm vụ": mục 19, Hướng dẫn 01-HD/TW (2021) renames, it begins no new count.
"""

from dataclasses import dataclass, field
from datetime import date

from evaluations.rulebooks import rulebook_for
from evaluations.rulebooks.book import MEMBER as MEMBER_LEVELS
from evaluations.rulebooks.book import ORGANISATION

from .subjects import MEMBER

LENGTH = 5
FIRST_YEAR = 2010  # the earliest that a run can ask for: lists begin with 2014
NOT_YET_MEMBER, NOT_YET_FOUNDED = "chưa vào Đảng", "chưa thành lập"
NOTHING_KNOWN = "không có kết quả xếp loại trong phần mềm"
NOT_PUBLISHED = "kết quả chưa công bố"


@dataclass(frozen=True)
class YearResult:
    """What a published decision gave a subject in a year; `level` None with the reason in `why` where there is none.

    `of` names the predecessor whose result it is. `points` where the decision knew them.
    """

    year: int
    level: int | None = None
    exemplary: bool = False
    number: str = ""
    decided_on: date | None = None
    decision: int | None = None
    why: str = ""
    of: str = ""
    points: float | None = None


def wanted(year, subject):
    """What counts in `year`, in the words of that year's regulation."""
    book = rulebook_for(year)
    return book.level_name(1, MEMBER_LEVELS) if subject == MEMBER else book.exemplary_label


def counts(result, subject):
    """Whether the year counts: a member at the best level; an organisation chosen among the best (tiêu biểu)."""
    return result is not None and result.level == 1 and (subject == MEMBER or result.exemplary)


def said(result, subject):
    """What a year's result was, in that year's words."""
    if result.level is None:
        return result.why or NOTHING_KNOWN
    book = rulebook_for(result.year)
    if result.level == 1 and result.exemplary and subject != MEMBER:
        return book.exemplary_label
    name = book.level_name(result.level, MEMBER_LEVELS if subject == MEMBER else ORGANISATION)
    return f"{name}, không được chọn tiêu biểu" if subject != MEMBER and result.level == 1 else name


@dataclass(frozen=True)
class YearLine:
    """One year of a run: whether it counts and, where not, why."""

    result: YearResult
    is_counted: bool
    says: str
    note: str = ""

    @property
    def year(self):
        return self.result.year

    @property
    def is_unknown(self):
        """Whether the product knows nothing of the year: it may have been rated elsewhere, or before the product was there."""
        return self.result.level is None and not self.result.why


@dataclass(frozen=True)
class Run:
    lines: tuple[YearLine, ...] = field(default_factory=tuple)

    @property
    def is_whole(self):
        return len(self.lines) == LENGTH and all(line.is_counted for line in self.lines)

    @property
    def missing(self):
        return tuple(line for line in self.lines if not line.is_counted)

    @property
    def is_open(self):
        """Whether nothing speaks against the run but years that the product knows nothing of."""
        return bool(self.missing) and all(line.is_unknown for line in self.missing)

    @property
    def why_not(self):
        """The years that are missing, each with its reason, as one phrase."""
        return "; ".join(f"năm {line.year}: {line.says}{f' ({line.note})' if line.note else ''}" for line in self.missing)


def with_beginning(results, began_on, words):
    """`results` ({year: YearResult}) with the years before that of `began_on` told by `words`: there was nothing to rate yet."""
    return {year: YearResult(year, why=words) for year in range(FIRST_YEAR, began_on.year)} | results


def run_of(results, last_year, subject, predecessors=None, predecessors_count=None):
    """The five calendar years up to `last_year`, none left out (`results`: {year: YearResult}).

    `predecessors`: {year: [YearResult]} of the organisations that this one took over from, asked only for years without a result of its own.
    No text read says whether their years count: `predecessors_count` is the local rule, None where nobody has fixed one (they do not count).
    """
    return Run(
        tuple(_line(results, year, subject, (predecessors or {}).get(year, []), predecessors_count) for year in range(last_year - 4, last_year + 1))
    )


def _line(results, year, subject, before, predecessors_count):
    own = results.get(year)
    if own is None and before:
        worst = next((one for one in before if not counts(one, subject)), before[0])
        was = f"{worst.of}: {said(worst, subject)}"
        if predecessors_count:
            return YearLine(worst, counts(worst, subject), was, "tổ chức tiền thân")
        rule = "không tính theo quy định của đảng bộ" if predecessors_count is False else "văn bản không nói năm của tổ chức tiền thân có được tính"
        return YearLine(worst, False, was, rule)
    result = own or YearResult(year)
    return YearLine(result, counts(result, subject), said(result, subject))
