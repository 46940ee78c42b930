"""What a reader asks for: the words, the filters, the order and the page; whole in the URL."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urlencode

from articles.search.syntax import Level

PAGE_SIZES = (10, 20, 50, 100)
DEFAULT_PAGE_SIZE = 20
EXCLUDING = "not_"  # before the name of a facet in the URL
MAX_DEPTH = (
    10_000  # hits; deeper ones are reached from page to page, by the cursor in a page's link to the next
)
AFTER = "after"  # that cursor's parameter


class Sort(StrEnum):
    __hash__ = str.__hash__  # that of Enum is worked out in Python, several times a question

    RELEVANCE = "relevance"
    RECENT = "recent"  # relevance, with what is newer above what is as relevant
    NEWEST = "newest"
    OLDEST = "oldest"


class FacetName(StrEnum):
    """The facets in the order in which the page shows them; each is a parameter of the URL as well."""

    SOURCE = "source"
    YEAR = "year"
    MONTH = "month"
    SECTION = "section"
    PLACE = "place"
    AUTHOR = "author"
    COLLECTION = "collection"


class Need(StrEnum):
    """How many of the words that stand beside each other an article must hold."""

    ALL = "all"
    ANY = "any"


class View(StrEnum):
    """How much of each hit the page shows."""

    FULL = "full"
    COMPACT = "compact"  # title and facts, no passages


class Copies(StrEnum):
    """What becomes of articles that are copies of one story."""

    SHOW = "show"  # each is a hit
    GROUP = "group"  # the best of them is a hit, and leads to the others
    HIDE = "hide"  # the story's lead alone, where it matches; else the best


Filters = Mapping[FacetName, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One state of the results page.

    `filters` holds the values of each facet of which a hit must have one, `excluded` those of which it may have
    none: a source's slug, a year «2015», a month «2015-07», a section, a place, an author's name, a collection's slug.
    `dropped` are forms and other names, as a page showed them, that the search must do without.
    """

    text: str = ""
    filters: Filters = field(default_factory=dict)
    excluded: Filters = field(default_factory=dict)
    level: Level = Level.SYNONYMS
    need: Need = Need.ALL
    dropped: tuple[str, ...] = ()
    copies: Copies = Copies.SHOW
    view: View = View.FULL
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = DEFAULT_PAGE_SIZE

    @property
    def start(self) -> int:
        """The number of hits before this page."""
        return (self.page - 1) * self.page_size

    def with_only(self, facet: FacetName, value: str) -> "SearchRequest":
        """The first page with `facet` narrowed to `value` alone; choosing a year lets go of the months."""
        gone = {facet, FacetName.MONTH} if facet is FacetName.YEAR else {facet}
        kept = {name: values for name, values in self.filters.items() if name not in gone}
        return replace(self.without_excluded(facet, value), filters={**kept, facet: (value,)})

    def with_filter(self, facet: FacetName, value: str) -> "SearchRequest":
        """The first page with `value` among those of `facet` that will do; it is no longer excluded."""
        wider = self.without_excluded(facet, value)
        return replace(wider, filters=_with(self.filters, facet, value), page=1)

    def without_filter(self, facet: FacetName, value: str) -> "SearchRequest":
        """The first page without `value` among those asked for."""
        return replace(self, filters=_without(self.filters, facet, value), page=1)

    def excluding(self, facet: FacetName, value: str) -> "SearchRequest":
        """The first page without the articles that have `value`."""
        narrower = self.without_filter(facet, value)
        return replace(narrower, excluded=_with(self.excluded, facet, value))

    def without_excluded(self, facet: FacetName, value: str) -> "SearchRequest":
        """The first page with `value` no longer excluded."""
        return replace(self, excluded=_without(self.excluded, facet, value), page=1)

    def without_filters(self) -> "SearchRequest":
        return replace(self, filters={}, excluded={}, page=1)

    def on_page(self, page: int) -> "SearchRequest":
        return replace(self, page=page)

    def sorted_by(self, sort: Sort) -> "SearchRequest":
        return replace(self, sort=sort, page=1)

    def at_level(self, level: Level) -> "SearchRequest":
        return replace(self, level=level, page=1)

    def needing(self, need: Need) -> "SearchRequest":
        return replace(self, need=need, page=1)

    def seen_as(self, view: View) -> "SearchRequest":
        """The same page of hits with more or less of each."""
        return replace(self, view=view)

    def with_copies(self, copies: Copies) -> "SearchRequest":
        return replace(self, copies=copies, page=1)

    def dropping(self, form: str) -> "SearchRequest":
        """The first page without a form or another name of a word."""
        return replace(self, dropped=tuple(dict.fromkeys((*self.dropped, form))), page=1)

    def picking_up(self, form: str) -> "SearchRequest":
        """The first page with a form that had been dropped."""
        return replace(self, dropped=tuple(held for held in self.dropped if held != form), page=1)

    def with_text(self, text: str) -> "SearchRequest":
        """The first page for other words; what was dropped belonged to the old ones."""
        return replace(self, text=text, dropped=(), page=1)

    def parameters(self) -> list[tuple[str, str]]:
        """The URL's parameters in one fixed order, defaults left out."""
        return [("q", self.text), *self._narrowings(), *self._unless_default()]

    def _narrowings(self) -> Iterable[tuple[str, str]]:
        if self.filters:
            for name in FacetName:
                yield from ((name.value, value) for value in self.filters.get(name, ()))
        if self.excluded:
            for name in FacetName:
                yield from ((EXCLUDING + name.value, value) for value in self.excluded.get(name, ()))
        yield from (("drop", form) for form in self.dropped)

    def _unless_default(self) -> Iterable[tuple[str, str]]:
        if self.level is not Level.SYNONYMS:
            yield "level", self.level.value
        if self.need is not Need.ALL:
            yield "need", self.need.value
        if self.copies is not Copies.SHOW:
            yield "copies", self.copies.value
        if self.view is not View.FULL:
            yield "view", self.view.value
        if self.sort is not Sort.RELEVANCE:
            yield "sort", self.sort.value
        if self.page != 1:
            yield "page", str(self.page)
        if self.page_size != DEFAULT_PAGE_SIZE:
            yield "size", str(self.page_size)

    def query_string(self) -> str:
        """The parameters as they stand after the «?» of the address."""
        return "&".join([encoded(name, value) for name, value in self.parameters()])


@lru_cache(maxsize=2048)
def encoded(name: str, value: str) -> str:
    """A parameter as it stands in an address; a page has hundreds of links that differ in one of them."""
    return urlencode({name: value})


def _with(filters: Filters, facet: FacetName, value: str) -> Filters:
    """The filters with one value more; values of a facet are kept in order, so that an address is always the same."""
    return {**filters, facet: tuple(sorted({*filters.get(facet, ()), value}))}


def _without(filters: Filters, facet: FacetName, value: str) -> Filters:
    kept = tuple(held for held in filters.get(facet, ()) if held != value)
    others = {name: values for name, values in filters.items() if name is not facet}
    return {**others, facet: kept} if kept else others
