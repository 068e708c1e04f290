"""A handful of admission files at different stages, of the secretary's cell and of the one beside it."""

from datetime import date

from members.enums import MemberState, Schooling, VettedPerson
from members.models import Member
from members.services.admissions import add_step, open_admission

# name, gender, born on, opened on, how many of the steps below are done
FILES = [
    ("Phạm Thu Trang (minh họa)", "female", date(1994, 3, 12), date(2026, 8, 3), 1),
    ("Nguyễn Hoàng Long (minh họa)", "male", date(1992, 9, 30), date(2025, 9, 8), 5),
    ("Trần Mai Anh (minh họa)", "female", date(1996, 6, 5), date(2025, 9, 8), 12),
    ("Lê Đức Thịnh (minh họa)", "male", date(1990, 1, 20), date(2025, 8, 11), 13),
    ("Đoàn Khánh Vy (minh họa)", "female", date(1995, 11, 2), date(2025, 8, 11), 14),
]
NEXT_CELL = [
    ("Vũ Minh Khôi (minh họa)", "male", date(1993, 4, 8), date(2025, 12, 1), 2),
    ("Hà Ngọc Diệp (minh họa)", "female", date(1997, 2, 14), date(2025, 9, 8), 12),
]


def build_admissions(cell, by):
    """Files of `cell` and of the next one under the same committee; `by` is somebody who may write in both."""
    beside = type(cell).objects.filter(parent=cell.parent, kind=cell.kind, path__gt=cell.path, dissolved_on__isnull=True).order_by("path").first()
    for place, files in ((cell, FILES), (beside, NEXT_CELL)):
        helpers = list(Member.objects.filter(cell=place, state=MemberState.OFFICIAL, official_on__lt=date(2024, 1, 1)).order_by("pk")[:2])
        for name, gender, born_on, opened_on, done in files:
            person = {"full_name": name, "gender": gender, "born_on": born_on, "work": "Chuyên viên", "schooling": Schooling.UPPER}
            one = open_admission(cell=place, helper=helpers[0], opened_on=opened_on, has_youth_union=False, by=by, **person)
            for kind, day, values in steps(helpers)[:done]:
                add_step(one, kind, done_on=max(day, opened_on), values=values, by=by)


def steps(helpers):
    vetted = [("vetting", date(2026, 3, 16), {"person": person, "conclusion": "met"}) for person in VettedPerson.values]
    introduced = [("introduction", date(2026, 4, 6), {"introducer": "member", "member": one.pk, "months": 36}) for one in helpers]
    return [
        ("certificate", date(2025, 10, 20), {"issuer": "Trung tâm chính trị (minh họa)"}),
        ("application", date(2026, 2, 2), {}),
        *vetted,
        ("certified", date(2026, 3, 30), {}),
        *introduced,
        ("opinions", date(2026, 4, 20), {}),
        ("cell_vote", date(2026, 9, 7), {"eligible": 9, "present": 9, "agree": 9}),
        ("base_vote", date(2026, 9, 14), {"eligible": 9, "present": 8, "agree": 8}),
        ("decision", date(2026, 10, 12), {"body": "superior"}),
    ]
