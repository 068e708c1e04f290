from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "khoi_party.audit"
    verbose_name = "nhật ký"
