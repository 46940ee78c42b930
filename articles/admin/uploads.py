"""The desk of uploads: files sent, looked at, imported and taken back. Reading and writing are jobs."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import display
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from articles import uploading
from articles.admin.code_words import code_word
from articles.admin.desk import ReadOnlyAdmin
from articles.admin.jobs import progress_of
from articles.admin.undoing import may_undo, run_counts, undo_address
from articles.admin.upload_form import Quota, UploadForm
from articles.jobs import asking
from articles.jobs.uploads import IMPORT, PREVIEW
from articles.models.import_run import Outcome
from articles.models.job import Job
from articles.models.upload import Upload, UploadState

PUBLISH = "articles.publish_article"


class UploadAdmin(ReadOnlyAdmin):
    list_display = ("label", "shown_state", "shown_size", "actor", "sent_at")
    list_filter = ("state",)
    list_select_related = ("actor",)
    search_fields = ("label",)
    search_help_text = _("جزء من اسم ملف.")
    fields = ("actor", "sent_at")
    change_form_template = "admin/articles/upload/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("actor", "job")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.add_upload")

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        own = [
            path("add/", guarded(self.send_view), name="articles_upload_add"),
            path("<int:key>/import/", require_POST(guarded(self.import_view)), name="articles_upload_import"),
            path(
                "<int:key>/discard/", require_POST(guarded(self.discard_view)), name="articles_upload_discard"
            ),
            path("<int:key>/<str:name>.csv", guarded(self.report_view), name="articles_upload_report"),
        ]
        return [*own, *super().get_urls()]

    @display(description=_("الحالة"), ordering="state")
    def shown_state(self, obj: Upload) -> SafeString:
        return format_html('<span class="badge {}">{}</span>', obj.state, obj.get_state_display())

    @display(description=_("الحجم"), ordering="size")
    def shown_size(self, obj: Upload) -> str:
        return filesizeformat(obj.size)

    @method_decorator(csrf_exempt)
    def send_view(self, request: HttpRequest) -> HttpResponse:
        """The form. The quota is set before anything reads the request, so the token is checked after that."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        quota = Quota(request)
        request.upload_handlers.insert(0, quota)
        return csrf_protect(self._send)(request, quota)

    def _send(self, request: HttpRequest, quota: Quota) -> HttpResponse:
        may_publish = request.user.has_perm(PUBLISH)
        form = UploadForm(request.POST or None, request.FILES or None, may_publish=may_publish)
        if quota.is_over:
            form = UploadForm(may_publish=may_publish)
            messages.error(request, too_large())
        elif request.method == "POST" and form.is_valid():
            return self._stage(request, form)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("إرسال ملفات"),
            "opts": self.opts,
            "form": form,
            "limit": filesizeformat(settings.UPLOAD_LIMIT),
        }
        return render(request, "admin/articles/upload/send.html", context)

    def _stage(self, request: HttpRequest, form: UploadForm) -> HttpResponse:
        by = cast(User, request.user)
        upload = uploading.stage(form.cleaned_data["sent"], form.options(), by=by)
        self._ask(upload, PREVIEW, gettext("معاينة: %(label)s"), by)
        return HttpResponseRedirect(upload_address(upload))

    @transaction.atomic
    def _ask(self, upload: Upload, kind: str, title: str, by: User) -> Job:
        job = asking.ask(kind, title % {"label": upload.label}, by=by, options={"upload": upload.pk})
        Upload.objects.filter(pk=upload.pk).update(job=job)
        return job

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        shown = kwargs.get("obj")
        told = self._told(request, shown) if isinstance(shown, Upload) else {}
        return super().render_change_form(request, {**context, **told, "title": shown}, *args, **kwargs)

    def _told(self, request: HttpRequest, upload: Upload) -> dict[str, Any]:
        runs = list(upload.runs.order_by("pk"))
        job = progress_of(upload.job) if upload.job else {"job": None}
        return {
            **job,
            "upload": upload,
            "files": [(path.name, path.stat().st_size) for path in upload.files],
            "previewed": shown_preview(upload.preview),
            "runs": [(run, run_counts(run)) for run in runs],
            "may_import": upload.state == UploadState.PREVIEWED and self.has_add_permission(request),
            "may_undo": any(may_undo(request, run) for run in runs) and upload.state == UploadState.IMPORTED,
            "undo_address": undo_address(runs) if runs else "",
            "has_report": upload.state in (UploadState.IMPORTED, UploadState.UNDONE),
        }

    def import_view(self, request: HttpRequest, key: int) -> HttpResponse:
        upload = self._upload(request, key)
        if upload.options.get("status") == "published" and not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        ready = Upload.objects.filter(pk=key, state=UploadState.PREVIEWED)
        if ready.update(state=UploadState.IMPORTING):  # pressed twice, it is imported once
            self._ask(upload, IMPORT, gettext("استيراد: %(label)s"), cast(User, request.user))
        return HttpResponseRedirect(upload_address(upload))

    def discard_view(self, request: HttpRequest, key: int) -> HttpResponse:
        upload = self._upload(request, key)
        if upload.job and upload.job.is_open:
            asking.stop(upload.job)
        if upload.state in (UploadState.STAGED, UploadState.PREVIEWED):
            uploading.discard(upload)
            messages.success(request, gettext("تُخلّص من الملفات، ولم يُستورد منها شيء."))
        return HttpResponseRedirect(reverse("admin:articles_upload_changelist"))

    def report_view(self, request: HttpRequest, key: int, name: str) -> FileResponse:
        """What became of every item, or would: for a spreadsheet."""
        upload = get_object_or_404(Upload, pk=key)
        if not self.has_view_permission(request, upload):
            raise PermissionDenied
        if f"{name}.csv" not in (uploading.PREVIEW, uploading.REPORT):
            raise Http404
        try:
            file = uploading.open_report(upload, f"{name}.csv")
        except FileNotFoundError as error:
            raise Http404 from error
        return FileResponse(file, as_attachment=True, filename=f"{name}-{key}.csv")

    def _upload(self, request: HttpRequest, key: int) -> Upload:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return get_object_or_404(Upload.objects.select_related("job"), pk=key)


def upload_address(upload: Upload) -> str:
    return reverse("admin:articles_upload_change", args=[upload.pk])


def too_large() -> str:
    said = gettext(
        "الملفات أكبر مما يُرسل هنا (%(limit)s)، أو مما بقي على القرص. يستوردها مشغّل الموقع بالأمر import_articles."
    )
    return said % {"limit": filesizeformat(settings.UPLOAD_LIMIT)}


def shown_preview(preview: dict[str, Any]) -> list[dict[str, Any]]:
    """The outcomes of a preview in their order, each with its first items."""
    counts, examples = preview.get("counts", {}), preview.get("examples", {})
    return [
        {
            "label": outcome.label,
            "name": outcome.value,
            "count": counts[outcome.value],
            "items": [{**item, "why": code_word(item["code"])} for item in examples.get(outcome.value, ())],
        }
        for outcome in Outcome
        if counts.get(outcome.value)
    ]
