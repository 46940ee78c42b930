"""Documents of a batch taken into a writer field by field: what Whoosh's `add_document` does of each, in fewer steps.

Values that come again, as outlets and days do, are turned into terms once. Where a document asks for something that
only Whoosh's way knows (boosts, vectors, a field for spelling), the batch goes that way.
"""

from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

from whoosh.fields import NUMERIC, UnknownFieldError
from whoosh.util.numeric import length_to_byte, to_sortable

from articles.search.engines.whoosh.analysing import Analysed
from articles.search.engines.whoosh.columnar.documents import DocumentsWriter, FieldBatch
from articles.search.engines.whoosh.columnar.pool import Pool
from articles.search.engines.whoosh.fields import Given

STORED = "_stored_"


class Value(NamedTuple):
    """What a value of a field tells: its terms with weight and bytes, its length as one byte, and its total length."""

    postings: list[tuple[bytes, float, bytes]]
    code: int
    length: int


def add_documents(writer: Any, analysed: Analysed) -> None:
    """Write an analysed batch."""
    first, documents = writer.docnum, analysed.documents
    if _is_plain(writer.schema, documents):
        _add_by_field(writer, documents, first)
    else:
        for document in documents:
            writer.add_document(**document)
    writer.pool.add_analysed(analysed, first)


def _is_plain(schema: Any, documents: Sequence[dict[str, Any]]) -> bool:
    if any(field.vector or field.separate_spelling() for _name, field in schema.items()):
        return False
    names = {name for document in documents for name in document}
    return all(name.startswith(STORED) for name in names if name.startswith("_"))


def _add_by_field(writer: Any, documents: Sequence[dict[str, Any]], first: int) -> None:
    names = sorted({name for document in documents for name in document if not name.startswith("_")})
    if unknown := [name for name in names if name not in writer.schema]:
        raise UnknownFieldError(f"no field is named {', '.join(unknown)}")
    kept: DocumentsWriter = writer.perdocwriter
    batch = {name: _field(writer, name, documents, first) for name in names}
    kept.add_batch(len(documents), batch)
    writer.docnum += len(documents)
    writer._added = writer._added or bool(documents)


def _field(writer: Any, name: str, documents: Sequence[dict[str, Any]], first: int) -> FieldBatch:
    """What is kept of the field in each document; its terms go into the pool."""
    field, told = writer.schema[name], STORED + name
    places = [place for place, document in enumerate(documents) if document.get(name) is not None]
    values = [documents[place][name] for place in places]
    shown = [documents[place].get(told, value) for place, value in zip(places, values, strict=True)]
    codes, total = bytes(len(places)), 0
    if field.indexed:
        codes, total = _add_terms(writer.pool, field, name, [first + place for place in places], values)
    columns = None
    if field.column_type:
        columns = [(place, value) for place, value in zip(places, shown, strict=True) if value is not None]
        known: dict[Hashable, Any] = {}
        columns = [(place, _column_value(field, value, known)) for place, value in columns]
    stored = list(zip(places, shown, strict=True)) if field.stored else []
    return FieldBatch(places, codes, total, field.column_type, columns or [], stored)


def _add_terms(
    pool: Pool, field: Any, name: str, documents: Sequence[int], values: Sequence[Any]
) -> tuple[bytes, int]:
    """Add the terms of the values; the codes of their lengths, and all lengths together."""
    if {*map(type, values)} == {Given}:
        return _given(field, values)
    known: dict[Hashable, Value] = {}
    codes, total = bytearray(), 0
    for document, value in zip(documents, values, strict=True):
        if isinstance(value, Given):
            code, length = _length(field, value)
            codes.append(code)
            total += length
            continue
        told = known.get(value) if isinstance(value, Hashable) else None
        if told is None:
            told = _told(field, value)
            if isinstance(value, Hashable):
                known[value] = told
        pool.add_postings(name, told.postings, document)
        codes.append(told.code)
        total += told.length
    return bytes(codes), total


def _given(field: Any, lengths: Sequence[int]) -> tuple[bytes, int]:
    """The codes of lengths whose terms come together, and all lengths together."""
    known = {length: _length(field, length) for length in {*lengths}}
    return bytes([known[length][0] for length in lengths]), sum([known[length][1] for length in lengths])


def _told(field: Any, value: Any) -> Value:
    if (
        isinstance(field, NUMERIC)
        and field.shift_step
        and isinstance(value, int)
        and not field.decimal_places
    ):
        return Value(
            [(term, 1.0, b"") for term in number_terms(field, value)],
            *_length(field, field.bits // field.shift_step),
        )
    items = list(field.index(value))
    length = sum(frequency for _term, frequency, _weight, _value in items)
    return Value([(term, weight, told) for term, _frequency, weight, told in items], *_length(field, length))


def _length(field: Any, length: int) -> tuple[int, int]:
    return (length_to_byte(length), length) if field.scorable and length else (0, 0)


def number_terms(field: NUMERIC, number: int) -> list[bytes]:
    """The terms of a whole number, as the field's own `index` gives them: it looks at the number once for each."""
    sortable = to_sortable(field.numtype, field.bits, field.signed, field.prepare_number(number))
    pack = field._struct.pack
    return [bytes((shift,)) + pack(sortable >> shift) for shift in range(0, field.bits, field.shift_step)]


def _column_value(field: Any, value: Any, known: dict[Hashable, Any]) -> Any:
    if not isinstance(value, Hashable):
        return field.to_column_value(value)
    if value not in known:
        known[value] = field.to_column_value(value)
    return known[value]
