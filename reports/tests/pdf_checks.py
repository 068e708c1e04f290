"""What must hold in every PDF that leaves the office, looked up in the finished file, apart from what wrote it.

`problems(content)` sees, by the clauses of ISO 19005-3 (PDF/A-3, level A) and ISO 14289-1 (PDF/UA-1) that our papers can break:
- the file: no encryption, no JavaScript, no action that starts by itself, an identifier, no file inside without its relation;
- its data: XMP that is plain to read, part 3 conformance A, no claim of PDF/UA without its part, a title (the one of the window), Vietnamese;
- colour: an output intent with an ICC profile in it;
- fonts: each embedded as a subset of its name, with a ToUnicode map for every code that is shown;
- content: every text, line and picture is marked with a number that the structure knows, or is an artifact; no number twice;
- structure: every element is reached once from the root, knows its parent, has a standard role; ParentTree and tree say the same, both ways;
- tables: rows of one width with their spans, header cells with a scope, headers that a cell names are those of its own column;
- headings without a skipped level, figures with words in place of the picture and their place on the page;
- links and other annotations: in the structure, with words, printed; destinations and bookmarks that lead to a page.

It does not see: whether glyphs have the widths that the file claims or the font programs are sound (a drawing library's work), colours
outside the profile, whether the reading order makes sense or the words in place of a picture are true (people's work), and it follows no
clause on forms, signatures, layers, sound or 3D, which our papers never have.
"""

import io
import re
from collections import Counter, defaultdict

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Name, Stream

from reports.tests.pdf_reading import Reading, as_list, attribute, kids_of, rows_of

SPACES = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
ROLES = (
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD "
    "THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby Warichu Figure Formula Form"
)
HEADING = re.compile(r"H([1-6])$")
SUBSET = re.compile(r"/[A-Z]{6}\+.+")
PRINTED = 4  # the flag of an annotation that is printed


def problems(content):
    """What is wrong with the PDF of the bytes `content`: a list of sentences, empty for a paper that may go out."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                return ["the file is encrypted"]
            reading = Reading(pdf)
            parts = (_file, _metadata, _intent, _catalogue, _fonts, _content, _structure, _tables, _headings, _figures, _annotations, _bookmarks)
            return [problem for part in parts for problem in part(reading)]
    except pikepdf.PdfError as error:
        return [f"the file cannot be read: {error}"]


def font_names(content):
    """The names of all fonts that the file uses, without the mark of the subset ("Tinos-Bold")."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return {str(font.get(Name.BaseFont))[1:].split("+")[-1] for font in Reading(pdf).fonts}


def _file(reading):
    pdf = reading.pdf
    if Name.ID not in pdf.trailer:
        yield "the file has no identifier"
    if Name.OpenAction in pdf.Root and not isinstance(pdf.Root.OpenAction, Array):
        yield "an action starts when the file is opened"
    for place, thing in ((place, thing) for place, one in enumerate(pdf.objects) for thing in _inside(one)):
        if Name.JS in thing or thing.get(Name.S) in (Name.JavaScript, Name.Launch) or Name.AA in thing:
            yield f"object {place + 1} holds an action or script"
        if isinstance(thing, Stream) and Name.LZWDecode in as_list(thing.get(Name.Filter)):
            yield f"object {place + 1} is packed with LZW"
        if thing.get(Name.Type) == Name.Filespec and Name.AFRelationship not in thing:
            yield f"object {place + 1} is a file inside without its relation"


def _inside(thing):
    """The dictionaries and streams that stand in an object of the file itself, the object among them."""
    if isinstance(thing, Dictionary | Stream):
        yield thing
    inner = thing.values() if isinstance(thing, Dictionary) else thing if isinstance(thing, Array) else ()
    for one in inner:
        if isinstance(one, Dictionary | Array) and not one.is_indirect:
            yield from _inside(one)


def _metadata(reading):
    stream = reading.pdf.Root.get(Name.Metadata)
    if not isinstance(stream, Stream):
        yield "there is no XMP"
        return
    if Name.Filter in stream:
        yield "the XMP is packed: archives must read it without unpacking"
    try:
        tree = etree.fromstring(stream.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        yield f"the XMP is not XML: {error}"
        return

    def told(name):
        space, local = name.split(":")
        key = f"{{{SPACES[space]}}}{local}"
        return [*(one.get(key) for one in tree.iter() if one.get(key)), *(one.text for one in tree.iter(key) if one.text)]

    if told("pdfaid:part") != ["3"] or told("pdfaid:conformance") != ["A"]:
        yield f"the XMP says PDF/A {told('pdfaid:part')} {told('pdfaid:conformance')}, not 3 A"
    if told("pdfuaid:part") not in ([], ["1"]):
        yield "the XMP claims an unknown part of PDF/UA"
    titles = [line.text or "" for line in tree.iterfind(".//dc:title/rdf:Alt/rdf:li", SPACES)]
    shown = str(reading.pdf.trailer.get(Name.Info, {}).get(Name.Title, ""))
    if not titles or not titles[0].strip():
        yield "the XMP has no title"
    elif shown != titles[0]:
        yield f"two titles: {shown!r} and {titles[0]!r}"


def _intent(reading):
    intents = [one for one in reading.pdf.Root.get(Name.OutputIntents, []) if one.get(Name.S) == Name.GTS_PDFA1]
    if len(intents) != 1:
        yield f"{len(intents)} output intents for archives, not one"
        return
    profile = intents[0].get(Name.DestOutputProfile)
    if not isinstance(profile, Stream) or profile.read_bytes()[36:40] != b"acsp" or profile.get(Name.N) not in (1, 3, 4):
        yield "the output intent has no ICC profile"


def _catalogue(reading):
    root = reading.pdf.Root
    if root.get(Name.MarkInfo, {}).get(Name.Marked) is not True:
        yield "the file does not say that it is tagged"
    if not str(root.get(Name.Lang, "")).lower().startswith("vi"):
        yield f"the file's language is {root.get(Name.Lang)!r}, not Vietnamese"
    if root.get(Name.ViewerPreferences, {}).get(Name.DisplayDocTitle) is not True:
        yield "the window shows the file's name in place of the title"


def _fonts(reading):
    for font in reading.fonts:
        name = str(font.get(Name.BaseFont))
        inner = font[Name.DescendantFonts][0] if font.get(Name.Subtype) == Name.Type0 else font
        described = inner.get(Name.FontDescriptor, {})
        if not any(key in described for key in (Name.FontFile, Name.FontFile2, Name.FontFile3)):
            yield f"font {name} is not embedded"
        if not SUBSET.fullmatch(name):
            yield f"font {name} has no mark of a subset"
        if Name.ToUnicode not in font:
            yield f"font {name} has no ToUnicode map"
    for name, codes in reading.unmapped.items():
        yield f"font {name} shows {len(codes)} codes that stand for no letter, such as {sorted(codes)[0]:04x}"


def _content(reading):
    for place, page in enumerate(reading.pages, 1):
        for kind, count in Counter(page.unmarked).items():
            yield f"page {place}: {count} × {kind} neither marked nor an artifact"
        for number, count in page.numbers.items():
            if count > 1:
                yield f"page {place}: content {number} is marked {count} times"
        if page.numbers and Name.StructParents not in page.obj:
            yield f"page {place}: marked content but no StructParents"
    for name, numbers in reading.marked_forms.items():
        yield f"form {name} has marked content of its own ({len(numbers)}), which nothing here reads"


def _structure(reading):
    if reading.root is None:
        yield "there is no structure"
        return
    yield from reading.tree_problems
    for element in reading.elements:
        role = reading.role(element)
        if role not in ROLES.split():
            yield f"an element has the unknown role {role}"
    for key, element in reading.parents.items():
        if reading.places.get(key) is None:
            page, number = key
            yield f"page {page + 1}: content {number} belongs to an element ({reading.role(element)}) that the tree does not reach"
        elif not _same(reading.places[key], element):
            yield f"page {key[0] + 1}: content {key[1]} belongs to one element in ParentTree and to another in the tree"
    for page, number in reading.places.keys() - reading.parents.keys():
        yield f"page {page + 1}: content {number} stands in the tree but not in ParentTree"
    for place, page in enumerate(reading.pages):
        for number in page.numbers.keys() - {number for where, number in reading.parents if where == place}:
            yield f"page {place + 1}: content {number} is marked but not in ParentTree"
    for page, number in reading.places:
        if number not in reading.pages[page].numbers:
            yield f"page {page + 1}: content {number} of the tree does not exist"


def _same(one, other):
    return one.objgen == other.objgen


def _tables(reading):
    for place, table in enumerate(reading.having("Table"), 1):
        rows = rows_of(reading, table)
        if not rows:
            yield f"table {place} has no rows"
        yield from (f"table {place}: {text}" for text in (*_grid(rows), *_headers(reading, rows)))


def _grid(rows):
    """Rows that are not as wide as the first one, cells that come down from above counted."""
    widths = []
    for mine, above in _laid(rows):
        taken = {column for columns in mine.values() for column in columns}
        if above & taken:
            yield "two cells lie on each other"
        widths.append(max([*above, *taken], default=-1) + 1)
        if len(above | taken) != widths[-1]:
            yield f"row {len(widths)} has a hole"
    if len(set(widths)) > 1:
        yield f"rows of {sorted(set(widths))} columns"


def _columns(rows):
    """{objgen of a cell: the set of its columns}."""
    return {key: set(columns) for mine, _ in _laid(rows) for key, columns in mine.items()}


def _laid(rows):
    """For each row: {objgen of a cell: its columns}, and the columns that cells from above take."""
    carried = defaultdict(int)
    for row in rows:
        above, column, mine, fresh = {place for place, left in carried.items() if left > 0}, 0, {}, {}
        for cell in row:
            while column in above:
                column += 1
            mine[cell.objgen] = range(column, column + int(attribute(cell, "ColSpan", 1)))
            fresh.update(dict.fromkeys(mine[cell.objgen], int(attribute(cell, "RowSpan", 1))))
            column = mine[cell.objgen].stop
        carried = defaultdict(int, {place: max(fresh.get(place, 0), carried[place]) - 1 for place in above | fresh.keys()})
        yield mine, above


def _headers(reading, rows):
    cells = [cell for row in rows for cell in row]
    known = {str(cell.ID): cell for cell in cells if reading.role(cell) == "TH" and Name.ID in cell}
    heads = [cell for cell in cells if reading.role(cell) == "TH"]
    if not heads:
        yield "no header cell"
    bare = sum(str(attribute(cell, "Scope", "")) not in ("/Column", "/Row", "/Both") for cell in heads)
    if bare:
        yield f"{bare} header cells without a scope"
    empty = sum(not reading.text_of(cell).strip() for cell in heads)
    if empty:
        yield f"{empty} header cells say nothing"
    places = _columns(rows)
    wrong = sum(str(one) not in known for cell in cells for one in as_list(attribute(cell, "Headers")))
    if wrong:
        yield f"cells name {wrong} headers that are not in the table"
    for cell in cells:
        for one in as_list(attribute(cell, "Headers")):
            head = known.get(str(one))
            if head is not None and str(attribute(head, "Scope", "/Column")) == "/Column" and not places[head.objgen] & places[cell.objgen]:
                yield f"the cell {reading.text_of(cell)[:20]!r} names the head of another column, {reading.text_of(head)[:20]!r}"


def _headings(reading):
    last = 0
    for element in reading.elements:
        found = HEADING.match(reading.role(element))
        if not found:
            continue
        level = int(found[1])
        if level > last + 1:
            yield f"heading {reading.text_of(element)[:40]!r} of level {level} comes after level {last}"
        last = level


def _figures(reading):
    for element in reading.having("Figure"):
        if not str(element.get(Name.Alt, element.get(Name.ActualText, ""))).strip():
            yield "a figure without words in its place"
        if attribute(element, "BBox") is None:
            yield "a figure without its place on the page"


def _annotations(reading):
    for place, page in enumerate(reading.pages, 1):
        annotations = as_list(page.obj.get(Name.Annots))
        if annotations and page.obj.get(Name.Tabs) != Name.S:
            yield f"page {place}: annotations are not visited in the order of the structure"
        for one in annotations:
            element = reading.annotated.get(one.get(Name.StructParent))
            if element is None or not any(_names(kid, one) for kid in kids_of(element)):
                yield f"page {place}: an annotation is not in the structure"
            if not int(one.get(Name.F, 0)) & PRINTED:
                yield f"page {place}: an annotation is not printed"
            if one.get(Name.Subtype) == Name.Link and not str(one.get(Name.Contents, "")).strip():
                yield f"page {place}: a link says nothing"
            target = one.get(Name.Dest, one.get(Name.A, {}).get(Name.D))
            if target is not None and not reading.leads_somewhere(target):
                yield f"page {place}: a link leads nowhere"


def _names(kid, annotation):
    return isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.OBJR and _same(kid.Obj, annotation)


def _bookmarks(reading):
    marks = list(reading.bookmarks())
    if not marks and any(HEADING.match(reading.role(element)) for element in reading.elements):
        yield "headings but no bookmarks"
    for mark in marks:
        target = mark.get(Name.Dest, mark.get(Name.A, {}).get(Name.D))
        if target is None or not reading.leads_somewhere(target):
            yield f"bookmark {str(mark.get(Name.Title))[:40]!r} leads nowhere"
