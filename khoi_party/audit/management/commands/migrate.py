from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections

from khoi_party.audit.append_only import install_triggers


class Command(DjangoMigrate):
    """Django's migrate, and afterwards the append-only triggers: SQLite drops them silently when it rebuilds a table."""

    def handle(self, *args, **options):
        super().handle(*args, **options)
        install_triggers(connections[options["database"]])
