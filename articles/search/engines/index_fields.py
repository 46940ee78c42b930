"""Haystack fields that say how our engines are to treat them."""

from typing import Any

from haystack import indexes


class LevelField(indexes.CharField):
    """Arabic words at one level of analysis: «literal», «surface» or «stem».

    Not stored: results come from the database.
    """

    def __init__(self, *, level: str, **options: Any) -> None:
        self.level = level
        options.setdefault("stored", False)
        super().__init__(**options)


class BoundsField(indexes.CharField):
    """Where the sentences, the paragraphs and the body of a text begin; no words to look for."""

    bounds = True


class DistinctField(indexes.CharField):
    """What the different words of a text tell: its «forms» or its «roots». Not stored."""

    def __init__(self, *, told: str, **options: Any) -> None:
        self.told = told
        options.setdefault("stored", False)
        super().__init__(**options)


class RecordField(indexes.CharField):
    """What rescoring reads of a text, in a column; no words to look for."""

    record = True


class WholeField(indexes.CharField):
    """A value kept whole, for filters and facets."""

    whole = True


class WholeListField(indexes.MultiValueField):
    """Several values, each kept whole."""

    whole = True


class NumberField(indexes.IntegerField):
    """A whole number kept as a column, for sorting, ranges and keys."""
