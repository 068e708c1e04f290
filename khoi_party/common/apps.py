from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "khoi_party.common"
    verbose_name = "dùng chung"
