from django.core.management.base import BaseCommand, CommandError

from evaluations.models import Cycle
from evaluations.services.tallies import wrong_tallies


class Command(BaseCommand):
    """Recount the tallies of every year from their rows; exit code 1 and one line per difference."""

    help = "Compare stored tallies with a fresh count of the rows."

    def handle(self, *args, **options):
        wrong = [f"{cycle.year}: {name}" for cycle in Cycle.objects.order_by("year") for name in wrong_tallies(cycle)]
        if wrong:
            raise CommandError("Tallies differ from their rows:\n" + "\n".join(wrong))
        self.stdout.write("All tallies agree with their rows.")
