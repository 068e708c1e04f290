"""Times a long report beside WeasyPrint used plainly on the same content, and a batch of certificates; prints one line of JSON.

DJANGO_SETTINGS_MODULE=khoi_party.settings.bench python bench/papers.py            all, each in a process of its own, three times in turn
DJANGO_SETTINGS_MODULE=khoi_party.settings.bench python bench/papers.py set WHAT   one of WAYS, once
Needs no database: the content is invented, 60 organisations with 117 members each behind a short report.
"""

import dataclasses
import io
import json
import os
import random
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
UNITS, MEMBERS, ROUNDS, CERTIFICATES = 60, 117, 3, 150
SHELF = "papers/parts/bench"
COLUMNS = (
    *(("TT", 4, "center"), ("Họ và tên", 19, "left"), ("Năm sinh", 6, "center"), ("Chi bộ", 19, "left"), ("Chức vụ", 14, "left")),
    *(("Năm trước", 8, "center"), ("Tự xếp loại", 8, "center"), ("Chi bộ biểu quyết", 8, "center"), ("Kết quả", 8, "center"), ("Ghi chú", 6, "left")),
)
FAMILY, MIDDLE, GIVEN = ("Nguyễn", "Trần", "Lê", "Phạm", "Vũ"), ("Thị Phượng", "Văn", "Quang Huy", "Đức"), ("Ước", "An", "Hùng", "Nhưỡng", "Tâm")
CELLS = ("Chi bộ Phòng Hành chính - Tổng hợp", "Chi bộ Thanh tra Sở", "Chi bộ Phòng Kế hoạch - Tài chính")
POSTS = ("", "", "", "Bí thư chi bộ", "Phó Trưởng phòng")


def long_report(changed=0):
    """A report with a register of UNITS x MEMBERS rows; `changed` gives the first member of the tenth organisation another level."""
    from reports.papers.document import Appendix, Cell, Column, Row, Sentence, Table

    draw = random.Random(7)  # noqa: S311
    rows = []
    for unit in range(1, UNITS + 1):
        rows.append(Row((Cell(f"{unit}. Đảng bộ Cơ quan minh họa số {unit}: {MEMBERS} đảng viên"),), "group"))
        for place in range(1, MEMBERS + 1):
            name = f"{draw.choice(FAMILY)} {draw.choice(MIDDLE)} {draw.choice(GIVEN)}"
            votes = f"{draw.randint(8, 30)}/30"
            level = "HTXSNV" if changed and (unit, place) == (10, 1) else "HTTNV"
            texts = (str(place), name, str(draw.randint(1965, 2000)), draw.choice(CELLS), draw.choice(POSTS), "HTTNV", "HTTNV", votes, level, "")
            rows.append(Row(tuple(Cell(text) for text in texts)))
    columns = tuple(Column(*one) for one in COLUMNS)
    register = Appendix("Danh sách đảng viên và mức xếp loại", Table("", columns, tuple(rows), ("HTTNV: hoàn thành tốt nhiệm vụ.",)))
    return dataclasses.replace(_short_paper(), sections=_sections(Sentence), appendices=(register,))


def _short_paper():
    from reports.papers.formats import Header, Marking, Signature
    from reports.papers.written import WrittenPaper

    header = Header("ĐẢNG BỘ TỈNH VĨNH PHÚC", "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH", "BC", "ĐUK", "Vĩnh Yên", date(2026, 1, 15), 12)
    return WrittenPaper(
        header=header,
        title="BÁO CÁO",
        summary="kết quả kiểm điểm, đánh giá, xếp loại tổ chức đảng, đảng viên năm 2025",
        sections=(),
        data_as_of=date(2026, 1, 10),
        issuing_body="Ban Thường vụ Đảng ủy Khối các cơ quan tỉnh",
        signature=Signature("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Nguyễn Thị Phượng Ước"),
        marking=Marking(demo=True, draft=1),
    )


def _sections(sentence):
    from reports.papers.document import Section

    text = "Đoạn văn minh họa nói về kết quả kiểm điểm, đánh giá, xếp loại tổ chức đảng và đảng viên trong năm của các đơn vị trực thuộc. " * 4
    return tuple(Section(f"{roman}- PHẦN MINH HỌA", (sentence(text),) * 4) for roman in ("I", "II", "III", "IV", "V", "VI"))


def plainly():
    """All of it as one document with automatic column widths, tagged and archivable as ours is."""
    import warnings

    from weasyprint import CSS, HTML

    from reports.rendering import own_files
    from reports.setting.measures import measures_of
    from reports.setting.pages import to_html
    from reports.setting.press import BASE_URL, STYLE_SHEET, VARIANT, _fetcher

    warnings.simplefilter("ignore", ResourceWarning)
    paper, fetcher, options = long_report(), _fetcher(own_files()), {"pdf_variant": VARIANT, "pdf_tags": True}
    sheets = [CSS(url=BASE_URL + STYLE_SHEET, url_fetcher=fetcher), CSS(string=measures_of(paper) + "table { table-layout: auto }")]
    document = HTML(string=to_html(paper), base_url=BASE_URL, url_fetcher=fetcher).render(stylesheets=sheets, **options)
    target = io.BytesIO()
    document.write_pdf(target, **options)
    return target.getvalue()


def _ours(changed=0):
    from reports.papers.recipes import Recipe
    from reports.setting.pdf import to_pdf
    from reports.setting.shelf import Shelf

    return to_pdf(long_report(changed), Recipe.template, shelf=Shelf(SHELF)).bytes


def anew():
    """As the product sets it, with nothing kept from before."""
    import shutil

    from django.conf import settings

    shutil.rmtree(Path(settings.MEDIA_ROOT) / SHELF, ignore_errors=True)
    return _ours()


def changed():
    """The same after one member of one organisation has another level."""
    return _ours(1)


def certificates():
    """150 certificates in one file."""
    from reports.papers import certificates as paper
    from reports.setting.pdf import to_pdf
    from reports.tests.specimens import all_specimens

    frozen = all_specimens()[paper.RECIPE.kind]()
    items = frozen.figures.awards.items
    many = dataclasses.replace(frozen.figures.awards, items=tuple(items[place % len(items)] for place in range(CERTIFICATES)))
    frozen = dataclasses.replace(frozen, figures=dataclasses.replace(frozen.figures, awards=many))
    return to_pdf(frozen.write(), paper.RECIPE.template, numbered=False).bytes


WAYS = {"plainly": plainly, "anew": anew, "changed": changed, "certificates": certificates}


def set_once(way):
    """Print the seconds, pages and megabytes of one way."""
    import django

    django.setup()
    start = time.perf_counter()
    content = WAYS[way]()
    seconds = time.perf_counter() - start
    from pypdf import PdfReader

    print(json.dumps({"seconds": seconds, "file": len(content) / 1e6, "pages": len(PdfReader(io.BytesIO(content)).pages)}))


def measured(way):
    """What set_once says of `way`, run in a process of its own, with `memory`: the peak in megabytes, summed over it and all its children."""
    process = subprocess.Popen([sys.executable, __file__, "set", way], stdout=subprocess.PIPE, text=True)  # noqa: S603
    peak = 0
    while process.poll() is None:
        peak = max(peak, _resident(process.pid))
        time.sleep(0.05)
    if process.returncode:
        raise SystemExit(f"{way} failed")
    return json.loads(process.stdout.read().splitlines()[-1]) | {"memory": peak}


def _resident(root):
    """Megabytes resident in `root` and its descendants, shared pages counted in each."""
    parents, sizes = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(folder.name)], sizes[int(folder.name)] = int(fields[1]), int(fields[21]) * os.sysconf("SC_PAGESIZE") / 1e6
    family = {root}
    while True:
        more = {pid for pid, parent in parents.items() if parent in family} - family
        if not more:
            return sum(sizes.get(pid, 0) for pid in family)
        family |= more


def main():
    found = {way: [] for way in WAYS}
    for _ in range(ROUNDS):
        for way, runs in found.items():
            runs.append(measured(way))
    print(json.dumps({way: {key: statistics.median(run[key] for run in runs) for key in runs[0]} for way, runs in found.items()}))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khoi_party.settings.bench")
    if sys.argv[1:2] == ["set"]:
        set_once(sys.argv[2])
    else:
        main()
