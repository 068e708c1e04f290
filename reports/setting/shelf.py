"""Parts of papers that were set before, by their content: a report that is made anew sets only what has changed."""

import contextlib
import hashlib
import json
from dataclasses import asdict

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

DIGEST = 32  # bytes of the checksum before a stored part


class Shelf:
    """The parts of one paper's subject, kept in the storage under `folder` until the next making does not use them.

    A part that is missing, cut short or changed is as good as never kept: it is set again.
    """

    def __init__(self, folder, made_with=""):
        self.folder, self.made_with, self.used = folder, made_with, set()

    def key(self, order):
        """The name of an Order's part: a checksum of all that decides how it looks."""
        return hashlib.sha256(json.dumps([self.made_with, asdict(order)]).encode()).hexdigest()

    def take(self, order):
        """The bytes of the part of `order`, or None where they are to be set."""
        key = self.key(order)
        self.used.add(key)
        with contextlib.suppress(OSError), default_storage.open(self._name(key)) as opened:
            digest, content = opened.read(DIGEST), opened.read()
            if hashlib.sha256(content).digest() == digest:
                return content
        return None

    def keep(self, order, content):
        """Put a part on the shelf. A full disk is no fault here: the paper itself will say so."""
        name = self._name(self.key(order))
        with contextlib.suppress(OSError):
            default_storage.delete(name)
            default_storage.save(name, ContentFile(hashlib.sha256(content).digest() + content))

    def tidy(self):
        """Take away what this making did not use."""
        with contextlib.suppress(OSError):
            for name in default_storage.listdir(self.folder)[1]:
                if name.removesuffix(".part") not in self.used:
                    default_storage.delete(f"{self.folder}/{name}")

    def clear(self):
        """Take away all."""
        self.used.clear()
        self.tidy()

    def _name(self, key):
        return f"{self.folder}/{key}.part"
