from django.core.management.base import BaseCommand, CommandError

from evaluations.rulebooks import YearWithoutRuleBook, rulebook_for
from evaluations.rulebooks.book import GOOD, GOOD_OR_BETTER, MEMBER
from evaluations.rulebooks.quota import ceiling

BASES = {"literal": GOOD, "or-above": GOOD_OR_BETTER}


class Command(BaseCommand):
    """Print how many may have the best level among --at-or-above people at level 1 or 2 (a whole number). Needs no database.

    Rate and base are the regulation's own for members of that year unless given. Exit code 1 for a year without a known cap.
    """

    help = "How many may have the best level, e.g. quota --year 2025 --at-or-above 37"
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--at-or-above", type=int, required=True, metavar="PEOPLE", help="rated HTTNV or better, the best included")
        parser.add_argument("--rate", type=int, help="per cent, 1 to 100")
        parser.add_argument("--base", choices=BASES, help="literal: of those rated HTTNV; or-above: of HTTNV or better")

    def handle(self, *args, **options):
        people, rate = options["at_or_above"], options["rate"]
        if people < 0 or (rate is not None and not 1 <= rate <= 100):
            raise CommandError("Số người phải từ 0; tỷ lệ phải từ 1 đến 100.")
        try:
            rule = rulebook_for(options["year"]).quota(MEMBER)
        except YearWithoutRuleBook as error:
            raise CommandError(str(error)) from error
        if rule is None and rate is None:
            raise CommandError(f"Chưa tìm thấy tỷ lệ tối đa trong quy định của năm {options['year']}; hãy cho --rate.")
        base = BASES[options["base"]] if options["base"] else rule.base if rule else GOOD
        self.stdout.write(str(ceiling(rate or rule.rate, people, base)))
