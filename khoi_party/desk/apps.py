from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "khoi_party.desk"
    verbose_name = "việc cần làm"
