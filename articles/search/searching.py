"""The search, from what a reader asked to the page that answers: parse, find, load, mark, count."""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from math import ceil
from typing import TypeVar
from urllib.parse import urlencode

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from articles.models.article import Article
from articles.models.collection import Collection
from articles.models.source import Source
from articles.search.copies import copies_of
from articles.search.did_you_mean import corrections
from articles.search.engines.connection import engine
from articles.search.engines.contract import Cursor, EngineProblem, Found
from articles.search.engines.deadline import Deadline
from articles.search.facets import Names, chips, facets
from articles.search.highlighting import passages, pieces
from articles.search.interpreting import Interpretation, interpret, question
from articles.search.marking import Matchers
from articles.search.matching import Matcher
from articles.search.reading import in_order
from articles.search.reasons import reasons
from articles.search.request import AFTER, MAX_DEPTH, FacetName, SearchRequest, View
from articles.search.results import NO_COPIES, Alternative, Hit, OtherCopies, SearchPage
from articles.search.syntax import Message, ParsedQuery
from articles.search.timeline import timeline
from articles.search.ways import ladder, other_names, relaxed, word_forms

SECONDS_BEFORE_EXTRAS = 0.4  # of work (`Deadline`)
Extra = TypeVar("Extra")

PROBLEMS = {
    "index_missing": _("لم يُفهرس الأرشيف بعد. يُصلحه مشغّل الموقع بالأمر rebuild_index."),
    "index_damaged": _("تعذّرت قراءة فهرس البحث. يُصلحه مشغّل الموقع بالأمر rebuild_index."),
    "index_outdated": _("بُني فهرس البحث بقواعد لغوية سابقة. يُصلحه مشغّل الموقع بالأمر rebuild_index."),
    "index_busy": _("فهرس البحث مشغول الآن. أعد المحاولة بعد قليل."),
    "too_costly": _("احتاج هذا البحث إلى وقت أطول من المسموح. اجعله أضيق: كلمات أقل أو أندر، أو نجمات أقل."),
    "too_deep": _("لا تُفتح برقمها صفحة بعد أول %(depth)s نتيجة. ضيّق البحث أو غيّر الترتيب أو تابع صفحةً صفحة.")
    % {"depth": MAX_DEPTH},
}
WILDCARD_CAPPED = _("الصورة «%(pattern)s» تقابل كلمات أكثر من أن تُبحث كلها، فبُحث عن أكثرها وروداً. زد حروفها.")

DOUBTFUL = _("في ملفات فهرس البحث تلف، وقد تنقص هذه النتائج أو تخطئ. يُصلحه مشغّل الموقع بالأمر rebuild_index.")


def search(request: SearchRequest, after: Cursor | None = None) -> SearchPage:
    """The page that answers `request`; whatever goes wrong is said on it, in `problem`.

    With a cursor it has the hits after that one, however many stand before: the number of the page is only shown.
    """
    begun, deadline = time.perf_counter(), Deadline(SECONDS_BEFORE_EXTRAS)
    read = interpret(request)
    if after is None and request.start + request.page_size > MAX_DEPTH:
        return _without_answer(read, "too_deep", begun)
    try:
        asked = question(read)
        found = engine().find(replace(asked, start=0, after=after) if after else asked)
    except EngineProblem as problem:
        return _without_answer(read, problem.code, begun)
    hits = tuple(_hits(found, read))
    return _page(read, found, hits, begun, deadline)


def _page(
    read: Interpretation, found: Found, hits: tuple[Hit, ...], begun: float, deadline: Deadline
) -> SearchPage:
    request, total, names = read.request, found.total, _names(read.request, found)
    return SearchPage(
        request=request,
        query=_with_notes(read.query, found),
        hits=hits,
        total=total,
        next=_next(request, found),
        repeated=found.repeated,
        pages=ceil(total / request.page_size),
        took_ms=_milliseconds(begun),
        facets=facets(request, found, names),
        chips=chips(request, names),
        timeline=timeline(request, found.timeline),
        other_names=other_names(read),
        ladder=_in_time(deadline, lambda: ladder(read, total)),
        alternatives=(
            *_in_time(deadline, lambda: relaxed(read, total)),
            *_in_time(deadline, lambda: tuple(_corrections(read, total))),
        ),
        forms=_in_time(deadline, lambda: word_forms(read)),
    )


def _next(request: SearchRequest, found: Found) -> str:
    """The address of the page that begins after this one's last hit."""
    if found.next is None:
        return ""
    return f"{request.on_page(request.page + 1).query_string()}&{urlencode({AFTER: str(found.next)})}"


def _in_time(deadline: Deadline, make: Callable[[], tuple[Extra, ...]]) -> tuple[Extra, ...]:
    """What is good to have beside the hits; nothing where these took their time."""
    return () if deadline.is_over() else make()


def _corrections(read: Interpretation, total: int) -> Iterable[Alternative]:
    for meant in corrections(read.request, read.query, total, read=read):
        change = read.request.with_text(meant.text)
        yield Alternative(meant.text, meant.reason, meant.total, change.query_string())


def _without_answer(read: Interpretation, code: str, begun: float) -> SearchPage:
    request = read.request
    return SearchPage(
        request=request,
        query=read.query,
        hits=(),
        total=0,
        pages=0,
        took_ms=_milliseconds(begun),
        facets=(),
        chips=chips(request, _names(request, None)),
        problem=Message(code, str(PROBLEMS.get(code, PROBLEMS["index_damaged"])), 0, len(request.text)),
    )


def _milliseconds(begun: float) -> float:
    return round((time.perf_counter() - begun) * 1000, 1)


def _with_notes(query: ParsedQuery, found: Found) -> ParsedQuery:
    notes = tuple(
        Message("wildcard_capped", str(WILDCARD_CAPPED) % {"pattern": pattern}, 0, len(query.text))
        for pattern in found.capped
    )
    if found.doubtful:
        notes += (Message("index_doubtful", str(DOUBTFUL), 0, len(query.text)),)
    return ParsedQuery(query.text, query.tree, query.canonical, query.messages + notes)


def _names(request: SearchRequest, found: Found | None) -> Names:
    """The names of the sources and collections on the page: one query each, where there are any."""
    return {
        facet: dict(rows.filter(slug__in=slugs).order_by().values_list("slug", "name"))
        for facet, rows in ((FacetName.SOURCE, Source.objects), (FacetName.COLLECTION, Collection.objects))
        if (slugs := _values(request, found, facet))
    }


def _values(request: SearchRequest, found: Found | None, facet: FacetName) -> list[str]:
    counted = found.facets[facet].values if found and facet in found.facets else ()
    return [*counted, *request.filters.get(facet, ()), *request.excluded.get(facet, ())]


def _hits(found: Found, read: Interpretation) -> Iterable[Hit]:
    matchers, others = Matchers(read.tree), copies_of(found, read.request)
    is_compact = read.request.view is View.COMPACT
    scores = dict(zip(found.keys, found.scores, strict=True))
    return [
        _hit(
            article,
            scores[article.pk],
            matchers.of(article),
            others.get(article.pk, NO_COPIES),
            is_compact=is_compact,
        )
        for article in in_order(found.keys)
    ]


def _hit(article: Article, score: float, matcher: Matcher, others: OtherCopies, *, is_compact: bool) -> Hit:
    """A hit; where only its title is shown, its text is not looked at."""
    body = "" if is_compact else article.body
    source, matches = article.source, matcher.article(article.title, body)
    return Hit(
        public_id=article.public_id,
        url=article.get_absolute_url(),
        title=pieces(article.title, matches.title),
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
        passages=passages(body, matches.body),
        reasons=() if is_compact else reasons(matcher, article.title, body),
        others=others,
    )


def find_keys(text: str) -> NDArray[np.int64] | None:
    """Keys of all articles of any status that match the query `text`; None when the index cannot answer."""
    wanted = question(interpret(SearchRequest(text)), facets=(), timeline=False)
    try:
        return engine().keys(replace(wanted, statuses=None, hidden=frozenset()))
    except EngineProblem:
        return None
