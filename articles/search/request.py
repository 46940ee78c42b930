"""What a reader asks for: the words, the filters, the order and the page; whole in the URL."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import urlencode

PAGE_SIZES = (10, 20, 50, 100)
DEFAULT_PAGE_SIZE = 20
MAX_DEPTH = 10_000  # hits; a deeper reader is asked to narrow the search


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class FacetName(StrEnum):
    """The facets in the order in which the page shows them; each is a parameter of the URL as well."""

    SOURCE = "source"
    YEAR = "year"
    MONTH = "month"
    AUTHOR = "author"
    COLLECTION = "collection"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One state of the results page.

    `filters` holds at most one value a facet: a source's slug, a year «2015», a month «2015-07», an author's name,
    a collection's slug. A month and a year together must agree, or nothing is found.
    """

    text: str = ""
    filters: Mapping[FacetName, str] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = DEFAULT_PAGE_SIZE

    @property
    def start(self) -> int:
        """The number of hits before this page."""
        return (self.page - 1) * self.page_size

    def with_filter(self, facet: FacetName, value: str) -> "SearchRequest":
        """The first page with `facet` narrowed to `value`; choosing a year lets go of the month."""
        kept = {name: held for name, held in self.filters.items() if name is not facet}
        if facet is FacetName.YEAR:
            kept.pop(FacetName.MONTH, None)
        return replace(self, filters={**kept, facet: value}, page=1)

    def without_filter(self, facet: FacetName) -> "SearchRequest":
        """The first page with `facet` no longer narrowed."""
        kept = {name: value for name, value in self.filters.items() if name is not facet}
        return replace(self, filters=kept, page=1)

    def without_filters(self) -> "SearchRequest":
        return replace(self, filters={}, page=1)

    def on_page(self, page: int) -> "SearchRequest":
        return replace(self, page=page)

    def sorted_by(self, sort: Sort) -> "SearchRequest":
        return replace(self, sort=sort, page=1)

    def with_text(self, text: str) -> "SearchRequest":
        return replace(self, text=text, page=1)

    def parameters(self) -> list[tuple[str, str]]:
        """The URL's parameters in one fixed order, defaults left out."""
        pairs = [("q", self.text)]
        pairs += [(name.value, self.filters[name]) for name in FacetName if name in self.filters]
        pairs += self._unless_default()
        return pairs

    def _unless_default(self) -> Iterable[tuple[str, str]]:
        if self.sort is not Sort.RELEVANCE:
            yield "sort", self.sort.value
        if self.page != 1:
            yield "page", str(self.page)
        if self.page_size != DEFAULT_PAGE_SIZE:
            yield "size", str(self.page_size)

    def query_string(self) -> str:
        """The parameters as they stand after the «?» of the address."""
        return urlencode(self.parameters())
