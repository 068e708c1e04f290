"""The illustration is loaded once; everything promised of it is counted on that."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from cells.enums import OrganisationKind
from cells.models import Organisation, OrganisationName, Placement, Term
from cells.scope import roles_of
from evaluations.enums import DecisionState
from evaluations.models import Cycle, Decision, QuotaPool, Registration, Review
from evaluations.rulebooks.quota import ceiling
from evaluations.services.tallies import wrong_tallies
from khoi_party.accounts.models import User
from khoi_party.audit.services import verify_chain
from khoi_party.desk.tasks import tasks_of
from members.models import Member, Membership, Seat
from reports.figures.term import collect
from reports.figures.values import BASES, MEMBERS

TODAY = date(2026, 11, 23)


@pytest.mark.django_db
def test_demo_holds_what_it_promises(settings, tmp_path, capsys):
    settings.VAR_DIR = tmp_path

    call_command("load_demo")

    tree_and_people()
    accounts_with_work(tmp_path)
    closed_years()
    first, second, third = (collect(Term.objects.get(label=label), TODAY) for label in ("2015-2020", "2020-2025", "2025-2030"))
    term_of_2015(first)
    term_of_2020(second)
    assert [one.state for one in third.levels[BASES]] == ["closed", "open"]
    assert verify_chain() == []
    with pytest.raises(CommandError, match="holds data already"):
        call_command("load_demo")


def tree_and_people():
    standing = Organisation.objects.filter(dissolved_on__isnull=True)
    kinds = {kind: standing.filter(kind=kind).count() for kind in OrganisationKind}
    assert kinds == {
        "provincial_committee": 0,
        "upper_committee": 1,
        "base_committee": 39,
        "base_cell": 27,
        "sub_committee": 2,
        "cell": 289,
    }
    merged = Organisation.objects.get(dissolved_on__isnull=False)
    assert (merged.ending, merged.successors.get().name) == ("merged", "Đảng bộ Sở Nội vụ")
    renamed = OrganisationName.objects.get(name="Đảng bộ Trung tâm Y tế dự phòng tỉnh")
    assert (renamed.valid_to, renamed.organisation.name) == (date(2018, 6, 1), "Đảng bộ Trung tâm Kiểm soát bệnh tật tỉnh")
    assert Placement.objects.open().count() == 358
    assert Member.objects.active().count() == 4300
    assert Membership.objects.open().count() == 4300
    for year, low, high in ((2015, 3700, 3900), (2019, 4000, 4200), (2024, 4400, 4600)):
        assert low <= Membership.objects.in_force(date(year, 12, 31)).count() <= high
    assert (
        Membership.objects.in_force(date(2019, 12, 31)).values("member").distinct().count() == Membership.objects.in_force(date(2019, 12, 31)).count()
    )
    assert Seat.objects.filter(organisation__kind=OrganisationKind.UPPER_COMMITTEE).count() == 5


def accounts_with_work(folder):
    accounts = (folder / "demo_accounts.txt").read_text(encoding="utf-8").splitlines()
    assert [line.split(" | ")[1] for line in accounts] == ["bithu", "canbo", "lanhdao", "kiemtra", "quantri", "canbocoso", "lanhdaocoso"]
    secretary = User.objects.get(username="bithu")
    assert secretary.check_password(accounts[0].split(" | ")[2])
    assert Review.objects.visible_to(secretary).filter(sheet__cycle__year=2026).values("sheet").distinct().count() == 1
    assert len(roles_of(secretary)) == 1
    assert {len(tasks_of(User.objects.get(username=name))) > 0 for name in ("bithu", "canbo", "canbocoso", "lanhdaocoso")} == {True}
    assert set(Registration.objects.filter(cycle__year=2026).values_list("state", flat=True)) == {"draft", "submitted", "noted"}
    states = Decision.objects.filter(cycle__year=2026).values_list("state", flat=True)
    assert sorted(states) == [DecisionState.PROPOSED, DecisionState.PUBLISHED]


def closed_years():
    assert list(Cycle.objects.filter(closed_on__isnull=True).values_list("year", flat=True)) == [2026]
    assert [wrong_tallies(cycle) for cycle in Cycle.objects.all()] == [[]] * 12
    for pool in QuotaPool.objects.exclude(cycle__year=2026).prefetch_related("reviews"):
        levels = [row.decided_level for row in pool.reviews.all()]
        assert levels.count(1) <= ceiling(pool.rate, levels.count(1) + levels.count(2), pool.base, pool.rounding)


def term_of_2015(figures):
    assert sum(one.count for one in figures.admissions) == 930
    assert [one.outcome for one in figures.targets] == ["reached"]
    assert [one.counts for one in figures.levels[BASES]] == [
        {1: 38, 2: 24, 3: 3, 4: 1},
        {1: 40, 2: 24, 3: 2},
        {1: 41, 2: 23, 3: 2},
        {1: 12, 2: 52, 3: 2, 4: 1},
        {1: 12, 2: 53, 3: 2},
    ]
    assert [one.unrated for one in figures.levels[BASES]] == [0, 0, 1, 0, 0]


def term_of_2020(figures):
    assert sum(one.count for one in figures.admissions) == 470
    outcomes = {(one.indicator, one.span): one.outcome for one in figures.targets}
    assert outcomes == {
        ("admissions", "yearly_average"): "reached",
        ("admissions", "term"): "reached",
        ("organisations_good", "each_year"): "reached",
        ("organisations_excellent", "each_year"): "missed",  # 12 of 64 in 2022
        ("members_good", "each_year"): "reached",
        ("members_excellent", "each_year"): "reached",
        ("agencies_task", "each_year"): "missed",  # one base in 2022
    }
    assert [base.name for base in figures.bases if len(base.exemplary_years) == 5] == [
        "Đảng bộ Sở Nội vụ",
        "Đảng bộ Viện kiểm sát nhân dân tỉnh",
        "Đảng bộ Trường Chính trị tỉnh",
    ]
    for year in figures.levels[MEMBERS]:
        assert year.good_or_better * 100 > 97 * year.decided
        assert 15 * year.good_or_better <= 100 * year.counts[1] <= 20 * year.good_or_better
