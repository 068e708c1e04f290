from django.core.management.base import BaseCommand, CommandError

from members.models import Member
from members.services.movements import differs_from_events, mend_from_events


class Command(BaseCommand):
    """Compare where every member belongs with what the events say. Prints the ids that differ; exit code 1 when there are any.

    --mend sets the spans and the current copies to what the events say, one entry in the trail each.
    """

    help = "Compare memberships with the events they follow from."

    def add_arguments(self, parser):
        parser.add_argument("--mend", action="store_true", help="set what differs to what the events say")

    def handle(self, *args, **options):
        different = [member for member in Member.objects.prefetch_related("memberships", "events").order_by("pk") if differs_from_events(member)]
        for member in different:
            if options["mend"]:
                mend_from_events(member, by=None)
        if different and not options["mend"]:
            raise CommandError(f"Differ from their events: {', '.join(str(member.pk) for member in different)}")
        self.stdout.write(f"{len(different)} members mended." if options["mend"] else "All memberships agree with their events.")
