"""The search box above the list of articles: the archive's own search, over articles of every status."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from articles.models.article import Article
from articles.search.parser import parse
from articles.search.searching import find_keys
from articles.templatetags.queries import sentence

MOST_FOUND = 10_000


def narrowed(request: HttpRequest, articles: QuerySet[Any], query: str) -> QuerySet[Any]:
    """Those of `articles` that match the query; by their titles alone when the index cannot answer."""
    keys = find_keys(query, count=MOST_FOUND)
    _tell(request, query, keys)
    if keys is None:
        return articles.filter(title__icontains=query)
    return articles.filter(pk__in=[*keys, *_unknown_to_the_index(query)])


def _unknown_to_the_index(query: str) -> QuerySet[Article, int]:
    """Articles that changed since it saw them, by their titles; and the one whose public id was typed."""
    changed = Q(stale_since__isnull=False, title__icontains=query)
    return Article.objects.filter(Q(public_id=query) | changed).values_list("pk", flat=True)[:MOST_FOUND]


def _tell(request: HttpRequest, query: str, keys: list[int] | None) -> None:
    """How the query was read, and what is missing from the answer; on the page itself, not on the one after."""
    if request.method != "GET":
        return
    for note in parse(query, timezone.localdate()).messages:
        messages.info(request, sentence(note))
    if keys is None:
        messages.warning(
            request, gettext("لا يستطيع فهرس البحث أن يجيب الآن، فبُحث في العناوين وحدها حرفاً بحرف.")
        )
    elif len(keys) == MOST_FOUND:
        found = gettext("وُجد أكثر من %(number)s مقال، فعُرض أقربها صلة. ضيّق البحث.")
        messages.warning(request, found % {"number": f"{MOST_FOUND:,}"})
