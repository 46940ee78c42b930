"""The versions of an article: their list in time, and what one says differently from another."""

from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from articles.importing.store.differences import difference
from articles.importing.store.versions import said_in
from articles.models.article import Article
from articles.models.version import ArticleVersion, Cause
from articles.views.caching import page
from articles.views.gone import of_article
from articles.views.paging import shelf

COMPARED = ("text_digest", "author", "published_on", "published_precision", "section", "dateline")


@dataclass(frozen=True, slots=True)
class ListedVersion:
    """A version, the one it changes, and in which respects; `is_shown` where the article says this."""

    version: ArticleVersion
    base: ArticleVersion | None
    is_shown: bool

    @property
    def is_text_changed(self) -> bool:
        return self.base is not None and self.base.text_digest != self.version.text_digest

    @property
    def is_author_changed(self) -> bool:
        return self.base is not None and self.base.author != self.version.author

    @property
    def is_date_changed(self) -> bool:
        return self.base is not None and self.base.published_on != self.version.published_on

    @property
    def is_setting_changed(self) -> bool:
        """Whether the section or the line of place and date differs."""
        return self.base is not None and any(
            getattr(self.base, name) != getattr(self.version, name) for name in ("section", "dateline")
        )

    @property
    def is_spelling_alone(self) -> bool:
        return not (
            self.is_text_changed or self.is_author_changed or self.is_date_changed or self.is_setting_changed
        )

    @property
    def is_taken(self) -> bool:
        """Whether a curator chose another version, as it stands."""
        same = self.base is not None and all(
            getattr(self.base, name) == getattr(self.version, name) for name in COMPARED
        )
        return same and self.version.cause == Cause.CURATOR


@page
@of_article
def versions(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every version of an article, a page at a time."""
    shown = get_object_or_404(Article.objects.visible().defer("body"), public_id=public_id)
    rows = ArticleVersion.objects.filter(article=shown)
    listed = shelf(request, rows.defer("body").select_related("capture").order_by("number"))
    held: list[ArticleVersion] = list(listed.page.object_list)
    bases = {version.number: version for version in rows.filter(number__in=bases_of(held)).defer("body")}
    now = number_shown(rows)
    listed.page.object_list = [
        ListedVersion(version, bases.get(version.base or 0), version.number == now) for version in held
    ]
    return quiet(render(request, "articles/versions.html", {"article": shown, "shelf": listed}))


def bases_of(versions: list[ArticleVersion]) -> set[int]:
    return {version.base for version in versions if version.base}


def number_shown(rows: QuerySet[ArticleVersion]) -> int | None:
    """The latest version that says what the article says now."""
    same = {name: F(f"article__{name}") for name in ("title", "body", "author", "published_on")}
    undated = {**same, "published_on": None, "article__published_on": None}
    found = rows.filter(**same) | rows.filter(**undated)
    return found.filter(merged_from=None).order_by("-number").values_list("number", flat=True).first()


@page
@of_article
def version(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """One version, and what it says differently from the one that it changes, or from `?with=` another."""
    shown = get_object_or_404(Article.objects.visible().defer("body"), public_id=public_id)
    rows = ArticleVersion.objects.filter(article=shown).select_related("capture")
    chosen = get_object_or_404(rows, number=number)
    other = compared_with(rows, chosen, request.GET.get("with", ""))
    numbers = rows.order_by("number").values_list("number", flat=True)
    found = difference(said_in(other), said_in(chosen)) if other else None
    is_based = other is not None and other.number == chosen.base
    context = {
        "article": shown,
        "version": chosen,
        "other": other,
        "difference": found,
        "is_taken": bool(found and found.is_empty and is_based and chosen.cause == Cause.CURATOR),
        "numbers": [held for held in numbers if held != number],
    }
    return quiet(render(request, "articles/version.html", context))


def compared_with(
    rows: QuerySet[ArticleVersion], chosen: ArticleVersion, wanted: str
) -> ArticleVersion | None:
    """The version asked for, which must be there; else the one that this one changes, or what is left before it."""
    if wanted:
        if not (wanted.isascii() and wanted.isdecimal() and len(wanted) < 10) or int(wanted) == chosen.number:
            raise Http404
        return get_object_or_404(rows, number=int(wanted))
    before = rows.filter(number__lt=chosen.number)
    return (
        before.filter(number__lte=chosen.base or chosen.number).order_by("-number").first() or before.last()
    )


def quiet(response: HttpResponse) -> HttpResponse:
    """No search engine may take what a newspaper changed for what it says."""
    response["X-Robots-Tag"] = "noindex"
    return response
