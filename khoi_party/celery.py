import os
from pathlib import Path

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khoi_party.settings.office")
app = Celery("khoi_party")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_configure.connect
def make_queue_folder(sender, **kwargs):
    """The filesystem broker of the demo and the small office does not make its own folder."""
    if sender.conf.broker_url.startswith("filesystem:"):
        Path(settings.QUEUE_DIR, "control").mkdir(parents=True, exist_ok=True)
