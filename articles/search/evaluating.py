"""How well the search finds what a set of questions should bring up: the set read, asked and measured.

Every ranking is asked through the site's own path: parse, tree, engine, filters and all.
"""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from articles.arabic.tokenization import words
from articles.models.article import Article
from articles.search.composition import within
from articles.search.engines.connection import engine
from articles.search.engines.contract import QueryTooCostly, Question
from articles.search.interpreting import interpret, question
from articles.search.metrics import DEPTH, Measures, measured
from articles.search.operators import is_operator
from articles.search.request import Need, SearchRequest
from articles.search.syntax import FieldName, Level

BASELINES = ("light10",)  # rankings to compare the own one with
DEFAULT_LEVEL = SearchRequest().level
KEYS_A_QUERY = 500  # so many ids one statement may ask for


class QuestionSetProblem(Exception):
    """A question set cannot be read or asked; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the grades of the articles it should bring up by their keys."""

    name: str
    text: str
    relevant: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions that can be asked, in the order of their file, and those that cannot.

    `unjudged` have no relevant document in the judgements, `absent` have none of theirs in the archive.
    """

    asked: tuple[Asked, ...]
    unjudged: int = 0
    absent: int = 0

    def lines(self, which: str) -> "QuestionSet":
        """Every second question, counted from 1: «even» to tune by, «odd» to report on, «all»."""
        part = {"all": self.asked, "odd": self.asked[::2], "even": self.asked[1::2]}[which]
        return QuestionSet(part, self.unjudged, self.absent)

    def sample(self, count: int | None, seed: int) -> "QuestionSet":
        """`count` of the questions drawn by `seed`, in their order; all where there are no more."""
        if count is None or count >= len(self.asked):
            return self
        drawn = sorted(random.Random(seed).sample(range(len(self.asked)), count))  # noqa: S311 - no secret
        return QuestionSet(tuple(self.asked[place] for place in drawn), self.unjudged, self.absent)


@dataclass(frozen=True, slots=True)
class Setup:
    """How the questions are asked. `field` is the one they are looked for in, None for title and body."""

    ranking: str = "warraq"
    need: Need = Need.ANY
    level: Level | None = None
    field: FieldName | None = None


@dataclass(slots=True)
class Outcome:
    """What one setup made of the questions: measures and seconds, one a question.

    A question that used up its time is counted in `too_costly` and found nothing.
    """

    setup: Setup
    measures: list[Measures] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    too_costly: int = 0


# Reading


def read_question_set(queries: Path, judgements: Path) -> QuestionSet:
    """The questions in `queries` with what `judgements` say of them; ids are those that came with the articles."""
    judged = read_judgements(judgements)
    texts = read_queries(queries)
    keys = _keys_of({document for grades in judged.values() for document in grades})
    asked, unjudged, absent = [], 0, 0
    for name, text in texts.items():
        grades = judged.get(name, {})
        relevant = {key: grade for document, grade in grades.items() for key in keys.get(document, ())}
        unjudged += not grades
        absent += bool(grades and not relevant)
        if relevant:
            asked.append(Asked(name, text, relevant))
    return QuestionSet(tuple(asked), unjudged, absent)


def read_queries(path: Path) -> dict[str, str]:
    """Texts by name, from lines of a name, a tab and a text."""
    texts: dict[str, str] = {}
    for number, line in _lines(path):
        name, tab, text = line.partition("\t")
        if not tab or not name.strip() or not text.strip():
            raise QuestionSetProblem(
                f"{path}, line {number}: expected a query id, a tab and the query's text"
            )
        if name.strip() in texts:
            raise QuestionSetProblem(f"{path}, line {number}: query {name.strip()} is there twice")
        texts[name.strip()] = text.strip()
    return texts


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """Grades of relevant documents by query, from TREC's four columns or from three without the second."""
    judged: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        columns = line.split("\t") if "\t" in line else line.split()
        if len(columns) not in (3, 4):
            raise QuestionSetProblem(
                f"{path}, line {number}: expected 3 or 4 columns (query, [0,] document, grade), not {len(columns)}"
            )
        name, document, grade = (columns[place].strip() for place in (0, -2, -1))
        try:
            grades = judged.setdefault(name, {})
            if int(grade) > 0:
                grades[document] = int(grade)
        except ValueError:
            raise QuestionSetProblem(
                f"{path}, line {number}: the grade must be a whole number, not {grade!r}"
            ) from None
    return judged


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that hold something, with their numbers."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except OSError as error:
        raise QuestionSetProblem(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise QuestionSetProblem(f"{path} is not UTF-8 text: {error.reason}") from error


def _keys_of(documents: Iterable[str]) -> dict[str, list[int]]:
    """The keys of the published articles that came with these ids; a few may share one."""
    wanted = sorted(documents)
    keys: dict[str, list[int]] = {}
    for start in range(0, len(wanted), KEYS_A_QUERY):
        articles = Article.objects.visible().filter(external_id__in=wanted[start : start + KEYS_A_QUERY])
        for external_id, key in articles.order_by("pk").values_list("external_id", "pk"):
            keys.setdefault(external_id, []).append(key)
    return keys


def headline_set(count: int, seed: int) -> QuestionSet:
    """`count` headlines of published articles drawn by `seed`, each of which should bring up its own article.

    Ask them of the body: a headline finds itself in the title.
    """
    told = Article.objects.visible().filter(title_is_derived=False).exclude(body="").exclude(title="")
    keys = list(told.order_by("pk").values_list("pk", flat=True))
    drawn = random.Random(seed).sample(keys, min(count, len(keys)))  # noqa: S311 - no secret
    titles = {
        key: title
        for start in range(0, len(drawn), KEYS_A_QUERY)
        for key, title in told.filter(pk__in=drawn[start : start + KEYS_A_QUERY]).values_list("pk", "title")
    }
    return QuestionSet(tuple(Asked(str(key), titles[key], {key: 1}) for key in drawn))


# Asking


def evaluate(questions: Sequence[Asked], setup: Setup, progress: Callable[[int], object]) -> Outcome:
    """Ask every question in one way; `progress` is called with 1 after each. Raises EngineProblem."""
    outcome = Outcome(setup)
    for asked in questions:
        begun = time.perf_counter()
        try:
            keys = _keys(asked.text, setup)
        except QueryTooCostly:
            keys = ()
            outcome.too_costly += 1
        outcome.seconds.append(time.perf_counter() - begun)
        outcome.measures.append(measured(keys, asked.relevant))
        progress(1)
    return outcome


def _keys(text: str, setup: Setup) -> tuple[int, ...]:
    """The keys of the first DEPTH hits."""
    return engine().find(setup_question(text, setup)).keys


def setup_question(text: str, setup: Setup) -> Question:
    """What the site would ask the engine if a reader typed the words of the question."""
    request = SearchRequest(
        text=plain_words(text), need=setup.need, level=setup.level or DEFAULT_LEVEL, page_size=DEPTH
    )
    asked = question(interpret(request), facets=(), timeline=False)
    tree = within(setup.field, asked.tree) if setup.field else asked.tree
    return replace(asked, tree=tree, ranking=setup.ranking)


def plain_words(text: str) -> str:
    """The words of a text that nobody wrote as a query: without punctuation, and without words that are operators.

    >>> plain_words("متى افتُتح «المتحف» أو القصر؟")
    'متى افتُتح المتحف القصر'
    """
    return " ".join(word for word in words(text) if not is_operator(word))
