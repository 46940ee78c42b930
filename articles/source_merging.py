"""Two sources made one: their articles, rules, lines and names, and the old address that leads on for ever.

The articles move in chunks, each in a transaction of its own, marked for the index and told in their histories. The
source that is given up goes last, with whatever came in under it meanwhile.
"""

from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from articles import curation, history
from articles.importing.store.ruling import hosts_of
from articles.models.article import Article
from articles.models.change import Kind
from articles.models.extraction import ExtractionRules, RepeatedLine
from articles.models.import_run import ImportItem
from articles.models.source import Source, SourceName

BATCH = 500


class Merging(NamedTuple):
    """What a merge would move."""

    articles: int
    names: int
    lines: int
    has_rules: bool
    problem: str


def merging(other: Source, into: Source) -> Merging:
    """What would move if `other` were merged into `into`, and what keeps it from that, if anything."""
    return Merging(
        other.articles.count(),
        other.names.count() + 1,
        other.repeated_lines.count(),
        ExtractionRules.objects.filter(source=other).exists(),
        _problem(other, into),
    )


def _problem(other: Source, into: Source) -> str:
    if other.pk == into.pk:
        return gettext("لا يُدمج مصدر في نفسه.")
    if ExtractionRules.objects.filter(source__in=(other, into)).count() > 1:
        return gettext("لكلا المصدرين قواعد استخراج: اجمعهما في قواعد واحدة، ثم احذف الأخرى.")
    return ""


def move_articles(keys: list[int], *, other: int, into: int, by: User | None) -> int:
    """Give the articles of these keys the other source; how many had to be. In the caller's transaction."""
    moved = Article.objects.filter(pk__in=keys, source=other)
    titles = list(moved.order_by("pk").values_list("pk", "title"))
    moved.change(source=into)
    told = [(key, title, {"source": [other, into]}) for key, title in titles]
    if by:
        history.note_each(told, Kind.ARTICLE, by=by, reason=gettext("دُمج المصدران."))
    return len(titles)


@transaction.atomic
def give_up(other: Source, into: Source, *, by: User | None) -> int:
    """Move all that is left of `other` to `into` and delete it; how many articles were left."""
    before = history.fields_of(into)
    left = move_articles(
        list(other.articles.values_list("pk", flat=True)), other=other.pk, into=into.pk, by=by
    )
    _move_rules(other, into)
    known = RepeatedLine.objects.filter(source=into).values("key")
    other.repeated_lines.exclude(key__in=known).update(source=into)
    other.names.update(source=into)
    _rename_in_items(other.pk, into.pk)
    curation.mark_articles_of(into)  # the index holds every name of theirs
    name, slug = other.name, other.slug
    other.delete()
    SourceName.objects.create(source=into, name=name, former_slug=slug)
    history.note(into, before, by=by, reason=gettext("دُمج فيه «%(name)s».") % {"name": name})
    return left


def _move_rules(other: Source, into: Source) -> None:
    """Rules go on to hold for the hosts they held for, be it by the homepage of the source that goes."""
    rules = ExtractionRules.objects.filter(source=other).select_related("source").first()
    if rules:
        rules.hosts = "\n".join(hosts_of(rules))
        rules.source = into
        rules.save()


def _rename_in_items(other: int, into: int) -> None:
    """What items say of articles before them names the source by its key: undoing a run must find it."""
    items = ImportItem.objects.filter(before__source=other).order_by("pk")
    batch: list[ImportItem] = []
    for item in items.only("pk", "before").iterator(chunk_size=BATCH):
        item.before = {**item.before, "source": into}
        batch.append(item)
        if len(batch) == BATCH:
            ImportItem.objects.bulk_update(batch, ["before"])
            batch.clear()
    ImportItem.objects.bulk_update(batch, ["before"])
