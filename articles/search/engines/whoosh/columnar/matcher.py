"""Whoosh's matcher over the arrays of one term: every query that has no vectorised way of its own goes through it."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.formats import Format
from whoosh.matching import LeafMatcher, Matcher, NullMatcher, ReadTooFar
from whoosh.reading import TermInfo
from whoosh.util.numeric import byte_to_length

from articles.search.engines.whoosh.columnar.layout import Array
from articles.search.engines.whoosh.columnar.listing import FieldPostings
from articles.search.engines.whoosh.fields import encode

BLOCK = 128  # postings whose quality is told together
SHORTEST = 1  # length of a field where none is kept
LENGTHS = np.array([byte_to_length(code) for code in range(256)], dtype=np.int64)


class Postings:
    """The postings of one term as lists, made when they are asked for, and what is told of blocks of them."""

    def __init__(self, listed: FieldPostings, number: int) -> None:
        self.listed = listed
        self.number = number

    @cached_property
    def ids(self) -> list[int]:
        found: list[int] = self.listed.documents_of(self.number).tolist()
        return found

    @cached_property
    def weights(self) -> list[float]:
        found: list[float] = self.listed.frequencies_of(self.number).astype(np.float64).tolist()
        return found

    @cached_property
    def values(self) -> list[bytes]:
        if self.listed.places is None:
            return self.listed.values_of(self.number)
        return [encode(places) for places in self.places]

    @cached_property
    def places(self) -> list[Array]:
        """The positions in each document."""
        edges = np.cumsum(self.listed.frequencies_of(self.number).astype(np.int64))
        return np.split(self.listed.places_of(self.number), edges[:-1])

    @cached_property
    def lengths(self) -> Array:
        """The length of the field in each document."""
        documents = self.listed.documents_of(self.number)
        if self.listed.lengths is None:
            return np.full(len(documents), SHORTEST)
        found: Array = LENGTHS[self.listed.lengths[documents]]
        return found

    @cached_property
    def block_weights(self) -> list[float]:
        """The highest weight in each block."""
        starts = np.arange(0, len(self.ids), BLOCK)
        found: list[float] = (
            np.maximum.reduceat(self.listed.frequencies_of(self.number), starts).astype(float).tolist()
        )
        return found

    @cached_property
    def block_lengths(self) -> list[tuple[int, int]]:
        """The shortest and the longest field in each block."""
        starts = np.arange(0, len(self.ids), BLOCK)
        shortest, longest = (
            np.minimum.reduceat(self.lengths, starts),
            np.maximum.reduceat(self.lengths, starts),
        )
        return list(zip(shortest.tolist(), longest.tolist(), strict=True))


class ArrayMatcher(LeafMatcher):
    def __init__(
        self, postings: Postings, format_: Format, term: tuple[str, bytes], scorer: Any = None, at: int = 0
    ) -> None:
        self.postings = postings
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._i = at
        self._count = len(postings.ids)

    def is_active(self) -> bool:
        return self._i < self._count

    def reset(self) -> None:
        self._i = 0

    def copy(self) -> "ArrayMatcher":
        return ArrayMatcher(self.postings, self.format, self._term, self.scorer, self._i)

    def replace(self, minquality: float = 0) -> Matcher:
        if not self.is_active() or (
            minquality and self.supports_block_quality() and self.max_quality() < minquality
        ):
            return NullMatcher()
        return self

    def id(self) -> int:
        """The document it stands on; after the end the last one: Whoosh's AndNot still asks then."""
        return self.postings.ids[min(self._i, self._count - 1)]

    def all_ids(self) -> Iterator[int]:
        return iter(self.postings.ids[self._i :])

    def next(self) -> bool:
        """Whoosh wants to know whether a new block begins."""
        if not self.is_active():
            raise ReadTooFar
        self._i += 1
        return self._i % BLOCK == 0 or not self.is_active()

    def skip_to(self, id: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._i = bisect_left(self.postings.ids, id, lo=self._i)

    def skip_to_quality(self, minquality: float) -> int:
        skipped = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._i = (self._i // BLOCK + 1) * BLOCK
            skipped += 1
        return skipped

    # Of the posting it stands on

    def weight(self) -> float:
        return self.postings.weights[self._i]

    def value(self) -> bytes:
        return self.postings.values[self._i]

    def value_as(self, astype: str) -> Any:
        if astype == "positions" and self.postings.listed.places is not None:
            return self.postings.places[self._i].tolist()
        return super().value_as(astype)

    def all_items(self) -> Iterator[tuple[int, bytes]]:
        return zip(self.postings.ids[self._i :], self.postings.values[self._i :], strict=True)

    # Of its block: behind the last posting that of the last, as Whoosh's own matchers say

    @property
    def _block(self) -> int:
        return min(self._i, len(self.postings.ids) - 1) // BLOCK

    def block_max_weight(self) -> float:
        return self.postings.block_weights[self._block]

    def block_min_length(self) -> int:
        return self.postings.block_lengths[self._block][0]

    def block_max_length(self) -> int:
        return self.postings.block_lengths[self._block][1]

    def block_min_id(self) -> int:
        return self.postings.ids[self._i // BLOCK * BLOCK]

    def block_max_id(self) -> int:
        return self.postings.ids[min((self._i // BLOCK + 1) * BLOCK, self._count) - 1]


class ArrayTermInfo(TermInfo):
    """What Whoosh asks of a term, worked out when it is asked. The names are Whoosh's: it changes what they hold."""

    def __init__(self, listed: FieldPostings, number: int) -> None:
        self.postings = Postings(listed, number)

    @cached_property
    def _weight(self) -> float:
        return self.postings.listed.weight_of(self.postings.number)

    @cached_property
    def _df(self) -> int:
        return self.postings.listed.terms.document_frequency(self.postings.number)

    @cached_property
    def _maxweight(self) -> float:
        return float(self.postings.listed.frequencies_of(self.postings.number).max())

    @cached_property
    def _minlength(self) -> int:
        return int(self.postings.lengths.min())

    @cached_property
    def _maxlength(self) -> int:
        return int(self.postings.lengths.max())

    @cached_property
    def _minid(self) -> int:
        return int(self.postings.listed.documents_of(self.postings.number)[0])

    @cached_property
    def _maxid(self) -> int:
        return int(self.postings.listed.documents_of(self.postings.number)[-1])
