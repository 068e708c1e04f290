import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khoi_party.settings.office")
app = Celery("khoi_party")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
