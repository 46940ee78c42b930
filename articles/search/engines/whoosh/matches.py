"""The documents that something matches: as an ascending list, as a mask over all, or as both.

A list is made of a mask, or a mask of a list, when it is first needed. Which of the two does less depends on how many
they are: few documents are looked up one by one, many through a mask.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from articles.search.engines.whoosh.membership import are_in
from articles.search.engines.whoosh.postings import Postings

Documents = NDArray[np.int64]
Mask = NDArray[np.bool_]
LOOKUP_COST = 16  # looking one document up in a list costs as much as that many steps through an array
QUICK = 4  # where fewer than a quarter of all documents are left, looking them up in tables is less than to join masks
NO_DOCUMENTS: Documents = np.zeros(0, dtype=np.int64)


class Matches:
    """A set of documents, of `size` that there are; neither its list nor its mask may be written to."""

    __slots__ = ("_documents", "_listed", "_mask", "size")

    def __init__(
        self,
        size: int,
        *,
        documents: Documents | None = None,
        mask: Mask | None = None,
        listed: Postings | None = None,
    ) -> None:
        self.size = size
        self._documents = documents if listed is None else listed.documents
        self._mask = mask
        self._listed = listed

    @property
    def nbytes(self) -> int:
        return self.size + self.documents.nbytes

    @property
    def documents(self) -> Documents:
        """The documents, ascending."""
        if self._documents is None:
            self._documents = self.mask.nonzero()[0]
        return self._documents

    @property
    def mask(self) -> Mask:
        if self._mask is None:
            mask = np.zeros(self.size, dtype=np.bool_)
            mask[self.documents] = True
            self._mask = mask
        return self._mask

    def __len__(self) -> int:
        if self._documents is None and self._mask is not None:
            return int(np.count_nonzero(self._mask))
        return len(self.documents)

    def among(self, documents: Documents) -> Mask:
        """Which of the documents, which ascend, are of this set."""
        if self._mask is not None:
            return self._mask.take(documents)
        if self._listed is not None:
            return self._listed.holds(documents)
        if is_few(len(documents), self.size + len(self)):
            return are_in(documents, self.documents)
        return self.mask.take(documents)

    @property
    def is_quick(self) -> bool:
        """Whether documents are looked up in a table."""
        return self._mask is not None or (
            self._listed is not None and self._listed.table(self.size) is not None
        )

    def other(self) -> "Matches":
        """All documents but these."""
        return Matches(self.size, mask=~self.mask)


def is_few(asked: int, steps: int) -> bool:
    """Whether to look so many documents up one by one costs less than so many steps."""
    return asked * LOOKUP_COST < steps


def picked(documents: Documents, kept: Mask) -> Documents:
    """Those of the documents that are kept."""
    return documents.take(np.flatnonzero(kept))


def everything(size: int) -> Matches:
    return Matches(size, documents=np.arange(size), mask=np.ones(size, dtype=np.bool_))


def shared(size: int, wanted: Sequence[Matches], unwanted: Sequence[Matches] = ()) -> Matches:
    """The documents of all the `wanted` sets and of none of the `unwanted`; the smallest decides."""
    if not wanted:
        return Matches(size, mask=~united(size, unwanted).mask) if unwanted else everything(size)
    first, *others = sorted(wanted, key=len)
    if is_few(len(first), size) or (
        len(first) * QUICK < size and all(each.is_quick for each in (*others, *unwanted))
    ):
        documents = first.documents
        for other in others:
            documents = picked(documents, other.among(documents))
        for other in unwanted:
            documents = picked(documents, ~other.among(documents))
        return Matches(size, documents=documents)
    if not others and not unwanted:
        return first
    mask = first.mask.copy()
    for other in others:
        mask &= other.mask
    for other in unwanted:
        mask &= ~other.mask
    return Matches(size, mask=mask)


def united(size: int, parts: Sequence[Matches]) -> Matches:
    """The documents of any of the sets."""
    if len(parts) == 1:
        return parts[0]
    if is_few(sum(map(len, parts)), size):
        lists = [part.documents for part in parts]
        return Matches(size, documents=np.unique(np.concatenate(lists)) if lists else NO_DOCUMENTS)
    mask = np.zeros(size, dtype=np.bool_)
    for part in sorted(parts, key=len):
        mask[part.documents] = True
    return Matches(size, mask=mask)
