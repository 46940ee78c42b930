"""What a search shows: pieces of text, passages, hits, facets and the page they stand on."""

from dataclasses import dataclass
from datetime import date

from articles.search.request import FacetName, SearchRequest
from articles.search.syntax import Message, ParsedQuery


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of an original text, end not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of original text, matched or not. Templates escape it; nobody else does."""

    text: str
    matched: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """An excerpt of an original text; the ellipses say whether text was left out before or after it."""

    pieces: tuple[Piece, ...]
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found, with the words that matched marked in its title and in its best passages."""

    public_id: str
    url: str
    title: tuple[Piece, ...]
    title_text: str
    title_is_derived: bool
    language: str
    source: str
    source_url: str
    author: str
    published_on: date | None
    published_precision: str
    date_is_from_crawl: bool
    score: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet; `count` is the number of articles that `query_string` leads to."""

    value: str
    label: str
    count: int
    selected: bool
    query_string: str


@dataclass(frozen=True, slots=True)
class Facet:
    """`more` values beyond those listed are left out of the page."""

    name: FacetName
    values: tuple[FacetValue, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter and the way back out of it."""

    facet: FacetName
    label: str
    query_string: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Everything the results page shows. `problem` is set, with no hits, where the search could not be done."""

    request: SearchRequest
    query: ParsedQuery
    hits: tuple[Hit, ...]
    total: int
    pages: int
    took_ms: float
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    problem: Message | None = None
