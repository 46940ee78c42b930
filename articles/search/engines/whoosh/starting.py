"""The first thing that a process does which builds segments for another one; nothing of Django is asked before."""

import gc

import django

from articles.child_processes import end_with_parent


def start_archive() -> None:
    """Set Django up; its objects live as long as the process, and need not be looked through for garbage."""
    end_with_parent()
    django.setup()
    gc.freeze()
