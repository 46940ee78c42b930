"""Many articles changed at once: the actions of the list lead to one page that counts, shows and asks, then it is done.

What was chosen is fixed as a draft of a job when the page is first shown; its address names the draft alone.
"""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.admin.bulk_forms import FORMS, BulkForm
from articles.admin.catching_up import catch_up_after_commit
from articles.admin.histories import names_in, shown_fields
from articles.admin.jobs import job_address
from articles.admin.merging import MergingAdmin
from articles.admin.workflow import DRAFTED, PUBLISHED, SENT, UNCHANGED, WITHDRAWN, WorkflowAdmin, counted
from articles.bulk import actions, doing, previewing, rereading
from articles.bulk.actions import ACTIONS, AT_ONCE, BulkAction
from articles.bulk.judging import (
    ALREADY,
    CHANGED,
    EMBARGOED,
    NO_CAPTURE,
    NO_DRAFT,
    RETURNED,
    TAKEN_DOWN,
    everything,
)
from articles.jobs import asking
from articles.jobs.bulk import OF_REREADING
from articles.models.article import Article, ArticleQuerySet, Status
from articles.models.job import Job, JobState

PREVIEW = "admin:articles_article_bulk"
LONGEST_QUERY = 2000  # of the list that is gone back to
PLANNED: Mapping[str, Any] = {
    CHANGED: _("ستتغيّر"),
    EMBARGOED: _("ستُنشر، ولا تُقرأ قبل يوم حظرها"),
    ALREADY: _("هي كذلك من قبل"),
    TAKEN_DOWN: _("محجوبة بطلب، تبقى كما هي"),
    NO_DRAFT: _("ليست مسودات، تبقى كما هي"),
    RETURNED: _("نصوص محجوبة عادت ولم يُبتّ فيها، تبقى كما هي"),
    NO_CAPTURE: _("لا نسخة ملتقطة لها"),
}
ONE_CHANGED = ngettext_lazy("تغيّر مقال واحد.", "تغيّر %(number)s مقال.", "count")
BARRED = ngettext_lazy("بقي مقال واحد كما كان.", "بقي %(number)s مقال كما كان.", "count")
SAID = {
    actions.PUBLISH_ALL: PUBLISHED,
    actions.WITHDRAW: WITHDRAWN,
    actions.TO_DRAFT: DRAFTED,
    actions.TO_REVIEW: SENT,
}


def _choosing(action: BulkAction) -> Callable[..., HttpResponse | None]:
    """What Django's list calls: fix what was chosen, and lead to its page."""

    def choose(desk: "BulkAdmin", request: HttpRequest, queryset: ArticleQuerySet) -> HttpResponse | None:
        return desk.choose(request, queryset, action)

    choose.__name__ = action.name
    choose.short_description = action.label  # type: ignore[attr-defined]
    choose.allowed_permissions = (PERMISSIONS[action.permission],)  # type: ignore[attr-defined]
    return choose


PERMISSIONS = {
    actions.CHANGE: "change",
    actions.PUBLISH: "publish",
    actions.TAKE_DOWN: "take_down",
}
CHOICES = tuple(_choosing(action) for action in ACTIONS.values())


class BulkAdmin(WorkflowAdmin, MergingAdmin):
    """The actions of the list of articles, and the page they lead to."""

    actions: Any = CHOICES

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.bulk_view)
        return [path("bulk/<int:key>/", view, name="articles_article_bulk"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """An action that is not offered to somebody is refused, where Django would say that nothing was chosen."""
        asked = ACTIONS.get(request.POST.get("action", ""))
        if asked and not request.user.has_perm(asked.permission):
            raise PermissionDenied
        return super().changelist_view(request, extra_context)

    def choose(
        self, request: HttpRequest, queryset: ArticleQuerySet, action: BulkAction
    ) -> HttpResponse | None:
        keys = queryset.order_by("pk").values_list("pk", flat=True)
        options = {"list": request.GET.urlencode()[:LONGEST_QUERY]}
        if action.name == actions.MERGE and not 2 <= keys[: AT_ONCE + 1].count() <= AT_ONCE:
            said = gettext("يُدمج مقالان على الأقل و%(number)s على الأكثر.")
            messages.error(request, said % {"number": AT_ONCE})
            return None
        draft = asking.draft(
            action.name,
            str(action.label).rstrip("…"),
            by=_curator(request),
            keys=keys.iterator(chunk_size=2000),
            options=options,
        )
        return HttpResponseRedirect(reverse(PREVIEW, args=[draft.pk]))

    def bulk_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Count, show and ask; then have it done."""
        draft = get_object_or_404(Job, pk=key, actor=request.user.pk)
        if draft.state != JobState.DRAFT:
            return HttpResponseRedirect(job_address(draft))
        if draft.kind not in ACTIONS:
            raise PermissionDenied
        action = ACTIONS[draft.kind]
        if not request.user.has_perm(action.permission):
            raise PermissionDenied
        if action.name == actions.MERGE:
            return self.merge_view(request, draft)
        form = self._form(request, draft, action)
        if request.method == "POST" and form.is_valid():
            return self._asked(request, draft, action, form)
        return render(request, "admin/articles/bulk.html", self._shown(request, draft, action, form))

    def _form(self, request: HttpRequest, draft: Job, action: BulkAction) -> Any:
        kind = FORMS.get(action.name, BulkForm)
        if action.name == actions.ADD_TAGS and not request.user.has_perm("articles.add_tag"):
            kind = FORMS[actions.REMOVE_TAGS]
        values, initial = draft.options.get("values"), {"reason": draft.options.get("reason", "")}
        if values is not None:
            initial |= kind.typed(values)
        return kind(request.POST or None, initial=initial)

    def _asked(self, request: HttpRequest, draft: Job, action: BulkAction, form: Any) -> HttpResponse:
        """Done as it was shown; with other values it is shown anew first."""
        values = form.values()
        given = {"values": values, "reason": form.cleaned_data.get("reason", "")}
        options = {**draft.options, **given, "base": request.build_absolute_uri("/").rstrip("/")}
        is_seen = not action.asks or draft.options.get("values") == values
        if "_confirm" not in request.POST or not is_seen:
            Job.objects.filter(pk=draft.pk, state=JobState.DRAFT).update(options=options)
            return HttpResponseRedirect(reverse(PREVIEW, args=[draft.pk]))
        if action.verb and (draft.total or 0) <= AT_ONCE:
            return self._at_once(request, draft, action, options)
        asking.confirm(draft, options)
        return HttpResponseRedirect(job_address(draft))

    def _at_once(
        self, request: HttpRequest, draft: Job, action: BulkAction, options: dict[str, Any]
    ) -> HttpResponse:
        keys = [key for chunk in draft.chunks.order_by("number") for key in chunk.keys]
        with transaction.atomic():
            taken, _rows = Job.objects.filter(pk=draft.pk, state=JobState.DRAFT).delete()
            counts = (
                doing.change(action, keys, options["values"], by=_curator(request), reason=options["reason"])
                if taken
                else {}
            )
        catch_up_after_commit()
        changed = counts.get(CHANGED, 0) + counts.get(EMBARGOED, 0)
        already = counts.get(ALREADY, 0)
        barred = sum(counts.values()) - changed - already
        told = [(SAID.get(action.name, ONE_CHANGED), changed), (UNCHANGED, already), (BARRED, barred)]
        said = [counted(phrase, count) for phrase, count in told if count]
        self.message_user(request, " ".join(said or [counted(ONE_CHANGED, 0)]), messages.SUCCESS)
        query = options.get("list", "")
        address = reverse("admin:articles_article_changelist")
        return HttpResponseRedirect(f"{address}?{query}" if query else address)

    def _shown(self, request: HttpRequest, draft: Job, action: BulkAction, form: Any) -> dict[str, Any]:
        values = draft.options.get("values")
        is_known = values is not None or not action.asks
        judged = action if is_known else BulkAction(action.name, action.label, "", everything)
        found = previewing.preview(draft, judged, values or {})
        tried = self._tried(draft) if action.name == actions.REREAD else {}
        names = names_in(Article, [dict(each.fields) for each in found.examples])
        return {
            **self.admin_site.each_context(request),
            "title": draft.title,
            "opts": self.opts,
            "draft": draft,
            "form": form,
            "preview": found,
            "is_known": is_known,
            "may_confirm": is_known and bool(found.changing),
            "outcomes": [
                (PLANNED[outcome], count) for outcome, count in found.outcomes.most_common() if count
            ]
            if is_known and action.told
            else [],
            "statuses": [(Status(status).label, count) for status, count in found.statuses.most_common()],
            "examples": [
                (each.article, shown_fields(Article, dict(each.fields), names)) for each in found.examples
            ],
            **tried,
        }

    def _tried(self, draft: Job) -> dict[str, Any]:
        """What reading the first of them again would change."""
        first = draft.chunks.order_by("number").values_list("keys", flat=True).first() or []
        counts, told = rereading.trial(first[: rereading.TRIED])
        changed = [each for each in told if each.changes][: previewing.TITLES_SHOWN]
        return {
            "tried": len(told),
            "trial": [(OF_REREADING[outcome], count) for outcome, count in counts.most_common()],
            "rereads": [
                (
                    each.title,
                    [(name, before[:200], after[:200]) for name, (before, after) in each.changes.items()],
                )
                for each in changed
            ],
        }


def _curator(request: HttpRequest) -> User:
    return cast(User, request.user)
