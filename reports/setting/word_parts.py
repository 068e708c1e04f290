"""Small parts of a Word file that python-docx has no words for: links inside the file, their marks, fields."""

import re

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def told(text):
    """`text` without what no XML file may hold."""
    return NOT_XML.sub("", text)


def anchor_of(place):
    """The name under which the appendix at `place` (1, 2 …) is found."""
    return f"phu_luc_{place}"


def linked(line, text, appendix):
    """Add `text` to the paragraph `line`; where `appendix` is its place, as a link to it that looks like the text around it."""
    run = line.add_run(text)
    if appendix:
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), anchor_of(appendix))
        link.set(qn("w:history"), "1")
        run._r.addprevious(link)
        link.append(run._r)


def bookmarked(line, name, number):
    """Let links find the paragraph `line` under `name`; `number` is unlike that of any other mark of the file."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    line._p.insert(1 if line._p.pPr is not None else 0, start)
    line._p.append(end)


def field_of(line, code):
    """Add a field that Word fills in itself ("PAGE") to the paragraph `line`."""
    for kind, text in (("begin", None), (None, code), ("end", None)):
        run = line.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
