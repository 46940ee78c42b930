"""Taking an import back at the desk: who may, what it would take, and the job that does it."""

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext

from articles.admin.desk import ReadOnlyAdmin
from articles.admin.jobs import job_address
from articles.jobs import asking
from articles.jobs.uploads import UNDO
from articles.models.import_run import ImportRun, Outcome
from articles.models.upload import Upload

UNDO_IMPORT = "articles.undo_import"
MOST_RUNS = 50


class UndoingAdmin(ReadOnlyAdmin):
    """What the desk of runs has for taking one back, with whatever belongs to it."""

    def get_urls(self) -> list[URLPattern]:
        undo = path("undo/", self.admin_site.admin_view(self.undo_view), name="articles_importrun_undo")
        return [undo, *super().get_urls()]

    def undo_view(self, request: HttpRequest) -> HttpResponse:
        """Say what would be taken back, ask, and have it done as a job."""
        keys = [
            int(key) for key in request.GET.get("runs", "").split(",") if key.isdecimal() and len(key) < 18
        ]
        runs = list(ImportRun.objects.filter(pk__in=keys[:MOST_RUNS], undone_at__isnull=True).order_by("pk"))
        if not all(may_undo(request, run) for run in runs):
            raise PermissionDenied
        if not runs:
            raise Http404
        if request.method == "POST":
            label = "، ".join(str(run) for run in runs)
            job = asking.ask(
                UNDO,
                gettext("إلغاء استيراد: %(label)s") % {"label": label},
                by=cast(User, request.user),
                options={"runs": [run.pk for run in runs]},
            )
            return HttpResponseRedirect(job_address(job))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("إلغاء استيراد"),
            "opts": self.opts,
            "runs": [(run, run_counts(run)) for run in runs],
        }
        return render(request, "admin/articles/upload/undo.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        shown = kwargs.get("obj")
        offered = ""
        if isinstance(shown, ImportRun) and shown.undone_at is None and may_undo(request, shown):
            offered = undo_address([shown])
        return super().render_change_form(request, {**context, "undo_address": offered}, *args, **kwargs)


def may_undo(request: HttpRequest, run: ImportRun) -> bool:
    """Whoever may undo any import; and those who sent the files of this one."""
    if request.user.has_perm(UNDO_IMPORT):
        return True
    may_send = request.user.has_perm("articles.add_upload")
    return may_send and Upload.objects.filter(runs=run, actor=cast(User, request.user)).exists()


def undo_address(runs: list[ImportRun]) -> str:
    return f"{reverse('admin:articles_importrun_undo')}?runs={','.join(str(run.pk) for run in runs)}"


def run_counts(run: ImportRun) -> list[tuple[Any, int, str]]:
    """The outcomes that a run has, each with its address in the list of items."""
    return [
        (outcome.label, count, "" if outcome is Outcome.UNCHANGED else items_address(run, outcome))
        for outcome in Outcome
        if (count := getattr(run, outcome.value))
    ]


def items_address(run: ImportRun, outcome: Outcome) -> str:
    query = urlencode({"run": run.pk, "outcome__exact": outcome.value})
    return f"{reverse('admin:articles_importitem_changelist')}?{query}"
