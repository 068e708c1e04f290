import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader


def test_a_paper_is_written_without_a_browser(two_years, targets, tmp_path, capsys):
    path = tmp_path / "report.pdf"

    call_command("build_paper", "term-report", organisation="DUK-TEST", term="2017-2019", output=path)

    words = " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())
    assert "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH" in words
    assert "tổng kết công tác xây dựng tổ chức cơ sở đảng và đảng viên nhiệm kỳ 2017 - 2019" in words.replace("\u00a0", " ")
    assert "T/M BAN THƯỜNG VỤ" in words
    assert capsys.readouterr().out.endswith(" pages.\n")


def test_an_unknown_term_is_refused_with_those_that_are_known(two_years, tmp_path):
    with pytest.raises(CommandError, match=r"DUK-TEST has no term 2020-2025; its terms: 2017-2019\."):
        call_command("build_paper", "term-report", organisation="DUK-TEST", term="2020-2025", output=tmp_path / "report.pdf")
