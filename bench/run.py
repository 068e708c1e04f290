"""Times the pages people wait for, under gunicorn on PostgreSQL with the illustration, and keeps the table in bench/results.md.

python bench/run.py      needs DATABASE_URL of an empty PostgreSQL database (`make bench` gives one); loopback only, under two minutes
"""

import http.cookiejar
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


def targets():
    """The rows that the pages are measured on: ids of a base, its sheets by size, a cell of the grid."""
    import django

    django.setup()
    from django.db.models import Count

    from cells.models import Organisation
    from evaluations.models import ReviewSheet

    base = Organisation.objects.filter(kind="base_committee").order_by("path").first()
    sheet = ReviewSheet.objects.filter(state="open").annotate(size=Count("reviews")).order_by("-size", "path").first()
    row = sheet.reviews.filter(subject="member", eligibility="required").order_by("pk").first()
    return base.pk, sheet.pk, sheet.size, row.pk


def measure(password):
    base, sheet, size, row = targets()
    staff = Person("canbo", password)

    def save(number):
        values = {"review": row, "voice": "self", "level": number % 4 + 1, "version": number}
        staff.post(f"/evaluations/sheets/{sheet}/cell/", values)

    return [
        ("home page, staff", 60, median_ms(lambda _: staff.get("/"))),
        ("organisation page", 60, median_ms(lambda _: staff.get(f"/organisations/{base}/"))),
        (f"grid of {size} rows", 40, median_ms(lambda _: staff.get(f"/evaluations/sheets/{sheet}/"))),
        ("saving a cell of the grid", 30, median_ms(save)),
        ("member list, searched, 50 of 4.300", 60, median_ms(lambda _: staff.get("/members/?q=lan"))),
    ]


def table(rows):
    lines = [
        f"# Results of {date.today():%d/%m/%Y}",
        "",
        f"Median of {ROUNDS} requests over loopback, gunicorn with 2 workers, PostgreSQL, illustration of 4.300 members, "
        f"Python {platform.python_version()}, {os.cpu_count()} cores.",
        "",
        "| what | ms | limit ms | ratio to the limit |",
        "|---|---:|---:|---:|",
    ]
    return "\n".join([*lines, *(f"| {name} | {ms:.1f} | {limit} | {ms / limit:.2f} |" for name, limit, ms in rows)]) + "\n"


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
        text = table(measure(password))
    finally:
        server.terminate()
        server.wait()
    (ROOT / "bench" / "results.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
