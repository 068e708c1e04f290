import random
import secrets
from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cells.enums import OrganisationKind, Role
from cells.models import Organisation, RoleAssignment
from cells.scope import roles_of
from khoi_party.accounts.models import User
from khoi_party.audit.services import change, record
from khoi_party.desk.demo.admissions import build_admissions
from khoi_party.desk.demo.ahead import build_ahead
from khoi_party.desk.demo.ballots import build_ballots
from khoi_party.desk.demo.commendations import build_commendations
from khoi_party.desk.demo.history import build_history
from khoi_party.desk.demo.meetings import build_meetings
from khoi_party.desk.demo.people import build_merged_people, build_people, build_seats
from khoi_party.desk.demo.places import build_merged, build_settings, build_terms, build_tree
from khoi_party.desk.demo.records import build_committees
from khoi_party.desk.demo.year import build_deciding, build_year


class Command(BaseCommand):
    """Fill an empty database with the illustration and write the accounts to var/demo_accounts.txt, last of all.

    Refuses (exit code 1) a database that holds an organisation already: the user's data are never touched. Accounts that stand in
    the file belong to another database; they are kept as demo_accounts.old.txt.
    """

    help = "Load the illustration (dữ liệu minh họa) into an empty database."

    def handle(self, *args, **options):
        if Organisation.objects.exists():
            raise CommandError("The database holds data already; the illustration is only for an empty one.")
        with transaction.atomic():
            lines = load(random.Random(2026))  # noqa: S311  the same illustration each time, nothing secret
        path = settings.VAR_DIR / "demo_accounts.txt"
        if path.exists():
            path.replace(path.with_suffix(".old.txt"))
        path.touch(mode=0o600)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.stdout.write(f"{Organisation.objects.count()} organisations, accounts in {path.name}.")


def load(chance):
    """Build everything; returns the lines "role | username | password | what they see"."""
    root, cells = build_tree()
    build_terms(root)
    build_settings(root)
    present = build_people(cells, chance)
    merged, taker = build_merged(root)
    present += build_merged_people(merged, taker, chance)
    build_seats(root, Organisation.objects.below(root).filter(dissolved_on__isnull=True).order_by("-path"), present)
    users, lines = make_accounts(root)
    build_history(Organisation.objects.get(pk=root.pk), users["canbo"], users["lanhdao"], chance)
    cell = roles_of(users["bithu"])[0].organisation
    cycle = build_year(root, users["canbo"], chance, left_open=cell)
    build_deciding(cycle, cell.parent, users["canbocoso"], users["lanhdaocoso"], chance, left_open=cell)
    build_ahead(cycle, users["canbo"], chance)
    build_admissions(cell, users["canbo"])
    build_committees(present)
    build_ballots(cell.parent, cell, users["canbo"], users["canbocoso"])
    build_commendations(root, users["canbo"], users["lanhdao"], cell.parent, users["canbocoso"])
    build_meetings(root, users["canbo"], chance)
    with change(by=None):
        record("demo.loaded", root, summary="Nạp dữ liệu minh họa.", organisation=root)
    return lines


def make_accounts(root):
    """One account per role, with a password of this installation's own."""
    base = Organisation.objects.filter(parent=root, kind=OrganisationKind.BASE_COMMITTEE).order_by("path").first()
    cell = base.children.filter(kind=OrganisationKind.CELL).order_by("path").first()
    wanted = [
        ("bithu", "Bùi Thị Hạnh (minh họa)", Role.SECRETARY, cell),
        ("canbo", "Đỗ Minh Đức (minh họa)", Role.STAFF, root),
        ("lanhdao", "Vũ Quang Hưng (minh họa)", Role.LEADER, root),
        ("kiemtra", "Lý Thanh Tâm (minh họa)", Role.INSPECTOR, root),
        ("quantri", "Hồ Xuân Kiên (minh họa)", Role.ADMINISTRATOR, root),
        ("canbocoso", "Ngô Thu Hiền (minh họa)", Role.STAFF, base),
        ("lanhdaocoso", "Đinh Hữu Phước (minh họa)", Role.LEADER, base),
    ]
    users, lines, password = {}, [], f"khoi-{secrets.token_hex(4)}"
    for username, full_name, role, organisation in wanted:
        user = users[username] = User(username=username, full_name=full_name)
        user.set_password(password)
        user.save()
        assignment = RoleAssignment.objects.create(user=user, role=role, organisation=organisation, valid_from=date(2025, 1, 1))
        lines.append(f"{assignment.get_role_display()} | {username} | {password} | {organisation.name}")
    return users, lines
