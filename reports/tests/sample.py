"""A term report with illustrative figures: 2015-2020, evaluation years 2015-2019 with 2019 still open, 66 base organisations."""

import datetime

from reports.charts import Bullet, Columns, LevelSeries, YearOfLevels, bullet_bars, small_multiples, stacked_bars
from reports.papers import sentences
from reports.papers.document import Appendix, Cell, Chart, Column, Row, Section, Sentence, Subheading, Table
from reports.papers.formats import Header, Marking, Signature
from reports.papers.written import WrittenPaper

OLD = {1: "Trong sạch, vững mạnh", 2: "Hoàn thành tốt nhiệm vụ", 3: "Hoàn thành nhiệm vụ", 4: "Yếu kém"}
OLD_MEMBER = {
    1: "Đủ tư cách, hoàn thành xuất sắc nhiệm vụ",
    2: "Đủ tư cách, hoàn thành tốt nhiệm vụ",
    3: "Đủ tư cách, hoàn thành nhiệm vụ",
    4: "Vi phạm tư cách hoặc không hoàn thành nhiệm vụ",
}
NEW = {1: "Hoàn thành xuất sắc nhiệm vụ", 2: "Hoàn thành tốt nhiệm vụ", 3: "Hoàn thành nhiệm vụ", 4: "Không hoàn thành nhiệm vụ"}
DAY = datetime.date(2020, 3, 31)
YEARS = (2015, 2016, 2017, 2018, 2019)
BASES = {2015: {1: 38, 2: 24, 3: 3, 4: 1}, 2016: {1: 36, 2: 27, 3: 2}, 2017: {1: 37, 2: 26, 3: 2, 4: 1}, 2018: {1: 13, 2: 50, 3: 2, 4: 1}}
CELLS = {2015: {1: 170, 2: 102, 3: 11, 4: 2}, 2016: {1: 168, 2: 108, 3: 10, 4: 1}, 2017: {1: 165, 2: 113, 3: 9}, 2018: {1: 56, 2: 221, 3: 10, 4: 1}}
MEMBERS = {
    2015: {1: 560, 2: 3020, 3: 88, 4: 11},
    2016: {1: 571, 2: 3094, 3: 80, 4: 9},
    2017: {1: 590, 2: 3160, 3: 75, 4: 8},
    2018: {1: 604, 2: 3241, 3: 66, 4: 7},
}
ADMITTED = (("2015", 176), ("2016", 190), ("2017", 195), ("2018", 188), ("2019", 181))


def sample_report(*, demo=True, draft=0, number=12, people=66):
    return WrittenPaper(
        header=Header(
            superior="ĐẢNG BỘ TỈNH VĨNH PHÚC",
            issuer="ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH",
            kind_code="BC",
            issuer_code="ĐUK",
            place="Vĩnh Yên",
            issued_on=datetime.date(2020, 5, 5),
            number=number,
        ),
        title="BÁO CÁO",
        summary="tổng kết công tác xây dựng tổ chức cơ sở đảng và đảng viên nhiệm kỳ 2015 - 2020",
        opening=(
            "Thực hiện Nghị quyết Đại hội đại biểu Đảng bộ Khối các cơ quan tỉnh nhiệm kỳ 2015 - 2020, Ban Thường vụ Đảng ủy Khối báo cáo "
            "kết quả xây dựng tổ chức cơ sở đảng, đánh giá, xếp loại và phát triển đảng viên trong nhiệm kỳ như sau:",
        ),
        sections=(_situation(), _registration(), _results(), _admissions(), _targets(), _exemplary()),
        closing=(
            "Trên đây là báo cáo tổng kết công tác xây dựng tổ chức cơ sở đảng và đảng viên nhiệm kỳ 2015 - 2020 của Đảng bộ Khối các cơ "
            "quan tỉnh. Số liệu trong báo cáo được tổng hợp từ các quyết định xếp loại đã ban hành đến ngày 31/3/2020."
        ),
        signature=Signature("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Nguyễn Thị Phượng Ước"),
        recipients=("Ban Thường vụ Tỉnh ủy", "Ban Tổ chức Tỉnh ủy", "Các tổ chức cơ sở đảng trực thuộc", "Lưu Văn phòng Đảng ủy Khối"),
        data_as_of=DAY,
        issuing_body="Ban Thường vụ Đảng ủy Khối các cơ quan tỉnh",
        appendices=(_all_bases(people), _missed()),
        marking=Marking(demo=demo, draft=draft),
    )


def _cells(*texts):
    return tuple(Cell(str(text)) for text in texts)


def _situation():
    rows = (
        (2015, 66, 40, 26, 285, "3.802", 171),
        (2016, 65, 40, 25, 287, "3.861", 168),
        (2017, 66, 40, 26, 287, "3.930", 181),
        (2018, 66, 40, 26, 288, "4.012", 177),
        (2019, 66, 40, 26, 290, "4.108", 172),
    )
    table = Table(
        "Bảng 1. Tổ chức đảng và đảng viên có đến ngày 31/12 hằng năm",
        (
            Column("Năm", 10, "center"),
            Column("Tổng số", 14, group="Tổ chức cơ sở đảng"),
            Column("Đảng bộ", 14, group="Tổ chức cơ sở đảng"),
            Column("Chi bộ", 14, group="Tổ chức cơ sở đảng"),
            Column("Chi bộ trực thuộc", 16),
            Column("Tổng số", 16, group="Đảng viên"),
            Column("Dự bị", 16, group="Đảng viên"),
        ),
        tuple(Row((Cell(str(year)), Cell(str(rest[0]), link=f"/to-chuc/?nam={year}", appendix=1), *_cells(*rest[1:]))) for year, *rest in rows),
        ("Chi bộ trực thuộc: chi bộ trực thuộc đảng ủy cơ sở, đảng ủy bộ phận. Đảng viên: gồm đảng viên chính thức và đảng viên dự bị.",),
    )
    chart = small_multiples(
        tuple(
            Columns(title, tuple((str(row[0]), int(str(row[i]).replace(".", ""))) for row in rows))
            for title, i in (("Tổ chức cơ sở đảng", 1), ("Chi bộ trực thuộc", 4), ("Đảng viên", 5))
        ),
        title="Số tổ chức cơ sở đảng giữ ổn định; số đảng viên tăng từ 3.802 lên 4.108.",
        desc="Ba biểu đồ cột theo năm 2015 - 2019.",
    )
    text = sentences.situation(datetime.date(2019, 12, 31), organisations=66, committees=40, base_cells=26, cells=290, members=4108, probationary=172)
    return Section("I- ĐẶC ĐIỂM, TÌNH HÌNH", (Sentence(text), table, Chart(chart, "Biểu 1. Tổ chức đảng và đảng viên theo năm")))


def _registration():
    table = Table(
        "Bảng 2. Đăng ký thi đua và kết quả của tổ chức cơ sở đảng",
        (
            Column("Năm", 9, "center"),
            Column("Tổng số", 10),
            Column("Đã đăng ký", 12),
            Column("Mức đăng ký cao nhất", 31, "left"),
            Column("Đăng ký mức này", 13),
            Column("Đạt mức đã đăng ký", 13),
            Column("Tỷ lệ (%)", 12),
        ),
        (
            Row(_cells(2015, 66, 66, "Trong sạch, vững mạnh", 52, 38, "73,08")),
            Row(_cells(2016, 65, 65, "Trong sạch, vững mạnh", 50, 36, "72")),
            Row(_cells(2017, 66, 66, "Trong sạch, vững mạnh", 51, 37, "72,55")),
            Row((Cell("Từ năm 2018: quy định mới, không so sánh trực tiếp với các năm trước"),), "break"),
            Row(_cells(2018, 66, 64, "Hoàn thành xuất sắc nhiệm vụ", 30, 13, "43,33")),
            Row((*_cells(2019, 66, 66, "Hoàn thành xuất sắc nhiệm vụ", 31), Cell("chưa xếp loại", align="center", span=2))),
        ),
        ("Tỷ lệ: số đạt mức đã đăng ký trên số đăng ký mức này.",),
    )
    text = sentences.registration(2018, subject="tổ chức cơ sở đảng", registered=64, total=66, level_name=NEW[1], aimed=30, reached=13)
    return Section("II- KẾT QUẢ ĐĂNG KÝ THI ĐUA", (Sentence(text), table))


def _level_table(number, subject, data, names, years, open_year=None):
    def line(year):
        counts = data[year]
        rated = sum(counts.values())
        cells = [Cell(str(year)), Cell(_dots(rated), link=f"/xep-loai/{year}/")]
        for level in (1, 2, 3, 4):
            share = f"{counts.get(level, 0) * 100 / rated:.2f}".replace(".", ",")
            cells += [Cell(_dots(counts.get(level, 0)), level=level), Cell(share)]
        return Row((*cells, Cell("0")))

    columns = [Column("Năm", 9, "center"), Column("Được xếp loại", 10)]
    for name in names.values():
        columns += [Column("Số", 8, group=name), Column("%", 9, group=name)]
    columns.append(Column("Chưa xếp loại", 13))
    rows = [line(year) for year in years]
    if open_year:
        rows.append(Row((Cell(str(open_year)), Cell("chưa xếp loại (số liệu đến ngày 31/3/2020)", align="center", span=10))))
    span = f"từ năm {years[0]} đến năm {years[-1]}" if not open_year else f"từ năm {years[0]}"
    return Table(
        f"Bảng {number}. Kết quả xếp loại {subject} {span}", tuple(columns), tuple(rows), (f"%: tỷ lệ trên số {subject} được xếp loại trong năm.",)
    )


def _dots(value):
    return f"{value:,}".replace(",", ".")


def _level_chart(data, names_old, names_new, title):
    return stacked_bars(
        (
            LevelSeries(
                names_old,
                tuple(YearOfLevels(year, data[year]) for year in (2015, 2016, 2017)),
                "Đến năm 2017",
                {3: "HTNV", 4: "YK" if names_old is OLD else "VPTC/KHTNV"},
            ),
            LevelSeries(
                names_new,
                (YearOfLevels(2018, data[2018]), YearOfLevels(2019, {}, rated=False, note="chưa xếp loại, số liệu đến ngày 31/3/2020")),
                "Từ năm 2018 (không so sánh trực tiếp với các năm trước)",
            ),
        ),
        title=title,
        desc="Biểu đồ thanh xếp chồng, mỗi năm một thanh; năm 2019 chưa xếp loại.",
    )


def _results():
    blocks = [Sentence(sentences.two_series())]
    kinds = (
        ("1. Tổ chức cơ sở đảng", "tổ chức cơ sở đảng", BASES, OLD, NEW),
        ("2. Chi bộ trực thuộc", "chi bộ", CELLS, OLD, NEW),
        ("3. Đảng viên", "đảng viên", MEMBERS, OLD_MEMBER, NEW),
    )
    for index, (heading, subject, data, old, new) in enumerate(kinds):
        blocks += [
            Subheading(heading),
            Sentence(sentences.classification(2018, subject=subject, rated=sum(data[2018].values()), counts=data[2018], names=new)),
            Sentence(sentences.unrated_year(2019, DAY, decided=0, total=66, subject=subject), appendix=2 if index == 0 else None),
            _level_table(f"{3 + index}a", subject, data, old, (2015, 2016, 2017)),
            _level_table(f"{3 + index}b", subject, data, new, (2018,), 2019),
            Chart(
                _level_chart(data, old, new, f"Kết quả xếp loại {subject} 2015 - 2018: trên 94% đạt mức 2 trở lên mỗi năm."),
                f"Biểu {2 + index}. Xếp loại {subject} theo năm",
            ),
        ]
    return Section("III- KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI", tuple(blocks))


def _admissions():
    table = Table(
        "Bảng 6. Kết nạp đảng viên theo năm",
        (Column("Năm", 25, "center"), Column("Chỉ tiêu năm", 25), Column("Kết quả", 25), Column("So với chỉ tiêu (%)", 25)),
        (
            *(Row(_cells(year, 186, value, f"{value * 100 / 186:.2f}".replace(".", ","))) for year, value in ADMITTED),
            Row(_cells("Cộng", 930, 930, 100), "total"),
        ),
        ("Chỉ tiêu năm: chỉ tiêu nhiệm kỳ (930 đảng viên) chia đều cho 05 năm. Tính theo ngày kết nạp, từ Đại hội nhiệm kỳ đến ngày 31/3/2020.",),
    )
    chart = small_multiples(
        (Columns("Số đảng viên kết nạp", ADMITTED, target=186, target_text="chỉ tiêu bình quân 186 đảng viên/năm", provisional=("2019",)),),
        title="Ba trong năm năm kết nạp trên mức bình quân 186 đảng viên; cả nhiệm kỳ 930.",
        desc="Biểu đồ cột theo năm, đường ngang là chỉ tiêu bình quân năm; năm 2019 gạch chéo vì số liệu chưa chốt.",
    )
    return Section(
        "IV- KẾT NẠP ĐẢNG VIÊN",
        (
            Sentence(sentences.admissions(2015, 2020, admitted=930, low=930)),
            table,
            Chart(chart, "Biểu 5. Kết nạp đảng viên theo năm so với chỉ tiêu"),
        ),
    )


def _targets():
    table = Table(
        "Bảng 7. Các chỉ tiêu của nhiệm kỳ",
        (
            Column("TT", 6, "center"),
            Column("Chỉ tiêu", 30, "left"),
            Column("Mục tiêu", 15, "center"),
            Column("Kết quả", 15, "center"),
            Column("Số liệu tính toán", 20, "left"),
            Column("Đánh giá", 14, "center"),
        ),
        (
            Row(
                _cells(
                    1,
                    "Tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ trở lên, bình quân hằng năm",
                    "trên 95%",
                    "95,45%",
                    "63/66 tổ chức cơ sở đảng được xếp loại năm 2018",
                    "Đạt",
                )
            ),
            Row(
                _cells(
                    2,
                    "Tổ chức cơ sở đảng hoàn thành xuất sắc nhiệm vụ trong số hoàn thành tốt nhiệm vụ trở lên",
                    "20%",
                    "20,63%",
                    "13/63 tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ trở lên",
                    "Đạt",
                )
            ),
            Row(_cells(3, "Kết nạp đảng viên mới trong nhiệm kỳ", "930 đảng viên", "930 đảng viên", "176 + 190 + 195 + 188 + 181", "Đạt")),
            Row(
                _cells(
                    4, "Đảng viên hoàn thành tốt nhiệm vụ trở lên", "trên 99%", "98,14%", "3.845/3.918 đảng viên được xếp loại năm 2018", "Không đạt"
                )
            ),
            Row(
                _cells(
                    5,
                    "Tổ chức cơ sở đảng lãnh đạo cơ quan, đơn vị hoàn thành tốt nhiệm vụ chính trị",
                    "100%",
                    "–",
                    "Có kết quả của 41/66 cơ quan, đơn vị",
                    "Chưa đủ số liệu",
                )
            ),
        ),
        ("Kết quả tính bằng phần trăm trên cơ sở ghi ở cột “Số liệu tính toán”.",),
    )
    chart = bullet_bars(
        (
            Bullet("Tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ trở lên", 95.45, "95,45%", 95, "trên 95%", 100, outcome="Đạt"),
            Bullet("Kết nạp đảng viên mới", 470, "470 đảng viên", 450, "450 - 500 đảng viên", 600, high=500, outcome="Đạt"),
            Bullet("Đảng viên hoàn thành tốt nhiệm vụ trở lên", 98.14, "98,14%", 99, "trên 99%", 100, outcome="Không đạt"),
            Bullet("Lãnh đạo cơ quan, đơn vị hoàn thành tốt nhiệm vụ chính trị", None, "chưa đủ số liệu", 100, "100%", 100),
        ),
        title="Hai chỉ tiêu đạt, một không đạt, một chưa đủ số liệu.",
        desc="Mỗi chỉ tiêu một thanh; thanh đậm là kết quả, vạch đứng hoặc khoảng nhạt là chỉ tiêu.",
    )
    return Section(
        "V- MỨC ĐỘ HOÀN THÀNH CÁC CHỈ TIÊU",
        (Sentence(sentences.targets(achieved=3, missed=1, unknown=1)), table, Chart(chart, "Biểu 6. Kết quả so với chỉ tiêu")),
    )


def _exemplary():
    table = Table(
        "Bảng 8. Tổ chức cơ sở đảng tiêu biểu 05 năm liền",
        (Column("TT", 8, "center"), Column("Tổ chức cơ sở đảng", 60, "left"), Column("Số năm", 14), Column("Ghi chú", 18, "left")),
        (Row(_cells(1, "Đảng bộ Sở Nội vụ", 5, "")), Row(_cells(2, "Đảng bộ Văn phòng Ủy ban nhân dân tỉnh", 5, "Đổi tên năm 2018"))),
    )
    return Section("VI- TỔ CHỨC CƠ SỞ ĐẢNG TIÊU BIỂU", (Sentence(sentences.exemplary(2015, 2019, count=2, base=64)), table))


def _all_bases(people):
    short = ("TSVM", "HTTNV", "HTTNV", "HTTNV", "chưa xếp loại")
    rows = [Row((Cell("Khối quản lý nhà nước"),), "group")]
    for number in range(1, people + 1):
        note = "Hợp nhất từ Đảng bộ Sở Thông tin và Truyền thông và Đảng bộ Trung tâm Hội nghị" if number % 20 == 3 else ""
        rows.append(Row(_cells(number, f"Đảng bộ Cơ quan minh họa số {number}", *short, note)))
    return Appendix(
        "Kết quả xếp loại của các tổ chức cơ sở đảng, giai đoạn 2015 - 2019",
        Table(
            "",
            (
                Column("TT", 4, "center"),
                Column("Tên tổ chức cơ sở đảng", 27, "left"),
                *(Column(str(year), 11, "center", group="Đến năm 2017" if year < 2018 else "Từ năm 2018") for year in YEARS),
                Column("Ghi chú", 14, "left"),
            ),
            tuple(rows),
            (
                "TSVM: trong sạch, vững mạnh; HTXSNV: hoàn thành xuất sắc nhiệm vụ; HTTNV: hoàn thành tốt nhiệm vụ; HTNV: hoàn thành nhiệm vụ; KHTNV: không hoàn thành nhiệm vụ.",
            ),
        ),
    )


def _missed():
    return Appendix(
        "Tổ chức cơ sở đảng chưa có kết quả xếp loại",
        Table(
            "",
            (Column("TT", 10, "center"), Column("Tên tổ chức cơ sở đảng", 60, "left"), Column("Lý do", 30, "left")),
            (Row(_cells(1, "Chi bộ Quỹ Đầu tư phát triển", "Mới thành lập")),),
        ),
        landscape=False,
    )
