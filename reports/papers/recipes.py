"""What one kind of paper is made by: the shape that every module of papers fills."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.enums import About, FileFormat, PaperKind

ALL_FILES = (FileFormat.PDF, FileFormat.WORD, FileFormat.EXCEL)


def no_link(topic, year=None, level=None):
    """A paper has no links."""
    return None


def nothing_behind(figures, paper, user, topic, year, level):
    """A paper whose figures have no lists of their own."""
    return


def fits_all(subject):
    return True


def framed_by_paper(paper):
    """Number, day and signer are those that were given to the paper itself."""
    return {}


def framed_by_document(document):
    """Number, day and signer are those of `document`, a decision of another room; a draft of it while there is none yet."""
    if document is None:
        return {}
    return {"printed_number": document.number, "issued_on": document.issued_on, "name": document.signer, "draft": 0}


def by_kind(paper):
    return paper.kind.replace("_", "-")


@dataclass(frozen=True)
class Recipe:
    """How one kind of paper is made.

    code: of the type in the number ("BC"); "" for papers that are printed as they are and never issued under a number
    hint: a line that tells the reader of the list of papers what it is for
    figures: the class of the frozen figures, plain values that msgspec can write and read
    collect: paper -> figures, in one read snapshot (reports.models.Paper, perhaps not saved)
    write: (figures, framing, words {place: text}, link) -> WrittenPaper, or whatever `template` sets
    behind: (figures, paper, user, topic, year, level) -> reports.figures.rows.Behind or None
    file_name: paper -> the name of the downloaded file without its ending; never a person's name
    fits: subject -> whether this kind can be made of it (a revision only of a revision)
    kinds: the kinds of organisations that can make it (OrganisationKind); all of them where empty
    framed: paper -> what of framing_of comes from elsewhere: the number, day and signer of a decision that was issued in its own room
    options_form: a form of its own questions on how it is printed, kept in Paper.options
    template: the page for the PDF; papers with another one are not shown on screen
    numbers_pages: whether its pages have running numbers; certificates and ballots have none
    """

    kind: PaperKind
    about: About
    code: str
    hint: str
    figures: type
    collect: Callable
    write: Callable
    behind: Callable = nothing_behind
    file_name: Callable = by_kind
    fits: Callable = fits_all
    kinds: tuple[str, ...] = ()
    framed: Callable = framed_by_paper
    options_form: type | None = None
    formats: tuple[FileFormat, ...] = (FileFormat.PDF, FileFormat.WORD)
    template: str = "reports/papers/paper.html"
    numbers_pages: bool = True

    @property
    def is_numbered(self):
        return bool(self.code)

    @property
    def is_issued_here(self):
        """Whether its number, day and signer are given to the paper itself: a decision of another room carries its own."""
        return self.is_numbered and self.framed is framed_by_paper

    @property
    def slug(self):
        """The kind in addresses."""
        return self.kind.value.replace("_", "-")

    @property
    def small_name(self):
        """The kind's name inside a sentence."""
        return self.kind.label[:1].lower() + self.kind.label[1:]

    @property
    def format_names(self):
        return ", ".join(one.label for one in self.formats)

    @property
    def has_lists(self):
        return self.behind is not nothing_behind

    @property
    def is_readable(self):
        """Whether the paper can be read on screen as well."""
        return self.template == Recipe.template
