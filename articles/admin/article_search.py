"""The search box above the list of articles: the archive's own search, over articles of every status."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from articles.models.article import Article
from articles.models.many_keys import AmongKeys
from articles.search.parser import parse
from articles.search.searching import find_keys
from articles.templatetags.queries import sentence


def narrowed(articles: QuerySet[Any], query: str, *, request: HttpRequest | None = None) -> QuerySet[Any]:
    """Those of `articles` that match the query, all that the index finds; by their titles when it cannot answer.

    The page of a `request` says how the query was read and what is missing from the answer.
    """
    keys = find_keys(query)
    if request and request.method == "GET":  # after an action it would be said on the page after
        _tell(request, query, is_answered=keys is not None)
    return articles.filter(_titled(query) if keys is None else AmongKeys([*keys.tolist(), *_unseen(query)]))


def _titled(query: str) -> Q:
    return Q(title__icontains=query)


def _unseen(query: str) -> list[int]:
    """Articles that changed since the index saw them, by their titles; and the one whose public id was typed."""
    changed = Article.objects.needing_index().filter(_titled(query))
    by_id = Article.objects.filter(public_id=query)
    return [key for rows in (changed, by_id) for key in rows.order_by().values_list("pk", flat=True)]


def _tell(request: HttpRequest, query: str, *, is_answered: bool) -> None:
    for note in parse(query, timezone.localdate()).messages:
        messages.info(request, sentence(note))
    if not is_answered:
        said = gettext("لا يستطيع فهرس البحث أن يجيب الآن، فبُحث في العناوين وحدها حرفاً بحرف.")
        messages.warning(request, said)
