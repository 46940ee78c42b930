"""The desk of jobs: what takes longer than a request, how far it is, and the buttons that stop it and go on."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.admin import display
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles.admin.desk import ReadOnlyAdmin
from articles.bulk import files
from articles.bulk.actions import CHANGE
from articles.jobs import asking, running
from articles.jobs.kinds import KINDS
from articles.models.job import Job, JobChunk, JobState

PROBLEMS_SHOWN = 20
TIME_TO_START = timedelta(seconds=10)
REFUSED = _("بقي كما كان")


class JobAdmin(ReadOnlyAdmin):
    list_display = ("title", "shown_state", "shown_progress", "actor", "asked_at", "finished_at")
    list_filter = ("state",)
    list_select_related = ("actor",)
    fields = ("actor", "asked_at", "started_at", "finished_at")
    change_form_template = "admin/articles/job/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        own = [
            path("<int:key>/progress/", guarded(self.progress_view), name="articles_job_progress"),
            path("<int:key>/file/", guarded(self.file_view), name="articles_job_file"),
            path("<int:key>/stop/", require_POST(guarded(self.stop_view)), name="articles_job_stop"),
            path("<int:key>/go-on/", require_POST(guarded(self.go_on_view)), name="articles_job_go_on"),
        ]
        return [*own, *super().get_urls()]

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever asked for a job may follow it."""
        asked_it = isinstance(obj, Job) and obj.actor_id == request.user.pk and bool(request.user.is_staff)
        return asked_it or super().has_view_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Drafts have pages of their own."""
        jobs = super().get_queryset(request).exclude(state=JobState.DRAFT)
        return jobs.select_related("actor")

    @display(description=_("الحالة"), ordering="state")
    def shown_state(self, obj: Job) -> SafeString:
        return format_html('<span class="badge {}">{}</span>', obj.state, obj.get_state_display())

    @display(description=_("أُنجز"))
    def shown_progress(self, obj: Job) -> str:
        return f"{obj.done:,} / {obj.total:,}" if obj.total is not None else f"{obj.done:,}"

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        shown = kwargs.get("obj")
        told = progress_of(shown) if isinstance(shown, Job) else {}
        return super().render_change_form(request, {**context, **told, "title": shown}, *args, **kwargs)

    def progress_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """The part of the page that changes, for the script that asks for it again and again."""
        job = self._job(request, key)
        return render(request, "admin/articles/job/_progress.html", progress_of(job))

    def file_view(self, request: HttpRequest, key: int) -> FileResponse:
        """The file that a job made, for whoever asked for it alone: drafts may be in it."""
        job = get_object_or_404(self.get_queryset(request), pk=key, actor=request.user.pk)
        path = files.path_of(job.result.get("file", ""))
        if path is None:
            raise Http404
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        response = FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
        response["Cache-Control"] = "private, no-store"
        return response

    def stop_view(self, request: HttpRequest, key: int) -> HttpResponse:
        job = self._job(request, key)
        asking.stop(job)
        messages.success(request, gettext("تتوقف المهمة عند نهاية الدفعة الجارية، ويبقى ما أُنجز."))
        return HttpResponseRedirect(job_address(job))

    def go_on_view(self, request: HttpRequest, key: int) -> HttpResponse:
        job = self._job(request, key)
        asking.go_on(job)
        return HttpResponseRedirect(job_address(job))

    def _job(self, request: HttpRequest, key: int) -> Job:
        """The job, for whoever asked for it and for superusers; others look at the list."""
        job = get_object_or_404(self.get_queryset(request), pk=key)
        if not self.has_view_permission(request, job):
            raise PermissionDenied
        if request.method == "POST" and job.actor_id != request.user.pk and not request.user.is_superuser:
            raise PermissionDenied
        return job


def job_address(job: Job) -> str:
    return reverse("admin:articles_job_change", args=[job.pk])


def is_interrupted(job: Job) -> bool:
    """Whether nobody does an open job, though a process had the time to start."""
    is_new = job.started_at is None and timezone.now() - job.asked_at < TIME_TO_START
    return job.is_open and not is_new and not running.is_at_work()


def progress_of(job: Job) -> dict[str, Any]:
    """What the page of a job shows of it."""
    kind = KINDS.get(job.kind)
    words = {**(kind.outcomes if kind else {}), "refused": REFUSED}
    refused = JobChunk.objects.filter(job=job).exclude(problem="").order_by("number")
    return {
        "job": job,
        "is_interrupted": is_interrupted(job),
        "may_go_on": job.state in (JobState.STOPPED, JobState.FAILED) or bool(job.counts.get("refused")),
        "outcomes": [(words.get(name, name), count) for name, count in sorted(job.counts.items())],
        "problems": list(refused.values_list("problem", flat=True)[:PROBLEMS_SHOWN]),
        "links": job.result.get("links", []),
    }
