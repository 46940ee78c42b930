"""The first thing that a process does which builds segments for another one; nothing of Django is asked before."""

import ctypes
import gc

import django

from articles.child_processes import end_with_parent

M_MMAP_THRESHOLD = -3  # its number in <malloc.h>
LARGE = 256 * 1024  # bytes


def start_archive() -> None:
    """Set Django up; its objects live as long as the process, and need not be looked through for garbage."""
    end_with_parent()
    give_arrays_back()
    django.setup()
    gc.freeze()


def give_arrays_back() -> None:
    """Have the C library hand large arrays back to the system when they are let go of, a third of all memory.

    It raises the size from which it does so whenever one is let go of, unless it is told a size.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(M_MMAP_THRESHOLD, LARGE)


def give_back() -> None:
    """Have the C library give back what it holds of memory that is not in use."""
    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)
