"""A developer's machine: errors in the browser, files read afresh at each request."""

from .office import *  # noqa: F403
from .office import STORAGES, TEMPLATES

DEBUG = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
TEMPLATES[0]["OPTIONS"]["loaders"] = [
    ("template_partials.loader.Loader", ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"])
]
