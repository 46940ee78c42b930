"""What a draft would do, before anybody confirms it. The database counts; no key leaves it."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, F

from articles.bulk.actions import BulkAction
from articles.bulk.judging import CHANGING, Values
from articles.history import Fields
from articles.models.article import Article, ArticleQuerySet
from articles.models.job import Job
from articles.models.source import Source

TITLES_SHOWN = 20
SOURCES_SHOWN = 10
MANY = 5000  # articles from which on a scan is cheaper than looking them up


@dataclass(frozen=True, slots=True)
class Example:
    """One of the articles that would change, and its fields before and after."""

    article: Article
    fields: Fields


@dataclass(slots=True)
class Preview:
    """`outcomes`, `statuses` and `sources` count articles; sources by name, the largest first, "" for none."""

    total: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    sources: list[tuple[str, int]] = field(default_factory=list)
    sources_left_out: int = 0
    examples: list[Example] = field(default_factory=list)

    @property
    def changing(self) -> int:
        return sum(self.outcomes[outcome] for outcome in CHANGING)


def chosen(draft: Job, *, reads_rows: bool) -> ArticleQuerySet:
    """The articles of a draft that are still there.

    Of many, the key is asked for as a sum: SQLite would look each up among the texts, where an index of the table holds
    all that most judgements ask for. Those that read the rows themselves are the quicker for looking them up.
    """
    if reads_rows or (draft.total or 0) < MANY:
        return Article.objects.filter(pk__in=draft.row_keys())
    return Article.objects.annotate(key=F("pk") + 0).filter(key__in=draft.row_keys())


def preview(draft: Job, action: BulkAction, values: Values) -> Preview:
    """What would become of the articles of a draft, in a few queries however many they are."""
    found = Preview(total=draft.total or 0)
    judged = chosen(draft, reads_rows=action.reads_rows).annotate(outcome=action.judge(values))
    by_source: Counter[int | None] = Counter()
    counted = judged.order_by().values_list("outcome", "status", "source").annotate(Count("pk"))
    for outcome, status, source, count in counted:
        found.outcomes[outcome] += count
        found.statuses[status] += count
        by_source[source] += count
    largest = by_source.most_common(SOURCES_SHOWN)
    names = dict(Source.objects.filter(pk__in=[key for key, _count in largest]).values_list("pk", "name"))
    found.sources = [(names.get(key or 0, ""), count) for key, count in largest]
    found.sources_left_out = len(by_source) - len(largest)
    found.examples = _examples(draft, action, values) if found.changing else []
    return found


def _examples(draft: Job, action: BulkAction, values: Values) -> list[Example]:
    """The first articles that would change, in the order of keys."""
    rows = Article.objects.filter(pk__in=draft.row_keys())
    judged = rows.annotate(outcome=action.judge(values)).filter(outcome__in=CHANGING)
    first = list(judged.order_by("pk").values_list("pk", flat=True)[:TITLES_SHOWN])
    fields = action.told(first, values) if action.told else {}
    articles = Article.objects.only("pk", "title", "language").in_bulk(first)
    return [Example(articles[key], fields.get(key, {})) for key in first if key in articles]
