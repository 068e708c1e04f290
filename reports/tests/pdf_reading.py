"""Reads a tagged PDF as a screen reader would: its pages' marked content, its structure, the text of each element.

Only what tests ask for; the text comes from the fonts' ToUnicode maps, so a letter without one is told as unmapped.
"""

import io
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

SHOWN = "Tj TJ ' \""
PAINTED = "f F f* B B* b b* s S sh"
WANTED = f"{SHOWN} {PAINTED} Do BI INLINE IMAGE BMC BDC EMC Tf q Q"
HEX = re.compile(rb"<([0-9A-Fa-f ]*)>")
STRANGER = "\ufffd"


def as_list(value):
    """A PDF value that may be missing, alone or an array, as a list."""
    return [] if value is None else list(value) if isinstance(value, Array) else [value]


def kids_of(element):
    return as_list(element.get(Name.K))


def attribute(element, name, default=None):
    """The value of an attribute ("Scope") of a structure element."""
    for one in as_list(element.get(Name.A)):
        if isinstance(one, Dictionary) and Name("/" + name) in one:
            return one[Name("/" + name)]
    return default


def rows_of(reading, table):
    """The rows of a table element, each as the list of its cells, in reading order."""
    rows = []
    for kid in reading.children(table):
        role = reading.role(kid)
        if role == "TR":
            rows.append([cell for cell in reading.children(kid) if reading.role(cell) in ("TH", "TD")])
        elif role in ("THead", "TBody", "TFoot"):
            rows += rows_of(reading, kid)
    return rows


def tables_read(content):
    """The tables that a screen reader finds in the PDF of the bytes `content`: each a list of rows of the cells' texts."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        reading = Reading(pdf)
        return [[[reading.text_of(cell) for cell in row] for row in rows_of(reading, table)] for table in reading.having("Table")]


def text_read(content):
    """All text in reading order, elements parted by line ends; what is an artifact (page numbers) is not read."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        reading = Reading(pdf)
        leaves = (one for one in reading.elements if any(isinstance(kid, int) for kid in kids_of(one)))
        return "\n".join(reading.text_of(one).strip() for one in leaves)


@dataclass
class Page:
    """One page: its marked numbers with how often they occur, their text, and what is drawn outside of any mark."""

    obj: Dictionary
    numbers: Counter = field(default_factory=Counter)
    texts: dict = field(default_factory=lambda: defaultdict(list))
    unmarked: list = field(default_factory=list)


class Reading:
    """The content and structure of an open pikepdf.Pdf, read once."""

    def __init__(self, pdf):
        self.pdf = pdf
        self.fonts, self._maps, self._forms = [], {}, {}
        self.unmapped = defaultdict(set)
        self.marked_forms = {}
        self.pages = [self._page(page.obj) for page in pdf.pages]
        self.root = pdf.Root.get(Name.StructTreeRoot)
        self.elements, self.tree_problems = [], []
        self.places, self.parents, self.annotated = {}, {}, {}
        self._children, self._texts = {}, defaultdict(list)
        self._page_index = {page.obj.objgen: place for place, page in enumerate(self.pages)}
        if self.root is not None:
            self._walk()
            self._parent_tree()

    # -- content

    def _page(self, obj):
        page = Page(obj)
        self._content(obj, obj.get(Name.Resources, {}), page, [])
        return page

    def _content(self, source, resources, page, above):
        """Goes through the operators of a page or form; `above` holds the marks that a form is drawn in: numbers, "artifact" or None."""
        marks, font, saved = list(above), None, []
        for operands, operator in pikepdf.parse_content_stream(source, WANTED):
            name = str(operator)
            if name in ("BMC", "BDC"):
                marks.append(self._mark(operands, page, is_page=not above))
            elif name == "EMC":
                marks.pop()
            elif name == "q":
                saved.append(font)
            elif name == "Q":
                font = saved.pop() if saved else font
            elif name == "Tf":
                font = self._font(resources.Font[operands[0]])
            elif name == "Do":
                self._drawn(resources.XObject[operands[0]], page, marks)
            else:
                self._shown(name, operands, font, page, marks)

    def _mark(self, operands, page, *, is_page):
        if operands[0] == Name.Artifact:
            return "artifact"
        told = operands[1] if len(operands) > 1 and isinstance(operands[1], Dictionary) else {}
        if Name.MCID not in told:
            return None
        if not is_page:
            self.marked_forms.setdefault("in a page", []).append(int(told[Name.MCID]))
        page.numbers[int(told[Name.MCID])] += 1
        return int(told[Name.MCID])

    def _drawn(self, thing, page, marks):
        if thing.get(Name.Subtype) == Name.Form:
            self._content(thing, thing.get(Name.Resources, {}), page, marks or [None])
        elif not any(mark is not None for mark in marks):
            page.unmarked.append("picture")

    def _shown(self, name, operands, font, page, marks):
        mark = next((one for one in reversed(marks) if one is not None), None)
        if mark is None:
            page.unmarked.append("text" if name in SHOWN.split() else "drawing")
        if name not in SHOWN.split() or font is None:
            return
        pieces = operands[0] if name == "TJ" else [operands[-1]]
        text = "".join(self._letters(bytes(piece), font) for piece in pieces if isinstance(piece, String))
        page.texts[mark].append(text)

    def _font(self, font):
        if font.objgen not in self._maps:
            self.fonts.append(font)
            stream = font.get(Name.ToUnicode)
            self._maps[font.objgen] = (str(font.get(Name.BaseFont)), _letters_of(stream) if isinstance(stream, Stream) else {})
        return font.objgen

    def _letters(self, codes, font):
        name, letters = self._maps[font]
        found = []
        for place in range(0, len(codes), 2):
            code = int.from_bytes(codes[place : place + 2])
            if not letters.get(code, "").strip("\x00"):
                self.unmapped[name].add(code)
            found.append(letters.get(code, STRANGER))
        return "".join(found)

    # -- structure

    def role(self, element):
        """The role of an element as the standard names it ("TD")."""
        role = str(element.get(Name.S))
        roles = self.root.get(Name.RoleMap, {})
        return str(roles.get(role, role))[1:]

    def having(self, role):
        """The elements of one role, in reading order."""
        return [one for one in self.elements if self.role(one) == role]

    def children(self, element):
        """The elements right under `element`."""
        return self._children.get(element.objgen, [])

    def text_of(self, element):
        """The text under `element`, its pieces parted by a space."""
        if Name.ActualText in element:
            return str(element[Name.ActualText])
        said = []
        for piece in self._texts[element.objgen]:
            said.append(self.text_of(piece) if isinstance(piece, Dictionary) else "".join(self.pages[piece[0]].texts[piece[1]]))
        return " ".join(one for one in said if one)

    def _walk(self):
        seen = set()

        def visit(element, parent, page):
            if element.objgen in seen:
                self.tree_problems.append(f"an element ({self.role(element)}) is reached twice")
                return
            seen.add(element.objgen)
            self.elements.append(element)
            if Name.P not in element or element.P.objgen != parent.objgen:
                self.tree_problems.append(f"an element ({self.role(element)}) names another parent than the one above it")
            page = element.get(Name.Pg, page)
            for kid in kids_of(element):
                if isinstance(kid, int) or kid.get(Name.Type) == Name.MCR:
                    where = page if isinstance(kid, int) else kid.get(Name.Pg, page)
                    self._placed(element, where, kid if isinstance(kid, int) else int(kid.MCID))
                elif kid.get(Name.Type) != Name.OBJR:
                    self._children.setdefault(element.objgen, []).append(kid)
                    self._texts[element.objgen].append(kid)
                    visit(kid, element, page)

        for top in kids_of(self.root):
            visit(top, self.root, None)

    def _placed(self, element, page, number):
        place = None if page is None else self._page_index.get(page.objgen)
        if place is None:
            self.tree_problems.append(f"content {number} of an element ({self.role(element)}) stands on no page")
            return
        if (place, number) in self.places:
            self.tree_problems.append(f"page {place + 1}: content {number} stands twice in the tree")
        self.places[place, number] = element
        self._texts[element.objgen].append((place, number))

    def _parent_tree(self):
        """What ParentTree says: {(page, number): element} of content and {StructParent: element} of annotations."""
        tree = self.root.get(Name.ParentTree)
        if tree is None:
            self.tree_problems.append("there is no ParentTree")
            return
        found, keys = dict(_numbers(tree)), Counter(key for key, _ in _numbers(tree))
        self.tree_problems += [f"ParentTree has {key} twice" for key, count in keys.items() if count > 1]
        self.annotated = {key: value for key, value in found.items() if isinstance(value, Dictionary)}
        for place, page in enumerate(self.pages):
            listed = found.get(page.obj.get(Name.StructParents))
            for number, element in enumerate(as_list(listed)):
                if isinstance(element, Dictionary):
                    self.parents[place, number] = element
        users = Counter(int(page.obj.StructParents) for page in self.pages if Name.StructParents in page.obj)
        self.tree_problems += [f"{count} pages share StructParents {key}" for key, count in users.items() if count > 1]

    # -- destinations

    def bookmarks(self):
        """The entries of the outline in their order."""
        waiting = [self.pdf.Root.get(Name.Outlines, {}).get(Name.First)]
        while waiting:
            mark = waiting.pop()
            if mark is not None:
                yield mark
                waiting += [mark.get(Name.Next), mark.get(Name.First)]

    def leads_somewhere(self, target):
        """Whether a destination (an array, or a name that stands for one) is on a page of this file."""
        if isinstance(target, String | Name):
            target = self._named(str(target))
        if isinstance(target, Dictionary):
            target = target.get(Name.D)
        return isinstance(target, Array) and isinstance(target[0], Dictionary) and target[0].objgen in self._page_index

    def _named(self, name):
        tree = self.pdf.Root.get(Name.Names, {}).get(Name.Dests)
        return None if tree is None else pikepdf.NameTree(tree).get(name)


def _numbers(tree):
    """(key, value) of a number tree."""
    for kid in as_list(tree.get(Name.Kids)):
        yield from _numbers(kid)
    pairs = as_list(tree.get(Name.Nums))
    yield from zip(map(int, pairs[::2]), pairs[1::2], strict=True)


def _letters_of(stream):
    """{code: letters} of a ToUnicode map."""
    letters, kind = {}, None
    for line in stream.read_bytes().splitlines():
        words = HEX.findall(line)
        if b"begin" in line:
            kind = line.split()[-1]
        elif kind == b"beginbfchar" and len(words) == 2:
            letters[int(words[0], 16)] = bytes.fromhex(words[1].decode()).decode("utf-16-be")
        elif kind == b"beginbfrange" and len(words) == 3:
            first, last = int(words[0], 16), int(words[1], 16)
            start = int(words[2], 16)
            letters |= {code: chr(start + code - first) for code in range(first, last + 1)}
    return letters
