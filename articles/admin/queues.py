"""What waits for a curator: every queue with its count, each leading to the list that holds just that.

Counts stop at MOST and are made of indexes. A queue whose list somebody may not see is not shown to them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles import empty_searches
from articles.admin.queue_filters import SURE, in_doubt, soon_out_of_embargo, to_mend
from articles.models.article import Article, Status
from articles.models.empty_search import EmptySearch
from articles.models.extraction import RepeatedLine, RepeatedLineState
from articles.models.import_run import ImportItem
from articles.models.returned_text import ReturnedText
from articles.models.story import Story
from articles.models.version import ArticleVersion
from articles.templatetags.counts import number

MOST = 1000


@dataclass(frozen=True, slots=True)
class Queue:
    """`rows` are what waits, `model` and `query` the list that shows them.

    Where it `is_walked`, curators go from one article to the next.
    """

    name: str
    label: Any
    model: str
    query: Mapping[str, str]
    rows: Callable[[], QuerySet[Any]]
    is_walked: bool = False

    @property
    def permission(self) -> str:
        return f"articles.view_{self.model}"

    @property
    def address(self) -> str:
        return _with(reverse(f"admin:articles_{self.model}_changelist"), self.query)

    @property
    def begin(self) -> str:
        return _with(reverse("admin:articles_article_queue"), self.query) if self.is_walked else ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A queue and how many wait in it, as a page shows it."""

    queue: Queue
    count: int

    @property
    def shown(self) -> str:
        return f"{number(MOST)}+" if self.count > MOST else number(self.count)


def _with(address: str, query: Mapping[str, str]) -> str:
    return f"{address}?{urlencode(query)}" if query else address


QUEUES = (
    Queue(
        "returned", _("نصوص محجوبة عادت برابط آخر"), "returnedtext", {},
        lambda: ReturnedText.objects.filter(decided_at=None),
    ),
    Queue(
        "in_review", _("مسودات قيد المراجعة"), "article", {"status__exact": Status.IN_REVIEW.value},
        lambda: Article.objects.filter(status=Status.IN_REVIEW), is_walked=True,
    ),
    Queue(
        "embargoes", _("تظهر للقراء خلال أسبوع"), "article", {"embargo": "ending"},
        lambda: soon_out_of_embargo(Article.objects.all()), is_walked=True,
    ),
    Queue(
        "undated", _("مقالات بلا تاريخ"), "article", {"published_on__isempty": "1"},
        lambda: Article.objects.filter(published_on=None), is_walked=True,
    ),
    Queue(
        "unsigned", _("مقالات بلا كاتب"), "article", {"author__isempty": "1"},
        lambda: Article.objects.filter(author=""), is_walked=True,
    ),
    Queue(
        "doubtful", _("حقول ثقتها ضعيفة"), "article", {"surety": str(SURE)},
        lambda: in_doubt(Article.objects.all()), is_walked=True,
    ),
    Queue(
        "lines", _("أسطر متكررة تنتظر قراراً"), "repeatedline", {"state__exact": "proposed"},
        lambda: RepeatedLine.objects.filter(state=RepeatedLineState.PROPOSED),
    ),
    Queue(
        "stories", _("أخبار مكررة تنتظر المراجعة"), "story", {"review": "waiting"},
        lambda: Story.objects.reviewable(),
    ),
    Queue(
        "edits", _("تعديلات صامتة"), "articleversion", {},
        lambda: ArticleVersion.objects.filter(is_silent=True, reviewed_at=None),
    ),
    Queue(
        "searches", _("عمليات بحث بلا نتائج"), "emptysearch", {},
        lambda: EmptySearch.objects.filter(dismissed_at=None, found=0),
    ),
    Queue(
        "unindexed", _("مقالات تنتظر الفهرسة"), "article", {"waiting": "yes"},
        lambda: Article.objects.needing_index(),
    ),
    Queue(
        "failed", _("عناصر مستوردة تعذّرت"), "importitem", {"mending": "waiting"},
        lambda: to_mend(ImportItem.objects.all()),
    ),
)  # fmt: skip


def waiting_for(request: HttpRequest) -> list[Waiting]:
    """The queues that somebody may look at, each with its count: one query for a queue."""
    empty_searches.absorb()
    allowed = [queue for queue in QUEUES if request.user.has_perm(queue.permission)]
    return [Waiting(queue, bounded_count(queue.rows())) for queue in allowed]


def bounded_count(rows: QuerySet[Any]) -> int:
    """How many rows there are, MOST + 1 at most: no more are looked at."""
    return rows.order_by().values("pk")[: MOST + 1].count()
