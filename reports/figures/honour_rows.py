"""The lists behind typed figures, disciplinary decisions, commendations and badges."""

from cells.models import YearFigure
from cells.standing import counting_day
from evaluations.enums import Award
from evaluations.models import Commendation
from khoi_party.common.excel import Column
from members.badges import MILESTONES
from members.enums import Degree
from members.models import BadgeAward, Discipline
from reports.figures.behind import Behind
from reports.figures.honours import badge_awards, commendations, disciplines
from reports.figures.reach import stood_in
from reports.figures.typed import KEYS, bases_of

WHOSE = {"member": "đảng viên", "organisation": "tổ chức đảng"}


def list_of_honours(figures, organisation, user, topic, year):
    """The Behind of one of these figures, of the whole term where `year` is None; None for any other topic.

    Topics: "typed-KEY", "discipline-member-DEGREE", "award-AWARD-member", "badge-YEARS".
    """
    word, _, rest = topic.partition("-")
    if word not in LISTS or (year is not None and year not in figures.years):
        return None
    years = figures.years if year is None else (year,)
    return LISTS[word](organisation, user, rest, years, figures.as_of)


def _span(years):
    return f"năm {years[0]}" if len(years) == 1 else f"các năm {years[0]} - {years[-1]}"


def _typed(organisation, user, key, years, as_of):
    if key not in KEYS or len(years) > 1:
        return None
    (year,) = years
    bases = bases_of(stood_in(organisation, years, as_of)[year], counting_day(year, as_of))
    rows = YearFigure.objects.visible_to(user).known().filter(key=key, year=year, organisation__in=bases)
    return Behind(
        f"{YearFigure.Key(key).label}, năm {year}",
        rows.select_related("organisation").order_by("organisation__path"),
        (
            Column("Tổ chức cơ sở đảng", lambda row: row.organisation.name, width=48),
            Column("Số liệu", lambda row: int(row.value), width=12, kind="int"),
            Column("Nguồn", lambda row: row.source, width=40),
            Column("Phiên bản", lambda row: row.version, width=12, kind="int"),
        ),
    )


def _disciplines(organisation, user, rest, years, as_of):
    whose, _, degree = rest.partition("-")
    if whose not in WHOSE or degree not in Degree.values:
        return None
    inside = disciplines(organisation, years, as_of).filter(degree=degree, **{f"{whose}__isnull": False})
    rows = Discipline.objects.visible_to(user).filter(pk__in=inside.values("pk"))
    return Behind(
        f"{Degree(degree).label} {WHOSE[whose]}, {_span(years)}",
        rows.select_related("member", "organisation", "place", "document").order_by("decided_on", "pk"),
        (
            Column("Ngày quyết định", lambda row: row.decided_on, width=14, kind="date"),
            Column("Đối tượng", lambda row: row.member or row.organisation, width=44),
            Column("Nơi ghi", lambda row: row.place.name, width=44),
            Column("Văn bản", lambda row: row.document.number if row.document else "", width=20),
        ),
    )


def _awards(organisation, user, rest, years, as_of):
    award, _, whose = rest.partition("-")
    if award not in Award.values or whose not in WHOSE:
        return None
    inside = commendations(stood_in(organisation, years, as_of)).filter(award=award, **{f"{whose}__isnull": False})
    rows = Commendation.objects.visible_to(user).filter(pk__in=inside.values("pk"))
    return Behind(
        f"{Award(award).label} cho {WHOSE[whose]}, {_span(years)}",
        rows.select_related("round__document").order_by("last_year", "place__path", "sort_key", "pk"),
        (
            Column("Tên", lambda row: row.name, width=44),
            Column("Tổ chức đảng", lambda row: row.place_name, width=44),
            Column("Năm", lambda row: row.years, width=12),
            Column("Quyết định", lambda row: row.round.document.number if row.round.document else "", width=20),
        ),
    )


def _badges(organisation, user, rest, years, as_of):
    if not rest.isdecimal() or int(rest) not in MILESTONES:
        return None
    inside = badge_awards(stood_in(organisation, years, as_of)).filter(years=int(rest))
    rows = BadgeAward.objects.visible_to(user).filter(pk__in=inside.values("pk"))
    return Behind(
        f"Huy hiệu {rest} năm tuổi Đảng, {_span(years)}",
        rows.select_related("member__cell", "document").order_by("ceremony_on", "member__sort_key", "pk"),
        (
            Column("Đợt trao", lambda row: row.ceremony_on, width=14, kind="date"),
            Column("Họ và tên", lambda row: row.member.full_name, width=28),
            Column("Chi bộ", lambda row: row.member.cell.name, width=44),
            Column("Quyết định", lambda row: row.document.number if row.document else "", width=20),
        ),
    )


LISTS = {"typed": _typed, "discipline": _disciplines, "award": _awards, "badge": _badges}
