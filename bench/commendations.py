"""Times the list of those who qualify for five years in a row, on the database that DATABASE_URL names; prints one line of JSON.

DJANGO_SETTINGS_MODULE=khoi_party.settings.bench python bench/commendations.py 4300 70000      a tree of its own for each size

Every member has a published result in each of five years, one in six at the best level; one in fifty in all of them, one in fifty in four.
What is timed is the whole list: who qualifies, and the years, numbers and decisions of the first fifty.
"""

import json
import statistics
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
YEARS = range(2021, 2026)
PER_CELL = 40
ROUNDS = 7
LIMITS = {4300: 0.3, 70000: 3.0}


def office(size, place):
    """A committee of `size` members with five closed years; its tree stands at the root path `place`."""
    from cells.models import Document, Organisation
    from evaluations.models import Cycle, Decision, DecisionItem, Review, ReviewSheet
    from evaluations.rulebooks import rulebook_for
    from members.models import Member

    day = date(2000, 1, 1)
    root = Organisation.objects.create(kind="upper_committee", path=place, name=f"Đảng bộ {size}", code=f"K{size}", established_on=day)
    base = Organisation.objects.create(
        kind="base_committee", parent=root, path=f"{place}0001", name="Đảng bộ A", code=f"K{size}-A", established_on=day
    )
    cells = [
        Organisation(kind="cell", parent=base, path=f"{base.path}{n + 1:04d}", name=f"Chi bộ số {n}", code=f"K{size}-{n}", established_on=day)
        for n in range(-(-size // PER_CELL))
    ]
    cells = Organisation.objects.bulk_create(cells, batch_size=500)
    people = (
        Member(
            full_name=f"Nguyễn Văn {n}",
            gender="male",
            cell=cells[n // PER_CELL],
            admitted_on=day,
            official_on=date(2001, 1, 1),
            state="official",
            sort_key=f"{n:06d}",
        )
        for n in range(size)
    )
    members = Member.objects.bulk_create(people, batch_size=2000)
    moment = datetime(2026, 1, 5, tzinfo=UTC)
    for year in YEARS:
        cycle = Cycle.objects.create(
            root=root, year=year, rulebook=rulebook_for(year).key, cutoff_on=date(year, 12, 31), closed_on=date(year + 1, 1, 25)
        )
        paper = Document.objects.create(organisation=base, kind="decision", number=f"{year}-QĐ/ĐU", issued_on=date(year, 12, 28), issuer="Đảng ủy A")
        decision = Decision.objects.create(cycle=cycle, body=base, title="Công nhận", document=paper, state="published", issued_at=moment)
        sheets = ReviewSheet.objects.bulk_create(
            (ReviewSheet(cycle=cycle, organisation=one, organisation_name=one.name, organisation_kind="cell", path=one.path) for one in cells),
            batch_size=500,
        )
        rows = Review.objects.bulk_create(
            (
                Review(
                    sheet=sheets[n // PER_CELL], subject="member", member=one, name=one.full_name, decided_by=base, decided_level=level_of(n, year)
                )
                for n, one in enumerate(members)
            ),
            batch_size=2000,
        )
        items = (DecisionItem(decision=decision, review=row, level=row.decided_level, facts={"score": 91}) for row in rows)
        DecisionItem.objects.bulk_create(items, batch_size=2000)
    return root


def level_of(number, year):
    if number % 50 == 1:
        return 2 if year == YEARS[2] else 1
    return 1 if number % 50 == 0 or (number + year) % 6 == 0 else 2


def whole_list(root, which):
    """(how many, the first page) of the members of `root`, as the page asks for them."""
    from evaluations.candidates import CandidateList
    from members.models import Member

    found = CandidateList(Member.objects.active().in_subtree(root), YEARS[-1], which)
    return len(found), found[:50]


def measure(sizes):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from evaluations.candidates import NEAR, WHOLE
    from khoi_party.common.database import refresh_statistics

    roots = {size: office(size, f"{9900 + number}") for number, size in enumerate(sizes)}
    refresh_statistics()
    found = {}
    for size, root in roots.items():
        for which, name in ((WHOLE, "five"), (NEAR, "near")):
            with CaptureQueriesContext(connection) as queries:
                count, page = whole_list(root, which)
            if which == WHOLE and (count != -(-size // 50) or not all(one.is_whole for one in page)):
                raise SystemExit(f"expected {-(-size // 50)} members with five years, got {count}")
            spent = []
            for _ in range(ROUNDS):
                start = time.perf_counter()
                whole_list(root, which)
                spent.append(time.perf_counter() - start)
            found[f"{name}_{size}"] = {"seconds": statistics.median(spent), "queries": len(queries), "count": count}
    return found


if __name__ == "__main__":
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(measure([int(size) for size in sys.argv[1:]] or list(LIMITS))))
