"""Times the member list of 7.000 rows as Excel beside a bare XlsxWriter file of the same cells; prints one line of JSON.

DJANGO_SETTINGS_MODULE=khoi_party.settings.bench python bench/exports.py      on the database that DATABASE_URL names, once it has members
"""

import io
import json
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
ROWS = 7_000


def seconds(act):
    times = []
    for _ in range(5):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def bare(rows):
    import xlsxwriter

    with xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


def measure():
    from khoi_party.common.excel import workbook_response
    from members.models import Member
    from members.views.people import COLUMNS

    members = list(Member.objects.for_list()[:ROWS])
    members = (members * (ROWS // max(len(members), 1) + 1))[:ROWS]
    cells = [[column.value(row) for column in COLUMNS] for row in members]
    ours = seconds(lambda: workbook_response("dang-vien", "Đảng viên", COLUMNS, members, notes=["Đảng bộ"]))
    return {"rows": len(members), "ours": ours, "bare": seconds(lambda: bare(cells))}


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(measure()))
