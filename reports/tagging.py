"""Puts right what WeasyPrint's tags lack, on the file's objects just before they are written.

Found in WeasyPrint 70: under merged heads a cell names the heads of other columns; head cells have no scope; page numbers and the line
at the foot belong to elements that nothing leads to; the XMP is packed. Each would be read out wrongly, or refused by an archive.
"""

import pydyf

RUNNING = b"<</Type /Pagination>>"  # what stands in the margins of every page is not read out


def finish(document, pdf):
    """Mend the pydyf.PDF `pdf` in place; the signature is the one of WeasyPrint's finishers."""
    elements = {one.reference: one for one in pdf.objects if isinstance(one, pydyf.Dictionary) and one.get("Type") == "/StructElem"}
    for element in elements.values():
        _cell(element, elements)
    root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    _margins(pdf, pdf.objects[_number(root["ParentTree"])]["Nums"], elements, _reached(root, elements))
    pdf.objects[_number(pdf.catalog["Metadata"])].compress = False


def _number(reference):
    return int(reference.split()[0])


def _cell(element, elements):
    """A head cell says whether it heads its column or row; with that said, cells need no list of heads."""
    if element["S"] == "/TD":
        element["A"].pop("Headers", None)
    elif element["S"] == "/TH":
        element.pop("ID", None)
        row = elements[element["P"]]
        element["A"]["Scope"] = "/Column" if elements[row["P"]]["S"] == "/THead" else "/Row"


def _reached(root, elements):
    """The references of all elements that a reader comes to from the root."""
    found, waiting = set(), list(root["K"])
    while waiting:
        reference = waiting.pop()
        if reference in elements and reference not in found:
            found.add(reference)
            waiting += elements[reference]["K"]
    return found


def _margins(pdf, numbers, elements, reached):
    """Marked content of elements that nothing leads to becomes an artifact of its page."""
    for place, listed in zip(numbers[::2], numbers[1::2], strict=True):
        if not isinstance(listed, pydyf.Array):
            continue
        lost = {number: reference for number, reference in enumerate(listed) if reference not in reached}
        page = pdf.objects[_number(pdf.page_references[place])]
        _as_artifacts(pdf.objects[_number(page["Contents"])].stream, set(lost))
        for number, reference in lost.items():
            listed[number] = b"null"
            elements[reference].clear()


def _as_artifacts(lines, numbers):
    """Turns the marks of `numbers` in the operators of a page into artifacts; margins are drawn last, so it looks from the end."""
    place = len(lines)
    while numbers and place:
        place -= 1
        told = lines[place]
        if isinstance(told, pydyf.Dictionary) and told.get("MCID") in numbers:
            numbers.discard(told["MCID"])
            lines[place - 1 : place + 1] = ["/Artifact", RUNNING]
