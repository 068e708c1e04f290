import pytest
from django.contrib.staticfiles import finders
from pypdf import PdfReader

from reports import rendering
from reports.rendering import html_to_pdf
from reports.setting.press import RenderingError

HEAD = '<!DOCTYPE html><html lang="vi"><head><title>x</title><link rel="stylesheet" href="reports/paper.css"></head><body>'
NAMES = "Nguyễn Thị Phượng Ước, Đỗ Quỳnh Ngữ, Lưỡng Hoẵng Ẩm, Vũ Đắc Khoát, Trịnh Tuyết Nhưỡng, Hồ Ỷ Ỵ Ỹ"


def reader(pdf, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf.bytes)
    return PdfReader(path)


def test_hostile_html_reaches_neither_network_nor_disk(listener, tmp_path):
    port, knocks = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("bi-mat-khong-duoc-lo")
    url = f"http://127.0.0.1:{port}"
    html = HEAD + (
        f'<link rel="stylesheet" href="{url}/a.css"><style>@import url({url}/b.css); p {{ background: url({url}/c.png) }}'
        f"@font-face {{ font-family: Evil; src: url({url}/d.ttf) }} p {{ font-family: Evil, Tinos }}</style>"
        f'<link rel="attachment" href="file://{secret}"><img alt="a" src="{url}/e.png"><img alt="b" src="file://{secret}">'
        f'<object data="{url}/g.svg"></object><embed src="{url}/h"><iframe src="{url}/i"></iframe>'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>t</title><image href="{url}/f.svg" width="9" height="9"/></svg>'
        "<img alt=c src='../../etc/passwd'><p>Còn chữ</p></body></html>"
    )
    pdf = html_to_pdf(html, title="x")
    assert knocks == []
    assert b"bi-mat" not in pdf.bytes
    document = reader(pdf, tmp_path)
    assert "Còn chữ" in document.pages[0].extract_text()
    assert document.attachments == {}


def test_file_is_tagged_archive_vietnamese_and_named(tmp_path):
    pdf = html_to_pdf(HEAD + "<h1>BÁO CÁO</h1><p>Nội dung</p></body></html>", title="Báo cáo tổng kết nhiệm kỳ")
    document = reader(pdf, tmp_path)
    root = document.trailer["/Root"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert root["/Lang"] == "vi"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert document.metadata.title == "Báo cáo tổng kết nhiệm kỳ"
    assert "<pdfaid:part>3</pdfaid:part>" in metadata or 'pdfaid:part="3"' in metadata
    assert pdf.pages == 1


def test_only_our_typeface_is_embedded_and_names_come_back_whole(tmp_path):
    html = HEAD + f"<p>{NAMES}</p><p><b>{NAMES}</b> <i>{NAMES}</i></p></body></html>"
    page = reader(html_to_pdf(html, title="x"), tmp_path).pages[0]
    fonts = {str(font.get_object()["/BaseFont"]).split("+")[1] for font in page["/Resources"]["/Font"].values()}
    assert fonts == {"Tinos", "Tinos-Bold", "Tinos-Italic"}
    text = " ".join(page.extract_text().split())
    for name in NAMES.split(", "):
        assert text.count(name) == 3


def test_same_input_gives_the_same_bytes():
    html = HEAD + f"<h1>BÁO CÁO</h1><p>{NAMES}</p></body></html>"
    assert html_to_pdf(html, title="x").bytes == html_to_pdf(html, title="x").bytes


def test_missing_font_stops_the_paper(monkeypatch):
    monkeypatch.setattr(rendering, "STATIC_FILES", {**rendering.STATIC_FILES, "reports/absent.css": "text/css"})
    with pytest.raises(RenderingError, match=r"reports/absent\.css"):
        html_to_pdf('<html lang="vi"><link rel="stylesheet" href="reports/absent.css"><p>x</p></html>', title="x")


def test_every_allowed_file_is_shipped():
    assert [name for name in rendering.STATIC_FILES if finders.find(name) is None] == []
