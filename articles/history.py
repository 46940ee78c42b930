"""What changed in what curators keep, field by field: noted by the verbs, read on history pages, taken back from there.

A caller asks for `fields_of` a row before it is changed, changes it, and has the difference written by `note`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db.models import ManyToManyField, Model

from articles.models.article import Article
from articles.models.change import Change, Kind
from articles.models.collection import Collection
from articles.models.extraction import ExtractionRules
from articles.models.import_run import ImportRun
from articles.models.source import Source
from articles.models.stem_exceptions import StemException
from articles.models.synonyms import SynonymGroup
from articles.models.version import ArticleVersion

Fields = Mapping[str, Any]

KINDS: Mapping[type[Model], Kind] = {
    Article: Kind.ARTICLE,
    Source: Kind.SOURCE,
    Collection: Kind.COLLECTION,
    SynonymGroup: Kind.SYNONYMS,
    ExtractionRules: Kind.RULES,
    StemException: Kind.KEPT_WORD,
}
BODY, TERMS, NAMES, VERSION = "body", "terms", "names", "version"
MERGED = "merged"  # articles that were merged into one: their titles and public ids
# What no curator types, and follows from what they do.
UNTOLD = {"evidence", "related_links", "title_is_derived"}
LONGEST_LABEL, LONGEST_REASON = 200, 300


def fields_of(row: Model) -> dict[str, Any]:
    """What a row's fields say, as JSON holds it: rows named by their keys, a group's terms in order.

    >>> fields_of(Collection(name="ملفات", slug="ملفات"))
    {'name': 'ملفات', 'slug': 'ملفات', 'description': ''}
    """
    meta = row._meta
    held = {
        field.name: plain(field.value_from_object(row))
        for field in meta.concrete_fields
        if field.editable and not field.primary_key and field.name not in UNTOLD
    }
    if row.pk:
        held |= {field.name: _keys(row, field) for field in meta.many_to_many}
    if row.pk and isinstance(row, SynonymGroup):
        held[TERMS] = [
            list(term) for term in row.terms.order_by("order", "pk").values_list("text", "is_source")
        ]
    if row.pk and isinstance(row, Source):
        held[NAMES] = list(row.names.order_by("name").values_list("name", flat=True))
    return held


def _keys(row: Model, field: "ManyToManyField[Any, Any]") -> list[int]:
    return sorted(getattr(row, field.name).values_list("pk", flat=True))


def plain(value: Any) -> Any:
    """A value as JSON holds it: a day as it is written."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def note(
    row: Model, before: Fields, *, by: User | None, reason: str = "", run: ImportRun | None = None
) -> Change | None:
    """Write down what changed in the row since it said `before`; None where nothing did.

    Of a new row `before` is empty. The bodies of an article are named by their versions, which are there already.
    """
    after = fields_of(row)
    changed = {
        name: [before.get(name), value]
        for name, value in after.items()
        if before.get(name) != value and (before or value not in ("", None, []))
    }
    if isinstance(row, Article) and BODY in changed:
        changed[BODY] = [_version(row, text) for text in changed[BODY]]
        if not any(changed[BODY]):  # just written: there is nothing else that it ever said
            del changed[BODY]
    if not changed:
        return None
    return Change.objects.create(
        kind=KINDS[type(row)],
        key=row.pk,
        label=str(row)[:LONGEST_LABEL],
        fields=changed,
        actor=by,
        run=run,
        reason=reason.strip()[:LONGEST_REASON],
    )


def note_deed(row: Model, *, by: User, reason: str) -> Change:
    """Write down what was done to a row and changed none of its fields."""
    return Change.objects.create(
        kind=KINDS[type(row)],
        key=row.pk,
        label=str(row)[:LONGEST_LABEL],
        actor=by,
        reason=reason[:LONGEST_REASON],
    )


def note_each(rows: Iterable[tuple[int, str, Fields]], kind: Kind, *, by: User, reason: str = "") -> None:
    """Write down one change for each of many rows: its key, its name, and its fields as `Change` keeps them."""
    Change.objects.bulk_create(
        Change(
            kind=kind,
            key=key,
            label=label[:LONGEST_LABEL],
            fields=dict(fields),
            actor=by,
            reason=reason.strip()[:LONGEST_REASON],
        )
        for key, label, fields in rows
    )


def _version(article: Article, body: str | None) -> dict[str, int] | None:
    """Where a body is kept; None for that of an article that was just written."""
    if body is None:
        return None
    held = ArticleVersion.objects.filter(article=article, body=body).order_by("-number")
    number = held.values_list("number", flat=True).first()
    return {VERSION: number} if number else None
