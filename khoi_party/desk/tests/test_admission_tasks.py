"""Admission files among the tasks of the home page."""

from datetime import date

from cells.enums import Role
from cells.tests.factories import RoleAssignmentFactory
from khoi_party.desk.tasks import tasks_of
from members.models import Admission, AdmissionStep
from members.tests.factories import MemberFactory


def test_deadlines_and_reports_stand_on_the_home_page_of_cell_and_committee(db, time_machine):
    time_machine.move_to("2026-11-23 09:00 +0700")
    helper = MemberFactory()
    given = {"cell": helper.cell, "helper": helper, "gender": "male", "born_on": date(1995, 5, 1), "rules": "qd294", "opened_on": date(2026, 1, 1)}
    due = Admission.objects.create(full_name="Người có hạn", **given)
    AdmissionStep.objects.create(admission=due, kind="application", done_on=date(2026, 2, 21))
    later = Admission.objects.create(full_name="Người chưa đến hạn", **given)
    AdmissionStep.objects.create(admission=later, kind="application", done_on=date(2026, 2, 22))
    Admission.objects.create(full_name="Người ba lần", state="reported", **given)

    def said(role):
        tasks = tasks_of(RoleAssignmentFactory(organisation=helper.cell, role=role).user)
        return [(task.title, task.due_on) for task in tasks if task.title.startswith("Kết nạp")]

    expected = [
        ("Kết nạp, Người có hạn: chi bộ xét trước khi hồ sơ quá 12 tháng", date(2027, 2, 21)),
        ("Kết nạp, Người ba lần: ba lần biểu quyết không đạt, báo cáo cấp trên", None),
    ]
    assert said(Role.SECRETARY) == said(Role.STAFF) == expected
    assert said(Role.LEADER) == said(Role.INSPECTOR) == []
