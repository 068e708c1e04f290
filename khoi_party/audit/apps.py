from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "khoi_party.audit"
    verbose_name = "nhật ký"

    def ready(self):
        from . import append_only  # noqa: F401  registers the system check
