"""The choices a results page offers beside its facets: the order of the hits and their number."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from articles.search.request import PAGE_SIZES, Copies, Need, SearchRequest, Sort, View
from articles.templatetags.counts import number

SORT_LABELS = {
    Sort.RELEVANCE: _("الأقرب صلة"),
    Sort.RECENT: _("الأقرب صلة فالأحدث"),
    Sort.NEWEST: _("الأحدث"),
    Sort.OLDEST: _("الأقدم"),
}

NEED_LABELS = {
    Need.ALL: _("كل الكلمات"),
    Need.ANY: _("أيّ الكلمات"),
}

COPIES_LABELS = {
    Copies.SHOW: _("كلها"),
    Copies.GROUP: _("تُجمع"),
    Copies.HIDE: _("تُخفى"),
}


VIEW_LABELS = {
    View.FULL: _("بمقتطفات"),
    View.COMPACT: _("عناوين فقط"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways to see the same search."""

    label: str
    query_string: str
    chosen: bool


def sort_choices(asked: SearchRequest) -> list[Choice]:
    return [
        Choice(str(label), asked.sorted_by(sort).query_string(), sort is asked.sort)
        for sort, label in SORT_LABELS.items()
    ]


def need_choices(asked: SearchRequest) -> list[Choice]:
    return [
        Choice(str(label), asked.needing(need).query_string(), need is asked.need)
        for need, label in NEED_LABELS.items()
    ]


def copies_choices(asked: SearchRequest) -> list[Choice]:
    return [
        Choice(str(label), asked.with_copies(copies).query_string(), copies is asked.copies)
        for copies, label in COPIES_LABELS.items()
    ]


def view_choices(asked: SearchRequest) -> list[Choice]:
    return [
        Choice(str(label), asked.seen_as(view).query_string(), view is asked.view)
        for view, label in VIEW_LABELS.items()
    ]


def size_choices(asked: SearchRequest) -> list[Choice]:
    return [
        Choice(number(size), replace(asked, page_size=size, page=1).query_string(), size == asked.page_size)
        for size in PAGE_SIZES
    ]


def kept_parameters(asked: SearchRequest) -> list[tuple[str, str]]:
    """What stays when new words are typed: the filters, the level, the order and the page size."""
    return [pair for pair in asked.with_text("").parameters() if pair[0] != "q"]
