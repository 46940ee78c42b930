"""Beside each field of an article's form: where its value came from, and who corrected it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import ModelForm
from django.template.loader import render_to_string
from django.utils.html import format_html

from articles.admin.evidence import place_name
from articles.curation import CURATOR
from articles.models.article import Article
from articles.models.change import Change, Kind

MOST_CHANGES = 200  # looked at for who corrected what
LONGEST_QUOTED = 300
TOGETHER = {"published_precision": "published_on"}  # fields that have the evidence of another


@dataclass(frozen=True, slots=True)
class Correction:
    """Who gave a field its value, and when; `by` is empty where the account is gone."""

    by: str
    made_at: datetime


def with_notes(form: ModelForm) -> None:
    """Put below each field what is known of its value; one query, where a curator corrected anything."""
    article = form.instance
    corrected = {name for name, shown in article.evidence.items() if shown.get("place") == CURATOR}
    made = corrections(article) if corrected & form.fields.keys() else {}
    for name, field in form.fields.items():
        shown = article.evidence.get(name)
        if shown:
            context = {
                "name": name,
                "is_corrected": name in corrected,
                "correction": made.get(name),
                "place": place_name(shown.get("place", "")),
                "text": shown.get("text", "")[:LONGEST_QUOTED],
                "confidence": percent(shown),
            }
            note = render_to_string("admin/articles/_field_note.html", context)
            field.help_text = format_html("{} {}", field.help_text, note)


def corrections(article: Article) -> dict[str, Correction]:
    """The last change that a curator made of each field."""
    rows = Change.objects.filter(kind=Kind.ARTICLE, key=article.pk, run=None).order_by("-pk")
    found: dict[str, Correction] = {}
    for fields, actor, made_at in rows.values_list("fields", "actor__username", "made_at")[:MOST_CHANGES]:
        for name in fields:
            found.setdefault(TOGETHER.get(name, name), Correction(actor or "", made_at))
    return found


def percent(shown: dict[str, Any]) -> int | None:
    """How sure the importer was, in hundredths; None where it was sure.

    >>> percent({"place": "byline", "confidence": 0.6}), percent({"place": "byline"})
    (60, None)
    """
    confidence = shown.get("confidence")
    return round(confidence * 100) if isinstance(confidence, int | float) else None
