from django.core.management.base import BaseCommand, CommandError

from khoi_party.audit.models import AuditHead
from khoi_party.audit.services import verify_chain


class Command(BaseCommand):
    """Verify triggers and chain; exit code 1 and one line per fault. `--head` prints number and hash to keep elsewhere."""

    help = "Verify that the audit trail is whole: triggers present, chain unbroken."

    def add_arguments(self, parser):
        parser.add_argument("--head", action="store_true", help="print the number and hash of the last entry")

    def handle(self, *args, **options):
        problems = verify_chain()
        if problems:
            raise CommandError("\n".join(problems))
        head = AuditHead.objects.get(pk=1)
        self.stdout.write(f"{head.number} {head.hash}" if options["head"] else f"{head.number} entries, chain unbroken.")
