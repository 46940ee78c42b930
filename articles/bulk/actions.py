"""What can be done to many articles at once. An action is a judgement, a verb and a permission, listed here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from articles import curation, takedown
from articles.bulk import belonging, fields, judging
from articles.bulk.judging import Judge, Values
from articles.history import Fields
from articles.models.article import Article, Status
from articles.takedown import Demand

CHANGE, PUBLISH, TAKE_DOWN = (
    "articles.change_article",
    "articles.publish_article",
    "articles.take_down_article",
)
AT_ONCE = 50  # articles changed while the curator waits

Told = Callable[[Sequence[int], Values], Mapping[int, Fields]]


class Verb(Protocol):
    """Change the articles of these keys, all of which may be changed."""

    def __call__(self, keys: Sequence[int], values: Values, *, by: User, reason: str) -> Any: ...


@dataclass(frozen=True, slots=True)
class BulkAction:
    """`judge` tells what would become of each article, `told` its fields before and after.

    `verb` is given only what changes; an action without one does its work in a job of its own kind. `asks` says that
    what would change depends on values, which are typed first; `reads_rows` that the judgement asks for columns that no
    index holds.
    """

    name: str
    label: Any
    permission: str
    judge: Judge
    verb: Verb | None = None
    told: Told | None = None
    asks: bool = True
    reads_rows: bool = False


def _status(verb: Callable[..., int]) -> Verb:
    def change(keys: Sequence[int], values: Values, *, by: User, reason: str) -> int:
        return verb(Article.objects.filter(pk__in=keys), by=by, reason=reason)

    return change


def _becomes(status: Status) -> Told:
    def told(keys: Sequence[int], values: Values) -> dict[int, Fields]:
        rows = Article.objects.filter(pk__in=keys).values_list("pk", "status")
        return {key: {"status": [before, status.value]} for key, before in rows}

    return told


def _take_down(keys: Sequence[int], values: Values, *, by: User, reason: str) -> int:
    return takedown.take_down(Article.objects.filter(pk__in=keys), Demand(**values), by=by)


def _step(name: str, label: Any, verb: Callable[..., int], status: Status, judge: Judge) -> BulkAction:
    permission = CHANGE if status == Status.IN_REVIEW else PUBLISH
    return BulkAction(name, label, permission, judge, _status(verb), _becomes(status), asks=False)


def _setting(name: str, label: Any) -> BulkAction:
    return BulkAction(name, label, CHANGE, judging.setting, fields.set_fields, fields.told, reads_rows=True)


def _belonging(name: str, label: Any, of: str, *, is_adding: bool) -> BulkAction:
    judge = judging.adding_to(of) if is_adding else judging.removing_from(of)
    verb = partial(belonging.change, is_adding=is_adding)
    return BulkAction(name, label, CHANGE, judge, verb, partial(belonging.told, is_adding=is_adding))


TO_REVIEW, PUBLISH_ALL, WITHDRAW, TO_DRAFT = "to_review", "publish", "withdraw", "to_draft"
SET_SOURCE, SET_AUTHOR, SET_DATE, SET_SECTION = "set_source", "set_author", "set_date", "set_section"
ADD_COLLECTIONS, REMOVE_COLLECTIONS = "add_collections", "remove_collections"
ADD_TAGS, REMOVE_TAGS = "add_tags", "remove_tags"
TAKE_DOWN_ALL, REREAD, EXPORT, MERGE = "take_down", "reextract", "export_chosen", "merge"

ACTIONS: Mapping[str, BulkAction] = {
    action.name: action
    for action in (
        _step(
            TO_REVIEW,
            _("أرسل المسودات المختارة إلى المراجعة"),
            curation.to_review,
            Status.IN_REVIEW,
            judging.to_review,
        ),
        _step(
            PUBLISH_ALL,
            _("انشر المقالات المختارة"),
            curation.publish,
            Status.PUBLISHED,
            judging.publishing,
        ),
        _step(
            WITHDRAW,
            _("احجب المقالات المختارة"),
            curation.withdraw,
            Status.WITHDRAWN,
            judging.withdrawing,
        ),
        _step(
            TO_DRAFT,
            _("أعد المقالات المختارة إلى المسودات"),
            curation.to_draft,
            Status.DRAFT,
            judging.back_to_draft,
        ),
        _setting(SET_SOURCE, _("حدّد المصدر…")),
        _setting(SET_AUTHOR, _("حدّد الكاتب…")),
        _setting(SET_DATE, _("حدّد تاريخ النشر…")),
        _setting(SET_SECTION, _("حدّد القسم…")),
        _belonging(ADD_COLLECTIONS, _("أضف إلى مجموعات…"), belonging.COLLECTIONS, is_adding=True),
        _belonging(REMOVE_COLLECTIONS, _("أخرج من مجموعات…"), belonging.COLLECTIONS, is_adding=False),
        _belonging(ADD_TAGS, _("ضع وسوماً…"), belonging.TAGS, is_adding=True),
        _belonging(REMOVE_TAGS, _("انزع وسوماً…"), belonging.TAGS, is_adding=False),
        BulkAction(
            REREAD, _("أعد استخراج النص من النسخ الملتقطة…"), CHANGE, judging.reading_again, asks=False
        ),
        BulkAction(MERGE, _("ادمج المقالات المكررة…"), PUBLISH, judging.everything, asks=False),
        BulkAction(
            TAKE_DOWN_ALL,
            _("احجب المقالات المختارة بطلب…"),
            TAKE_DOWN,
            judging.taking_down,
            _take_down,
            _becomes(Status.WITHDRAWN),
            asks=False,
        ),
        BulkAction(EXPORT, _("صدّر المقالات المختارة إلى ملف…"), CHANGE, judging.everything, asks=False),
    )
}
