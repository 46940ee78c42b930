"""The pages of a list, as links: the first, the last and those near the one shown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode

from articles.models.article import Article, ArticleQuerySet

PER_PAGE = 50
NEIGHBOURS = 2
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to one page; without a number it stands for the pages left out."""

    number: int | None
    query_string: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What stands below a list of more than one page."""

    numbers: tuple[PageLink, ...]
    previous: str
    next: str


def page_links(current: int, last: int, query_string: Callable[[int], str]) -> PageLinks | None:
    """Links to the pages of a list; None when there is only one."""
    if last <= 1:
        return None
    numbers = [
        PageLink(number, query_string(number) if number else "", number == current)
        for number in numbers_shown(current, last)
    ]
    return PageLinks(
        numbers=tuple(numbers),
        previous=query_string(min(current - 1, last)) if current > 1 else "",
        next=query_string(current + 1) if current < last else "",
    )


def numbers_shown(current: int, last: int) -> list[int | None]:
    """The page numbers to show, None for each gap.

    >>> numbers_shown(5, 8)
    [1, 2, 3, 4, 5, 6, 7, 8]
    >>> numbers_shown(10, 20)
    [1, None, 8, 9, 10, 11, 12, None, 20]
    """
    near = range(max(1, current - NEIGHBOURS), min(last, current + NEIGHBOURS) + 1)
    shown: list[int | None] = []
    for number in sorted({1, *near, last}):
        left_out = number - 1 - (shown[-1] or 0) if shown else 0
        if left_out == 1:
            shown.append(number - 1)  # a gap would take as much room as the page it hides
        elif left_out:
            shown.append(None)
        shown.append(number)
    return shown


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of a list outside a search."""

    page: Page
    links: PageLinks | None


def shelf(request: HttpRequest, rows: "QuerySet | Sequence", kept: Mapping[str, str] = NOTHING) -> Shelf:
    """The page of `rows` that the URL asks for; where there is no such page, the nearest.

    `kept` are the parameters that the links to other pages carry on.
    """
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    links = page_links(
        page.number, page.paginator.num_pages, lambda number: urlencode([*kept.items(), ("page", number)])
    )
    return Shelf(page, links)


def article_shelf(request: HttpRequest, articles: ArticleQuerySet) -> Shelf:
    """The page of `articles` that the URL asks for, newest first, without their texts."""
    return keys_shelf(request, articles.newest_first().values_list("pk", flat=True))


def keys_shelf(
    request: HttpRequest, keys: "QuerySet | Sequence[int]", kept: Mapping[str, str] = NOTHING
) -> Shelf:
    """The page that the URL asks for of the articles of `keys`, which are keys of visible articles."""
    found = shelf(request, keys, kept)
    found.page.object_list = in_order(found.page.object_list)
    return found


def in_order(keys: Iterable[int]) -> list[Article]:
    """The articles of `keys`, which come from a query of visible articles, as a list shows them.

    A page is found by its keys, which the database reads from an index alone, however deep the page is; the rows,
    heavy with text, are read only for what is shown.
    """
    wanted = list(keys)
    rows = listed(Article.objects.order_by()).in_bulk(wanted)
    return [rows[key] for key in wanted if key in rows]


def listed(articles: ArticleQuerySet) -> ArticleQuerySet:
    """The articles with what a list shows of them, and no more."""
    return articles.select_related("source").only(
        "public_id",
        "title",
        "title_is_derived",
        "author",
        "published_on",
        "published_precision",
        "language",
        "evidence",
        "source__name",
        "source__slug",
    )
