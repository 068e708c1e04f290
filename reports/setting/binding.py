"""Joins the parts of a paper into one file that is still one tagged document.

Plain joining of files loses every tag: a page's tags hang in the tree of the document's root. Here the pages of a part come with their tree:
its elements are hung into the tree of the whole behind those of the page they follow, and its entries in the parent tree (which finds the
element of a mark on a page) get keys that no other part has. What a part is called in bookmarks is given by the caller.
"""

import io
from dataclasses import dataclass

import pikepdf

from reports.setting.stamps import Stamper


@dataclass(frozen=True)
class Insert:
    """Pages that come after page `after` (from 0) of the body: the PDF of a part, and its name in the bookmarks ("" for none)."""

    after: int
    content: bytes
    name: str = ""


def bind(body, inserts=(), *, stamping):
    """One PDF of `body` (the bytes of a tagged PDF) with the pages of `inserts` put in and stamped. Returns (bytes, number of pages).

    `inserts` may be a generator: each is put in as it comes.
    Inserts that follow the same page come in their order. On paper printed on both sides each takes whole sheets, so that fronts stay fronts.
    The same input gives the same bytes.
    """
    with pikepdf.open(io.BytesIO(body)) as pdf:
        binder = _Binder(pdf)
        after = None
        for one in inserts:
            if stamping.two_sided:
                if after not in (None, one.after):
                    binder.keep_sides(after)
                binder.begin_sheet(one.after)
            binder.insert(one)
            after = one.after
        if stamping.two_sided and after is not None:
            binder.keep_sides(after)
        binder.name_parts()
        Stamper(pdf, stamping).stamp_all()
        target = io.BytesIO()
        pdf.save(
            target, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True, deterministic_id=True, fix_metadata_version=False
        )
        return target.getvalue(), len(pdf.pages)


class _Binder:
    def __init__(self, pdf):
        self.pdf = pdf
        self.body_pages = [page.obj.objgen for page in pdf.pages]
        self.added = 0  # pages put in so far
        self.named = []  # (name, page, the page of the body it follows)
        self.tree = pdf.Root.StructTreeRoot
        self.document = self.tree.K[0] if len(self.tree.K) else None
        numbers = self.tree.ParentTree.Nums
        self.next_key = int(numbers[-2]) + 1 if len(numbers) else 0
        self.children = [_Child(one, self._place_of(one)) for one in self.document.K]

    def _place_of(self, element):
        """The page of the body (from 0) on which an element begins."""
        page = _page_of(element)
        return self.body_pages.index(page.objgen) if page is not None else 0

    def insert(self, one):
        """Put the pages of an Insert and their tags in."""
        with pikepdf.open(io.BytesIO(one.content)) as part:
            tree = part.Root.StructTreeRoot
            used = self._renumber(part, tree)
            at = one.after + 1 + self.added
            self.pdf.pages[at:at] = part.pages
            if one.name:
                self.named.append((one.name, at, one.after))
            self.added += len(part.pages)
            copied = self.pdf.copy_foreign(part.make_indirect(tree))
            place = sum(child.place <= one.after for child in self.children)
            for element in copied.K[0].K:
                element.P = self.document
                self.children.insert(place, _Child(element, one.after))
                place += 1
            self.tree.ParentTree.Nums.extend(copied.ParentTree.Nums)
            self.next_key += used
        self.document.K = pikepdf.Array([child.element for child in self.children])

    def begin_sheet(self, after):
        """What follows page `after` of the body begins on a front: its margins were set so."""
        if (after + 1 + self.added) % 2:
            self._add_empty(after)

    def keep_sides(self, after):
        """Pages of the body that come after the parts stay what they were, front or back."""
        if self.added % 2:
            self._add_empty(after)

    def _add_empty(self, after):
        at = after + 1 + self.added
        sides = pikepdf.Array(self.pdf.pages[at - 1].mediabox)
        self.pdf.pages.insert(at, pikepdf.Page(pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=sides, Resources=pikepdf.Dictionary())))
        self.added += 1

    def _renumber(self, part, tree):
        """Move the keys of a part's parent tree behind those in use. Gives how many keys it takes."""
        numbers = tree.ParentTree.Nums
        for place in range(0, len(numbers), 2):
            numbers[place] = int(numbers[place]) + self.next_key
        for page in part.pages:
            page.obj.StructParents = int(page.obj.StructParents) + self.next_key
            for link in page.obj.get("/Annots", ()):
                if "/StructParent" in link:
                    link.StructParent = int(link.StructParent) + self.next_key
        return int(numbers[-2]) - self.next_key + 1 if len(numbers) else 0

    def name_parts(self):
        """A bookmark for each named part, under the last bookmark of the body that stands on or before the page it follows."""
        if not self.named:
            return
        with self.pdf.open_outline(max_depth=9) as outline:
            parents = [self._last_before(outline.root, after) for _, _, after in self.named]
            for (name, page, _), parent in zip(self.named, parents, strict=True):
                siblings = parent.children if parent else outline.root
                siblings.append(pikepdf.OutlineItem(name, page))
                if parent:
                    parent.is_closed = True

    def _last_before(self, items, after):
        """The bookmark that stands last, in reading order, on or before page `after` of the body."""
        found = None
        for item in items:
            page = item.destination[0] if item.destination is not None else None
            if page is not None and page.objgen in self.body_pages and self.body_pages.index(page.objgen) <= after:
                found = self._last_before(item.children, after) or item
        return found


@dataclass(frozen=True)
class _Child:
    """An element right under the document's, and the page of the body that it begins on, or follows."""

    element: pikepdf.Object
    place: int


def _page_of(element):
    """The page on which an element, or the first of those under it that knows, begins."""
    if "/Pg" in element:
        return element.Pg
    kids = element.get("/K")
    if isinstance(kids, pikepdf.Array):
        for kid in kids:
            if isinstance(kid, pikepdf.Dictionary) and (page := _page_of(kid)) is not None:
                return page
    return None
