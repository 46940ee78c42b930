"""Authors as their articles name them: one author under every spelling that Arabic writers take for the same."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from articles.arabic.alphabet import filing_name, letter_of
from articles.arabic.bounded_cache import BoundedCache
from articles.models.source import name_key

MOST_KEPT = 50_000  # folded names; the two caches together stay under 25 MB
KEYS = BoundedCache(name_key, limit=MOST_KEPT)
FILED = BoundedCache(filing_name, limit=MOST_KEPT)


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
        return FILED[self.name]

    @property
    def letter(self) -> str:
        return letter_of(self.filed)


def authors_of(counts: Mapping[str, int]) -> list[Author]:
    """The authors of names in all their spellings, those with most articles first.

    `counts` has the most frequent names first, as `Holdings` does.
    """
    spellings: dict[str, list[str]] = {}
    for name in counts:
        if key := KEYS[name]:
            spellings.setdefault(key, []).append(name)
    known = [
        Author(key, tuple(names), sum(counts[name] for name in names)) for key, names in spellings.items()
    ]
    return sorted(known, key=lambda author: (-author.count, author.key))
