"""What curators have done to many articles: every action of `articles.bulk` is a kind of work."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.bulk import doing, files, rereading, stories
from articles.bulk.actions import ACTIONS, EXPORT, MERGE, PUBLISH, REREAD
from articles.bulk.judging import (
    ALREADY,
    CHANGED,
    EMBARGOED,
    GONE,
    NO_CAPTURE,
    NO_DRAFT,
    RETURNED,
    TAKEN_DOWN,
)
from articles.importing import reextraction
from articles.importing.store.lock import Busy
from articles.jobs.kind import JobKind
from articles.jobs.work import Refused, Work

OUTCOMES: Mapping[str, Any] = {
    CHANGED: _("تغيّرت"),
    EMBARGOED: _("نُشرت، ولا تُقرأ قبل يوم حظرها"),
    ALREADY: _("كانت كذلك"),
    TAKEN_DOWN: _("محجوبة بطلب، بقيت كما هي"),
    NO_DRAFT: _("ليست مسودات، بقيت كما هي"),
    RETURNED: _("نصوص محجوبة عادت ولم يُبتّ فيها، بقيت كما هي"),
    NO_CAPTURE: _("لا نسخة ملتقطة لها"),
    GONE: _("لم تعد في الأرشيف"),
}
OF_REREADING: Mapping[str, Any] = {
    reextraction.CHANGED: _("تغيّر نصها"),
    reextraction.UNCHANGED: _("لم يتغيّر نصها"),
    reextraction.PROTECTED: _("صحّحها محرر، بقيت كما هي"),
    reextraction.NOT_EXTRACTABLE: _("لا نص في نسختها الملتقطة"),
    reextraction.MISSING: _("فُقدت نسختها الملتقطة"),
    reextraction.DAMAGED: _("تلفت نسختها الملتقطة"),
    reextraction.NO_CAPTURE: _("لا نسخة ملتقطة لها"),
}
OF_STORIES: Mapping[str, Any] = {
    stories.MERGED: _("أخبار دُمجت نسخها"),
    stories.DATES_DIFFER: _("أخبار تواريخ نسخها مختلفة، بقيت"),
    stories.BARRED: _("أخبار فيها محجوب أو محظور، بقيت"),
    stories.NOT_CONFIRMED: _("أخبار لم تُقرّ، بقيت"),
}


def change(work: Work) -> None:
    """Chunk by chunk, each whole or not at all; who asked for it must still be allowed to do it."""
    action = ACTIONS[work.job.kind]
    values, reason = work.options.get("values", {}), work.options.get("reason", "")

    def one(keys: list[int]) -> Mapping[str, int]:
        curator = doing.who_may(work.job.actor_id, action.permission)
        return doing.change(action, keys, values, by=curator, reason=reason)

    work.each_chunk(one)


def reread(work: Work) -> None:
    """Pages are read outside transactions, which would hold up every save at the desk."""

    def one(keys: list[int]) -> Mapping[str, int]:
        curator = doing.who_may(work.job.actor_id, ACTIONS[REREAD].permission)
        try:
            return rereading.reread(keys, by=curator, reason=work.options.get("reason", ""))
        except Busy as error:
            raise Refused(gettext("يجري استيراد الآن. أكمل المهمة حين ينتهي.")) from error

    work.each_chunk(one, in_transaction=False)


def merge_stories(work: Work) -> None:
    """The copies of confirmed stories, each story whole."""

    def one(keys: list[int]) -> Mapping[str, int]:
        curator = doing.who_may(work.job.actor_id, PUBLISH)
        return stories.merge(keys, by=curator, reason=work.options.get("reason", ""))

    work.each_chunk(one)


def export(work: Work) -> None:
    """The file is written anew where the work was interrupted."""
    doing.who_may(work.job.actor_id, ACTIONS[EXPORT].permission)
    files.tidy_up()
    form = work.options["values"]["form"]
    name = files.file_name(work.job.pk, form)
    chunks = work.job.chunks.order_by("number").values_list("keys", flat=True).iterator(chunk_size=10)
    for written in files.write(chunks, form, work.options["base"], name):
        work.advance(written, written=written)
    address = reverse("admin:articles_job_file", args=[work.job.pk])
    work.settle(file=name, links=[{"address": address, "label": gettext("نزّل الملف")}])


KINDS = (
    *(JobKind(name, change, OUTCOMES) for name in ACTIONS if name not in (REREAD, EXPORT, MERGE)),
    JobKind(REREAD, reread, OF_REREADING),
    JobKind(stories.MERGE_STORIES, merge_stories, OF_STORIES),
    JobKind(EXPORT, export, {"written": _("كُتبت في الملف")}, is_indexed=False),
)
