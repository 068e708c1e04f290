"""The test suite: SQLite in memory unless DATABASE_URL names another, cheap passwords, files in a folder of the run's own."""

import tempfile

from .base import *  # noqa: F403
from .base import DATABASES, STORAGES, env

SECRET_KEY = "only-for-tests"
if "DATABASE_URL" not in env.ENVIRON:
    DATABASES["default"]["NAME"] = ":memory:"
    DATABASES["default"]["OPTIONS"].pop("init_command")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = env("TEST_MEDIA_ROOT", default="") or tempfile.mkdtemp(prefix="khoi-party-test-")  # a worker of the tests shares it
AXES_ENABLED = False
STATIC_ROOT = tempfile.mkdtemp(prefix="khoi-party-test-")  # WhiteNoise warns of a missing folder, and warnings are errors
