"""Many articles put into collections and taken out of them; given tags and relieved of them."""

from collections import defaultdict
from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.bulk.fields import write_down
from articles.bulk.judging import Values
from articles.history import Fields
from articles.models.article import Article

COLLECTIONS, TAGS = "collections", "tags"
COLUMNS = {COLLECTIONS: "collection_id", TAGS: "tag_id"}


def told(keys: Sequence[int], values: Values, *, is_adding: bool) -> dict[int, Fields]:
    """What each article belongs to, before and after, as a history keeps it: keys in order."""
    ((name, given),) = values.items()
    held: dict[int, set[int]] = defaultdict(set)
    through = getattr(Article, name).through
    for article, key in through.objects.filter(article__in=keys).values_list("article", COLUMNS[name]):
        held[article].add(key)
    return {key: {name: _before_and_after(held[key], set(given), is_adding)} for key in keys}


def _before_and_after(held: set[int], given: set[int], is_adding: bool) -> list[list[int]]:
    return [sorted(held), sorted(held | given if is_adding else held - given)]


@transaction.atomic
def change(keys: Sequence[int], values: Values, *, is_adding: bool, by: User, reason: str = "") -> None:
    """Add the articles to all of the collections or tags given, or remove them from each."""
    changes = told(keys, values, is_adding=is_adding)
    ((name, given),) = values.items()
    through = getattr(Article, name).through
    if is_adding:
        fresh = [through(**{"article_id": key, COLUMNS[name]: each}) for key in keys for each in given]
        through.objects.bulk_create(fresh, ignore_conflicts=True)
    else:
        through.objects.filter(**{"article__in": keys, f"{COLUMNS[name]}__in": given}).delete()
    articles = Article.objects.filter(pk__in=keys)
    if name == COLLECTIONS:
        articles.change()
    else:  # no reader sees a tag, and the index knows of none
        articles.update(updated_at=timezone.now())
    titles = articles.values_list("pk", "title")
    write_down(((key, title, changes[key]) for key, title in titles), by=by, reason=reason)
