"""What a writer collects of each field until its segment is written: flat arrays of numbers, no object a posting."""

from array import array
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from articles.search.engines.whoosh.analysing import Analysed, SetBatch, TextBatch
from articles.search.engines.whoosh.columnar.layout import Array, ArrayWriter
from articles.search.engines.whoosh.columnar.slabs import Expected, FieldStreams, Slab, place_type
from articles.search.engines.whoosh.fields import (
    NARROW,
    DistinctTerms,
    Given,
    Occurrences,
    PlacedField,
    TermSet,
    decode,
)

LOW = np.uint64(32)  # bits of a sorting key that number the occurrence
Term = TypeVar("Term", str, bytes)


class TermNumbers(dict[Term, int], Generic[Term]):
    """Numbers the terms of a field in the order in which they come."""

    def __missing__(self, term: Term) -> int:
        number = self[term] = len(self)
        return number


class Collected(Generic[Term]):
    """The occurrences of the terms of one field: for each the term's number and the document."""

    def __init__(self) -> None:
        self.numbers: TermNumbers[Term] = TermNumbers()
        self.terms, self.documents = array("I"), array("I")

    def add(self, terms: Collection[Term], document: int) -> None:
        numbers = self.numbers
        self.terms.extend([numbers[term] for term in terms])
        self.documents.extend([document] * len(terms))

    def add_numbered(self, terms: list[Term], numbers: Array, documents: Array) -> None:
        """Many occurrences: of each the place of its term in `terms`, and the document."""
        if self.numbers:
            own = np.array([self.numbers[term] for term in terms], dtype=np.uint32)
            numbers = own[numbers]
        else:
            self.numbers.update(zip(terms, range(len(terms)), strict=True))
        self.terms.frombytes(numbers.astype(np.uint32).tobytes())
        self.documents.frombytes(documents.astype(np.uint32).tobytes())

    def sorted(self) -> tuple[list[bytes], Array, Array, Array]:
        """The terms in the order of their bytes; and in that order, then by document, the rank of each occurrence's
        term, its document, and its number among all occurrences."""
        names = sorted(self.numbers)  # letters are in the same order as their bytes
        rank = np.empty(len(names), dtype=np.uint64)
        rank[list(map(self.numbers.__getitem__, names))] = np.arange(len(names), dtype=np.uint64)
        documents = np.frombuffer(self.documents, dtype=np.uint32)
        ranks = rank[np.frombuffer(self.terms, dtype=np.uint32)]
        if (documents[1:] < documents[:-1]).any():  # the postings of another index, term by term
            order = np.lexsort((documents, ranks))
        else:
            keys = np.sort(ranks << LOW | np.arange(len(ranks), dtype=np.uint64))
            order = (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
        encoded = [name.encode() if isinstance(name, str) else name for name in names]
        return encoded, ranks[order], documents[order], order

    def expected(self, names: list[bytes], documents: int, **more: Any) -> Expected:
        text = sum(map(len, names)) + len(names)
        return Expected(documents=documents, postings=len(self.documents), text=text, **more)


class SetPool(Collected[str]):
    """The terms of a field that tells nothing but which documents hold them."""

    def write(self, writer: ArrayWriter, field: str, documents: int) -> None:
        names, ranks, held, _order = self.sorted()
        streams = FieldStreams(writer, field, self.expected(names, documents))
        streams.extend(Slab(names, _counts(ranks, names), held))
        streams.close()


class TextPool(Collected[str]):
    """The words of a field with their positions."""

    def __init__(self) -> None:
        super().__init__()
        self.places = array("I")

    def add_text(self, occurrences: Occurrences, document: int) -> None:
        self.add(occurrences.terms, document)
        self.places.extend(occurrences.places)

    def add_posting(self, term: str, document: int, value: bytes) -> None:
        """A posting of another index."""
        places = decode(value)
        self.add([term] * len(places), document)
        self.places.frombytes(places.tobytes())

    def write(self, writer: ArrayWriter, field: str, documents: int) -> None:
        names, ranks, held, order = self.sorted()
        places = np.frombuffer(self.places, dtype=np.uint32)[order]
        new = np.diff(ranks, prepend=~ranks[:1]) != 0
        new |= np.diff(held, prepend=~held[:1]) != 0
        firsts = np.nonzero(new)[0]
        large = int(np.count_nonzero(places >= np.iinfo(NARROW).max))
        expected = self.expected(
            names, documents, places=len(places), place_type=place_type(len(places), large)
        )
        streams = FieldStreams(writer, field, expected)
        streams.extend(
            Slab(
                names,
                _counts(ranks[firsts], names),
                held[firsts],
                frequencies=np.diff(firsts, append=len(ranks)),
                place_counts=_counts(ranks, names),
                places=places,
            )
        )
        streams.close()


class OtherPool(Collected[bytes]):
    """Postings of a format that is not ours: each with a weight, and bytes that the format reads."""

    def __init__(self) -> None:
        super().__init__()
        self.weights = array("f")
        self.values: list[bytes] = []

    def add_posting(self, term: bytes, document: int, weight: float, value: bytes) -> None:
        self.terms.append(self.numbers[term])
        self.documents.append(document)
        self.weights.append(weight)
        self.values.append(value)

    def add_postings(self, postings: Sequence[tuple[bytes, float, bytes]], document: int) -> None:
        numbers = self.numbers
        self.terms.extend([numbers[term] for term, _weight, _value in postings])
        self.documents.extend([document] * len(postings))
        self.weights.extend([weight for _term, weight, _value in postings])
        self.values.extend([value for _term, _weight, value in postings])

    def write(self, writer: ArrayWriter, field: str, documents: int) -> None:
        names, ranks, held, order = self.sorted()
        weights = np.frombuffer(self.weights, dtype=np.float32)[order]
        values = [self.values[number] for number in order.tolist()]
        has_weights, has_values = bool((weights != 1).any()), any(values)
        joined = b"".join(values)
        expected = self.expected(
            names, documents, weights=has_weights, values=len(joined) if has_values else None
        )
        streams = FieldStreams(writer, field, expected)
        streams.extend(
            Slab(
                names,
                _counts(ranks, names),
                held,
                weights=weights if has_weights else None,
                values=np.frombuffer(joined, dtype=np.uint8) if has_values else None,
                value_lengths=np.array(list(map(len, values)), dtype=np.int64) if has_values else None,
            )
        )
        streams.close()


def _counts(ranks: Array, names: list[bytes]) -> NDArray[np.int64]:
    counts: NDArray[np.int64] = np.bincount(ranks.astype(np.int64), minlength=len(names))
    return counts


class Pool:
    """Collects what a writer adds, field by field."""

    def __init__(self, schema: Any) -> None:
        self.schema = schema
        self.fields: dict[str, TextPool | SetPool | OtherPool] = {}

    def add(self, posting: tuple[str, Any, int, float, Any]) -> None:
        """Whoosh's interface: one posting, or (from our own fields) all that a text says."""
        field, term, document, weight, value = posting
        pool = self.fields.get(field)
        if pool is None:
            pool = self.fields[field] = self._pool_of(self.schema[field])
        match pool, term:
            case TextPool(), Occurrences():
                pool.add_text(term, document)
            case SetPool(), TermSet(terms):
                pool.add(terms, document)
            case TextPool(), bytes():
                pool.add_posting(term.decode(), document, value)
            case SetPool(), bytes():
                pool.add((term.decode(),), document)
            case _, Given():
                pass  # `add_analysed` brings what it stands for
            case OtherPool(), _:
                pool.add_posting(term, document, weight, value)

    def add_postings(self, field: str, postings: Sequence[tuple[Any, float, Any]], document: int) -> None:
        """All terms of a value, with the weight and the bytes of each."""
        if not postings:
            return
        pool = self.fields.get(field)
        if pool is None:
            pool = self.fields[field] = self._pool_of(self.schema[field])
        if isinstance(pool, OtherPool):
            pool.add_postings(postings, document)
            return
        for term, weight, value in postings:
            self.add((field, term, document, weight, value))

    def add_analysed(self, analysed: Analysed, first: int) -> None:
        """What the texts of a batch say whose first document is `first`."""
        for name, batch in {**analysed.texts, **analysed.sets}.items():
            pool = self.fields.setdefault(name, self._pool_of(self.schema[name]))
            match pool, batch:
                case TextPool(), TextBatch():
                    pool.add_numbered(batch.terms, batch.numbers, batch.documents + np.uint32(first))
                    pool.places.frombytes(batch.places.tobytes())
                case SetPool(), SetBatch():
                    pool.add_numbered(batch.terms, batch.numbers, batch.documents + np.uint32(first))

    def _pool_of(self, field: Any) -> TextPool | SetPool | OtherPool:
        if isinstance(field, PlacedField):
            return TextPool()
        return SetPool() if isinstance(field, DistinctTerms) else OtherPool()

    def iter_postings(self) -> Iterator[tuple[str, TextPool | SetPool | OtherPool]]:
        """The fields in order, each let go of as soon as it is written."""
        for name in sorted(self.fields):
            yield name, self.fields.pop(name)

    def cleanup(self) -> None:
        self.fields.clear()
