"""Puts right what WeasyPrint's tags lack, on the file's objects just before they are written.

Found in WeasyPrint 70: under merged heads a cell names the heads of other columns; head cells have no scope; the XMP is packed. Each would
be read out wrongly, or refused by an archive. (What it draws in the margins of pages belongs to elements that nothing leads to; papers have
nothing there, reports.setting.stamps marks what runs over all pages as artifacts.)
"""

import pydyf


def finish(document, pdf):
    """Mend the pydyf.PDF `pdf` in place; the signature is the one of WeasyPrint's finishers."""
    elements = {one.reference: one for one in pdf.objects if isinstance(one, pydyf.Dictionary) and one.get("Type") == "/StructElem"}
    for element in elements.values():
        _cell(element, elements)
    pdf.objects[int(pdf.catalog["Metadata"].split()[0])].compress = False


def _cell(element, elements):
    """A head cell says whether it heads its column or row; with that said, cells need no list of heads."""
    if element["S"] == "/TD":
        element["A"].pop("Headers", None)
    elif element["S"] == "/TH":
        element.pop("ID", None)
        row = elements[element["P"]]
        element["A"]["Scope"] = "/Column" if elements[row["P"]]["S"] == "/THead" else "/Row"
