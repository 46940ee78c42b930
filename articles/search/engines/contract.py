"""What every engine takes and gives."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from articles.search.known_words import KnownWords
from articles.search.request import Copies, FacetName, Filters, Sort
from articles.search.syntax import Fuzzy, Node, Root, Wildcard, Word

MOST = 1 << 63  # numbers of articles and dates are smaller
MOST_SCORE = float(np.finfo(np.float32).max)
PUBLISHED_ONLY = ("published",)

Learned = TypeVar("Learned")


class EngineProblem(Exception):
    """The engine cannot answer; `code` says why, for a message to the reader."""

    code = "engine"


class IndexMissing(EngineProblem):
    """There is no index yet: run `manage.py rebuild_index`."""

    code = "index_missing"


class IndexDamaged(EngineProblem):
    """The index cannot be read: run `manage.py rebuild_index`."""

    code = "index_damaged"


class IndexOutdated(EngineProblem):
    """The index was built by other analysis rules than those in force: run `manage.py rebuild_index`."""

    code = "index_outdated"


class IndexBusy(EngineProblem):
    """Another process is writing to the index and did not finish in time."""

    code = "index_busy"


class QueryTooCostly(EngineProblem):
    """The query was stopped when it had used up its time; a narrower one will do."""

    code = "too_costly"


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of a hit in the order of its question: its score (0 where the order is one of dates), date and key.

    What comes after it does not change as long as the index and the question's tree, filters and order do not.
    """

    score: float
    published: int  # 20150721, 20150700 where the day is unknown, 20150000 for a year, 0 for no date
    key: int

    def __str__(self) -> str:
        """As a link may carry it; `cursor_of` reads it."""
        return f"{self.score.hex()}~{self.published}~{self.key}"


def cursor_of(text: str) -> Cursor:
    """The cursor that was written so; raises ValueError for anything else.

    >>> cursor_of(str(Cursor(1.5, 20150721, 7)))
    Cursor(score=1.5, published=20150721, key=7)
    """
    score, published, key = text.split("~")
    try:
        found = Cursor(float.fromhex(score), int(published), int(key))
    except OverflowError as error:
        raise ValueError(f"{text!r} is no cursor") from error
    if str(found) != text or not (
        abs(found.score) <= MOST_SCORE and abs(found.published) < MOST and abs(found.key) < MOST
    ):
        raise ValueError(f"{text!r} is no cursor")
    return found


@dataclass(frozen=True, slots=True)
class Question:
    """One search as an engine takes it.

    The tree has been through `expansion`: every word has its level. Of each facet in `filters` a hit has one of the
    values, of those in `excluded` none; `hidden` are keys of articles that must not be found although the index still
    holds them; `statuses` is None for every status (the admin's search). The hits given are `count` from `start` on,
    counted from the first one behind the cursor `after`; total and facets are those of all hits.
    """

    tree: Node
    filters: Filters = field(default_factory=dict)
    excluded: Filters = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    copies: Copies = Copies.SHOW
    start: int = 0
    count: int = 20
    after: Cursor | None = None
    hidden: AbstractSet[int] = frozenset()
    statuses: tuple[str, ...] | None = PUBLISHED_ONLY
    facets: tuple[FacetName, ...] = tuple(FacetName)
    facet_values: int = 50
    timeline: bool = False
    ranking: str = "warraq"  # or «light10», the baseline that `evaluate_search` measures beside it


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """The values with most articles and how many each has; `more` values have fewer and are left out.

    The count of a value not chosen yet is the number of hits that have it when every filter holds but those of its own
    facet. A value filtered by is never left out.
    """

    values: Mapping[str, int]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which the index holds a word, as it is most often written, and the number of visible articles."""

    text: str
    normalised: str
    count: int


class Spelling(NamedTuple):
    """A form of a word with its letters as written, normalised, and its stem."""

    literal: str
    normalised: str
    stem: str


@dataclass(frozen=True, slots=True)
class Found:
    """Primary keys of one page of hits with their scores, the exact total, and counts by facet.

    `timeline` counts hits by month («2015-07», «2015» where the month is unknown, «» where there is no date), in order
    of time; the filters on year and month do not bear on it. `capped` are the wildcards and fuzzy words that stand for
    more words than one search may look for.

    Where copies are grouped or hidden a story counts once, in the total and for each value of a facet. `others` are the
    keys of the matching copies that a hit stands for, best first, and `repeated` is how many copies all hits together
    stand for, or would if copies were grouped. `next` is where the following page begins (`Question.after`), None where
    there is none. `doubtful` says that a file of the index is known not to be what was written: hits may be missing.
    """

    keys: tuple[int, ...]
    scores: tuple[float, ...]
    total: int
    facets: Mapping[FacetName, FacetCounts]
    capped: tuple[str, ...] = ()
    timeline: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    repeated: int = 0
    next: Cursor | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Holdings:
    """What there is of the articles that a question's filters let through, its words aside.

    `timeline` is that of `Found`, here under every filter. `facets` has every value of the facets asked for, most
    articles first; `timelines` has a timeline for each value of one facet.
    """

    total: int
    timeline: Mapping[str, int]
    facets: Mapping[FacetName, Mapping[str, int]] = field(default_factory=dict)
    timelines: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Relative:
    """An article that shares telling words with a text: its key, and these words as the text writes them."""

    key: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inventory:
    """What an index holds: the keys of its articles, ascending, and as many statuses.

    `damage` says what is wrong with each file that is not as it was written; `size` is that of all files, in bytes.
    """

    keys: NDArray[np.int64]
    statuses: NDArray[np.str_]
    damage: tuple[str, ...]
    segments: int
    size: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What is seen of an index from outside: told of one that is missing or damaged too. `size` is in bytes.

    `built_at` is when it was begun anew, `changed_at` when it was last written to. `damage` is what `Engine.verify` has
    found so far.
    """

    exists: bool
    built_at: datetime | None
    changed_at: datetime | None
    size: int
    segments: int
    is_being_written: bool
    damage: tuple[str, ...] = ()


class Engine(Protocol):
    """The engine in use, from `connection.engine()`."""

    def find(self, question: Question) -> Found:
        """Answer `question`; raises EngineProblem."""

    def keys(self, question: Question) -> NDArray[np.int64]:
        """The keys of all articles that `question` finds, ascending; raises EngineProblem."""

    def holdings(self, question: Question, *, over_time: FacetName | None = None) -> Holdings:
        """Count what the filters of `question` let through, and each value of `over_time` by month; EngineProblem."""

    def totals(self, questions: Sequence[Question]) -> list[int | None]:
        """The number of hits of each question; None for those that the time did not suffice for."""

    def forms(
        self, part: Word | Wildcard | Fuzzy | Root, *, count: int, hidden: AbstractSet[int] = frozenset()
    ) -> list[Form]:
        """The forms that a part of a query stands for, the most frequent first; `hidden` articles do not count."""

    def spellings(self, stems: Iterable[str]) -> list[Spelling]:
        """All forms in titles and bodies of each stem, those of deleted articles included; raises EngineProblem."""

    def words(
        self, ask: Callable[[KnownWords], Learned], *, hidden: AbstractSet[int], seconds: float
    ) -> Learned:
        """What `ask` learns of the words of published articles but the `hidden`; raises EngineProblem.

        After `seconds` of work it is told no more than is known by then.
        """

    def related(self, text: str, *, hidden: AbstractSet[int], story: int, count: int) -> list[Relative]:
        """Published articles that share the telling words of `text`, nearest first; raises EngineProblem.

        None of the copies of `story` (0: none), and one of every other story.
        """

    def index_articles(self, keys: Iterable[int], removed: Iterable[int], *, wait: float) -> None:
        """Write the articles of `keys` as they now are, forget `removed`; IndexBusy after `wait` seconds."""

    def index_batches(
        self, batches: Iterable[list[int]], *, wait: float, done: Callable[[list[int]], None]
    ) -> None:
        """Write the articles of many keys as they now are, some a commit, after which `done` is told their keys."""

    def rebuild(self, batches: Iterable[list[int]], *, wait: float, done: Callable[[int], None]) -> None:
        """Build a new index of `batches` of keys beside the live one and switch to it at once."""

    def document_count(self) -> int:
        """Articles in the index, of every status; raises IndexMissing."""

    def inventory(self) -> Inventory:
        """What the newest state of the index holds, and what is wrong with its files; raises EngineProblem."""

    def verify(self, rest: Callable[[], None]) -> tuple[str, ...]:
        """Read files of the newest state that were not read for a week; what is wrong, a line a file; EngineProblem.

        `rest` is called again and again meanwhile, and may wait or raise. From then on answers are `doubtful`.
        """

    def standing(self) -> Standing:
        """What is seen of the index from outside; raises nothing."""

    def state(self) -> Hashable:
        """What searches see now: another value after every commit and every switch; raises EngineProblem."""

    def rules(self) -> str | None:
        """The fingerprint of the analysis rules that built the index; None where there is no index."""
