"""Whoosh's interface to the terms of a segment."""

from collections.abc import Iterable, Iterator
from typing import Any

from whoosh.codec.base import EmptyCursor, FieldCursor, TermsReader
from whoosh.formats import Format
from whoosh.reading import TermNotFound

from articles.search.engines.whoosh.columnar.arrays import SegmentArrays
from articles.search.engines.whoosh.columnar.listing import FieldPostings
from articles.search.engines.whoosh.columnar.matcher import ArrayMatcher, ArrayTermInfo, Postings

Term = tuple[str, bytes]


class ArrayTermsReader(TermsReader):
    def __init__(self, arrays: SegmentArrays) -> None:
        self.arrays = arrays

    def __contains__(self, term: Term) -> bool:
        return self.arrays.find(*term) is not None

    def indexed_field_names(self) -> Iterable[str]:
        return self.arrays.fields

    def terms(self) -> Iterator[Term]:
        for name in self.arrays.fields:
            for term in self.arrays.postings(name).terms:
                yield name, term

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        for name, _number, term in self._from(fieldname, prefix):
            yield name, term

    def items(self) -> Iterator[tuple[Term, ArrayTermInfo]]:
        for name in self.arrays.fields:
            yield from self.items_from(name, b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, ArrayTermInfo]]:
        for name, number, term in self._from(fieldname, prefix):
            yield (name, term), ArrayTermInfo(self.arrays.postings(name), number)

    def _from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, int, bytes]]:
        """The terms of a field from one on; Whoosh stops where the field's name changes."""
        if fieldname in self.arrays.fields:
            terms = self.arrays.postings(fieldname).terms
            for number in range(terms.first_from(prefix), len(terms)):
                yield fieldname, number, terms[number]

    def _found(self, fieldname: str, text: bytes) -> tuple[FieldPostings, int]:
        found = self.arrays.find(fieldname, text)
        if found is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return found

    def term_info(self, fieldname: str, text: bytes) -> ArrayTermInfo:
        return ArrayTermInfo(*self._found(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> float:
        found = self.arrays.find(fieldname, text)
        return found[0].weight_of(found[1]) if found else 0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        found = self.arrays.find(fieldname, text)
        return found[0].terms.document_frequency(found[1]) if found else 0

    def matcher(self, fieldname: str, text: bytes, format_: Format, scorer: Any = None) -> ArrayMatcher:
        return ArrayMatcher(Postings(*self._found(fieldname, text)), format_, (fieldname, text), scorer)

    def cursor(self, fieldname: str, fieldobj: Any) -> FieldCursor:
        if fieldname not in self.arrays.fields:
            return EmptyCursor()
        return ArrayCursor(self.arrays.postings(fieldname), fieldobj)


class ArrayCursor(FieldCursor):
    """Stands on one term of a field, at first on the first."""

    def __init__(self, listed: FieldPostings, field: Any) -> None:
        self.listed = listed
        self.field = field
        self.number = 0

    def is_valid(self) -> bool:
        return self.number < len(self.listed.terms)

    def text(self) -> str | None:
        return self.field.from_bytes(self.listed.terms[self.number]) if self.is_valid() else None

    def first(self) -> str | None:
        self.number = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        wanted = term if isinstance(term, bytes) else self.field.to_bytes(term)
        self.number = self.listed.terms.first_from(wanted)
        return self.text()

    def next(self) -> str | None:
        self.number = min(self.number + 1, len(self.listed.terms))
        return self.text()

    def term_info(self) -> ArrayTermInfo | None:
        return ArrayTermInfo(self.listed, self.number) if self.is_valid() else None
