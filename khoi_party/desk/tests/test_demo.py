import pytest
from django.core.management import CommandError, call_command

from cells.enums import OrganisationKind
from cells.models import Organisation, Term
from cells.scope import roles_of
from evaluations.models import Cycle, Registration, Review
from khoi_party.accounts.models import User
from khoi_party.audit.services import verify_chain
from khoi_party.desk.tasks import tasks_of
from members.models import Member, Membership, MembershipEvent


@pytest.mark.django_db
def test_demo_has_the_promised_size_and_work_for_each_role(settings, tmp_path, capsys):
    settings.VAR_DIR = tmp_path

    call_command("load_demo")

    kinds = {kind: Organisation.objects.filter(kind=kind).count() for kind in OrganisationKind}
    assert kinds == {
        "provincial_committee": 0,
        "upper_committee": 1,
        "base_committee": 39,
        "base_cell": 27,
        "sub_committee": 2,
        "cell": 289,
    }
    assert (Member.objects.count(), Membership.objects.count()) == (4300, 4300)
    assert [(term.label, term.first_year) for term in Term.objects.all()] == [("2025-2030", 2025), ("2020-2025", 2020), ("2015-2020", 2015)]
    assert Cycle.objects.get().year == 2026
    assert set(Registration.objects.values_list("state", flat=True)) == {"draft", "submitted", "noted"}
    assert {len(tasks_of(User.objects.get(username=name))) > 0 for name in ("bithu", "canbo", "canbocoso")} == {True}
    assert verify_chain() == []


@pytest.mark.django_db
def test_admissions_of_the_first_term_add_up_to_930(settings, tmp_path, capsys):
    settings.VAR_DIR = tmp_path

    call_command("load_demo")

    admitted = MembershipEvent.objects.filter(kind="admitted")
    assert admitted.filter(effective_on__year__range=(2016, 2020)).count() == 930
    assert admitted.filter(effective_on__year__range=(2021, 2025)).count() == 472
    accounts = (tmp_path / "demo_accounts.txt").read_text(encoding="utf-8").splitlines()
    assert [line.split(" | ")[1] for line in accounts] == ["bithu", "canbo", "lanhdao", "kiemtra", "quantri", "canbocoso", "lanhdaocoso"]
    user = User.objects.get(username="bithu")
    assert user.check_password(accounts[0].split(" | ")[2])
    assert Review.objects.visible_to(user).values("sheet").distinct().count() == 1
    assert len(roles_of(user)) == 1

    with pytest.raises(CommandError, match="holds data already"):
        call_command("load_demo")
