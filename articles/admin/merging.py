"""Articles that are one: the page that asks which leads and which day holds, and the one that undoes a merge."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import merging, unmerging
from articles.admin.bulk_forms import BulkForm
from articles.admin.catching_up import catch_up_after_commit
from articles.admin.desk import DeskAdmin, article_link
from articles.bulk.actions import PUBLISH
from articles.models.article import Article
from articles.models.job import Job, JobState
from articles.models.redirect import ArticleRedirect
from articles.models.story import Story, StoryMember
from articles.search.dates import iso_date


class MergeForm(BulkForm):
    """Which article leads, and which day holds where they name several."""

    lead = forms.TypedChoiceField(label=_("المقال الأول"), coerce=int, widget=forms.HiddenInput)
    day = forms.ChoiceField(label=_("يوم النشر الذي يصح"), required=False, widget=forms.RadioSelect)
    field_order = ("lead", "day", "reason")

    def __init__(self, *args: Any, articles: Sequence[Article], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [day.isoformat() for day in merging.known_days(articles)]
        cast(Any, self.fields["lead"]).choices = [(article.pk, article.title) for article in articles]
        cast(Any, self.fields["day"]).choices = [(day, day) for day in days]
        if len(days) < 2:
            del self.fields["day"]

    @property
    def chosen_day(self) -> date | None:
        written = self.cleaned_data.get("day")
        return date.fromisoformat(written) if written else None


class MergingAdmin(DeskAdmin):
    """What the desk of articles has for merging."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.unmerge_view)
        return [path("unmerge/<int:key>/", view, name="articles_article_unmerge"), *super().get_urls()]

    def merge_view(self, request: HttpRequest, draft: Job) -> HttpResponse:
        """Ask, then merge the articles of a draft."""
        keys = [key for chunk in draft.chunks.order_by("number") for key in chunk.keys]
        rows = Article.objects.filter(pk__in=keys).select_related("source").defer("body")
        articles = list(rows.annotate(capture_count=Count("captures")).order_by("published_on", "pk"))
        form = MergeForm(request.POST or None, articles=articles, initial={"lead": likeliest_lead(articles)})
        lead_key = form.data.get("lead") or form.initial["lead"]
        lead = next((article for article in articles if str(article.pk) == str(lead_key)), None)
        others = [article for article in articles if article is not lead]
        problem = merging.obstacle(lead, others) if lead else ""
        if request.method == "POST" and form.is_valid() and lead and not problem:
            try:
                return self._merged(request, draft, lead, others, form)
            except merging.CannotMerge as refusal:
                problem = str(refusal)
        context = {
            **self.admin_site.each_context(request),
            "title": draft.title,
            "opts": self.opts,
            "draft": draft,
            "form": form,
            "problem": problem,
            "lead_key": str(lead_key),
            "articles": [
                (article, article_link(article), iso_date(article.published_on, article.published_precision))
                for article in articles
            ],
        }
        return render(request, "admin/articles/merge.html", context)

    @transaction.atomic
    def _merged(
        self, request: HttpRequest, draft: Job, lead: Article, others: Sequence[Article], form: MergeForm
    ) -> HttpResponse:
        taken, _rows = Job.objects.filter(pk=draft.pk, state=JobState.DRAFT).delete()
        if taken:
            by, reason = cast(User, request.user), form.cleaned_data["reason"]
            merging.merge(lead, others, by=by, reason=reason, day=form.chosen_day)
            catch_up_after_commit()
            messages.success(request, gettext("دُمجت المقالات، وعناوينها تؤدي إلى المقال الأول."))
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[lead.pk]))

    def unmerge_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Ask, then let a merged article stand again."""
        if not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        redirect = get_object_or_404(ArticleRedirect.objects.select_related("article", "merged_by"), pk=key)
        problem = unmerging.obstacle(redirect)
        if request.method == "POST" and not problem:
            reason = request.POST.get("reason", "")[:200]
            article = unmerging.unmerge(redirect, by=cast(User, request.user), reason=reason)
            catch_up_after_commit()
            messages.success(request, gettext("عاد المقال كما كان قبل الدمج."))
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("التراجع عن دمج"),
            "opts": self.opts,
            "redirect": redirect,
            "article": article_link(redirect.article),
            "problem": problem,
        }
        return render(request, "admin/articles/unmerge.html", context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With the articles that were merged into this one."""
        may = request.user.has_perm(PUBLISH)
        merged = ArticleRedirect.objects.filter(article=int(object_id) if object_id.isdecimal() else 0)
        context = {"redirects": merged.defer("held") if may else ()}
        return super().history_view(request, object_id, {**context, **(extra_context or {})})


def likeliest_lead(articles: Sequence[Article]) -> int:
    """The lead of the story that one of them leads; else the first published."""
    keys = [article.pk for article in articles]
    members = StoryMember.objects.filter(article__in=keys).values("story")
    led = Story.objects.filter(pk__in=members, lead__in=keys).order_by("pk").values_list("lead", flat=True)
    dated = sorted(articles, key=lambda article: (article.status != "published", article.pk))
    return led.first() or (dated[0].pk if dated else 0)
