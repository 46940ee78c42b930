"""Haystack's fields and prepared values as Whoosh takes them, and stored values as Haystack's again."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.exceptions import SearchBackendError
from whoosh.fields import BOOLEAN, DATETIME, NGRAMWORDS, NUMERIC, STORED, TEXT, FieldType, Schema
from whoosh.fields import ID as WHOLE

from articles.search.engines.schema import VALUE_BREAK
from articles.search.engines.whoosh.fields import ArabicText, Bounds, DistinctTerms, LevelAnalyzer
from articles.search.engines.whoosh.grams import RecordColumn

NGRAM_SIZES = (3, 15)
EDGE_NGRAM_SIZES = (2, 15)
TOLD = ("level", "told", "coding")  # what our own fields say of their terms


def build_schema(fields: Iterable[Any]) -> tuple[str, Schema]:
    """The name of the document field, and Haystack's fields as Whoosh's."""
    declared = list(fields)
    if not declared:
        raise SearchBackendError("no search index declares a field: there is nothing to search")
    content = next((field.index_fieldname for field in declared if field.document), "")
    own = {ID: WHOLE(stored=True, unique=True), DJANGO_CT: WHOLE(stored=True), DJANGO_ID: WHOLE(stored=True)}
    return content, Schema(**own, **{field.index_fieldname: whoosh_field(field) for field in declared})


def whoosh_field(field: Any) -> FieldType:
    """The Whoosh field for one Haystack field: whole values are never split, text is Arabic text."""
    if field.is_multivalued or getattr(field, "whole", False):
        return WHOLE(stored=field.stored, sortable=True)
    if getattr(field, "record", False):
        return RecordColumn()
    if getattr(field, "bounds", False):
        return Bounds()
    if hasattr(field, "told"):
        return DistinctTerms(field.told)
    if hasattr(field, "level"):
        return ArabicText(field.level, stored=field.stored, field_boost=field.boost)
    match field.field_type:
        case "date" | "datetime":
            return DATETIME(stored=field.stored, sortable=True)
        case "integer":
            return NUMERIC(int, bits=64, stored=field.stored, field_boost=field.boost, sortable=True)
        case "float":
            # Whoosh cannot make a column of floats: its default, NaN, is not one of the numbers it packs.
            return NUMERIC(float, stored=True, field_boost=field.boost)
        case "boolean":
            return BOOLEAN(stored=field.stored)
        case _:
            return _text_field(field)


def _text_field(field: Any) -> FieldType:
    if getattr(field, "facet_for", None):
        return WHOLE(stored=field.stored, sortable=True)
    if not field.indexed:
        return STORED()
    if field.field_type in ("ngram", "edge_ngram"):
        at, (least, most) = (
            ("start", EDGE_NGRAM_SIZES) if field.field_type == "edge_ngram" else (None, NGRAM_SIZES)
        )
        return NGRAMWORDS(
            least,
            most,
            stored=field.stored,
            field_boost=field.boost,
            tokenizer=LevelAnalyzer("surface"),
            at=at,
        )
    if field.analyzer:
        return TEXT(analyzer=field.analyzer, stored=field.stored, field_boost=field.boost)
    return ArabicText("stem", stored=field.stored, field_boost=field.boost)


def layout(schema: Schema) -> dict[str, tuple[Any, ...]]:
    """What of its fields an index and the code must agree on."""
    return {
        name: (
            type(field),
            *(getattr(field, told, "") for told in TOLD),
            bool(field.stored),
            bool(field.column_type),
        )
        for name, field in schema.items()
    }


def is_whole(field: FieldType) -> bool:
    """Whether a field's values are looked for whole, letter for letter."""
    return isinstance(field, WHOLE)


def whoosh_values(prepared: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Haystack's prepared values as Whoosh takes them; several values of a field are stored joined."""
    for name, value in prepared.items():
        if type(value) is str:  # nearly all are
            yield name, value
        elif isinstance(value, list | tuple | set | frozenset):
            texts = [str(item) for item in value]
            yield name, texts
            yield f"_stored_{name}", VALUE_BREAK.join(texts)
        elif isinstance(value, date):
            yield name, moment(value)
        elif isinstance(value, bool | int | float):
            yield name, value
        elif value is not None:
            yield name, str(value)


def document(index: Any, instance: Any) -> dict[str, Any]:
    """The document that a Haystack index makes of a row, as Whoosh takes it."""
    values = index.full_prepare(instance)
    values.pop("boost", None)
    return dict(whoosh_values(values))


def moment(day: date) -> datetime:
    """A date or a moment as the index keeps it: without a time zone, in UTC where it had one.

    >>> moment(date(2015, 7, 21))
    datetime.datetime(2015, 7, 21, 0, 0)
    """
    if not isinstance(day, datetime):
        return datetime(day.year, day.month, day.day)
    return day.astimezone(UTC).replace(tzinfo=None) if day.tzinfo else day


def restored(fields: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """Stored values as the types their Haystack fields declare; a value that no field declares stays as it is."""
    values = {name: value for name, value in stored.items() if name not in (DJANGO_CT, DJANGO_ID)}
    return {name: _restored(fields.get(name), value) for name, value in values.items()}


def _restored(field: Any, value: Any) -> Any:
    if field is None:
        return value
    if field.is_multivalued:
        return value.split(VALUE_BREAK) if value else []
    return field.convert(value)
