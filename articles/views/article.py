"""The reading page of one article."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.citations.page_data import named_tags, news_article, open_graph
from articles.forms import SearchForm
from articles.models.article import Article, ArticleQuerySet
from articles.models.redirect import ArticleRedirect
from articles.models.version import ArticleVersion, Cause
from articles.search.neighbours import place_of
from articles.search.reading import marked_article, related_articles
from articles.views.caching import page
from articles.views.citing import cited_article
from articles.views.copies import published_copies
from articles.views.gone import of_article, same_page
from articles.views.marks import numbered
from articles.views.paging import listed

CAPTURES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class KeptLink:
    """A related headline that the page showed; `article` is set when the archive has that article."""

    title: str
    url: str
    article: Article | None


@page
@of_article
def article(request: HttpRequest, public_id: str) -> HttpResponse:
    """One published article, with the words of the search it was found by marked."""
    visible = with_versions(Article.objects.visible().select_related("source", "story_member"))
    shown = get_object_or_404(visible, public_id=public_id)
    return render(request, "articles/article.html", told_of(request, shown))


@require_safe
@never_cache
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """An article as readers would see it, for who may open it at the desk; nobody else learns that it is there."""
    if not (request.user.is_staff and request.user.has_perm("articles.view_article")):
        raise Http404
    if merged := ArticleRedirect.objects.filter(public_id=public_id).select_related("article").first():
        return redirect(same_page(request, merged, {}))
    every = with_versions(Article.objects.select_related("source", "story_member"))
    shown = get_object_or_404(every, public_id=public_id)
    response = render(request, "articles/article.html", {**told_of(request, shown), "is_preview": True})
    response["X-Robots-Tag"] = "noindex"
    return response


def told_of(request: HttpRequest, shown: Article) -> dict[str, object]:
    """What the page of an article tells."""
    asked = SearchForm(request.GET).as_request()
    marked = marked_article(shown, asked)
    cited = cited_article(request, shown)
    return {
        "is_preview": False,
        "article": shown,
        "asked": asked,
        "marked": marked,
        "marks": numbered(marked),
        "back": asked.query_string() if request.GET else "",
        "place": place_of(shown, asked) if request.GET else None,
        "cited": cited,
        "named_tags": named_tags(cited),
        "open_graph": open_graph(cited),
        "news_article": news_article(cited),
        "collections": shown.collections.all(),
        "captures": list(shown.captures.order_by("pk")[:CAPTURES_SHOWN]),
        "copies": published_copies(shown),
        "related": related_articles(shown),
        "links": kept_links(shown),
    }


def with_versions(articles: ArticleQuerySet) -> ArticleQuerySet:
    """With how many versions there are, and whether the newspaper changed the headline, or numbers."""
    held = ArticleVersion.objects.filter(article=OuterRef("pk")).order_by()
    changed = held.filter(cause=Cause.CAPTURE)
    return articles.annotate(
        version_count=Subquery(held.values("article").annotate(count=Count("pk")).values("count")),
        has_other_headline=Exists(changed.filter(was_headline_changed=True)),
        has_other_numbers=Exists(changed.filter(were_numbers_changed=True)),
    )


def kept_links(shown: Article) -> list[KeptLink]:
    """The related headlines of the page, each with the article of the archive that has exactly this title."""
    titles = {link["title"] for link in shown.related_links}
    if not titles:
        return []  # most articles: no query
    known = {found.title: found for found in listed(Article.objects.visible().filter(title__in=titles))}
    return [
        KeptLink(link["title"], link.get("url", ""), known.get(link["title"])) for link in shown.related_links
    ]
