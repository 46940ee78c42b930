"""One chunk of chosen articles, done by who may still do it."""

from collections import Counter
from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from articles.bulk.actions import BulkAction
from articles.bulk.judging import CHANGING, GONE, Values
from articles.jobs.work import Refused
from articles.models.article import Article


@transaction.atomic
def change(action: BulkAction, keys: Sequence[int], values: Values, *, by: User, reason: str) -> Counter[str]:
    """Do it to those of the articles that it changes, all or none; how many there were of each outcome."""
    held = Article.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    outcomes = dict(held.annotate(outcome=action.judge(values)).values_list("pk", "outcome"))
    chosen = [key for key, outcome in outcomes.items() if outcome in CHANGING]
    if chosen and action.verb:
        action.verb(chosen, values, by=by, reason=reason)
    counts = Counter(outcomes.values())
    if gone := len(keys) - len(outcomes):
        counts[GONE] = gone
    return counts


def who_may(actor: int | None, permission: str) -> User:
    """The curator, asked anew; raises Refused where the account is gone, closed or has lost the permission."""
    curator = User.objects.filter(pk=actor or 0, is_active=True).first()
    if curator is None or not curator.has_perm(permission):
        raise Refused(gettext("لم يعد لمن طلب المهمة إذن بهذا العمل."))
    return curator
