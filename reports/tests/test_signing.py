"""The signature block as HD 36-HD/VPTW wants it."""

import pytest

from cells.enums import OrganisationKind
from reports.papers.signing import SigningError, board_code, office_of

UPPER = office_of(OrganisationKind.UPPER_COMMITTEE)
BASE = office_of(OrganisationKind.BASE_COMMITTEE)
CELL = office_of(OrganisationKind.CELL)
BOARD = office_of(OrganisationKind.UPPER_COMMITTEE, "Ban Tổ chức")
OFFICE = office_of(OrganisationKind.UPPER_COMMITTEE, "Văn phòng")
COMMISSION = office_of(OrganisationKind.UPPER_COMMITTEE, "Ủy ban Kiểm tra")


@pytest.mark.parametrize(
    ("office", "kept", "signed"),
    [
        (UPPER, "Bí thư", ("T/M BAN THƯỜNG VỤ", "Bí thư")),
        (UPPER, "Phó bí thư", ("T/M BAN THƯỜNG VỤ", "Phó bí thư")),
        (UPPER, "Q. Bí thư", ("T/M BAN THƯỜNG VỤ", "Q. Bí thư")),
        (UPPER, "T/M Ban Chấp hành: Bí thư", ("T/M BAN CHẤP HÀNH", "Bí thư")),
        (UPPER, "T/L Chánh Văn phòng", ("T/L BAN THƯỜNG VỤ", "Chánh Văn phòng")),
        (BASE, "Phó bí thư", ("T/M ĐẢNG ỦY", "Phó bí thư")),
        (BASE, "T/M Ban Thường vụ: Phó bí thư", ("T/M BAN THƯỜNG VỤ", "Phó bí thư")),
        (CELL, "Bí thư", ("T/M CHI BỘ", "Bí thư")),
        (BOARD, "Trưởng ban", ("", "Trưởng ban")),
        (BOARD, "Phó trưởng ban", ("K/T TRƯỞNG BAN", "Phó trưởng ban")),
        (BOARD, "K/T Trưởng ban: Phó trưởng ban", ("K/T TRƯỞNG BAN", "Phó trưởng ban")),
        (BOARD, "Q. Trưởng ban", ("", "Q. Trưởng ban")),
        (OFFICE, "Phó Chánh Văn phòng", ("K/T CHÁNH VĂN PHÒNG", "Phó Chánh Văn phòng")),
        (COMMISSION, "Phó chủ nhiệm", ("T/M ỦY BAN KIỂM TRA", "Phó chủ nhiệm")),
    ],
)
def test_who_signs_in_whose_name(office, kept, signed):
    assert office.signed(kept) == signed


@pytest.mark.parametrize(
    ("office", "kept", "sentence"),
    [
        (UPPER, "K/T Bí thư", "phó bí thư ký T/M BAN THƯỜNG VỤ, chức vụ PHÓ BÍ THƯ"),
        (UPPER, "K/T Bí thư: Phó bí thư", "không ký thay"),
        (CELL, "K/T Bí thư", "ký T/M CHI BỘ"),
        (CELL, "T/M Ban Thường vụ: Bí thư", "không ký T/M BAN THƯỜNG VỤ. Hãy chọn T/M CHI BỘ"),
        (CELL, "T/L Chánh Văn phòng", "thừa lệnh"),
        (UPPER, "Bí thư Đảng ủy Khối", "không ghi lại tên cơ quan"),
        (UPPER, "Trưởng Ban Tổ chức", "là bí thư, phó bí thư hoặc Q. bí thư"),
        (BOARD, "T/M Ban Tổ chức: Trưởng ban", "ký trực tiếp"),
    ],
)
def test_what_the_guideline_does_not_know_is_refused_with_a_sentence(office, kept, sentence):
    with pytest.raises(SigningError, match=sentence):
        office.signed(kept)


@pytest.mark.parametrize("office", [UPPER, BASE, CELL, BOARD, OFFICE, COMMISSION])
def test_every_way_that_is_offered_can_be_signed_and_reads_as_it_is_printed(office):
    ways = office.ways()
    assert len({kept for kept, _ in ways}) == len(ways)
    for kept, label in ways:
        authority, position = office.signed(kept)
        assert label.upper() == (f"{authority}: {position}" if authority else position).upper()


@pytest.mark.parametrize(
    ("name", "code"),
    [("Ban Tổ chức", "BTCĐUK"), ("Ủy ban Kiểm tra", "UBKTĐUK"), ("Văn phòng", "VPĐUK"), ("Ban Tuyên giáo và Dân vận", "BTGDVĐUK")],
)
def test_the_symbol_of_an_advising_body(name, code):
    assert board_code(name, "ĐUK") == code
