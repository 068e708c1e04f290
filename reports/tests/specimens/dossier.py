"""The review file of a cell in a year that counts points: papers with number and day, with a day alone, and those that nobody has noted."""

from datetime import date

from reports.enums import PaperKind
from reports.figures.dossier import DossierFigures, Entry, Scored
from reports.tests.specimens import specimen_of
from reports.tests.specimens.cell_sheet import UNIT
from reports.tests.specimens.rating_proposal import PEOPLE


def figures():
    return DossierFigures(
        as_of=date(2026, 1, 5),
        year=2025,
        unit=UNIT,
        form="Mẫu 01-HD KĐ.ĐG 2025",
        entries=(
            Entry("report", received_on=date(2025, 12, 18), note="Soạn trên phần mềm"),
            Entry("minutes", day=date(2025, 12, 10), received_on=date(2025, 12, 18)),
            Entry("suggestion", "45-CV/ĐUK", date(2025, 11, 20)),
            Entry("rating"),
            Entry("ballot", "03-BB/CB", date(2025, 12, 10), note="Lần 1, đảng viên"),
            Entry("ballot", "", date(2025, 12, 17), note="Lần 2, đảng viên"),
            Entry("decision", "12-QĐ/ĐU", date(2025, 12, 20), note="Đảng ủy Khối các cơ quan tỉnh"),
        ),
        keeps_complaints=False,
        frame=(("Nhóm tiêu chí chung", 30), ("Nhóm kết quả thực hiện nhiệm vụ", 70)),
        scores=(
            Scored(UNIT, False, (28.5, 60.0), 88.5, 2),
            *(Scored(name, True, (28.0, 65.5) if place else (29.0, None), 93.5 if place else None, 1) for place, name in enumerate(PEOPLE)),
        ),
    )


def listed():
    names = {"organisation": UNIT, "committee": UNIT, "superior": "Đảng bộ Khối các cơ quan tỉnh", "code": "CB", "reporting_body": UNIT}
    return specimen_of(PaperKind.DOSSIER, figures(), number=None, issued_on=None, authority="T/M CHI BỘ", position="Bí thư", signer="", **names)


SPECIMENS = {PaperKind.DOSSIER: listed}
