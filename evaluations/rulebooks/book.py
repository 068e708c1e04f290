"""What a rule book knows. One frozen object per regulation; the year being rated chooses it, not the day of data entry."""

from dataclasses import dataclass

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


FOUR_LEVELS = (
    LevelName("Hoàn thành xuất sắc nhiệm vụ", "HTXSNV"),
    LevelName("Hoàn thành tốt nhiệm vụ", "HTTNV"),
    LevelName("Hoàn thành nhiệm vụ", "HTNV"),
    LevelName("Không hoàn thành nhiệm vụ", "KHTNV"),
)
