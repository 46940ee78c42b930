"""Taking articles from readers on somebody's demand, and giving them back.

What stands taken down cannot be published by any other verb: the demand is lifted first, by who may.
"""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from articles import curation
from articles.models.article import Article, ArticleQuerySet, Status
from articles.models.returned_text import ReturnedText
from articles.models.takedown import Reason, Takedown


@dataclass(frozen=True, slots=True)
class Demand:
    """Why articles are taken down. Readers are told `reason` and `sentence`; `requester` and `note` nobody outside."""

    reason: str = Reason.OTHER
    sentence: str = ""
    is_legal: bool = False
    requester: str = ""
    note: str = ""


@transaction.atomic
def take_down(articles: Article | ArticleQuerySet, demand: Demand, *, by: User) -> int:
    """Withdraw articles and tell readers why; the number of those that were not taken down before."""
    taken = 0
    for rows in curation.batches(curation.not_taken_down(articles)):
        Takedown.objects.bulk_create(
            Takedown(
                article_id=row.key,
                reason=demand.reason,
                public_sentence=demand.sentence.strip(),
                is_legal=demand.is_legal,
                requester=demand.requester.strip(),
                note=demand.note.strip(),
                status_before=row.status,
                taken_by=by,
            )
            for row in rows
        )
        chosen = Article.objects.filter(pk__in=[row.key for row in rows])
        _decide(ReturnedText.objects.filter(article__in=chosen), by)
        why = gettext("حُجب بطلب: %(reason)s.") % {"reason": Reason(demand.reason).label}
        said = f"{why} {demand.sentence}".strip()
        curation.set_status(chosen, Status.WITHDRAWN, by=by, reason=said)
        taken += len(rows)
    curation.refresh(articles)
    return taken


@transaction.atomic
def let_go(returned: QuerySet[ReturnedText], *, by: User) -> int:
    """Say of articles that came in with a text taken down that theirs is another: they may be published. How many."""
    return _decide(returned, by)


def _decide(returned: QuerySet[ReturnedText], by: User) -> int:
    keys = returned.filter(decided_at=None).order_by().values_list("pk", flat=True)
    chosen = ReturnedText.objects.filter(pk__in=list(keys))
    return chosen.update(decided_at=timezone.now(), decided_by=by)


@transaction.atomic
def restore(articles: Article | ArticleQuerySet, *, by: User, reason: str = "") -> int:
    """Lift what keeps articles taken down; each is again what it was before. The number of articles."""
    lifted = 0
    standing = Takedown.objects.standing()
    said = f"{gettext('رُفع الحجب.')} {reason.strip()}".strip()
    for rows in curation.batches(curation.as_set(articles).filter(pk__in=standing.values("article"))):
        held = standing.filter(article__in=[row.key for row in rows])
        before = dict(held.values_list("article", "status_before"))
        held.update(lifted_at=timezone.now(), lifted_by=by, lift_reason=reason.strip()[:200])
        for status in Status:
            chosen = Article.objects.filter(pk__in=[key for key, was in before.items() if was == status])
            curation.set_status(chosen, status, by=by, reason=said)
        lifted += len(rows)
    curation.refresh(articles)
    return lifted


def waiting_return(article: Article) -> ReturnedText | None:
    """What keeps an article from being published because its text stands taken down elsewhere, if anything does."""
    waiting = ReturnedText.objects.filter(article=article, decided_at=None)
    return waiting.select_related("takedown__article").defer("takedown__article__body").first()


def standing_takedown(article: Article) -> Takedown | None:
    """What keeps an article taken down, if anything does."""
    return Takedown.objects.standing().filter(article=article).first()
