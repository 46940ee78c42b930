"""Stories merged: one, by the page of its copies; many confirmed ones, by a page that counts them, as a job."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import action
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import merging
from articles.admin.bulk_forms import BulkForm
from articles.admin.desk import DeskAdmin
from articles.admin.jobs import job_address
from articles.bulk import actions, stories
from articles.jobs import asking
from articles.models.job import Job, JobState
from articles.models.story import Story

PLANNED: Mapping[str, Any] = {
    stories.MERGED: _("أخبار ستُدمج نسخها"),
    stories.DATES_DIFFER: _("أخبار تواريخ نسخها مختلفة: تُدمج من صفحاتها"),
    stories.BARRED: _("أخبار فيها محجوب أو محظور، تبقى"),
    stories.NOT_CONFIRMED: _("أخبار لم تُقرّ، تبقى"),
}


class StoryMergingAdmin(DeskAdmin):
    """What the desk of stories has for merging."""

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(actions.PUBLISH)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.merge_view)
        return [path("merge/<int:key>/", view, name="articles_story_merge"), *super().get_urls()]

    @action(description=_("ادمج نسخ الأخبار المقرّة المختارة…"), permissions=["merge"])
    def merge_chosen(self, request: HttpRequest, queryset: QuerySet[Story]) -> HttpResponse:
        keys = queryset.prefetch_related(None).order_by("pk").values_list("pk", flat=True)
        title = gettext("ادمج نسخ الأخبار المقرّة المختارة")
        draft = asking.draft(stories.MERGE_STORIES, title, by=_curator(request), keys=list(keys))
        return HttpResponseRedirect(reverse("admin:articles_story_merge", args=[draft.pk]))

    def merge_one(self, request: HttpRequest, story: Story) -> HttpResponse:
        """Lead to the page that asks which copy leads and which day holds."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        keys = list(story.members.order_by("article").values_list("article", flat=True))
        if len(keys) > merging.MOST:
            said = gettext("يُدمج مقالان على الأقل و%(number)s على الأكثر.") % {"number": merging.MOST}
            messages.error(request, said)
            return HttpResponseRedirect(reverse("admin:articles_story_change", args=[story.pk]))
        title = gettext("ادمج المقالات المكررة")
        draft = asking.draft(actions.MERGE, title, by=_curator(request), keys=keys)
        return HttpResponseRedirect(reverse("admin:articles_article_bulk", args=[draft.pk]))

    def merge_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Count and show, then have it done."""
        draft = get_object_or_404(Job, pk=key, actor=request.user.pk, kind=stories.MERGE_STORIES)
        if not self.has_merge_permission(request):
            raise PermissionDenied
        if draft.state != JobState.DRAFT:
            return HttpResponseRedirect(job_address(draft))
        form = BulkForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            asking.confirm(draft, {"reason": form.cleaned_data["reason"]})
            return HttpResponseRedirect(job_address(draft))
        plan = stories.plan(draft)
        context = {
            **self.admin_site.each_context(request),
            "title": draft.title,
            "opts": self.opts,
            "draft": draft,
            "form": form,
            "plan": plan,
            "outcomes": [(PLANNED[outcome], count) for outcome, count in plan.outcomes.most_common()],
        }
        return render(request, "admin/articles/story/merge.html", context)


def _curator(request: HttpRequest) -> User:
    return cast(User, request.user)
