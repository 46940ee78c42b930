"""How the page that is being written is set: what is written of a value depends on that and on nothing else."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec

from django.utils.translation import get_language

from articles.preferences import Preferences, current

KEPT = 4096  # short texts of one writer

Given = ParamSpec("Given")


def kept(write: Callable[Given, str]) -> Callable[Given, str]:
    """A writer of short texts that keeps what it wrote for each language and each reader's preferences.

    A page writes the same few counts, months and days dozens of times.
    """

    def write_as_set(
        _language: str | None, _preferences: Preferences, *args: Given.args, **named: Given.kwargs
    ) -> str:
        return write(*args, **named)

    written: Callable[..., str] = lru_cache(maxsize=KEPT)(write_as_set)

    @wraps(write)
    def writer(*args: Given.args, **named: Given.kwargs) -> str:
        return written(get_language(), current(), *args, **named)

    return writer
