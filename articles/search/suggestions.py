"""What a reader may be typing: words, names, titles, sources, authors and places, from what readers may see."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from articles.arabic.analysis import SURFACE
from articles.arabic.normalization import literal
from articles.arabic.tokenization import words
from articles.models.article import Article
from articles.models.source import Source
from articles.search.engines.connection import engine
from articles.search.engines.contract import EngineProblem
from articles.search.function_words import is_droppable
from articles.search.indexing import hidden_keys
from articles.search.interpreting import interpret, question
from articles.search.known_words import KnownWords
from articles.search.names import name_book
from articles.search.request import FacetName, SearchRequest
from articles.search.rewording import Rewording, rewordings
from articles.search.syntax import FieldName
from articles.search.typed_text import LONGEST_TYPED, Typed, read_typed
from articles.search.word_list import Counted

WORDS = 8
TITLES = 5
NAMED = 3
NAMES_TRIED = 6
CORRECTIONS = 3
TITLES_READ = 150  # for the words that follow what was typed
SHORTEST_EXPANDED = 4
SHORTEST_NAME = 2  # letters typed before titles and names are looked for
SHORTEST_CORRECTED = 3
NAMES = (FieldName.SOURCE, FieldName.AUTHOR)
SECONDS = 0.012  # of work on words


@dataclass(frozen=True, slots=True)
class SuggestedWord:
    """A query with its last word completed, and the number of articles that hold that word."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class SuggestedTitle:
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class SuggestedName:
    """A source, an author, a place or a known name, with the number of articles; all but a source's are a search."""

    text: str
    count: int
    url: str = ""
    query_string: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    words: tuple[SuggestedWord, ...] = ()
    titles: tuple[SuggestedTitle, ...] = ()
    sources: tuple[SuggestedName, ...] = ()
    authors: tuple[SuggestedName, ...] = ()
    places: tuple[SuggestedName, ...] = ()
    names: tuple[SuggestedName, ...] = ()
    corrections: tuple[Rewording, ...] = ()


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What the index knows of something typed: words as they are written, keys, slugs and names."""

    words: list[Counted] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    sources: list[Counted] = field(default_factory=list)
    authors: list[Counted] = field(default_factory=list)
    places: list[Counted] = field(default_factory=list)
    corrections: list[Rewording] = field(default_factory=list)


def suggest(text: str) -> Suggestions:
    """What the reader may be typing; nothing where the index cannot tell."""
    typed = read_typed(text, timezone.localdate()) if len(text) <= 2 * LONGEST_TYPED else None
    if typed is None:
        return Suggestions()
    hidden = hidden_keys()
    try:
        found = engine().words(lambda known: look_up(typed, known), hidden=hidden, seconds=SECONDS)
        titles = _titles(found.titles, typed.prefix) if typed.before else {}
        if following := _following(typed, titles.values()):
            found.words[:0] = engine().words(
                lambda known: _counted(following, known), hidden=hidden, seconds=SECONDS
            )
        known_names = _names(typed)
    except EngineProblem:
        return Suggestions()
    sources, authors = _sources(found.sources), [_filter(FacetName.AUTHOR, each) for each in found.authors]
    names = [_named(each, typed.prefix) for each in (*sources, *authors)] if typed.field in NAMES else []
    return Suggestions(
        words=tuple(_words(typed, [*found.words, *names])),
        titles=tuple(_shown(list(titles if typed.before else found.titles)[:TITLES])),
        sources=tuple(sources),
        authors=tuple(authors),
        places=tuple(_filter(FacetName.PLACE, each) for each in found.places),
        names=tuple(known_names),
        corrections=tuple(found.corrections),
    )


def look_up(typed: Typed, known: KnownWords) -> LookedUp:
    """Everything that is asked of the index, in one go."""
    prefix, before = typed.prefix, typed.before
    if typed.field in NAMES and prefix:
        named = known.named(typed.field, (), prefix, limit=WORDS)
        return LookedUp(sources=named) if typed.field is FieldName.SOURCE else LookedUp(authors=named)
    completed = known.completions(prefix, field=typed.field, limit=WORDS) if prefix else []
    by_name = typed.is_plain and (len(prefix) >= SHORTEST_NAME or bool(before))
    # A short prefix stands for more words than can be looked up; titles with the words before are read instead.
    started = "" if before and len(prefix) < SHORTEST_EXPANDED else prefix
    found = LookedUp(
        words=[Counted(known.written(each.word), each.count) for each in completed],
        sources=known.named(FieldName.SOURCE, before, prefix, limit=NAMED) if by_name else [],
        authors=known.named(FieldName.AUTHOR, before, prefix, limit=NAMED) if by_name else [],
        places=known.named(FieldName.PLACE, before, prefix, limit=NAMED) if by_name else [],
        titles=known.titled(before, started, limit=TITLES_READ if before else TITLES) if by_name else [],
    )
    if found.words or found.titles or len(prefix) < SHORTEST_CORRECTED:
        return found
    found.corrections.extend(rewordings(typed.text, timezone.localdate(), known)[:CORRECTIONS])
    return found


def _titles(keys: Sequence[int], prefix: str) -> dict[int, str]:
    """The titles that hold a word with the prefix, in the order of their keys."""
    titles = dict(Article.objects.visible_among(keys).values_list("pk", "title"))
    return {key: titles[key] for key in keys if key in titles and holds(titles[key], prefix)}


def _shown(keys: Sequence[int]) -> Iterator[SuggestedTitle]:
    loaded = Article.objects.visible_among(keys).only("public_id", "title").in_bulk()
    return (
        SuggestedTitle(loaded[key].title, loaded[key].get_absolute_url()) for key in keys if key in loaded
    )


def holds(title: str, prefix: str) -> bool:
    """Whether a word of the title begins with the prefix.

    >>> holds("سقوط الموصل", "المو"), holds("سقوط الموصل", "وصل")
    (True, False)
    """
    return any(SURFACE(word).startswith(prefix) for word in words(title))


def _following(typed: Typed, titles: Iterable[str]) -> list[str]:
    """The words that stand in titles where the one typed does: after the word before it, most often first."""
    if not typed.before or not typed.prefix:
        return []
    counts: Counter[str] = Counter()
    for title in titles:
        printed = words(title)
        normalised = list(map(SURFACE, printed))
        counts.update(
            literal(word)
            for word, after, before in zip(printed[1:], normalised[1:], normalised, strict=False)
            if before == typed.before[-1] and after.startswith(typed.prefix) and not is_droppable(word)
        )
    return [word for word, _count in counts.most_common(WORDS)]


def _named(name: SuggestedName, prefix: str) -> Counted:
    """The word of a name that begins with the prefix."""
    word = next((word for word in words(name.text) if SURFACE(word).startswith(prefix)), name.text)
    return Counted(literal(word), name.count)


def _counted(printed: Iterable[str], known: KnownWords) -> list[Counted]:
    counted = [Counted(word, known.count(SURFACE(word))) for word in printed]
    return [each for each in counted if each.count]


def _words(typed: Typed, found: Iterable[Counted]) -> list[SuggestedWord]:
    """The first completions, each spelling of a word once."""
    distinct: dict[str, Counted] = {}
    for each in found:
        distinct.setdefault(SURFACE(each.word), each)
    return [SuggestedWord(typed.completed(each.word), each.count) for each in distinct.values()][:WORDS]


def _sources(found: Sequence[Counted]) -> list[SuggestedName]:
    sources = {
        source.slug: source for source in Source.objects.filter(slug__in=[each.word for each in found])
    }
    return [
        SuggestedName(source.name, each.count, url=source.get_absolute_url())
        for each in found
        if (source := sources.get(each.word))
    ]


def _filter(facet: FacetName, found: Counted) -> SuggestedName:
    """The articles of an author or of a place."""
    return SuggestedName(
        found.word, found.count, query_string=SearchRequest(filters={facet: (found.word,)}).query_string()
    )


def _names(typed: Typed) -> list[SuggestedName]:
    """The names of people, groups and places that curators keep and a search for them finds, most articles first."""
    if not typed.is_plain or typed.field or len(typed.prefix) < SHORTEST_NAME:
        return []
    asked = [
        SearchRequest(text=name) for name in name_book().beginning(typed.before, typed.prefix)[:NAMES_TRIED]
    ]
    totals = engine().totals([question(interpret(each), facets=(), timeline=False) for each in asked])
    found = [
        SuggestedName(each.text, total, query_string=each.query_string())
        for each, total in zip(asked, totals, strict=True)
        if total
    ]
    return sorted(found, key=lambda name: -name.count)[:NAMED]
