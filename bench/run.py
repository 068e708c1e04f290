"""Times the pages people wait for, under gunicorn on PostgreSQL with the illustration, and keeps the table in bench/results.md.

python bench/run.py      needs DATABASE_URL of an empty PostgreSQL database (`make bench` gives one); loopback only, about ten minutes
"""

import functools
import http.cookiejar
import json
import os
import platform
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORT = 8970
ADDRESS = f"http://127.0.0.1:{PORT}"
ROUNDS = 40


class Person:
    """A signed-in browser of the benchmark."""

    def __init__(self, username, password):
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.get("/account/login/")
        self.post("/account/login/", {"username": username, "password": password, "next": ""})

    def get(self, path):
        return self.opener.open(ADDRESS + path).read()

    def post(self, path, values):
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken")
        body = urllib.parse.urlencode(values | {"csrfmiddlewaretoken": token}).encode()
        return self.opener.open(urllib.request.Request(ADDRESS + path, body, {"Referer": ADDRESS, "X-Requested-With": "fetch"})).read()  # noqa: S310


def median_ms(act):
    """The median of ROUNDS calls of `act(round)`, in milliseconds, after three that warm up."""
    times = []
    for number in range(ROUNDS + 3):
        start = time.perf_counter()
        act(number)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[3:])


def set_up():
    import django

    django.setup()


def targets():
    """The rows that the pages are measured on: ids of a base, its grid, two grids of the wanted sizes, a cell to save, a term."""
    from cells.models import Organisation, Term
    from evaluations.models import Cycle

    cycle = Cycle.objects.get(year=2026)
    base = Organisation.objects.filter(kind="base_committee").order_by("path").first()
    sheets = cycle.sheets.filter(state="open", organisation_kind="cell").order_by("path")
    grids = {size: _grown(sheet, size) for size, sheet in zip((60, 200), sheets, strict=False)}
    row = sheets[0].reviews.filter(subject="member", eligibility="required").order_by("pk").first()
    return cycle.pk, base.pk, grids, row, Term.objects.get(label="2020-2025").pk


def _grown(sheet, size):
    """Fill `sheet` up to `size` rows that must be rated, each with a level from two voices; gives its id."""
    from evaluations.models import Opinion, Review

    sheet.reviews.exclude(eligibility="required").delete()
    like = sheet.reviews.filter(subject="member").first()
    common = {name: getattr(like, name) for name in ("sheet", "subject", "decided_by", "pool")}
    missing = size - sheet.reviews.count()
    Review.objects.bulk_create(Review(**common, name=f"Nguyễn Văn Minh Họa {n}", position="Chuyên viên", sort_key=f"{n:04d}") for n in range(missing))
    said = ((row, voice) for row in sheet.reviews.filter(opinions__isnull=True) for voice in ("self", "cell_vote"))
    Opinion.objects.bulk_create(Opinion(review=row, voice=voice, level=2) for row, voice in said)
    return sheet.pk


def measure(password):
    cycle, base, grids, row, term = targets()
    staff = Person("canbo", password)

    def save(number):
        values = {"review": row.pk, "voice": "self", "level": number % 4 + 1, "version": row.opinions.get(voice="self").version}
        staff.post(f"/evaluations/sheets/{row.sheet_id}/cell/", values)

    staff.post("/members/", {"q": "lan"})
    return [
        ("home page, staff", 60, None, median_ms(lambda _: staff.get("/"))),
        ("organisation page", 60, None, median_ms(lambda _: staff.get(f"/organisations/{base}/"))),
        ("grid of 60 rows, its findings included", 70, None, median_ms(lambda _: staff.get(f"/evaluations/sheets/{grids[60]}/"))),
        ("grid of 200 rows, its findings included", None, 30.0, median_ms(lambda _: staff.get(f"/evaluations/sheets/{grids[200]}/"))),
        ("all cells of a base on one page", None, None, median_ms(lambda _: staff.get(f"/evaluations/{cycle}/bodies/{base}/"))),
        ("saving a cell of the grid", 30, None, median_ms(save)),
        ("appraisal board of 66 organisations", 100, None, median_ms(lambda _: staff.get(f"/evaluations/{cycle}/bodies/1/appraisal/"))),
        ("member list, searched, 50 of 4.300", 60, None, median_ms(lambda _: staff.get("/members/?searched=1"))),
        ("search from anywhere, by name", 100, None, median_ms(lambda _: staff.post("/search/", {"q": "nguyen van lan"}))),
        ("search from anywhere, by card number", 100, None, median_ms(lambda _: staff.post("/search/", {"q": "12.000123"}))),
        ("report on screen", None, None, median_ms(lambda _: staff.get(f"/reports/{finished_report(term)}/"))),
    ]


@functools.cache
def finished_report(term):
    """The id of a finished report of `term`, made here as the worker makes it."""
    from cells.models import Term
    from khoi_party.accounts.models import User
    from reports import services
    from reports.tasks import build_paper

    services.wake_worker = lambda pk: None
    paper = services.request_term_report(Term.objects.get(pk=term), by=User.objects.get(username="lanhdao"))
    build_paper(paper.pk)
    return paper.pk


def report_cost():
    """Seconds and megabytes (peak) of the five-year report from the command line, start of Python included: medians of five runs."""
    command = [sys.executable, "manage.py", "build_paper", "term-report", "--organisation", "DUK-VP", "--term", "2020-2025"]
    seconds, megabytes = [], []
    for _ in range(5):
        start = time.perf_counter()
        process = subprocess.Popen([*command, "--output", str(ROOT / "bench" / "work" / "report.pdf")], stdout=subprocess.DEVNULL)  # noqa: S603
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise SystemExit("build_paper failed")
        seconds.append(time.perf_counter() - start)
        megabytes.append(usage.ru_maxrss / 1024)
    return statistics.median(seconds), statistics.median(megabytes)


FULL_FACTS = {
    "exempt": False,
    "suspended": False,
    "temporary_here": False,
    "months_since_admission": 80,
    "sick_months": 0,
    "leads": False,
    "score": 95,
    "tasks": 10,
    "tasks_done": 10,
    "tasks_on_time": 10,
    "tasks_exceeded": 3,
    "faults_remedied": True,
    "degenerated": False,
    "disciplines": [],
    "broke_what_members_may_not_do": False,
}


def judging_cost():
    """Seconds to judge 5.000 members with full facts: the median of five runs."""
    from evaluations.rulebooks.judging import judge

    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(5000):
            judge(2025, "member", FULL_FACTS)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def findings_cost(sheet_id):
    """(milliseconds, queries) that the findings add to a grid of 60 rows with full facts: medians with and without them, in one process."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from evaluations import grids
    from evaluations.models import EnteredFacts, ReviewSheet
    from khoi_party.accounts.models import User

    sheet = ReviewSheet.objects.select_related("organisation", "cycle__root").get(pk=sheet_id)
    typed = ("leads", "tasks", "tasks_done", "tasks_on_time", "tasks_exceeded", "faults_remedied", "degenerated")
    values = {name: FULL_FACTS[name] for name in typed}
    points = {"common": 28, "results": 67}
    members = sheet.reviews.filter(subject="member", entered=None)
    EnteredFacts.objects.bulk_create(EnteredFacts(review=row, values=values, points=points) for row in members)
    user, mark = User.objects.get(username="canbo"), grids._RowMaker.mark
    found = []
    for marked in (mark, lambda *_: None):
        grids._RowMaker.mark = marked
        with CaptureQueriesContext(connection) as queries:
            grids.grid_of(sheet, user)
        found.append((median_ms(lambda _: grids.grid_of(sheet, user)), len(queries)))
    grids._RowMaker.mark = mark
    return found[0][0] - found[1][0], found[0][1] - found[1][1]


def import_cost():
    """{database: seconds of each step of a list of 7.000 members}, on PostgreSQL beside the illustration and on a fresh SQLite file."""
    file = ROOT / "bench" / "work" / "imports.sqlite3"
    for old in file.parent.glob("imports.sqlite3*"):
        old.unlink()
    found = {}
    for name, url in (("PostgreSQL", os.environ["DATABASE_URL"]), ("SQLite", f"sqlite:///{file}")):
        command = [sys.executable, str(ROOT / "bench" / "imports.py")]
        said = subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=True, capture_output=True, text=True).stdout  # noqa: S603
        found[name] = json.loads(said.splitlines()[-1])
    return found


def export_lines():
    """The member list as Excel, 7.000 rows, and its ratio to a bare file of the same cells."""
    command = [sys.executable, str(ROOT / "bench" / "exports.py")]
    spent = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])  # noqa: S603
    yield ""
    yield f"The member list as Excel, {spent['rows']} rows: {spent['ours']:.2f} s (limit 3 s, ratio {ratio(spent['ours'], 3)}; "
    yield f"a bare XlsxWriter file of the same cells {spent['bare']:.2f} s, ratio {ratio(spent['ours'], spent['bare'])})."


IMPORT_LIMITS = (("preview", "new", 2), ("preview", "changed", 2), ("apply", "new", 3), ("apply", "changed", 3))


def import_lines(found):
    """The table of a list of 7.000 members: each step, its limit, and its ratio to a bare read or write of the same file."""
    yield ""
    yield "| list of 7.000 members from Excel, 16 columns | database | seconds | limit s | ratio to the limit | ratio to bare |"
    yield "|---|---|---:|---:|---:|---:|"
    for database, spent in found.items():
        for step, kind, limit in IMPORT_LIMITS:
            value, bare = spent[f"{step}_{kind}"], spent["bare_read" if step == "preview" else "bare_write"]
            words = {"preview": "preview", "apply": "writing"}[step]
            yield f"| {words}, all rows {kind} | {database} | {value:.2f} | {limit} | {ratio(value, limit)} | {ratio(value, bare)} |"
    yield ""
    bare = "; ".join(f"{name}: read {spent['bare_read']:.2f} s, write {spent['bare_write']:.2f} s" for name, spent in found.items())
    yield f"Bare: python-calamine alone, and bulk_create of the same members with a span and an event each, nothing checked ({bare})."


def paper_cost():
    """{way: seconds, megabytes, pages} of a long report set plainly and as the product does, and of 150 certificates (bench/papers.py)."""
    command = [sys.executable, str(ROOT / "bench" / "papers.py")]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])  # noqa: S603


def pages_while_building(password, grid):
    """{page: (milliseconds when idle, while a long report is set)}: medians, the report being set anew for as long as it takes."""
    staff = Person("canbo", password)
    pages = {"home page, staff": "/", "grid of 60 rows": f"/evaluations/sheets/{grid}/"}
    idle = {name: median_ms(lambda _, path=path: staff.get(path)) for name, path in pages.items()}
    found = {}
    for name, path in pages.items():
        command = ["nice", "-n", "5", sys.executable, str(ROOT / "bench" / "papers.py"), "set", "anew"]  # as a worker is started
        report = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
        time.sleep(4)  # until both presses are at work
        found[name] = idle[name], median_ms(lambda _, path=path: staff.get(path))
        if report.poll() is not None:
            raise SystemExit("the report was made before the pages were measured")
        report.wait()
    return found


PAPER_WAYS = (
    ("anew", "7.020 rows, set in parts and bound", 0.30, 0.45),
    ("changed", "the same after one organisation changed", 0.10, None),
)


def paper_lines(found, busy):
    """The tables of the long report, the certificates, and pages while a report is set."""
    plain = found["plainly"]
    yield ""
    yield "| long report: 60 organisations, 117 members each, 10 columns, tagged PDF/A-3 | seconds | ratio | limit | MB | ratio | limit | pages |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    yield f"| WeasyPrint plainly, automatic columns | {plain['seconds']:.1f} | 1 | | {plain['memory']:.0f} | 1 | | {plain['pages']:.0f} |"
    for way, words, most, most_memory in PAPER_WAYS:
        one = found[way]
        seconds, memory = one["seconds"] / plain["seconds"], one["memory"] / plain["memory"]
        cells = f"{one['seconds']:.1f} | {seconds:.2f} | {most:.2f} | {one['memory']:.0f} | {memory:.2f} | {most_memory or '–'} | {one['pages']:.0f}"
        yield f"| {words} | {cells} |"
    yield ""
    yield "MB: the peak summed over the process and all its children, pages that they share counted in each. All three in turn, medians of three."
    certificates = found["certificates"]["seconds"]
    yield f"150 certificates in one file: {certificates:.1f} s (limit 20 s, ratio {ratio(certificates, 20)})."
    yield ""
    yield "| page | idle ms | while a long report is set ms | ratio (limit 2) |"
    yield "|---|---:|---:|---:|"
    for name, (idle, building) in busy.items():
        yield f"| {name} | {idle:.1f} | {building:.1f} | {ratio(building, idle)} |"


def commendation_cost():
    """{database: {list: seconds, queries, count}} of who qualifies for five years in a row, among 4.300 and 70.000 members."""
    file = ROOT / "bench" / "work" / "commendations.sqlite3"
    for old in file.parent.glob("commendations.sqlite3*"):
        old.unlink()
    found = {}
    for name, url in (("PostgreSQL", os.environ["DATABASE_URL"]), ("SQLite", f"sqlite:///{file}")):
        command = [sys.executable, str(ROOT / "bench" / "commendations.py")]
        said = subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=True, capture_output=True, text=True).stdout  # noqa: S603
        found[name] = json.loads(said.splitlines()[-1])
    return found


def commendation_lines(found):
    """The table of who qualifies for a commendation: each list, its limit and its queries."""
    yield ""
    yield "| who qualifies for five years in a row | database | seconds | limit s | ratio to the limit | queries |"
    yield "|---|---|---:|---:|---:|---:|"
    for database, spent in found.items():
        for key, one in spent.items():
            which, size = key.split("_")
            limit = 0.3 if size == "4300" else 3
            words = f"{'five of five years' if which == 'five' else 'four of five'}: {one['count']} of {size} members"
            yield f"| {words} | {database} | {one['seconds']:.2f} | {limit} | {ratio(one['seconds'], limit)} | {one['queries']} |"


def table(rows, cost, judging, findings, lists, commended, papers, busy):
    lines = [
        f"# Results of {date.today():%d/%m/%Y}",
        "",
        f"Median of {ROUNDS} requests over loopback, gunicorn with 2 workers, PostgreSQL, illustration of 4.300 members and 11 closed years,",
        f"Python {platform.python_version()}, {os.cpu_count()} cores. The floor of the grid, 30 ms, is a bare template loop over 200 such rows "
        "on a machine like this.",
        "",
        "| what | ms | limit ms | ratio to the limit | ratio to the floor |",
        "|---|---:|---:|---:|---:|",
        *(f"| {name} | {ms:.1f} | {limit or '–'} | {ratio(ms, limit)} | {ratio(ms, floor)} |" for name, limit, floor, ms in rows),
        "",
        "| five-year report, from the command line, start of Python included | value | limit | ratio to the limit |",
        "|---|---:|---:|---:|",
        f"| seconds | {cost[0]:.1f} | 8 | {ratio(cost[0], 8)} |",
        f"| peak memory in MB | {cost[1]:.0f} | 400 | {ratio(cost[1], 400)} |",
        "",
        f"Judging 5.000 members with full facts by the regulation of 2025: {judging:.2f} s (limit 2 s, ratio {ratio(judging, 2)}).",
        "",
        f"The findings of a grid of 60 members with full facts add {findings[0]:.1f} ms (limit 30, ratio {ratio(findings[0], 30)}) "
        f"and {findings[1]} queries (limit 4).",
        *paper_lines(papers, busy),
        *import_lines(lists),
        *export_lines(),
        *commendation_lines(commended),
    ]
    return "\n".join(lines) + "\n"


def ratio(value, limit):
    return f"{value / limit:.2f}" if limit else "–"


def main():
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "khoi_party.settings.bench"
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["load_demo"]):
        subprocess.run([sys.executable, "manage.py", *command], check=True)  # noqa: S603
    password = (ROOT / "bench" / "work" / "demo_accounts.txt").read_text().split(" | ")[2]
    arguments = ["--bind", f"127.0.0.1:{PORT}", "--workers", "2", "--log-level", "warning"]
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", "khoi_party.wsgi", *arguments])  # noqa: S603
    try:
        time.sleep(3)
        set_up()
        rows = measure(password)
        grid = targets()[2][60]
        busy = pages_while_building(password, grid)
        text = table(rows, report_cost(), judging_cost(), findings_cost(grid), import_cost(), commendation_cost(), paper_cost(), busy)
    finally:
        server.terminate()
        server.wait()
    (ROOT / "bench" / "results.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
