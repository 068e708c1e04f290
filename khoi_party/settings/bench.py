"""The benchmarks: an office's settings with files of their own, on the PostgreSQL that DATABASE_URL names."""

from .base import *  # noqa: F403
from .base import BASE_DIR, DATABASES

SECRET_KEY = "only-for-benchmarks"
VAR_DIR = BASE_DIR / "bench" / "work"
VAR_DIR.mkdir(parents=True, exist_ok=True)
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "files"
DATABASES["default"]["CONN_MAX_AGE"] = 60
