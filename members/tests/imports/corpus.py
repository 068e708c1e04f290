"""Lists as people have them, built here, with what must become of each: written by hand from the file, not from the program."""

import unicodedata
from datetime import date, datetime
from pathlib import Path

from khoi_party.common.tests.workbooks import inline, raw_workbook, workbook

AN = ["Nguyễn Văn An", "Nam", "01/02/1980", "03/02/2005", "03/02/2006", "12.000001", "Chi bộ Văn phòng"]
HOA = ["Trần Thị Hoa", "Nữ", "31/12/1985", "03/02/2005", "03/02/2006", "", "Chi bộ Văn phòng"]
DUNG = ["Đặng Thị Dung", "Nữ", "15/08/1990", "19/05/2015", "19/05/2016", "12.000777", "Chi bộ Thanh tra"]
EM = ["Hoàng Văn Em", "Nam", "20/11/1999", "02/09/2025", "", "", "Chi bộ Thanh tra"]
TITLES = ["Họ và tên", "Giới tính", "Ngày sinh", "Ngày vào Đảng", "Ngày chính thức", "Số thẻ đảng viên", "Chi bộ"]
ALL = [AN, HOA, DUNG, EM]
GOOD = (2, 0, 2, 0)  # new, changed, same, refused of ALL

TCVN3 = str.maketrans(
    dict(
        zip(
            "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĐÊÔƯ",
            "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ§£¤¦",
            strict=True,
        )
    )
)
VNI_MARKS = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
VNI_ON_CIRCUMFLEX = {"\u0300": "à", "\u0301": "á", "\u0309": "å", "\u0303": "ã", "\u0323": "ä", "": "â"}
VNI_ON_BREVE = {"\u0300": "è", "\u0301": "é", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë", "": "ê"}


def in_tcvn3(text):
    return text.translate(TCVN3)


def in_vni(text):
    """`text` as the VNI fonts keep it: the letter, then a letter that stands for its marks."""
    out = []
    for letter in text:
        base, *marks = unicodedata.normalize("NFD", letter)
        if letter in "đĐ":
            out.append("ñ" if letter == "đ" else "Ñ")
        elif "\u0302" in marks or "\u0306" in marks:
            table = VNI_ON_CIRCUMFLEX if "\u0302" in marks else VNI_ON_BREVE
            tone = next((mark for mark in marks if mark in VNI_MARKS), "")
            out.append(base + table[tone])
        elif "\u031b" in marks:
            tone = next((VNI_MARKS[mark] for mark in marks if mark in VNI_MARKS), "")
            out.append({"o": "ô", "u": "ö", "O": "Ô", "U": "Ö"}[base] + tone)
        else:
            out.append(base + "".join(VNI_MARKS[mark] for mark in marks if mark in VNI_MARKS))
    return "".join(out)


def each(change, rows):
    return [[change(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]


def csv(rows, mark=";", encoding="utf-8"):
    return "\r\n".join(mark.join(map(str, row)) for row in rows).encode(encoding)


def numbered(count):
    """`count` new members with numbers of their own, with the titles."""
    return [
        TITLES,
        *(
            [
                f"Nguyễn Văn {'ABCDEGHIKL'[n % 10]}n",
                "Nam",
                f"{n % 28 + 1:02d}/{n % 12 + 1:02d}/{1960 + n % 25}",
                "03/02/2005",
                "03/02/2006",
                f"33.{n:06d}",
                "Chi bộ Thanh tra",
            ]
            for n in range(1, count + 1)
        ),
    ]


LETTERHEAD = [["ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH"], ["ĐẢNG BỘ SỞ NỘI VỤ"], [], ["DANH SÁCH ĐẢNG VIÊN"], ["(đến ngày 30/6/2026)"], []]
TWO_ROWS = [
    ["STT", "Họ và tên", "Ngày sinh", "", "Ngày vào Đảng", "", "Chi bộ"],
    ["", "", "Nam", "Nữ", "Dự bị", "Chính thức", ""],
    ["1", "Nguyễn Văn An", "01/02/1980", "", "03/02/2005", "03/02/2006", "Chi bộ Văn phòng"],
    ["2", "Đặng Thị Dung", "", "15/08/1990", "19/05/2015", "19/05/2016", "Chi bộ Thanh tra"],
]
TWO_ROW_MERGES = [
    (0, 0, 1, 0, "STT"),
    (0, 1, 1, 1, "Họ và tên"),
    (0, 2, 0, 3, "Ngày sinh"),
    (0, 4, 0, 5, "Ngày vào Đảng"),
    (0, 6, 1, 6, "Chi bộ"),
]
FORM_7 = [
    ["SỔ DANH SÁCH ĐẢNG VIÊN"],
    [
        "STT",
        "Họ và tên,\nhọ và tên khai sinh",
        "Nam, nữ; dân tộc; tôn giáo",
        "Quê quán",
        "Trình độ (văn hóa, lý luận, chuyên môn, ngoại ngữ)",
        "Nghề nghiệp trước khi vào Đảng, hiện nay",
        "Ngày vào Đảng, ngày chính thức",
        "Số thẻ, số lý lịch, số Huy hiệu Đảng",
        "Bộ đội, công an, hưu trí",
        "Ngày chuyển đi, đến đâu",
        "Ngày chuyển đến, từ đâu",
        "Ngày từ trần, lý do",
        "Ngày ra khỏi Đảng, hình thức ra",
        "Ghi chú",
    ],
    [str(number) for number in range(1, 15)],
    [
        "1",
        "NGUYỄN VĂN AN\n01/02/1980",
        "Nam\nKinh\nKhông",
        "Tỉnh Hà Nam",
        "12/12",
        "Học sinh\nChuyên viên",
        "03/02/2005\n03/02/2006",
        "12.000001\n026145 VP",
    ],
    [
        "2",
        "ĐẶNG THỊ DUNG\n15/08/1990",
        "Nữ\nTày\nKhông",
        "Tỉnh Cao Bằng",
        "12/12",
        "Sinh viên\nKế toán viên",
        "19/05/2015\n19/05/2016",
        "12.000777",
        "",
        "",
        "01/07/2020\nĐảng bộ phường Tân Quang",
    ],
    ["3", "VŨ VĂN ĐI\n01/01/1970", "Nam, Kinh", "", "", "", "03/02/2000\n03/02/2001", "12.000888", "", "05/05/2026, Đảng bộ phường Minh Xuân"],
    ["", "Tổng cộng: 3 đảng viên"],
]
NATIONAL = [
    [
        "STT",
        "Họ và tên khai sinh",
        "Số định danh cá nhân",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Dân tộc",
        "Ngày vào đảng",
        "Ngày chính thức",
        "Số thẻ đảng",
        "Tổ chức đảng",
        "Mã tổ chức đảng",
    ],
    [
        1,
        "Nguyễn Văn An",
        "001080001234",
        "Nguyễn Văn An",
        datetime(1980, 2, 1),
        "Nam",
        "Kinh",
        datetime(2005, 2, 3),
        datetime(2006, 2, 3),
        "12000001",
        "Chi bộ Văn phòng",
        "SNV-VP",
    ],
    [
        2,
        "Đặng Thị Dung",
        "001190004321",
        "Đặng Thị Dung",
        datetime(1990, 8, 15),
        "Nữ",
        "Tày",
        datetime(2015, 5, 19),
        datetime(2016, 5, 19),
        "12000777",
        "Chi bộ Thanh tra",
        "SNV-TT",
    ],
]

# name: (bytes, (new, changed, same, refused)), or (bytes, "part of the sentence that refuses the whole file")
COUNTED = {
    "good": (workbook([TITLES, *ALL]), GOOD),
    "good, on the second sheet": (raw_workbook(""), None),  # filled in below
    "letterhead and blank rows above": (workbook([*LETTERHEAD, TITLES, *ALL]), GOOD),
    "merged titles above": (
        workbook([[], [], [], TITLES, *ALL], merged=[(0, 0, 0, 6, "ĐẢNG BỘ SỞ NỘI VỤ"), (1, 0, 1, 6, "DANH SÁCH ĐẢNG VIÊN")]),
        GOOD,
    ),
    "blank columns on the left": (workbook([["", "", *row] for row in [TITLES, *ALL]]), GOOD),
    "blank rows inside": (workbook([TITLES, AN, [], HOA, [], [], DUNG, EM, []]), GOOD),
    "a row that numbers the columns": (workbook([TITLES, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"], *ALL]), GOOD),
    "totals and signatures below": (
        workbook([TITLES, *ALL, ["Tổng cộng: 04 đảng viên"], [], ["Ngày 30 tháng 6 năm 2026"], ["Người lập biểu", "T/M CHI ỦY"]]),
        GOOD,
    ),
    "headings in two rows, merged": (workbook(TWO_ROWS, merged=TWO_ROW_MERGES), (1, 0, 1, 0)),
    "headings in two rows, not merged": (workbook(TWO_ROWS), (1, 0, 1, 0)),
    "headings in two rows of csv": (csv(TWO_ROWS), (1, 0, 1, 0)),
    "family and given name apart": (
        workbook([["STT", "Họ và đệm", "Tên", *TITLES[1:]], *([n, *row[0].rsplit(" ", 1), *row[1:]] for n, row in enumerate(ALL, 1))]),
        GOOD,
    ),
    "men and women in columns with a tick": (
        workbook([["Họ tên", "Nam", "Nữ", *TITLES[2:]], *([row[0], *(("x", "") if row[1] == "Nam" else ("", "x")), *row[2:]] for row in ALL)]),
        GOOD,
    ),
    "capitals": (workbook([TITLES, *([row[0].upper(), *row[1:]] for row in ALL)]), GOOD),
    "NFD": (workbook(each(lambda text: unicodedata.normalize("NFD", text), [TITLES, *ALL])), GOOD),
    "spaces of all kinds": (workbook(each(lambda text: f" \u00a0{text.replace(' ', chr(0x2003))}\u200b ", [TITLES, *ALL])), GOOD),
    "real dates": (
        workbook(
            [TITLES, *([*row[:2], *(datetime.strptime(cell, "%d/%m/%Y").date() if cell else "" for cell in row[2:5]), *row[5:]] for row in ALL)]
        ),
        GOOD,
    ),
    "serial numbers for dates": (
        workbook([TITLES, ["Nguyễn Văn An", "Nam", 29252, 38386, 38751, "12.000001", "Chi bộ Văn phòng"]]),
        (0, 0, 1, 0),
    ),
    "dates with dashes, dots, words and ISO": (
        workbook(
            [
                TITLES,
                ["Nguyễn Văn An", "Nam", "01-02-1980", "3.2.2005", "ngày 3 tháng 2 năm 2006", "12.000001", ""],
                ["Trần Thị Hoa", "Nữ", "1985-12-31", "03 / 02 / 2005", "2006-02-03 00:00:00", "", ""],
            ]
        ),
        (0, 0, 2, 0),
    ),
    "a card number that Excel took for a number": (
        workbook(
            [
                TITLES,
                ["Nguyễn Văn An", "Nam", "01/02/1980", "", "", 12.000001, ""],
                ["Đỗ Văn Số", "Nam", "01/02/1981", "03/02/2005", "03/02/2006", 1234560, "Chi bộ Văn phòng"],
            ]
        ),
        (1, 0, 1, 0),
    ),
    "formulas: their saved value": (workbook([TITLES, *ALL, ["=A2", "Nam", "", "", "", "", ""]]), (2, 0, 2, 1)),
    "changed position and card": (
        workbook(
            [
                ["Họ và tên", "Ngày sinh", "Chức vụ", "Số thẻ"],
                ["Nguyễn Văn An", "01/02/1980", "Trưởng phòng", ""],
                ["Trần Thị Hoa", "31/12/1985", "", "12.000002"],
            ]
        ),
        (0, 2, 0, 0),
    ),
    "the year of birth only: nothing new": (workbook([["Họ và tên", "Năm sinh", "Số thẻ"], ["Nguyễn Văn An", 1980, "12.000001"]]), (0, 0, 1, 0)),
    "cells named in rows of their own": (
        workbook([TITLES[:6], ["I", "Chi bộ Văn phòng"], AN[:6], HOA[:6], ["II", "Chi bộ Thanh tra"], DUNG[:6], EM[:6]]),
        GOOD,
    ),
    "cells by code": (workbook([[*TITLES[:6], "Mã chi bộ"], *([*row[:6], "SNV-VP" if "Văn" in row[6] else "SNV-TT"] for row in ALL)]), GOOD),
    "semicolon csv": (csv([TITLES, *ALL]), GOOD),
    "comma csv with BOM": (csv([TITLES, *ALL], ",", "utf-8-sig"), GOOD),
    "tab csv in UTF-16, as Excel saves Unicode text": (csv([TITLES, *ALL], "\t", "utf-16"), GOOD),
    "Mẫu 7-HSĐV": (workbook(FORM_7), (1, 1, 0, 1)),
    "a roster of the national database": (workbook(NATIONAL), (1, 1, 0, 0)),
    "unknown columns are left out": (workbook([[*TITLES, "Email", "Đảng phí"], *([*row, "x@y", 5] for row in ALL)]), GOOD),
    "two people of one name and day, each with a card": (workbook([TITLES, DUNG, [*DUNG[:5], "12.000778", "Chi bộ Văn phòng"]]), (2, 0, 0, 0)),
    "a person twice": (workbook([TITLES, DUNG, DUNG, [*DUNG[:5], "", "Chi bộ Thanh tra"]]), (1, 0, 0, 2)),
    "a wrong row among good ones": (
        workbook([TITLES, *ALL, ["Lý Thị Sai", "Nữ", "31/02/1990", "03/02/2010", "", "", "Chi bộ Văn phòng"]]),
        (2, 0, 2, 1),
    ),
    "month before day": (workbook([TITLES, ["Lý Thị Sai", "Nữ", "02/13/1990", "03/02/2010", "", "", "Chi bộ Văn phòng"]]), (0, 0, 0, 1)),
    "a cell that is not ours": (workbook([TITLES, [*DUNG[:6], "Chi bộ Kế toán"]]), (0, 0, 0, 1)),
    "the card of a member elsewhere": (workbook([TITLES, [*DUNG[:5], "12.999999", "Chi bộ Thanh tra"]]), (0, 0, 0, 1)),
    "moved, left, recognised: events, not a list": (
        workbook(
            [
                TITLES,
                [*AN[:6], "Chi bộ Thanh tra"],
                ["Phạm Văn Cũ", "Nam", "01/01/1950", "", "", "", ""],
                ["Lê Văn Bình", "Nam", "05/05/1995", "02/09/2025", "02/09/2026", "", ""],
            ]
        ),
        (0, 0, 0, 3),
    ),
    "too young, dates in the wrong order, a card before official": (
        workbook(
            [
                TITLES,
                ["Lý Thị Trẻ", "Nữ", "04/02/1990", "03/02/2008", "", "", "Chi bộ Văn phòng"],
                ["Lý Thị Vừa", "Nữ", "03/02/1990", "03/02/2008", "", "", "Chi bộ Văn phòng"],
                ["Lý Thị Ngược", "Nữ", "04/02/1980", "03/02/2008", "03/02/2008", "", "Chi bộ Văn phòng"],
                ["Lý Thị Thẻ", "Nữ", "04/02/1981", "03/02/2008", "", "12.000555", "Chi bộ Văn phòng"],
                ["Lý Thị Mai", "Nữ", "04/02/1982", "01/07/2026", "", "", "Chi bộ Văn phòng"],
            ]
        ),
        (1, 0, 0, 4),
    ),
    "no way to tell who it is": (
        workbook([["Họ tên", "Giới tính", "Ngày vào Đảng"], ["Trần Thị Hoa", "Nữ", "03/02/2005"], ["Lý Thị Lạ", "Nữ", "03/02/2005"]]),
        (0, 0, 0, 2),
    ),
    "names in TCVN3 inside a Unicode list": (
        workbook([TITLES, *ALL, [in_tcvn3("Phạm Thị Hường"), "Nữ", "01/01/1990", "03/02/2015", "", "", ""]]),
        (2, 0, 2, 1),
    ),
    "text that looks like a formula": (
        workbook([["Họ và tên", "Ngày sinh", "Chức vụ"], ["Nguyễn Văn An", "01/02/1980", "+84 912 345 678"]]),
        (0, 1, 0, 0),
    ),
    "20.000 rows": (workbook(numbered(20_000)), (20_000, 0, 0, 0)),
    "only headings": (workbook([TITLES]), (0, 0, 0, 0)),
}


def on_second_sheet():
    import io

    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.add_worksheet("Bìa").write_string(0, 0, "DANH SÁCH")
        sheet = book.add_worksheet("Đảng viên")
        for number, row in enumerate([TITLES, *ALL]):
            for place, text in enumerate(row):
                sheet.write_string(number, place, text)
    return target.getvalue()


COUNTED["good, on the second sheet"] = (on_second_sheet(), GOOD)
HERE = Path(__file__).parent
COUNTED["saved by LibreOffice 7.4: merged titles, real dates, a broken formula beside each name"] = ((HERE / "libreoffice.xlsx").read_bytes(), GOOD)
COUNTED["the same saved by LibreOffice as CSV with semicolons"] = ((HERE / "libreoffice.csv").read_bytes(), GOOD)
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
REFUSED = {
    "nothing at all": (b"", "Tệp rỗng"),
    "a sheet without a cell": (workbook([]), "không có dòng nào"),
    "cut off": (workbook([TITLES, *ALL])[:2000], "chưa đủ"),
    "zip bomb": (raw_workbook(" " * 60_000_000), "nén bất thường"),
    "entity bomb": (raw_workbook(f'<row r="1">{inline("A1", "&b;")}</row>', before=BOMB), "bất thường"),
    "macros": (raw_workbook("", extra={"xl/vbaProject.bin": "x"}), "macro"),
    "xls of old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "kiểu cũ"),
    "password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    "a web page called xls": (b"<html><body><table></table></body></html>", "trang web"),
    "pdf": (b"%PDF-1.4", "PDF"),
    "csv of another encoding": (csv([TITLES], encoding="utf-8").replace("ọ".encode(), b"\xf2"), "CSV UTF-8"),
    "all in TCVN3": (workbook(each(in_tcvn3, [TITLES, *ALL])), "TCVN3"),
    "all in VNI": (workbook(each(in_vni, [TITLES, *ALL])), "VNI"),
    "a million rows": (raw_workbook(f'<row r="1048576">{inline("A1048576", "a")}</row>'), "30.000"),
    "no names in it": (workbook([["Tháng", "Số tiền"], ["1", 5], ["2", 6]]), "Họ và tên"),
}
LAST_DAY = date(2026, 6, 30)
