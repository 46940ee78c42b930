"""The job that makes two sources one."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import source_merging
from articles.jobs.kind import JobKind
from articles.jobs.work import Refused, Work
from articles.models.source import Source

NAME = "merge_sources"


def merge(work: Work) -> None:
    """Move the articles chunk by chunk, then give up the source; options `other` and `into` are keys."""
    other, into = (Source.objects.filter(pk=work.options[name]).first() for name in ("other", "into"))
    if into is None:
        raise Refused(gettext("حُذف المصدر الذي يُدمج فيه."))
    if other is None:
        return  # the job was interrupted after its last step
    if problem := source_merging.merging(other, into).problem:
        raise Refused(problem)
    given_up, kept = other.pk, into.pk

    def move(keys: list[int]) -> Mapping[str, int]:
        return {"moved": source_merging.move_articles(keys, other=given_up, into=kept, by=work.actor)}

    work.each_chunk(move)
    work.advance(0, moved=source_merging.give_up(other, into, by=work.actor))
    work.settle(links=[{"address": into.get_absolute_url(), "label": into.name}])


KINDS = (JobKind(NAME, merge, {"moved": _("انتقل إلى المصدر")}),)
