"""Notes: a search index with a field of every kind, over rows that stand in no database."""

from typing import Any

from haystack import indexes

from articles.models.collection import Collection


def note(key: int, text: str = "نص", **values: Any) -> Collection:
    """A row; the values of the index's fields are given by name."""
    row = Collection(pk=key, name=f"note {key}")
    row.values = {"text": text, **values}  # type: ignore[attr-defined]
    return row


class NoteIndex(indexes.SearchIndex, indexes.Indexable):
    text = indexes.CharField(document=True)
    heading = indexes.CharField(null=True)
    year = indexes.CharField(null=True, indexed=False)
    section = indexes.CharField(null=True, faceted=True)
    pages = indexes.IntegerField(null=True)
    rating = indexes.FloatField(null=True)
    price = indexes.DecimalField(null=True)
    written_on = indexes.DateField(null=True)
    written_at = indexes.DateTimeField(null=True)
    is_open = indexes.BooleanField(null=True)
    tags = indexes.MultiValueField(null=True, faceted=True)
    beginnings = indexes.EdgeNgramField(null=True)
    pieces = indexes.NgramField(null=True)

    def get_model(self) -> type[Collection]:
        return Collection

    def prepare(self, obj: Any) -> dict[str, Any]:
        prepared = super().prepare(obj)
        return prepared | obj.values
