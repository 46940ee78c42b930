"""What a search shows: pieces of text, passages, hits, facets and the page they stand on."""

from dataclasses import dataclass
from datetime import date

from articles.search.request import FacetName, SearchRequest
from articles.search.syntax import Level, Message, ParsedQuery


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
class Reason:
    """Why an article matched one part of a query: the forms found in one of its texts, and how often each.

    `kind` is a level, «name» for another name, or the kind of pattern.
    """

    part: str
    kind: str
    field: str
    forms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class OtherCopy:
    """Another article with the text of a hit."""

    public_id: str
    url: str
    title: str
    language: str
    source: str
    published_on: date | None
    published_precision: str
    date_is_from_crawl: bool


@dataclass(frozen=True, slots=True)
class OtherCopies:
    """The copies that a hit stands for, in order of time, and how many `more` are not listed.

    `is_reviewed` says whether a curator confirmed them all.
    """

    listed: tuple[OtherCopy, ...] = ()
    more: int = 0
    is_reviewed: bool = False

    @property
    def count(self) -> int:
        return len(self.listed) + self.more


NO_COPIES = OtherCopies()


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found, with the words that matched marked in its title and in its best passages.

    `reasons` say which forms of which words matched, where and how often; `others` are copies that matched too, where
    the reader asked for copies to be grouped.
    """

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
    reasons: tuple[Reason, ...] = ()
    others: OtherCopies = NO_COPIES


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet; `count` is the number of hits that have it, which a click on it (`query_string`) shows.

    A click on a value that is chosen takes the choice back. `widening` adds the value to those chosen already, and
    `excluding` leaves its articles out; both are empty where they make no sense.
    """

    value: str
    label: str
    count: int
    selected: bool
    query_string: str
    widening: str = ""
    excluding: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """`more` values beyond those listed are left out of the page."""

    name: FacetName
    values: tuple[FacetValue, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter or exclusion and the way back out of it."""

    facet: FacetName
    value: str
    label: str
    query_string: str
    excludes: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A month «2015-07» or a year «2015» of the timeline; `share` is its height, 0 to 100, against the highest."""

    value: str
    count: int
    share: int
    selected: bool
    query_string: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Hits over time: a bar a month, or a year where there are many; `undated` hits have no such date."""

    unit: FacetName
    bars: tuple[Bar, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class Step:
    """One level of strictness and what the same search finds there; `total` is None where time ran out."""

    level: Level
    total: int | None
    chosen: bool
    query_string: str


@dataclass(frozen=True, slots=True)
class OtherName:
    """What was searched beside the words typed, or was until the reader dropped it."""

    words: str
    name: str
    dropped: bool
    query_string: str


@dataclass(frozen=True, slots=True)
class WordForm:
    """A form that a word of the query stood for, in `count` articles of the archive, or did until it was dropped."""

    text: str
    count: int
    dropped: bool
    query_string: str


@dataclass(frozen=True, slots=True)
class WordForms:
    """The forms of one part of the query. They cannot be dropped where the reader asked for them one by one."""

    part: str
    forms: tuple[WordForm, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another search that finds more: the corrected query and why, or the same one asked less strictly."""

    text: str
    reason: str
    total: int
    query_string: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Everything the results page shows. `problem` is set, with no hits, where the search could not be done.

    `repeated` is the number of matching copies beyond the first of each story, whether they are shown or not. `next`
    are the parameters of a link to the hits after these, which holds however deep they are; empty after the last.
    """

    request: SearchRequest
    query: ParsedQuery
    hits: tuple[Hit, ...]
    total: int
    pages: int
    took_ms: float
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    timeline: Timeline | None = None
    ladder: tuple[Step, ...] = ()
    other_names: tuple[OtherName, ...] = ()
    forms: tuple[WordForms, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    repeated: int = 0
    problem: Message | None = None
    next: str = ""
