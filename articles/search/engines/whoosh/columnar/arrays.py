"""The two files of a segment, opened once a process: what a segment holds, as arrays."""

import re
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from articles.search.engines.whoosh.columnar import columns, listing
from articles.search.engines.whoosh.columnar.documents import COUNT, LENGTHS
from articles.search.engines.whoosh.columnar.documents import EXTENSION as DOCUMENTS
from articles.search.engines.whoosh.columnar.layout import Array, ArrayFile, changed, damaged
from articles.search.engines.whoosh.columnar.listing import FieldPostings, array_name
from articles.search.engines.whoosh.columnar.terms import NO_TERMS, FieldTerms

TERMS = ".terms"
EXTENSIONS = (DOCUMENTS, TERMS)
SOON_READ = 4 << 20  # bytes of a file, in a millisecond and a half
FIELD = re.compile(rf"(.*)/{listing.TEXT_STARTS}")


class SegmentArrays:
    """What never changes of a segment. Its files stay mapped as long as it is in use, even when they are removed.

    What is read of a field is kept: threads that read it at once find the same.
    """

    def __init__(self, documents: ArrayFile, terms: ArrayFile) -> None:
        self.documents = documents
        self.terms = terms
        self.count: int = documents.facts[COUNT]
        self.fields = tuple(sorted(found[1] for name in terms if (found := FIELD.fullmatch(name))))
        self._postings: dict[str, FieldPostings] = {}
        self._tables: dict[str, list[bytes]] = {}
        self.bounds: dict[str, Any] = {}  # kept by `whoosh.bounds`
        self.problems: tuple[str, ...] = ()  # what was found wrong with its files
        self._is_looked_at = False

    # Terms

    def postings(self, field: str) -> FieldPostings:
        """The postings of a field that has terms; raises KeyError for another."""
        found = self._postings.get(field)
        if found is None:
            found = FieldPostings(self.terms, field, self.lengths(field))
            self._postings[field] = found
        return found

    def words(self, field: str) -> FieldTerms:
        """The terms of a field, none where it has none."""
        return self.postings(field).terms if field in self.fields else NO_TERMS

    def find(self, field: str, term: bytes) -> tuple[FieldPostings, int] | None:
        """The field's postings and the number of the term in them; None where the segment does not hold it."""
        if field not in self.fields:
            return None
        postings = self.postings(field)
        number = postings.terms.find(term)
        return None if number is None else (postings, number)

    # Documents

    def lengths(self, field: str) -> Array | None:
        """The codes of a field's length in each document; None where no document has any."""
        return self.documents.get(array_name(field, LENGTHS))

    def numbers(self, field: str) -> NDArray[Any] | None:
        """A column of numbers, None where no document has one."""
        return self.documents.get(array_name(field, columns.NUMBERS))

    def coded(self, field: str) -> tuple[list[bytes], Array] | None:
        """The different values of a column of byte strings in order, and the code of each document's."""
        codes = self.documents.get(array_name(field, columns.CODES))
        if codes is None:
            return None
        if field not in self._tables:
            self._tables[field] = columns.read_table(self.documents, field)
        return self._tables[field], codes

    def lists(self, field: str, part: str) -> tuple[Array, Array]:
        """The items of one part of a column of lists, and where those of each document begin; empty without one."""
        items = self.documents.get(array_name(field, part))
        if items is None:
            return np.zeros(0, dtype=np.uint32), np.zeros(self.count + 1, dtype=np.uint32)
        return items, self.documents[array_name(field, part, columns.LIST_STARTS)]

    def look(self) -> None:
        """Compare files that are soon read with their checksums, once; larger ones are left to `whoosh.integrity`."""
        if not self._is_looked_at:
            files = [file for file in (self.documents, self.terms) if file.size <= SOON_READ]
            self.problems = tuple(changed(file.path, wrong) for file in files if (wrong := file.damage()))
            self._is_looked_at = True

    def check(self) -> None:
        """Raises IndexDamaged where a file is not what was written. Reads them whole."""
        for file in (self.documents, self.terms):
            if wrong := file.damage():
                raise damaged(file.path, f"is not what was written in {', '.join(wrong)}")


_OPEN: WeakValueDictionary[tuple[Any, ...], SegmentArrays] = WeakValueDictionary()


def open_arrays(folder: Path, segment: Any) -> SegmentArrays:
    """The arrays of a segment, as long as anybody holds them the same ones.

    Raises IndexDamaged where a file is none of ours, not whole, or of another segment.
    """
    paths = [folder / segment.make_filename(extension) for extension in EXTENSIONS]
    key = tuple((path, *_identity(path)) for path in paths)
    arrays = _OPEN.get(key)
    if arrays is None:
        arrays = SegmentArrays(*map(ArrayFile, paths))
        if arrays.count != segment.doc_count_all():
            raise damaged(paths[0], f"has {arrays.count} documents of {segment.doc_count_all()}")
        _OPEN[key] = arrays
    return arrays


def _identity(path: Path) -> tuple[int, int, int]:
    state = path.stat()
    return state.st_ino, state.st_size, state.st_mtime_ns
