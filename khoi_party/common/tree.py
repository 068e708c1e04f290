"""Materialised paths: each step of the tree is four digits, a subtree is one range of byte-ordered strings.

Digits only and no separator, because ranges over punctuation lose rows under a language's collation.
"""

from django.db.models import Q

STEP = 4
LAST_NUMBER = 10**STEP - 1


def child_path(parent_path, number):
    """The path of child `number` (1 to 9999) below `parent_path` ("" for a root). ValueError outside that range."""
    _check(parent_path)
    if not 1 <= number <= LAST_NUMBER:
        raise ValueError(f"A step of the tree is a number from 1 to {LAST_NUMBER}, not {number}.")
    return f"{parent_path}{number:0{STEP}d}"


def successor(path):
    """The shortest string that sorts after `path` and everything below it; ":" (the byte after "9") where no digits do."""
    _check(path)
    kept = path.rstrip("9")
    return f"{kept[:-1]}{int(kept[-1]) + 1}" if kept else ":"


def ancestor_paths(path):
    """The paths above `path`, from the root down to its parent."""
    _check(path)
    return [path[:end] for end in range(STEP, len(path), STEP)]


def in_subtree(path, root_path):
    """Whether `path` is `root_path` itself or lies below it."""
    _check(path)
    _check(root_path)
    return path.startswith(root_path)


def subtree_q(field, path):
    """A condition that the ByteField `field` lies in the subtree of `path`, itself included; one index range."""
    return Q(**{f"{field}__gte": path, f"{field}__lt": successor(path)})


def _check(path):
    if len(path) % STEP or not (path == "" or (path.isascii() and path.isdigit())):
        raise ValueError(f"Not a path of {STEP}-digit steps: {path!r}")
