"""Texts that stand taken down and come in again under another address: told by their words."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from articles.duplicates.candidates import LEAST_EQUAL
from articles.duplicates.comparing import LEAST, compare
from articles.duplicates.reading import SHORTEST, read, runs
from articles.duplicates.sketches import HASHES, sketch
from articles.importing.fingerprints import text_digest
from articles.importing.records import ExtractedArticle
from articles.models.article import Article
from articles.models.takedown import Takedown

BATCH = 200  # texts read at a time


@dataclass(frozen=True, slots=True)
class Return:
    """The takedown of the text that came in again, the public id of its article, and how much of it is there."""

    takedown: int
    public_id: str
    similarity: float


@dataclass(slots=True)
class TakenDownTexts:
    """What stands taken down, in 200 bytes a text; `refresh` reads it again where it changed."""

    _stamp: tuple[int, ...] = ()
    _by_digest: dict[str, Return] = field(default_factory=dict)
    _rows: list[tuple[int, Return]] = field(default_factory=list)
    _sketches: NDArray[np.uint16] = field(default_factory=lambda: np.zeros((0, HASHES), dtype=np.uint16))

    def refresh(self) -> None:
        """One query where nothing was taken down or lifted since."""
        standing = Takedown.objects.standing().order_by("pk").values_list("pk", flat=True)
        stamp = tuple(standing)
        if stamp != self._stamp:
            self._stamp = stamp
            self._load(stamp)

    def _load(self, takedowns: tuple[int, ...]) -> None:
        self._by_digest, self._rows, sketches = {}, [], []
        for start in range(0, len(takedowns), BATCH):
            some = Takedown.objects.filter(pk__in=takedowns[start : start + BATCH]).order_by("pk")
            for key, article, public_id, title, body, digest in some.values_list(
                *(
                    "pk",
                    "article",
                    "article__public_id",
                    "article__title",
                    "article__body",
                    "article__text_digest",
                )
            ):
                told = Return(key, public_id, 1.0)
                self._by_digest |= dict.fromkeys((digest, text_digest(title, body)), told)
                reading = read(title, body)
                if len(reading.words) >= SHORTEST:
                    self._rows.append((article, told))
                    sketches.append(sketch(runs(reading.words)))
        self._sketches = np.array(sketches, dtype=np.uint16).reshape(-1, HASHES)

    def returned(self, article: ExtractedArticle, digest: str) -> Return | None:
        """The text taken down that an article is: word for word, or in three quarters of the shorter of the two."""
        if same := self._by_digest.get(digest):
            return same
        if not self._rows:
            return None
        reading = read(article.title, article.body)
        if len(reading.words) < SHORTEST:
            return None
        equal = (self._sketches == sketch(runs(reading.words))).sum(axis=1)
        for place in np.nonzero(equal >= LEAST_EQUAL)[0].tolist():
            key, told = self._rows[place]
            title, body = Article.objects.values_list("title", "body").get(pk=key)
            likeness = compare(read(title, body), reading)
            if likeness.contained >= LEAST:
                return Return(told.takedown, told.public_id, round(min(1.0, likeness.similarity), 4))
        return None
