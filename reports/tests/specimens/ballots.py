"""The papers and the minutes of invented ballots: a cell's members in one round, a committee's bases over again in a second."""

from datetime import date

from evaluations.ballots import Line, Threshold, Totals
from reports.enums import PaperKind
from reports.figures.ballots import Ballot, BallotPapersFigures, MinutesFigures, PaperLine
from reports.tests.specimens import specimen_of

DAY = date(2026, 11, 20)
ALL = (1, 2, 3, 4)
PEOPLE = (
    *("Trần Thị Ái", "Nguyễn Văn Ánh", "Lê Hoàng Bảo", "Phạm Công Tằng Tôn Nữ Huyền Châu", "Đặng Thị Thuỳ Dương", "Vũ Đức Đạt"),
    *("Ngô Quỳnh Giao", "Hoàng Văn Hoà", "Lưu Đức Huỳnh", "Bùi Thị Mỹ Linh", "Trần Lê Quỳnh Ngân", "Nguyễn Thị Phượng Ước"),
)
UNITS = (
    *("Đảng bộ Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", "Chi bộ Liên minh Hợp tác xã"),
    *("Đảng bộ Trường Cao đẳng Kinh tế - Kỹ thuật và Công nghệ", "Đảng bộ Sở Nông nghiệp và Môi trường"),
)
CELL = {
    "organisation": "Chi bộ Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
    "committee": "Chi bộ Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
    "superior": "Đảng bộ Khối các cơ quan tỉnh",
    "reporting_body": "Chi bộ Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
    "authority": "T/M CHI BỘ",
    "position": "Bí thư",
    "issued_on": DAY,
    "number": None,
}
VOTES = (
    *((14, 8, 0, 0, 1), (3, 19, 1, 0, 0), (0, 23, 0, 0, 0), (12, 11, 0, 0, 0), (5, 17, 1, 0, 0), (0, 6, 16, 1, 0)),
    *((2, 20, 0, 0, 1), (1, 21, 1, 0, 0), (0, 18, 4, 0, 1), (9, 9, 4, 0, 1), (15, 8, 0, 0, 0), (16, 7, 0, 0, 0)),
)


def cell_ballot(names=PEOPLE):
    return Ballot(DAY, 2026, "member", 1, "Hội nghị chi bộ", CELL["committee"], tuple(PaperLine(name, "", ALL) for name in names))


def papers(copies=5, names=PEOPLE):
    return specimen_of(PaperKind.BALLOT_PAPERS, BallotPapersFigures(cell_ballot(names), copies), **CELL)


def minutes():
    """A first round: somebody without a result, papers printed and left over, one invalid."""
    figures = MinutesFigures(
        ballot=cell_ballot(),
        voters="đảng viên chính thức",
        eligible=25,
        threshold=Threshold(),
        totals=Totals(24, 24, 24, 23, 1, 27, 3),
        votes=tuple(Line(votes[:4], votes[4]) for votes in VOTES),
        chair="Nguyễn Thị Phượng Ước",
        secretary="Trần Lê Quỳnh Ngân",
        head_teller="Lưu Đức Huỳnh",
        before="",
        recount_of="",
    )
    return specimen_of(PaperKind.BALLOT_MINUTES, figures, **CELL | {"printed_number": "12-BB/CB"})


def second_minutes(totals=None, votes=()):
    """A second round of a standing committee on its bases, with two levels on the paper; without `totals` the form for the pen."""
    lines = tuple(PaperLine(name, "", (1, 2)) for name in UNITS)
    ballot = Ballot(DAY, 2026, "organisation", 2, "Hội nghị ban thường vụ", "Ban Thường vụ Đảng ủy Khối các cơ quan tỉnh", lines)
    figures = MinutesFigures(
        ballot=ballot,
        voters="ủy viên ban thường vụ",
        eligible=9,
        threshold=Threshold("present", 2, 3, at_least=True),
        totals=totals,
        votes=votes,
        chair="",
        secretary="",
        head_teller="",
        before="Lần 1, họp ngày 18/11/2026",
        recount_of="Đếm nhầm một xấp phiếu.",
    )
    return specimen_of(PaperKind.BALLOT_MINUTES, figures, issued_on=DAY, number=None)


SPECIMENS = {PaperKind.BALLOT_PAPERS: papers, PaperKind.BALLOT_MINUTES: minutes}
