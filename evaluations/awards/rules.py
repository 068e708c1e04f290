"""K1 to K8: what speaks against one award of one subject. A Finding that forbids was read word for word; all others warn or inform.

What a warning asks of people is `NEEDS_REASON`: the list cannot be put forward before somebody has written why it stays.
"""

from dataclasses import dataclass
from datetime import date

from cells.enums import OrganisationKind
from evaluations.enums import TOLD_BASES, Award, AwardBasis
from evaluations.rulebooks.quota import ceiling
from khoi_party.common.dates import date_text
from khoi_party.rules import Citation, Finding, Kind

from .runs import Run, YearResult, counts, said, wanted
from .subjects import BASE, CELL, MEMBER, NOUNS, PART, PROVINCE, UPPER, subject_of

QD29 = Citation("Quy định số 29-QĐ/TW", date(2016, 7, 25), "điểm 27.2")
HD01 = Citation("Hướng dẫn số 01-HD/TW", date(2021, 9, 28), "mục 19")
HD06 = Citation("Hướng dẫn số 06-HD/TW", date(2025, 6, 9), "mục 19")
QD366 = Citation("Quy định số 366-QĐ/TW", date(2025, 8, 30), "Điều 11")
DIGEST = "tóm lược Quy định 102-QĐ/TW (nguồn thứ cấp)"
UNKNOWN = "văn bản Trung ương đã đọc không nói"

# Rule K1: who may give what to whom.
EVERYBODY = frozenset((MEMBER, CELL, PART, BASE, UPPER))
ORGANISATIONS = EVERYBODY - {MEMBER}
AUTHORITY = {
    OrganisationKind.CELL: {Award.PRAISE: EVERYBODY},
    OrganisationKind.SUB_COMMITTEE: {Award.PRAISE: EVERYBODY},
    OrganisationKind.BASE_CELL: {Award.PRAISE: EVERYBODY, Award.CERTIFICATE: frozenset((MEMBER,))},
    OrganisationKind.BASE_COMMITTEE: {Award.PRAISE: EVERYBODY, Award.CERTIFICATE: EVERYBODY},
    OrganisationKind.UPPER_COMMITTEE: {Award.PRAISE: EVERYBODY, Award.CERTIFICATE: EVERYBODY},
    PROVINCE: {Award.MERIT: EVERYBODY, Award.FLAG: ORGANISATIONS, Award.BADGE: frozenset((MEMBER,))},
}
# The periodic awards that mục 19 names: (basis, subject) -> {(award, who gives it)}.
PERIODIC = {
    (AwardBasis.YEAR, MEMBER): {(Award.CERTIFICATE, BASE)},
    (AwardBasis.YEAR, CELL): {(Award.CERTIFICATE, BASE)},
    (AwardBasis.YEAR, BASE): {(Award.CERTIFICATE, UPPER)},
    (AwardBasis.FIVE_YEARS, MEMBER): {(Award.CERTIFICATE, UPPER), (Award.MERIT, PROVINCE)},
    (AwardBasis.FIVE_YEARS, CELL): {(Award.CERTIFICATE, UPPER), (Award.MERIT, PROVINCE)},
    (AwardBasis.FIVE_YEARS, BASE): {(Award.MERIT, PROVINCE), (Award.FLAG, PROVINCE)},
    (AwardBasis.TERM, UPPER): {(Award.MERIT, PROVINCE), (Award.FLAG, PROVINCE)},
}
NEEDS_REASON = frozenset(("K1-P", "K4-U", "K4-R", "K4-S", "K5"))


@dataclass(frozen=True)
class Earlier:
    """A five-year award that the subject has: which, for which years, by which decision."""

    award: str
    first_year: int
    last_year: int
    number: str


@dataclass(frozen=True)
class Case:
    """All that the rules ask about one award of one subject."""

    subject: str
    award: str
    basis: str
    awarder: str  # an OrganisationKind
    year: int
    result: YearResult | None = None
    run: Run | None = None
    merit: str = ""
    disciplines: tuple[str, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    restart: bool | None = None  # after a five-year award the count begins anew; None: nobody has fixed it
    same_years: bool | None = None  # giấy khen and bằng khen may stand for the same five years; None: nobody has fixed it


def giver_of(awarder):
    return PROVINCE if awarder == PROVINCE else subject_of(awarder)


def judge_award(case):
    """The Findings against one award, those that forbid first."""
    found = [one for rule in (authority, periodic, yearly, five_years, told, repeated, disciplined, points) if (one := rule(case))]
    return sorted(found, key=lambda one: one.kind != Kind.FORBIDS)


def may_give(awarder, award, subject):
    return subject in AUTHORITY[awarder].get(award, ())


def awards_of(awarder, subject):
    """The awards that a body of the kind `awarder` may give to `subject`, badges aside."""
    return [award for award in Award if award != Award.BADGE and may_give(awarder, award, subject)]


def usual_subjects(awarder, basis):
    """The subjects that mục 19 names a periodic award for, given by a body of the kind `awarder` for `basis`."""
    return {subject for (for_what, subject), pairs in PERIODIC.items() if for_what == basis and giver_of(awarder) in {giver for _, giver in pairs}}


def authority(case):
    """K1: no award above, or other than, what the body may give."""
    if may_give(case.awarder, case.award, case.subject):
        return None
    award, kind = Award(case.award), OrganisationKind(case.awarder)
    if case.award == Award.FLAG and case.subject == MEMBER:
        says = "Cờ chỉ tặng tổ chức đảng, không tặng đảng viên."
    else:
        named = [Award(one).label.lower() for one, whom in AUTHORITY[kind].items() if case.subject in whom]
        may = f"được tặng {NOUNS[case.subject]}: {', '.join(named)}" if named else f"không khen thưởng {NOUNS[case.subject]}"
        who = "Tỉnh ủy" if kind == PROVINCE else kind.label
        says = f"{award.label} không thuộc thẩm quyền. {who} {may}. Hãy chọn hình thức khác, hoặc lập đợt trình cấp có thẩm quyền."
    return Finding("K1", Kind.FORBIDS, None, says, str(QD29))


def periodic(case):
    """Mục 19 names who gives which periodic award for what; another pair is unusual and asks for a reason."""
    if case.award == Award.PRAISE or case.basis in (AwardBasis.SUDDEN, AwardBasis.THEME):
        return None
    if (case.award, giver_of(case.awarder)) in PERIODIC.get((case.basis, case.subject), ()):
        return None
    says = f"Mục 19 không nêu {Award(case.award).label.lower()} {AwardBasis(case.basis).label.lower()} cho {NOUNS[case.subject]} ở cấp này."
    return Finding("K1-P", Kind.WARNS, None, says, str(HD06 if case.subject == MEMBER else HD01))


def yearly(case):
    """K2, K3: a yearly giấy khen needs the best level that year, of an organisation also that it was chosen (tiêu biểu)."""
    if case.basis != AwardBasis.YEAR or case.award == Award.PRAISE or counts(case.result, case.subject):
        return None
    was = said(case.result or YearResult(case.year), case.subject)
    says = f"Năm {case.year}: {was}. Khen trong năm cần được xếp loại “{wanted(case.year, case.subject)}”."
    return Finding("K2" if case.subject == MEMBER else "K3", Kind.FORBIDS, None, says, str(HD06 if case.subject == MEMBER else HD01))


def five_years(case):
    """K4: five calendar years in a row, each of them at the best level (organisations: tiêu biểu).

    A year that the product knows nothing of neither passes nor refuses: people write which decision they hold.
    """
    if case.basis != AwardBasis.FIVE_YEARS or (case.run is not None and case.run.is_whole):
        return None
    source, years = str(HD06 if case.subject == MEMBER else HD01), f"{case.year - 4}-{case.year}"
    if case.run is not None and case.run.is_open:
        says = f"Chưa rõ 5 năm liền {years}; {case.run.why_not}. Nếu có quyết định xếp loại ở nơi khác, hãy ghi số, ngày vào lý do."
        return Finding("K4-U", Kind.NOT_KNOWN, None, says, source)
    why = case.run.why_not if case.run else f"năm {case.year}: không có kết quả"
    return Finding("K4", Kind.FORBIDS, None, f"Chưa đủ 5 năm liền {years}; {why}.", source)


def told(case):
    """An award for a term, a sudden merit or a theme rests on the merit that people write."""
    if case.basis in TOLD_BASES and not case.merit:
        return Finding("K0", Kind.FORBIDS, None, "Hãy ghi thành tích làm căn cứ khen thưởng.", str(HD01))
    return None


def repeated(case):
    """What an earlier five-year award does to the next one: no text says, so a local rule decides, and without one people give a reason."""
    if case.basis != AwardBasis.FIVE_YEARS:
        return None
    for one in sorted(case.earlier, key=lambda earlier: -earlier.last_year):
        same = (one.first_year, one.last_year) == (case.year - 4, case.year)
        if not same and (one.last_year < case.year - 4 or one.first_year > case.year):
            continue
        had = f"Đã được tặng {Award(one.award).label.lower()} cho 5 năm {one.first_year}-{one.last_year} (số {one.number})"
        if same and one.award == case.award:
            return Finding("K4-D", Kind.FORBIDS, None, f"{had}; không tặng hai lần cho cùng 5 năm.", "hồ sơ khen thưởng")
        rule, allowed, code = ("giấy khen và bằng khen cho cùng 5 năm", case.same_years, "K4-S") if same else _restart(case)
        if allowed is None:
            return Finding(code, Kind.WARNS, None, f"{had}; {UNKNOWN} về {rule}, và đảng bộ chưa đặt quy định.", UNKNOWN)
        if not allowed:
            return Finding(code, Kind.FORBIDS, None, f"{had}; quy định của đảng bộ về {rule}: không được.", "quy định của đảng bộ")
    return None


def _restart(case):
    return "việc tính tiếp những năm đã dùng", None if case.restart is None else not case.restart, "K4-R"


def disciplined(case):
    """K5, by a digest only: somebody under discipline is not proposed. Warns, and people write why the name stays."""
    if not case.disciplines:
        return None
    return Finding("K5", Kind.WARNS, None, f"{'; '.join(case.disciplines)}. Đang bị kỷ luật hoặc đang xem xét thì không đề nghị khen thưởng.", DIGEST)


def over_cap(excellent, good, rate, base, rounding="floor"):
    """K6: more members at the best level than the share allows, as a Finding of a whole pool; None inside it."""
    most = ceiling(rate, excellent + good, base, rounding)
    if excellent <= most:
        return None
    return Finding("K6", Kind.WARNS, None, f"Xếp mức cao nhất {excellent}, trần {rate}% là {most}.", "trần của năm")


def level_by_points(points):
    """The level that QĐ 366, Điều 11 puts `points` of 100 at."""
    return next((level for level, least in ((1, 90), (2, 70), (3, 50)) if points >= least), 4)


def points(case):
    """K7: since 2025 the best level asks for 90 points; a result kept in spite of fewer is said."""
    lines = case.run.lines if case.basis == AwardBasis.FIVE_YEARS and case.run else ()
    for result in [line.result for line in lines] or [case.result]:
        if result is None or result.year < 2025 or result.points is None or result.level != 1 or level_by_points(result.points) == 1:
            continue
        says = f"Năm {result.year} được {f'{result.points:g}'.replace('.', ',')} điểm, dưới 90 điểm của mức cao nhất."
        return Finding("K7", Kind.WARNS, None, says, str(QD366))
    return None


def discipline_counts(decided_on, lapses_on, day, first_year, last_year):
    """Whether a decided discipline is one that K5 means: it still runs on `day`, or it was given in a year that the award is for."""
    return day < lapses_on or first_year <= decided_on.year <= last_year


def discipline_words(degree, decided_on):
    return f"Kỷ luật {degree.lower()} ngày {date_text(decided_on)}"
