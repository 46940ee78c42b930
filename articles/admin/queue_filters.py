"""The filters that queues lead to, and what they mean."""

from datetime import timedelta
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.admin.filters import Choices
from articles.models.article import Status
from articles.models.import_run import Outcome

DAYS_AHEAD = 7
SURE = 0.9  # the first of the bounds that the list of articles offers


def soon_out_of_embargo(articles: QuerySet[Any]) -> QuerySet[Any]:
    """Published articles that readers will see within a week.

    Said as «none of the other statuses»: told «published», SQLite would walk all of these instead of the few embargoes.
    """
    today = timezone.localdate()
    last = today + timedelta(days=DAYS_AHEAD)
    others = [status for status in Status if status != Status.PUBLISHED]
    return articles.filter(embargoed_until__gt=today, embargoed_until__lte=last).exclude(status__in=others)


def in_doubt(articles: QuerySet[Any]) -> QuerySet[Any]:
    """Articles with a field of which the importer was not sure."""
    return articles.filter(confidence__lt=SURE)


def to_mend(items: QuerySet[Any]) -> QuerySet[Any]:
    """Items of imports that failed and did not come through since."""
    return items.filter(outcome=Outcome.FAILED, mended_by=None)


class EmbargoFilter(SimpleListFilter):
    title = _("الحظر")
    parameter_name = "embargo"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        return [("ending", _("ينتهي خلال أسبوع"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return soon_out_of_embargo(queryset) if self.value() == "ending" else queryset


class MendingFilter(SimpleListFilter):
    title = _("ما تعذّر")
    parameter_name = "mending"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        return [("waiting", _("لم ينجح بعد")), ("mended", _("نجح فيما بعد"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "waiting":
                return to_mend(queryset)
            case "mended":
                return queryset.filter(mended_by__isnull=False)
        return queryset
