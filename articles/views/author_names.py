"""Authors as their articles name them: one author under every spelling that Arabic writers take for the same."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from articles.arabic.alphabet import filing_name, letter_of
from articles.arabic.bounded_cache import BoundedCache
from articles.models.source import name_key

MOST_KEPT = 40_000  # names of at most 64 letters with their two folded forms: at most 30 MB


def fold(name: str) -> tuple[str, str]:
    """The key of a name, and what it is filed under."""
    return name_key(name), filing_name(name)


FOLDED = BoundedCache(fold, limit=MOST_KEPT)


@dataclass(frozen=True, slots=True)
class Author:
    """One author. `spellings` are as articles write the name, the most frequent first; `count` is of them all."""

    key: str
    spellings: tuple[str, ...]
    count: int

    @property
    def name(self) -> str:
        return " ".join(self.spellings[0].split())

    def get_absolute_url(self) -> str:
        return reverse("articles:author", args=[self.name])

    @property
    def filed(self) -> str:
        return FOLDED[self.name][1]

    @property
    def letter(self) -> str:
        return letter_of(self.filed)


def authors_of(counts: Mapping[str, int]) -> list[Author]:
    """The authors of names in all their spellings, those with most articles first.

    `counts` has the most frequent names first, as `Holdings` does.
    """
    spellings: dict[str, list[str]] = {}
    for name in counts:
        if key := FOLDED[name][0]:
            spellings.setdefault(key, []).append(name)
    known = [
        Author(key, tuple(names), sum(counts[name] for name in names)) for key, names in spellings.items()
    ]
    return sorted(known, key=lambda author: (-author.count, author.key))
