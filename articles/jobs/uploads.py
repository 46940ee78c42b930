"""Uploads as jobs: read for the preview, imported, and an import taken back."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import DatabaseError
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import uploading
from articles.importing.columns import WrongMap
from articles.importing.meter import Meter
from articles.importing.options import Summary
from articles.importing.store import undoing
from articles.importing.store.lock import Busy
from articles.importing.store.ruling import TooManyRules
from articles.importing.store.undoing import Kept
from articles.jobs.kind import JobKind
from articles.jobs.work import Refused, Work
from articles.models.import_run import ImportRun, Outcome
from articles.models.upload import Upload, UploadState

Done = TypeVar("Done")

PREVIEW, IMPORT, UNDO = "uploads.preview", "uploads.import", "imports.undo"
WHOLE = 100  # how far an import is, is told in hundredths of its bytes
MOST_KEPT_SHOWN = 20

REASONS: Mapping[str, Any] = {
    undoing.BY_CURATOR: _("عمل عليه محرر، وسجلّه يقول من"),
    undoing.OF_OTHERS: _("له نسخ من عمليات أخرى؛ ألغها أولاً"),
    undoing.CHANGED: _("تغيّر بعد العملية"),
    undoing.TAKEN_OVER: _("أخذت العملية بنصه الجديد، وما كان قبله غير محفوظ"),
    undoing.TAKEN_OVER_LATER: _("أخذت عملية لاحقة بنصه؛ ألغها أولاً"),
    undoing.BUILT_UPON: _("أُخذ نصه مما التقطته العملية، أخذه محرر أو قواعد أحدث"),
}


def preview(work: Work) -> None:
    upload = _upload(work)
    _guarded(lambda: uploading.preview(upload, _hearing(work)))
    work.settle(links=[_link_to(upload)])


def bring_in(work: Work) -> None:
    upload = _upload(work)
    _guarded(lambda: uploading.bring_in(upload, _hearing(work)))
    work.done = WHOLE
    work.settle(links=[_link_to(upload)])


def undo(work: Work) -> None:
    """Undo the runs of `options["runs"]`; what stays is told with its reason."""
    runs = list(ImportRun.objects.filter(pk__in=work.options["runs"]))
    kept: list[str] = []

    def hear(item: Kept) -> None:
        if len(kept) < MOST_KEPT_SHOWN:
            kept.append(f"{item.title or item.origin}: {REASONS.get(item.reason, item.reason)}")

    done = _guarded(lambda: uploading.take_back(runs, report=hear, progress=work.advance))
    work.counts.update(
        taken_back=done.articles, captures=done.captures, restored=done.restored, kept=done.kept
    )
    Upload.objects.filter(runs__in=runs).update(state=UploadState.UNDONE)
    work.settle(kept=kept)


def _upload(work: Work) -> Upload:
    upload = Upload.objects.filter(pk=work.options["upload"]).first()
    if upload is None or not upload.files:
        raise Refused(gettext("لم تعد الملفات المرسلة محفوظة. أرسلها من جديد."))
    return upload


def _guarded(verb: Callable[[], Done]) -> Done:
    """What an import says of itself, in the language of the desk."""
    try:
        return verb()
    except Busy as error:
        raise Refused(gettext("يجري استيراد آخر الآن. أكمل هذه المهمة حين ينتهي.")) from error
    except WrongMap as error:
        raise Refused(gettext("لا يمكن اتباع ربط الأعمدة: %(problem)s") % {"problem": error}) from error
    except TooManyRules as error:
        raise Refused(str(error)) from error
    except (OSError, DatabaseError) as error:
        raise Refused(f"{type(error).__name__}: {error}") from error


def _hearing(work: Work) -> Callable[[Summary, Meter], None]:
    def hear(summary: Summary, meter: Meter) -> None:
        work.counts.clear()
        work.counts.update(summary.counts)
        share = int(WHOLE * meter.position / meter.total) if meter.total else 0
        work.advance(share - work.done, total=WHOLE)

    return hear


def _link_to(upload: Upload) -> dict[str, str]:
    return {
        "address": reverse("admin:articles_upload_change", args=[upload.pk]),
        "label": gettext("الملفات المرسلة: %(label)s") % {"label": upload.label},
    }


OUTCOMES = dict(Outcome.choices)
KINDS = (
    JobKind(PREVIEW, preview, OUTCOMES, is_indexed=False),
    JobKind(IMPORT, bring_in, OUTCOMES),
    JobKind(
        UNDO,
        undo,
        {
            "taken_back": _("مقالات أُلغيت"),
            "captures": _("نسخ أُلغيت"),
            "restored": _("نصوص عادت إلى ما كانت"),
            "kept": _("بقي"),
        },
    ),
)
