"""Times a list of 7.000 members from the file to the record, on the database that DATABASE_URL names; prints one line of JSON.

DJANGO_SETTINGS_MODULE=khoi_party.settings.bench python bench/imports.py      a tree of its own beside whatever is there

Bare reading is python-calamine on the same bytes; bare writing is bulk_create of the same members with one span and one event each.
"""

import io
import json
import sys
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
ROWS = 7_000
AS_OF = date(2026, 6, 30)
TITLES = (
    "STT",
    "Họ và tên",
    "Giới tính",
    "Ngày sinh",
    "Dân tộc",
    "Quê quán",
    "Trình độ chuyên môn",
    "Lý luận chính trị",
    "Chức vụ",
    "Ngày quyết định kết nạp",
    "Ngày vào Đảng",
    "Ngày chính thức",
    "Số thẻ đảng viên",
    "Số lý lịch",
    "Số căn cước",
    "Mã chi bộ",
)


def workbook(position):
    """An .xlsx of ROWS members who do not exist, all of them with `position`."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, TITLES)
        for n in range(1, ROWS + 1):
            born = date(1960 + n % 25, n % 12 + 1, n % 28 + 1)
            name = f"Nguyễn Thị Minh {chr(65 + n % 26)}{chr(97 + n // 26 % 26)}"
            dates = (date(2005, 1, 3), date(2005, 2, 3), date(2006, 2, 3))
            numbers = (f"99.{n:06d}", f"{n:06d}KT", f"{n:012d}")
            row = (n, name, "Nữ", born, "Kinh", "Xã Tân Trào", "Đại học Luật", "Trung cấp", position, *dates, *numbers, f"KT-{n % 300}")
            sheet.write_row(n, 0, row)
    return target.getvalue()


def seconds(act):
    start = time.perf_counter()
    result = act()
    return time.perf_counter() - start, result


def office():
    """A committee with 300 cells and its staff."""
    from cells.models import Organisation, RoleAssignment
    from khoi_party.accounts.models import User

    day = date(2000, 1, 1)
    root = Organisation.objects.create(kind="upper_committee", path="9999", name="Đảng bộ kiểm thử", code="KT", established_on=day)
    base = Organisation.objects.create(kind="base_committee", parent=root, path="99990001", name="Đảng bộ A", code="KT-A", established_on=day)
    for n in range(300):
        Organisation.objects.create(kind="cell", parent=base, path=f"99990001{n + 1:04d}", name=f"Chi bộ số {n}", code=f"KT-{n}", established_on=day)
    staff = User.objects.create(username="kiemthu", full_name="Người kiểm thử")
    RoleAssignment.objects.create(user=staff, role="staff", organisation=root, valid_from=day)
    return root, staff


def bare_write(batch, by):
    """Write what the list would write with nothing asked and nothing checked; taken back at once."""
    from django.db import transaction

    from members.models import Member, Membership, MembershipEvent

    rows = list(batch.rows.select_related("cell"))
    members = [
        Member(full_name=row.values["full_name"], gender="female", cell=row.cell, admitted_on=date(2005, 2, 3), official_on=AS_OF, state="official")
        for row in rows
    ]
    start = time.perf_counter()
    with transaction.atomic():
        Member.objects.bulk_create(members, batch_size=1000)
        Membership.objects.bulk_create((Membership(member=one, cell=one.cell, valid_from=AS_OF) for one in members), batch_size=1000)
        events = (MembershipEvent(member=one, kind="loaded", effective_on=AS_OF, to_cell=one.cell, recorded_by=by) for one in members)
        MembershipEvent.objects.bulk_create(events, batch_size=1000)
        spent = time.perf_counter() - start
        transaction.set_rollback(True)
    return spent


def measure():
    from python_calamine import CalamineWorkbook

    from members.services import import_applying, imports

    root, by = office()
    sample = workbook("Chuyên viên")
    reading = [seconds(lambda: CalamineWorkbook.from_filelike(io.BytesIO(sample)).get_sheet_by_index(0).to_python())[0] for _ in range(5)]
    found = {"bare_read": min(reading)}
    for kind, position in (("new", "Chuyên viên"), ("changed", "Chuyên viên chính")):
        data = workbook(position)
        found[f"upload_{kind}"], batch = seconds(
            lambda data=data: imports.upload(data, name="ds.xlsx", organisation=root, purpose="load", as_of=AS_OF, by=by)
        )
        mapping = {int(place): key for place, key in batch.mapping.items()}
        found[f"preview_{kind}"], batch = seconds(lambda batch=batch, mapping=mapping: imports.choose_columns(batch, mapping, by=by))
        if batch.counts[kind] != ROWS:
            raise SystemExit(f"expected {ROWS} rows {kind}, got {batch.counts}")
        if kind == "new":
            found["bare_write"] = bare_write(batch, by)
        found[f"apply_{kind}"], _ = seconds(lambda batch=batch: import_applying.apply_batch(batch, by=by))
    return found


if __name__ == "__main__":
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(measure()))
