"""Counts of members of an organisation on a day: what is not on record is a line of its own, never spread over the others."""

from collections import Counter
from dataclasses import dataclass, field

from members.enums import Education, TheoryLevel
from members.models import Membership, MembershipEvent

AGE_BANDS = ((18, 30), (31, 40), (41, 50), (51, 60), (61, 200))
UNKNOWN = "Chưa ghi"
COLUMNS = (
    "member_id",
    "cell__path",
    "member__official_on",
    "member__gender",
    "member__ethnicity",
    "member__religion",
    "member__born_on",
    "member__education",
    "member__theory_level",
)


@dataclass(frozen=True)
class Line:
    """One indicator: its block, its words, and the key by which a member counts for it."""

    block: str
    label: str
    key: str


def _band_label(first, last):
    return f"Trên {first - 1} tuổi" if last >= 200 else f"Từ {first} đến {last} tuổi"


LINES = (
    Line("Tổng số", "Đảng viên", "all"),
    Line("Tổng số", "Chính thức", "official"),
    Line("Tổng số", "Dự bị", "probationary"),
    Line("Tổng số", "Được miễn công tác và sinh hoạt", "exempt"),
    Line("Giới tính, dân tộc, tôn giáo", "Nữ", "female"),
    Line("Giới tính, dân tộc, tôn giáo", "Dân tộc thiểu số", "minority"),
    Line("Giới tính, dân tộc, tôn giáo", "Theo tôn giáo", "religion"),
    Line("Giới tính, dân tộc, tôn giáo", "Chưa ghi dân tộc", "no_ethnicity"),
    *(Line("Tuổi đời", _band_label(*band), f"age_{band[0]}") for band in AGE_BANDS),
    Line("Tuổi đời", UNKNOWN, "age_unknown"),
    *(Line("Trình độ chuyên môn", label, f"education_{key}") for key, label in Education.choices),
    Line("Trình độ chuyên môn", UNKNOWN, "education_"),
    *(Line("Lý luận chính trị", label, f"theory_{key}") for key, label in TheoryLevel.choices),
    Line("Lý luận chính trị", UNKNOWN, "theory_"),
)
SHORT = ("all", "official", "probationary", "female", "minority", "age_18")


@dataclass
class Counted:
    """The counts of one organisation by the keys of LINES."""

    name: str
    pk: int
    path: str
    counts: Counter = field(default_factory=Counter)


def is_minority(ethnicity):
    """Whether `ethnicity` names another ethnic group than the Kinh; False where none is on record."""
    return bool(ethnicity) and ethnicity.casefold() != "kinh"


def age_on(born_on, day):
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def statistics_of(organisation, units, day):
    """Counted of `organisation` and of each of `units` (Organisations below it) on the evening of `day`. Two queries.

    Ages are whole years on `day`; who is known by the year only is taken as born on its first day. Official is who was so on that day.
    Education, ethnic group and the rest are as the record says today: what it said then is not kept.
    """
    lines = [Counted(one.name, one.pk, one.path) for one in (organisation, *units)]
    rows = Membership.objects.official().in_force(day).in_subtree(organisation).order_by().values_list(*COLUMNS)
    exempt = set(MembershipEvent.objects.exempt_on(day).values_list("member_id", flat=True))
    by_cell = {}
    for member, path, *facts in rows:
        counts = by_cell.setdefault(path, Counter())
        counts.update(_keys_of(facts, day))
        counts["exempt"] += member in exempt
    for path, counts in by_cell.items():
        for line in lines:
            if path.startswith(line.path):
                line.counts.update(counts)
    return lines


def _keys_of(facts, day):
    official_on, gender, ethnicity, religion, born_on, education, theory = facts
    yield "all"
    yield "official" if official_on is not None and official_on <= day else "probationary"
    if gender == "female":
        yield "female"
    if not ethnicity:
        yield "no_ethnicity"
    elif is_minority(ethnicity):
        yield "minority"
    if religion and religion.casefold() not in ("không", "khong"):
        yield "religion"
    yield _age_key(born_on, day)
    yield f"education_{education}"
    yield f"theory_{theory}"


def _age_key(born_on, day):
    age = age_on(born_on, day) if born_on else -1
    return next((f"age_{first}" for first, last in AGE_BANDS if first <= age <= last), "age_unknown")
