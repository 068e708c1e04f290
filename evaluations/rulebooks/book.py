"""What a rule book knows. One frozen object per regulation; the year being rated chooses it, not the day of data entry."""

from dataclasses import dataclass
from datetime import date

from khoi_party.rules import Citation, Confidence

MEMBER, ORGANISATION, COLLECTIVE = "member", "organisation", "collective"
GOOD, GOOD_OR_BETTER = "good", "good_or_better"


@dataclass(frozen=True)
class LevelName:
    name: str
    short: str


@dataclass(frozen=True)
class QuotaRule:
    """At most `rate` per cent of the base may have the best level. `rounding` is open in every central text read: floor
    follows from "không vượt quá" (INFERRED) and is a dated setting."""

    rate: int
    raised_rate: int | None
    base: str
    group: str
    citation: Citation
    confidence: Confidence


@dataclass(frozen=True)
class MemberFacts:
    """What eligibility asks of a member, on the day the list is closed."""

    admitted_on: date
    cutoff_on: date
    is_exempt: bool = False
    is_temporary_here: bool = False


@dataclass(frozen=True)
class Eligibility:
    """`kind` is one of required, review_only, exempt, not_subject; `reason` a Vietnamese sentence, empty when required."""

    kind: str
    reason: str = ""
    rule: str = ""
    citation: Citation | None = None
    confidence: Confidence = Confidence.VERIFIED


@dataclass(frozen=True)
class NewMemberRule:
    """What becomes of a member admitted less than six months before the end of the year."""

    kind: str
    reason: str
    rule: str
    citation: Citation
    confidence: Confidence


@dataclass(frozen=True)
class RuleBook:
    key: str
    title: str
    first_year: int
    last_year: int | None
    citation: Citation
    noun: str  # what the regulation calls the act: phân loại, then xếp loại
    organisation_levels: tuple[LevelName, ...]
    member_levels: tuple[LevelName, ...]
    top_series: str  # TSVM and HTXSNV are two series, never one
    exemplary_label: str
    quotas: dict[str, QuotaRule]
    exemption: Citation
    exemption_confidence: Confidence
    new_member: NewMemberRule
    deadline: Citation | None  # the clause that wants everything done before 31/12, where one was read
    open_points: tuple[str, ...] = ()

    def covers(self, year):
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def levels(self, subject):
        return self.member_levels if subject == MEMBER else self.organisation_levels

    def level_name(self, level, subject):
        """The name that the regulation gives to `level` (1 best to 4); "" for None."""
        return self.levels(subject)[level - 1].name if level else ""

    def level_short(self, level, subject):
        return self.levels(subject)[level - 1].short if level else ""

    def quota(self, subject):
        """The cap on the best level for `subject`, or None where no text was found."""
        return self.quotas.get(subject)

    def eligibility(self, facts):
        """Whether a member must be rated this year, and if not, why, with the clause behind it."""
        if facts.is_temporary_here:
            return Eligibility("not_subject", "Sinh hoạt tạm thời; xếp loại tại chi bộ nơi sinh hoạt chính thức.", "temporary", self.exemption)
        if facts.is_exempt:
            reason = "Được miễn công tác và sinh hoạt đảng."
            return Eligibility("exempt", reason, "exempt", self.exemption, self.exemption_confidence)
        if facts.cutoff_on < add_months(facts.admitted_on, 6):
            rule = self.new_member
            return Eligibility(rule.kind, rule.reason, rule.rule, rule.citation, rule.confidence)
        return Eligibility("required")


def add_months(day, months):
    """The same day `months` later; the month's last day where it has no such day (31/8 + 6 months is 28/2 or 29/2)."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)


FOUR_LEVELS = (
    LevelName("Hoàn thành xuất sắc nhiệm vụ", "HTXSNV"),
    LevelName("Hoàn thành tốt nhiệm vụ", "HTTNV"),
    LevelName("Hoàn thành nhiệm vụ", "HTNV"),
    LevelName("Không hoàn thành nhiệm vụ", "KHTNV"),
)
