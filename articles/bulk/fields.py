"""The same values given to fields of many articles, as `curation.save_correction` gives them to one."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Field
from django.utils.translation import gettext

from articles import history
from articles.bulk.judging import Values
from articles.history import Fields
from articles.importing.store import versions
from articles.models import evidence
from articles.models.article import Article
from articles.models.change import Kind
from articles.models.version import Cause

FOLLOWING = {"published_precision": "published_on"}  # whose evidence is that of another


def told(keys: Sequence[int], values: Values) -> dict[int, Fields]:
    """Of each article the fields that would change, before and after, as a history keeps them."""
    rows = Article.objects.filter(pk__in=keys).values("pk", *values)
    return {row.pop("pk"): _differences(row, values) for row in map(dict, rows)}


def _differences(row: Values, values: Values) -> Fields:
    plain = {name: history.plain(value) for name, value in row.items()}
    return {name: [plain[name], value] for name, value in values.items() if plain[name] != value}


@transaction.atomic
def set_fields(keys: Sequence[int], values: Values, *, by: User, reason: str = "") -> None:
    """Give the articles these values, by a curator; the text before stays a version, where it is part of one.

    Values are as JSON keeps them: a row by its key, a day as it is written. All the articles are in memory: the caller
    hands over chunks.
    """
    rows = list(Article.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    typed = {field_of(name): value for name, value in values.items()}
    marked = {FOLLOWING.get(name, name): {"place": evidence.CURATOR, "text": ""} for name in values}
    changed: list[tuple[Article, versions.Said, Fields]] = []
    for row in rows:
        before = versions.said_by(row)
        was = {name: history.plain(field_of(name).value_from_object(row)) for name in values}
        for field, value in typed.items():
            setattr(row, field.attname, field.to_python(value))
        row.evidence = {**row.evidence, **marked}
        row.confidence, row.corrected = evidence.told_by(row.evidence).values()
        changed.append((row, before, _differences(was, values)))
    if set(versions.SAID) & values.keys():
        versions.add_each([(row, before) for row, before, _told in changed], cause=Cause.CURATOR, actor=by)
    Article.objects.bulk_update(rows, ["evidence", "confidence", "corrected"])
    columns = {field.attname: field.to_python(value) for field, value in typed.items()}
    Article.objects.filter(pk__in=[row.pk for row in rows]).change(**columns)
    write_down(((row.pk, row.title, fields) for row, _before, fields in changed), by=by, reason=reason)


def field_of(name: str) -> "Field[Any, Any]":
    return next(field for field in Article._meta.concrete_fields if field.name == name)


def write_down(changed: Iterable[tuple[int, str, Fields]], *, by: User, reason: str) -> None:
    """The change of each article, with its fields, and the line that the admin writes of every save."""
    noted = [each for each in changed if each[2]]
    history.note_each(noted, Kind.ARTICLE, by=by, reason=reason)
    kind = ContentType.objects.get_for_model(Article)
    said = f"{gettext('صُحّح مع غيره.')} {reason.strip()}".strip()
    LogEntry.objects.bulk_create(
        LogEntry(
            user_id=by.pk,
            content_type=kind,
            object_id=str(key),
            object_repr=title[:200],
            action_flag=CHANGE,
            change_message=said,
        )
        for key, title, _fields in noted
    )
