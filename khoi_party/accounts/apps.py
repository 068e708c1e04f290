from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "khoi_party.accounts"
    verbose_name = "tài khoản"
