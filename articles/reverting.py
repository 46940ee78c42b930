"""Giving fields back the values they had before a change, and before all that came after it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from articles import curation, history
from articles.importing.fingerprints import url_digest
from articles.models.article import Article
from articles.models.change import Change
from articles.models.collection import Collection
from articles.models.source import Source, SourceName
from articles.models.synonyms import SynonymGroup, SynonymTerm
from articles.models.version import ArticleVersion

# Who may read an article is a matter of the workflow; a rule's source is what the rules are.
NOT_GIVEN_BACK = {"status", "embargoed_until", history.MERGED}


@dataclass(frozen=True, slots=True)
class Return:
    """A field that would say `then` again instead of `now`."""

    name: str
    now: Any
    then: Any


def row_of(change: Change) -> Any:
    """The row that was changed; None where it is gone."""
    model = next(model for model, kind in history.KINDS.items() if kind == change.kind)
    return model._default_manager.filter(pk=change.key).first()


def returns(change: Change, row: Any) -> list[Return]:
    """What the fields said before the change, where they say something else now.

    A body whose version is no longer kept stays as it is.
    """
    then: dict[str, Any] = {}
    later = Change.objects.filter(kind=change.kind, key=change.key, pk__gte=change.pk).order_by("pk")
    for fields in later.values_list("fields", flat=True):
        for name, (before, _after) in fields.items():
            then.setdefault(name, before)
    now = history.fields_of(row)
    if isinstance(row, Article) and history.BODY in then:
        body = _body(row, then[history.BODY])
        then[history.BODY] = now[history.BODY] if body is None else body
    return [
        Return(name, now[name], value)
        for name, value in sorted(then.items())
        if name in now and name not in NOT_GIVEN_BACK and now[name] != value and _can_be(row, name, value)
    ]


def _can_be(row: Any, name: str, value: Any) -> bool:
    """Whether the value may stand in the field: what a row said before it was made, nothing, often may not."""
    if value is not None or name in (history.TERMS, history.NAMES):
        return value is not None
    return bool(row._meta.get_field(name).null)


def _body(article: Article, kept: Any) -> str | None:
    number = kept.get(history.VERSION, 0) if isinstance(kept, dict) else 0
    held = ArticleVersion.objects.filter(article=article, number=number)
    return held.values_list("body", flat=True).first()


@transaction.atomic
def give_back(change: Change, *, by: User, reason: str = "") -> int:
    """Give the fields back what they said before the change; how many. Raises ValidationError where that cannot be."""
    row = row_of(change)
    wanted = returns(change, row)
    if not wanted:
        return 0
    told = gettext("أُعيد ما كان قبل تغيير سابق.")
    said = f"{told} {reason.strip()}".strip()
    before = history.fields_of(row)
    values = {each.name: each.then for each in wanted}
    terms, collections = values.pop(history.TERMS, None), values.pop("collections", None)
    tags = values.pop("tags", None)
    names = values.pop(history.NAMES, None)
    for name, value in values.items():
        field = row._meta.get_field(name)
        setattr(row, field.attname, field.to_python(value))
    if isinstance(row, Article):
        row.url_digest = url_digest(row.url)
        row.full_clean()
        chosen = None if collections is None else list(Collection.objects.filter(pk__in=collections))
        curation.save_correction(row, list(values), by=by, collections=chosen, tags=tags, reason=said)
        return len(wanted)
    row.full_clean()
    row.save()
    if terms is not None:
        _set_terms(row, terms)
    if names is not None:
        _set_names(row, names)
    if isinstance(row, Source | Collection):
        curation.mark_articles_of(row)
    history.note(row, before, by=by, reason=said)
    return len(wanted)


def _set_terms(group: SynonymGroup, terms: list[tuple[str, bool]]) -> None:
    for term in group.terms.all():
        term.delete()
    for order, (text, is_source) in enumerate(terms):
        SynonymTerm.objects.create(group=group, text=text, is_source=is_source, order=order)


def _set_names(source: Source, names: list[str]) -> None:
    """Give a source these other names; raises ValidationError where one is another source's by now."""
    for name in names:
        other = Source.objects.known_as(name)
        if other and other.pk != source.pk:
            sentence = gettext("«%(name)s» اسم لمصدر آخر: «%(source)s».")
            raise ValidationError(sentence % {"name": name, "source": other.name})
    source.names.exclude(name__in=names).delete()
    for name in set(names) - set(source.names.values_list("name", flat=True)):
        SourceName.objects.create(source=source, name=name)
