"""What a writer collects of each field until its segment is written: flat arrays of numbers, no object a posting."""

from array import array
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

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

NO_PLACES: Array = np.zeros(0, dtype=np.uint32)
LOW = np.uint64(32)  # bits of a sorting key that number the occurrence
Term = TypeVar("Term", str, bytes)


class TermNumbers(dict[Term, int], Generic[Term]):
    """Numbers the terms of a field in the order in which they come."""

    def __missing__(self, term: Term) -> int:
        number = self[term] = len(self)
        return number


class Many(NamedTuple, Generic[Term]):
    """Many occurrences: the place of each one's term in `terms`, its document, and its position in a field of texts."""

    terms: list[Term]
    numbers: Array
    documents: Array
    places: Array


class Collected(Generic[Term]):
    """The occurrences of the terms of one field: for each the term's number and the document.

    Many that come together, and alone, are kept as they come: so each batch of a build does.
    """

    def __init__(self) -> None:
        self.numbers: TermNumbers[Term] = TermNumbers()
        self.terms, self.documents, self.places = array("I"), array("I"), array("I")
        self.many: Many[Term] | None = None

    def add(self, terms: Collection[Term], document: int) -> None:
        self._spread()
        numbers = self.numbers
        self.terms.extend([numbers[term] for term in terms])
        self.documents.extend([document] * len(terms))

    def add_many(self, many: Many[Term]) -> None:
        if not self.documents and self.many is None:
            self.many = many
            return
        self._spread()
        self._add_many(many)

    def _spread(self) -> None:
        """Take what came together in with what comes one by one."""
        many, self.many = self.many, None
        if many is not None:
            self._add_many(many)

    def _add_many(self, many: Many[Term]) -> None:
        own = np.array([self.numbers[term] for term in many.terms], dtype=np.uint32)
        self.terms.frombytes(own[many.numbers].tobytes())
        for held, added in ((self.documents, many.documents), (self.places, many.places)):
            held.frombytes(added.astype(np.uint32).tobytes())

    def _all(self) -> Many[Term]:
        if self.many is not None:
            return self.many
        held = (np.frombuffer(each, dtype=np.uint32) for each in (self.terms, self.documents, self.places))
        return Many(list(self.numbers), *held)

    def sorted(self) -> tuple[list[bytes], Array, Array, Array, Array]:
        """The terms in the order of their bytes; and in that order, then by document, the rank of each occurrence's
        term, its document, its number among all occurrences, and the positions, which stand as they came."""
        held = self._all()
        names = held.terms
        order = sorted(
            range(len(names)), key=names.__getitem__
        )  # letters are in the same order as their bytes
        rank = np.empty(len(names), dtype=np.uint64)
        rank[order] = np.arange(len(names), dtype=np.uint64)
        documents, ranks = held.documents, rank[held.numbers]
        if (documents[1:] < documents[:-1]).any():  # the postings of another index, term by term
            places = np.lexsort((documents, ranks))
        else:
            keys = np.sort(ranks << LOW | np.arange(len(ranks), dtype=np.uint64))
            places = (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
        return (
            encoded([names[number] for number in order]),
            ranks[places],
            documents[places],
            places,
            held.places,
        )

    def expected(self, names: list[bytes], documents: int, postings: int, **more: Any) -> Expected:
        text = sum(map(len, names)) + len(names)
        return Expected(documents=documents, postings=postings, text=text, **more)


class SetPool(Collected[str]):
    """The terms of a field that tells nothing but which documents hold them."""

    def write(self, writer: ArrayWriter, field: str, documents: int) -> None:
        names, ranks, held, _order, _places = self.sorted()
        streams = FieldStreams(writer, field, self.expected(names, documents, len(held)))
        streams.extend(Slab(names, _counts(ranks, names), held))
        streams.close()


class TextPool(Collected[str]):
    """The words of a field with their positions."""

    def add_text(self, occurrences: Occurrences, document: int) -> None:
        self.add(occurrences.terms, document)
        self.places.extend(occurrences.places)

    def add_posting(self, term: str, document: int, value: bytes) -> None:
        """A posting of another index."""
        places = decode(value)
        self.add([term] * len(places), document)
        self.places.frombytes(places.tobytes())

    def write(self, writer: ArrayWriter, field: str, documents: int) -> None:
        names, ranks, held, order, unordered = self.sorted()
        places = unordered[order]
        new = np.diff(ranks, prepend=~ranks[:1]) != 0
        new |= np.diff(held, prepend=~held[:1]) != 0
        firsts = np.nonzero(new)[0]
        large = int(np.count_nonzero(places >= np.iinfo(NARROW).max))
        expected = self.expected(
            names, documents, len(held), places=len(places), place_type=place_type(len(places), large)
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
        names, ranks, held, order, _places = self.sorted()
        weights = np.frombuffer(self.weights, dtype=np.float32)[order]
        values = [self.values[number] for number in order.tolist()]
        has_weights, has_values = bool((weights != 1).any()), any(values)
        joined = b"".join(values)
        expected = self.expected(
            names, documents, len(held), weights=has_weights, values=len(joined) if has_values else None
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


def _counted_from(first: int, batch: TextBatch | SetBatch) -> Array:
    return batch.documents + np.uint32(first) if first else batch.documents


def encoded(names: Sequence[str | bytes]) -> list[bytes]:
    """The names as bytes.

    >>> encoded(["ab", "c\\n"]), encoded([b"d"])
    ([b'ab', b'c\\n'], [b'd'])
    """
    try:
        lines = "\n".join(names).encode().split(b"\n")  # type: ignore[arg-type]
    except TypeError:
        return list(names)  # type: ignore[arg-type]
    if len(lines) == len(names):
        return lines
    return [name.encode() for name in names if isinstance(name, str)]  # one holds a line end


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
                    pool.add_many(Many(batch.terms, batch.numbers, _counted_from(first, batch), batch.places))
                case SetPool(), SetBatch():
                    pool.add_many(Many(batch.terms, batch.numbers, _counted_from(first, batch), NO_PLACES))

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
