from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cells.models import Term
from reports.building import build
from reports.enums import PaperKind
from reports.models import Paper


class Command(BaseCommand):
    """Write a paper into a file without a browser or a worker; prints its pages. Exit code 1 for an organisation or term that is not there."""

    help = "Write a paper as a PDF, e.g. build_paper term-report --organisation DUK-VP --term 2020-2025 --output report.pdf"

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=["term-report"])
        parser.add_argument("--organisation", required=True, metavar="CODE")
        parser.add_argument("--term", required=True, metavar="LABEL", help="such as 2020-2025")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE.pdf")

    def handle(self, *args, **options):
        terms = Term.objects.select_related("organisation").filter(organisation__code=options["organisation"])
        term = terms.filter(label=options["term"]).first()
        if term is None:
            known = ", ".join(terms.values_list("label", flat=True)) or "none"
            raise CommandError(f"{options['organisation']} has no term {options['term']}; its terms: {known}.")
        built = build(Paper(kind=PaperKind.TERM_REPORT, organisation=term.organisation, term=term, about_key=f"term:{term.pk}"))
        options["output"].write_bytes(built.files["pdf"])
        self.stdout.write(f"{options['output']}: {built.pages} pages.")
