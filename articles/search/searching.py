"""The search, from what a reader asked to the page that answers: parse, find, load, mark, count."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.collection import Collection
from articles.models.source import Source
from articles.search.engines.connection import engine
from articles.search.engines.contract import EngineProblem, Found, Question
from articles.search.facets import Names, chips, facets
from articles.search.highlighting import marked_paragraphs, passages, pieces
from articles.search.indexing import hidden_keys
from articles.search.matching import Matcher, TextField
from articles.search.parser import parse
from articles.search.request import MAX_DEPTH, FacetName, SearchRequest
from articles.search.results import Hit, Piece, SearchPage
from articles.search.syntax import Message, ParsedQuery

PROBLEMS = {
    "index_missing": _("لم يُفهرس الأرشيف بعد. يُصلحه مشغّل الموقع بالأمر rebuild_index."),
    "index_damaged": _("تعذّرت قراءة فهرس البحث. يُصلحه مشغّل الموقع بالأمر rebuild_index."),
    "index_outdated": _("بُني فهرس البحث بقواعد لغوية سابقة. يُصلحه مشغّل الموقع بالأمر rebuild_index."),
    "index_busy": _("فهرس البحث مشغول الآن. أعد المحاولة بعد قليل."),
    "too_costly": _("احتاج هذا البحث إلى وقت أطول من المسموح. اجعله أضيق: كلمات أقل أو أندر، أو نجمات أقل."),
    "too_deep": _("لا تُعرض النتائج بعد أول %(depth)s نتيجة. ضيّق البحث أو غيّر الترتيب.")
    % {"depth": MAX_DEPTH},
}
WILDCARD_CAPPED = _("الصورة «%(pattern)s» تقابل كلمات أكثر من أن تُبحث كلها، فبُحث عن أولها أبجدياً. زد حروفها.")


def search(request: SearchRequest) -> SearchPage:
    """The page that answers `request`; whatever goes wrong is said on it, in `problem`."""
    begun = time.perf_counter()
    query = parse(request.text, timezone.localdate())
    if request.start + request.page_size > MAX_DEPTH:
        return _without_answer(request, query, "too_deep", begun)
    try:
        found = engine().find(_question(request, query))
    except EngineProblem as problem:
        return _without_answer(request, query, problem.code, begun)
    names = _names(request, found)
    return SearchPage(
        request=request,
        query=_with_notes(query, found),
        hits=tuple(_hits(found, query)),
        total=found.total,
        pages=ceil(found.total / request.page_size),
        took_ms=_milliseconds(begun),
        facets=facets(request, found, names),
        chips=chips(request, names),
    )


def _question(request: SearchRequest, query: ParsedQuery) -> Question:
    return Question(
        tree=query.tree,
        filters=request.filters,
        sort=request.sort,
        start=request.start,
        count=request.page_size,
        hidden=hidden_keys(),
    )


def _without_answer(request: SearchRequest, query: ParsedQuery, code: str, begun: float) -> SearchPage:
    names = _names(request, None)
    return SearchPage(
        request=request,
        query=query,
        hits=(),
        total=0,
        pages=0,
        took_ms=_milliseconds(begun),
        facets=(),
        chips=chips(request, names),
        problem=Message(code, str(PROBLEMS.get(code, PROBLEMS["index_damaged"])), 0, len(request.text)),
    )


def _milliseconds(begun: float) -> float:
    return round((time.perf_counter() - begun) * 1000, 1)


def _with_notes(query: ParsedQuery, found: Found) -> ParsedQuery:
    notes = tuple(
        Message("wildcard_capped", str(WILDCARD_CAPPED) % {"pattern": pattern}, 0, len(query.text))
        for pattern in found.capped
    )
    return ParsedQuery(query.text, query.tree, query.canonical, query.messages + notes)


def _names(request: SearchRequest, found: Found | None) -> Names:
    """The names of the sources and collections on the page: one query each, where there are any."""
    return {
        FacetName.SOURCE: dict(
            Source.objects.filter(slug__in=_values(request, found, FacetName.SOURCE)).values_list(
                "slug", "name"
            )
        ),
        FacetName.COLLECTION: dict(
            Collection.objects.filter(slug__in=_values(request, found, FacetName.COLLECTION)).values_list(
                "slug", "name"
            )
        ),
    }


def _values(request: SearchRequest, found: Found | None, facet: FacetName) -> list[str]:
    counted = list(found.facets[facet].values) if found and facet in found.facets else []
    return counted + [value for name, value in request.filters.items() if name is facet]


def _hits(found: Found, query: ParsedQuery) -> Iterable[Hit]:
    matcher = Matcher(query.tree)
    scores = dict(zip(found.keys, found.scores, strict=True))
    return [_hit(article, scores[article.pk], matcher) for article in in_order(found.keys)]


def in_order(keys: Iterable[int]) -> list[Article]:
    """The published articles of `keys`, in their order, with one query."""
    wanted = list(keys)
    loaded = Article.objects.visible().filter(pk__in=wanted).select_related("source").in_bulk()
    return [loaded[key] for key in wanted if key in loaded]


def _hit(article: Article, score: float, matcher: Matcher) -> Hit:
    source = article.source
    return Hit(
        public_id=article.public_id,
        url=article.get_absolute_url(),
        title=pieces(article.title, matcher.spans(article.title, TextField.TITLE)),
        title_text=article.title,
        title_is_derived=article.title_is_derived,
        language=article.language,
        source=source.name if source else "",
        source_url=source.get_absolute_url() if source else "",
        author=article.author,
        published_on=article.published_on,
        published_precision=article.published_precision,
        date_is_from_crawl=article.date_is_from_crawl,
        score=round(score, 4),
        passages=passages(article.body, matcher.spans(article.body, TextField.BODY)),
    )


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article's text with the words of a query marked; `marks` is the number of marked words."""

    title: tuple[Piece, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    marks: int


def marked_article(article: Article, text: str) -> MarkedArticle:
    """The article as it reads, with the words that `text` (a query, or nothing) looks for marked."""
    matcher = Matcher(parse(text, timezone.localdate()).tree)
    in_title = matcher.spans(article.title, TextField.TITLE)
    in_body = matcher.spans(article.body, TextField.BODY)
    return MarkedArticle(
        title=pieces(article.title, in_title),
        paragraphs=marked_paragraphs(article.body, in_body),
        marks=len(in_title) + len(in_body),
    )


def related_articles(article: Article, limit: int = 5) -> list[Article]:
    """Published articles that share the telling words of this one, nearest first; none while there is no index."""
    try:
        found = engine().related(f"{article.title}\n{article.body}", exclude=article.pk, count=limit)
    except EngineProblem:
        return []
    return in_order(found.keys)


def find_keys(text: str, *, count: int = 10_000) -> list[int] | None:
    """Keys of articles of any status that match the query `text`, best first; None when the index cannot answer."""
    question = Question(parse(text, timezone.localdate()).tree, count=count, statuses=None, facets=())
    try:
        return list(engine().find(question).keys)
    except EngineProblem:
        return None
