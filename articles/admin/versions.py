"""The desk of versions: silent edits that wait to be looked at, and every text that an article was known to have."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import ModelAdmin, SimpleListFilter, action, display
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles import curation
from articles.admin.catching_up import catch_up_after_commit
from articles.admin.desk import ReadOnlyAdmin, article_link
from articles.importing.store.differences import Difference, difference
from articles.importing.store.versions import said_in
from articles.models.article import Article
from articles.models.version import ArticleVersion

QUEUE, REVIEWED, ALL = "waiting", "reviewed", "all"
VERSIONS_SHOWN = 100


class QueueFilter(SimpleListFilter):
    """The queue unless something else is asked for."""

    title = _("التعديلات")
    parameter_name = "edits"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[Any, Any]]:
        return [(REVIEWED, _("صامتة روجعت")), (ALL, _("كل الصيغ"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": _("صامتة لم تُراجع")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "all":
                return queryset
            case "reviewed":
                return queryset.filter(is_silent=True, reviewed_at__isnull=False)
        return queryset.filter(is_silent=True, reviewed_at__isnull=True)


class ArticleVersionAdmin(ReadOnlyAdmin):
    actions = ("review",)
    change_form_template = "admin/articles/articleversion/change_form.html"
    list_display = ("shown_title", "shown_article", "number", "shown_changes", "shown_cause", "made_at")
    list_filter = (QueueFilter, "was_headline_changed", "were_numbers_changed", "cause")
    ordering = ("-pk",)
    fields = (
        "shown_article",
        ("number", "base"),
        ("cause", "actor", "made_at"),
        ("capture", "run"),
        "shown_changes",
        "reviewed_at",
        "difference_shown",
    )
    readonly_fields = ("shown_article", "shown_changes", "difference_shown")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With what is shown of each, but without texts."""
        rows = super().get_queryset(request).select_related("article", "capture", "run", "actor")
        return rows.defer("body", "article__body")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        queue = QueueFilter.parameter_name not in request.GET
        title = {"title": gettext("التعديلات الصامتة")} if queue else {}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        offered = {"may_decide": may_decide(request)}
        return super().change_view(request, object_id, form_url, {**offered, **(extra_context or {})})

    def has_review_permission(self, request: HttpRequest) -> bool:
        return may_decide(request)

    # The list

    @display(description=_("العنوان"), ordering="title")
    def shown_title(self, obj: ArticleVersion) -> SafeString:
        return format_html('<bdi lang="{}">{}</bdi>', obj.article.language, obj.title)

    @display(description=_("المقال"), ordering="article")
    def shown_article(self, obj: ArticleVersion) -> SafeString | str:
        return article_link(obj.article)

    @display(description=_("ما تغيّر"))
    def shown_changes(self, obj: ArticleVersion) -> str:
        changed = [
            gettext("العنوان") if obj.was_headline_changed else "",
            gettext("أرقام") if obj.were_numbers_changed else "",
        ]
        return "، ".join(word for word in changed if word)

    @display(description=_("مصدر الصيغة"), ordering="cause")
    def shown_cause(self, obj: ArticleVersion) -> str:
        return str(obj.get_cause_display())

    @action(description=_("علّم التعديلات المختارة: روجعت"), permissions=["review"])
    def review(self, request: HttpRequest, queryset: QuerySet[ArticleVersion]) -> None:
        keys = queryset.order_by().values("pk")
        self._tell_reviewed(request, ArticleVersion.objects.filter(pk__in=keys))

    def _tell_reviewed(self, request: HttpRequest, edits: QuerySet[ArticleVersion]) -> None:
        count = curation.review_edits(edits, by=cast(User, request.user))
        said = ngettext("رُوجع تعديل واحد.", "رُوجع %(number)s تعديل.", count)
        messages.success(request, said % {"number": f"{count:,}"})

    # One version

    @display(description=_("الفرق"))
    def difference_shown(self, obj: ArticleVersion) -> SafeString:
        context = {"difference": difference_from_base(obj), "language": obj.article.language}
        return render_to_string("articles/_difference.html", context)

    def get_urls(self) -> list[URLPattern]:
        verbs: list[tuple[str, Callable[[HttpRequest, int], HttpResponse]]] = [
            ("take", self.take_one),
            ("review", self.review_one),
        ]
        own = [
            path(
                f"<int:key>/{verb}/",
                require_POST(self.admin_site.admin_view(view)),
                name=f"articles_articleversion_{verb}",
            )
            for verb, view in verbs
        ]
        return [*own, *super().get_urls()]

    def take_one(self, request: HttpRequest, key: int) -> HttpResponse:
        """Let the article say what the version says."""
        version = self._to_decide_on(request, key)
        reason = request.POST.get("reason", "")[:200]
        if curation.take_version(version.article, version, by=cast(User, request.user), reason=reason):
            catch_up_after_commit()
            messages.success(request, gettext("أخذ المقال بهذه الصيغة."))
        else:
            messages.info(request, gettext("المقال يقول هذا كما هو."))
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[version.article_id]))

    def review_one(self, request: HttpRequest, key: int) -> HttpResponse:
        """Take one silent edit from the queue, and go back to it."""
        self._to_decide_on(request, key)
        self._tell_reviewed(request, ArticleVersion.objects.filter(pk=key))
        return HttpResponseRedirect(reverse("admin:articles_articleversion_changelist"))

    def _to_decide_on(self, request: HttpRequest, key: int) -> ArticleVersion:
        if not may_decide(request):
            raise PermissionDenied
        return get_object_or_404(ArticleVersion.objects.select_related("article"), pk=key)


def may_decide(request: HttpRequest) -> bool:
    return request.user.has_perm("articles.change_article")


def difference_from_base(version: ArticleVersion) -> Difference:
    """What the version changes in the one it is based on; number 1 shows its text alone."""
    others = ArticleVersion.objects.filter(article=version.article_id, number__lt=version.number)
    base = others.filter(number__lte=version.base or version.number).order_by("-number").first()
    return difference(said_in(base or version), said_in(version))


def shown_versions(article: Article) -> SafeString:
    """The versions of an article, each leading to its own page; for the article's desk."""
    rows = article.versions.defer("body").order_by("-number")[:VERSIONS_SHOWN]
    return render_to_string("admin/articles/_versions.html", {"versions": list(rows)})
