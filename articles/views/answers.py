"""A results page as plain data, for programs: `/search/?q=...&format=json`."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse

from articles.search.dates import iso_date
from articles.search.results import Facet, Hit, OtherCopy, Passage, Reason, SearchPage, Timeline

Absolute = Callable[[str], str]


def answer(found: SearchPage, corrections: Sequence[str], absolute: Absolute) -> dict[str, Any]:
    """Everything a program needs of a results page; `messages` says what was mended or could not be done."""
    said = [*corrections, *(message.text for message in found.query.messages)]
    return {
        "query": found.request.text,
        "total": found.total,
        "took_ms": found.took_ms,
        "page": found.request.page,
        "pages": found.pages,
        "next": absolute(f"{reverse('articles:search')}?{found.next}&format=json") if found.next else None,
        "read_as": found.query.canonical,
        "level": found.request.level.value,
        "copies": found.request.copies.value,
        "repeated": found.repeated,
        "levels": {step.level.value: step.total for step in found.ladder},
        "searched_also": [name.name for name in found.other_names if not name.dropped],
        "did_you_mean": [
            {"query": other.text, "reason": other.reason, "total": other.total}
            for other in found.alternatives
        ],
        "hits": [hit_data(hit, absolute) for hit in found.hits],
        "facets": {facet.name.value: facet_data(facet) for facet in found.facets},
        "timeline": timeline_data(found.timeline),
        "messages": [*said, *([found.problem.text] if found.problem else [])],
    }


def hit_data(hit: Hit, absolute: Absolute) -> dict[str, Any]:
    return {
        "id": hit.public_id,
        "url": absolute(hit.url),
        "title": hit.title_text,
        "source": hit.source,
        "author": hit.author,
        "date": iso_date(hit.published_on, hit.published_precision),
        "date_is_from_crawl": hit.date_is_from_crawl,
        "score": hit.score,
        "passages": [passage_text(passage) for passage in hit.passages],
        "matched": [reason_data(reason) for reason in hit.reasons],
        "copies": [copy_data(copy, absolute) for copy in hit.others.listed],
        "more_copies": hit.others.more,
    }


def copy_data(copy: OtherCopy, absolute: Absolute) -> dict[str, Any]:
    return {
        "id": copy.public_id,
        "url": absolute(copy.url),
        "title": copy.title,
        "source": copy.source,
        "date": iso_date(copy.published_on, copy.published_precision),
        "date_is_from_crawl": copy.date_is_from_crawl,
    }


def reason_data(reason: Reason) -> dict[str, Any]:
    """Which forms of a part of the query matched in one of the texts, and how often each."""
    return {
        "part": reason.part,
        "level": reason.kind,
        "field": reason.field,
        "forms": dict(reason.forms),
    }


def passage_text(passage: Passage) -> str:
    """The passage without its marks; an ellipsis where text was left out."""
    text = "".join(piece.text for piece in passage.pieces)
    return f"{'… ' if passage.cut_before else ''}{text}{' …' if passage.cut_after else ''}"


def facet_data(facet: Facet) -> list[dict[str, Any]]:
    return [{"value": value.value, "label": value.label, "count": value.count} for value in facet.values]


def timeline_data(timeline: Timeline | None) -> dict[str, int]:
    """Hits by month or year, those without any left out."""
    return {bar.value: bar.count for bar in timeline.bars if bar.count} if timeline else {}
