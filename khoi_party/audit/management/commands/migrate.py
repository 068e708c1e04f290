from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import DEFAULT_DB_ALIAS, connections

from khoi_party.audit.append_only import migrating


class Command(DjangoMigrate):
    """Django's migrate, and afterwards the triggers of rows that must not change: SQLite drops them silently when it rebuilds a table."""

    def execute(self, *args, **options):
        with migrating(connections[options.get("database", DEFAULT_DB_ALIAS)]):
            return super().execute(*args, **options)
