"""What the list of articles can be narrowed by. Each is answered from an index of the table (docs/curation.md)."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.filters import ListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.filters import (
    Choices,
    DeskFilter,
    NamedFilter,
    OptionsFilter,
    RunFilter,
    counted_by,
    other_parameters,
)
from articles.models.article import Article, Status
from articles.models.collection import Collection
from articles.models.import_run import ImportItem
from articles.models.source import Source
from articles.models.story import Story, StoryMember
from articles.models.tag import Tag
from articles.search.date_values import read_whole
from articles.search.syntax import DateRange

ARABIC = "ar"
MOST_LANGUAGES = 12
LESS_SURE_THAN = (0.9, 0.7, 0.5, 0.3)


def with_status(status: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(status=status)


class StatusFilter(OptionsFilter):
    title = _("الحالة")
    parameter_name = "status__exact"
    options = {status.value: (status.label, partial(with_status, status.value)) for status in Status}


class WaitingFilter(OptionsFilter):
    title = _("الفهرسة")
    parameter_name = "waiting"
    options = {"yes": (_("ينتظر الفهرسة"), lambda rows: rows.filter(stale_since__isnull=False))}


class MissingAuthorFilter(OptionsFilter):
    title = _("الكاتب")
    parameter_name = "author__isempty"
    options = {"1": (_("بلا كاتب"), lambda rows: rows.filter(author=""))}


class MissingDateFilter(OptionsFilter):
    title = _("تاريخ النشر")
    parameter_name = "published_on__isempty"
    options = {"1": (_("بلا تاريخ"), lambda rows: rows.filter(published_on__isnull=True))}


class DerivedTitleFilter(OptionsFilter):
    title = _("العنوان")
    parameter_name = "title_is_derived__exact"
    options = {"1": (_("مأخوذ من أول جملة"), lambda rows: rows.filter(title_is_derived=True))}


def in_doubt(bound: float, rows: Any) -> Any:
    """Those with a value that is less sure than that: an index of their own holds them."""
    return rows.among(Article.objects.filter(confidence__lt=bound).order_by().values("pk"))


class DoubtFilter(OptionsFilter):
    """By the least sure value of an article."""

    title = _("الثقة بما استُخرج")
    parameter_name = "surety"
    options = {f"{bound}": (f"< {bound:.0%}", partial(in_doubt, bound)) for bound in LESS_SURE_THAN}


class CorrectedFilter(OptionsFilter):
    title = _("التصحيح")
    parameter_name = "corrected"
    options = {"yes": (_("صحح محرر شيئاً منه"), lambda rows: rows.filter(corrected__isnull=False))}


def members(**narrowed: Any) -> QuerySet[Any, Any]:
    """The keys of the articles that are copies in a story."""
    return StoryMember.objects.filter(**narrowed).order_by().values("article")


def leads() -> QuerySet[Any, Any]:
    return Story.objects.order_by().values("lead")


def reviewable() -> QuerySet[Any, Any]:
    return Story.objects.reviewable().order_by().values("pk")


class StoryFilter(OptionsFilter):
    """An article's part in a story of near duplicates."""

    title = _("النسخ المتقاربة")
    parameter_name = "story"
    options = {
        "any": (_("له نسخ"), lambda rows: rows.among(members())),
        "lead": (_("مقال أول"), lambda rows: rows.among(leads())),
        "copy": (_("نسخة من غيره"), lambda rows: rows.among(members().exclude(article__in=leads()))),
        "waiting": (_("ينتظر المراجعة"), lambda rows: rows.among(members(story__in=reviewable()))),
    }


class LanguageFilter(DeskFilter):
    """Arabic and any other first, as an archive of Arabic news asks; then each that occurs."""

    title = _("اللغة")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        others = Article.objects.exclude(language=ARABIC).order_by().values_list("language")
        counted = others.annotate(count=Count("pk")).order_by("-count", "language")[:MOST_LANGUAGES]
        return [
            (ARABIC, _("العربية")),
            ("other", _("غير العربية")),
            *((code, language_name(code)) for code, _count in counted),
        ]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value != "other":
            return queryset.filter(language=value)
        others = Article.objects.exclude(language=ARABIC).order_by()
        return queryset.among(others.values("pk"))  # type: ignore[attr-defined]


def language_name(code: str) -> str:
    """The name of a language as the desk's own language calls it; a code that nobody knows stays one."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code or gettext("غير معروفة")


class SourceFilter(NamedFilter):
    title = _("المصدر")
    parameter_name = "source__id__exact"
    typed_parameter = "source_named"
    box_label = _("اسم المصدر أو جزء منه")
    model = Source

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        return [*super().lookups(request, model_admin), ("none", _("بلا مصدر"))]

    def counts(self) -> dict[int, int]:
        return counted_by(Article.objects.all(), "source")

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        is_none = value == "none"
        return queryset.filter(source__isnull=True) if is_none else super().narrowed(queryset, value)

    def belonging_to(self, queryset: QuerySet[Any], key: int) -> QuerySet[Any]:
        return queryset.filter(source=key)

    def belonging_to_named(self, queryset: QuerySet[Any], named: QuerySet[Any]) -> QuerySet[Any]:
        of_them = Article.objects.filter(source__in=named.values("pk")).order_by()
        return queryset.among(of_them.values("pk"))  # type: ignore[attr-defined]


class MembershipFilter(NamedFilter):
    """Of what articles belong to many of, by a subquery: a join would make the list look for rows found twice."""

    members: Any  # the table between
    column: str  # its column of what they belong to

    def counts(self) -> dict[int, int]:
        return counted_by(self.members.objects.all(), self.column)

    def belonging_to(self, queryset: QuerySet[Any], key: int) -> QuerySet[Any]:
        return self.belonging_to_named(queryset, self.model._default_manager.filter(pk=key).order_by())

    def belonging_to_named(self, queryset: QuerySet[Any], named: QuerySet[Any]) -> QuerySet[Any]:
        members = self.members.objects.filter(**{f"{self.column}__in": named.values("pk")})
        return queryset.filter(pk__in=members.values("article_id"))


class CollectionFilter(MembershipFilter):
    title = _("المجموعة")
    parameter_name = "collection"
    typed_parameter = "collection_named"
    box_label = _("اسم المجموعة أو جزء منه")
    model = Collection
    members = Article.collections.through
    column = "collection"


class TagFilter(MembershipFilter):
    title = _("الوسم")
    parameter_name = "tag"
    typed_parameter = "tag_named"
    box_label = _("الوسم أو جزء منه")
    model = Tag
    members = Article.tags.through
    column = "tag"


class ArticleRunFilter(RunFilter):
    """Articles that a run had to do with: made, captured again, changed, or met as a duplicate."""

    def belonging_to(self, queryset: QuerySet[Any], key: int) -> QuerySet[Any]:
        met = ImportItem.objects.filter(run=key, article__isnull=False).order_by()
        return queryset.among(met.values("article"))  # type: ignore[attr-defined]


class PeriodFilter(ListFilter):
    """From a date to a date, each written in any way that the search takes."""

    title = _("من تاريخ إلى تاريخ")
    template = "admin/articles/_period_filter.html"
    SINCE, UNTIL = "since", "until"

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: type[Model], model_admin: ModelAdmin
    ) -> None:
        super().__init__(request, params, model, model_admin)
        self.since, self.until = (
            str((params.pop(name, None) or [""])[-1]).strip() for name in (self.SINCE, self.UNTIL)
        )

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return [self.SINCE, self.UNTIL]

    def chosen(self) -> str:
        if self.since and self.until:
            return gettext("من %(since)s إلى %(until)s") % {"since": self.since, "until": self.until}
        if self.since:
            return gettext("منذ %(since)s") % {"since": self.since}
        return gettext("حتى %(until)s") % {"until": self.until} if self.until else ""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """A date that cannot be read finds nothing and is told."""
        today = timezone.localdate()
        for text, side in ((self.since, "start"), (self.until, "end")):
            period = read_whole(text, today) if text else DateRange(None, None)
            bound = getattr(period, side, None)
            if text and bound is None:
                self._tell(request, text)
                return queryset.none()
            if bound:
                lookup = "published_on__gte" if side == "start" else "published_on__lte"
                queryset = queryset.filter(**{lookup: bound})
        return queryset

    def _tell(self, request: HttpRequest, text: str) -> None:
        if request.method == "GET":
            said = gettext("«%(text)s» ليس تاريخاً يُقرأ. اكتب مثلاً 2014 أو حزيران 2014 أو 1436هـ أو آخر شهر.")
            messages.error(request, said % {"text": text[:100]})

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        own = [self.SINCE, self.UNTIL]
        others = other_parameters(changelist, own)
        yield {"since": self.since, "until": self.until, "others": others}
