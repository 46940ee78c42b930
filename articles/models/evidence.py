"""Columns of an article that tell of its evidence what lists ask for: its least sure value, and what was corrected.

They are set whenever a row is saved with them, as `auto_now` sets a moment. An update in the database and a restored
row take them from `told_by`.
"""

from typing import Any

from django.db import models

CURATOR = "curator"  # the place of evidence for a value that a person gave


def lowest_confidence(evidence: Any) -> float | None:
    """How sure the least sure of the values is, from 0 to 1; None where none is in doubt.

    >>> lowest_confidence({"title": {"place": "h1"}, "author": {"place": "dateline", "confidence": 0.5}})
    0.5
    """
    doubts = [shown["confidence"] for shown in _shown(evidence) if _is_doubt(shown.get("confidence"))]
    return min(doubts, default=None)


def corrected_fields(evidence: Any) -> int | None:
    """How many fields a curator corrected; None where that is none.

    >>> corrected_fields({"title": {"place": "curator", "text": ""}, "author": {"place": "dateline"}})
    1
    """
    return sum(shown.get("place") == CURATOR for shown in _shown(evidence)) or None


def told_by(evidence: Any) -> dict[str, Any]:
    """The columns, as an update takes them."""
    return {"confidence": lowest_confidence(evidence), "corrected": corrected_fields(evidence)}


def _shown(evidence: Any) -> list[dict[str, Any]]:
    """What is said of each field; a restored archive may say anything."""
    held = evidence.values() if isinstance(evidence, dict) else ()
    return [shown for shown in held if isinstance(shown, dict)]


def _is_doubt(confidence: Any) -> bool:
    return isinstance(confidence, int | float) and 0 <= confidence < 1


class ConfidenceField(models.FloatField):
    """`lowest_confidence` of the row's evidence. To migrations it is the plain field that it is in the database."""

    def pre_save(self, model_instance: models.Model, add: bool) -> float | None:
        value = lowest_confidence(model_instance.evidence)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.FloatField", args, kwargs


class CorrectedField(models.PositiveSmallIntegerField):
    """`corrected_fields` of the row's evidence, kept likewise."""

    def pre_save(self, model_instance: models.Model, add: bool) -> int | None:
        value = corrected_fields(model_instance.evidence)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.PositiveSmallIntegerField", args, kwargs
