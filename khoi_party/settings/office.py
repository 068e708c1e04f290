"""One machine, one SQLite file: the demo and a small office. The secret key is made once and kept beside the data."""

from .base import *  # noqa: F403
from .base import VAR_DIR, env


def own_secret_key():
    path = VAR_DIR / "secret_key"
    if not path.exists():
        from django.core.management.utils import get_random_secret_key

        VAR_DIR.mkdir(exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text().strip()


SECRET_KEY = env("SECRET_KEY", default=None) or own_secret_key()
