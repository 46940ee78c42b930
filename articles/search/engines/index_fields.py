"""Haystack fields that say how our engines are to treat them."""

from typing import Any

from haystack import indexes


class LevelField(indexes.CharField):
    """Arabic words at one level of analysis: «stem» or «surface». Not stored: results come from the database."""

    def __init__(self, *, level: str, **options: Any) -> None:
        self.level = level
        options.setdefault("stored", False)
        super().__init__(**options)


class WholeField(indexes.CharField):
    """A value kept whole, for filters and facets."""

    whole = True


class WholeListField(indexes.MultiValueField):
    """Several values, each kept whole."""

    whole = True


class NumberField(indexes.IntegerField):
    """A whole number kept as a column, for sorting, ranges and keys."""
