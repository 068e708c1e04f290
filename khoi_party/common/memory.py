"""Work that makes a million small objects which all live to its end."""

import gc
from contextlib import contextmanager


@contextmanager
def no_garbage_collection():
    """Such objects are walked again and again for nothing: a sixth of the time of setting a paper, a third of comparing a long list."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
