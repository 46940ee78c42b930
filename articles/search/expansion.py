"""Gives every word of a query its level, and at the last level the other names that the archive knows for it.

Nothing quoted has other names, nor what is looked for in the names of sources, authors and places. What is excluded
has them: «ليس داعش» leaves out all that a search for داعش would find.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from articles.arabic.analysis import STEM, SURFACE
from articles.arabic.tokenization import words
from articles.search.composition import all_of, rebuild
from articles.search.name_book import Known, Name, NameBook, surface_key, with_clitics
from articles.search.patterns import ARABIC_START
from articles.search.syntax import (
    And,
    AtLeast,
    Expanded,
    FieldName,
    In,
    Level,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Same,
    Word,
)

MAX_NAMES = 12  # of one term
DISTINCT_WORDS = 3  # in a row tell a name, whatever their forms
MAX_ALTERNATIVES = 40  # words and phrases that are added to one query

LEVELS = tuple(Level)  # strictest first
TEXTS = frozenset({None, FieldName.TITLE, FieldName.BODY, FieldName.LEAD})

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Also:
    """Another name that stands in for some words of a query; dropping `name` takes it out."""

    words: str
    name: str


@dataclass(frozen=True, slots=True)
class Expansion:
    """The tree that an engine is asked and that is marked in what it finds.

    `also` are the other names that are searched, `also_excluded` those of what the query excludes, `kept` the words
    that are searched as they stand and not by their stem; each once.
    """

    tree: Node
    also: tuple[Also, ...] = ()
    also_excluded: tuple[Also, ...] = ()
    kept: tuple[str, ...] = ()


def expand(tree: Node, level: Level, names: NameBook, dropped: Collection[str] = ()) -> Expansion:
    """The tree with every word at its own level or at `level`, whichever is stricter.

    `dropped` are forms and other names, in any spelling, that the search does without: a form is kept away from the
    words of its stem, another name is left out.

    >>> expand(Word("نفط"), Level.STEM, NameBook()).tree
    Word(text='نفط', level=<Level.STEM: 'stem'>, without=(), only=())
    """
    expander = Expander(level, names, dropped)
    expanded = expander.expand(tree, None)
    return Expansion(
        expanded,
        tuple(dict.fromkeys(expander.also)),
        tuple(dict.fromkeys(expander.also_excluded)),
        tuple(dict.fromkeys(expander.kept)),
    )


def stricter(own: Level | None, whole: Level) -> Level:
    return whole if own is None else min(own, whole, key=LEVELS.index)


@dataclass(slots=True)
class Expander:
    """Expands one query, and counts the names it adds."""

    level: Level
    names: NameBook
    dropped: Collection[str]
    also: list[Also] = field(default_factory=list)
    also_excluded: list[Also] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    left: int = MAX_ALTERNATIVES
    excluding: bool = False
    dropped_names: set[Key] = field(init=False)
    dropped_forms: dict[str, tuple[str, ...]] = field(init=False)  # by their stem

    def __post_init__(self) -> None:
        self.dropped_names = set(map(surface_key, self.dropped))
        forms = sorted({key[0] for key in self.dropped_names if len(key) == 1})
        stems = sorted(set(map(STEM, forms)))
        self.dropped_forms = {stem: tuple(form for form in forms if STEM(form) == stem) for stem in stems}

    def expand(self, node: Node, scope: FieldName | None) -> Node:
        match node:
            case Word():
                return self._run([node], scope)[0]
            case Phrase(words_, level):
                return Phrase(words_, self._quoted(level, scope))
            case And(parts):
                return all_of(self._all(parts, scope))
            case Or() | Near() | Same():
                return self._each(node, scope)
            case AtLeast(count, part):
                return AtLeast(count, self.expand(part, scope))
            case Not(part):
                return self._excluded(node, part, scope)
            case In(inner, part):
                return rebuild(node, [self.expand(part, inner)])
        return node

    def _each(self, node: Or | Near | Same, scope: FieldName | None) -> Node:
        parts = [self.expand(part, scope) for part in node.parts]
        return rebuild(node, parts) if isinstance(node, Or) else replace(node, parts=tuple(parts))

    def _excluded(self, node: Not, part: Node, scope: FieldName | None) -> Node:
        before, self.excluding = self.excluding, not self.excluding
        excluded = self.expand(part, scope)
        self.excluding = before
        return rebuild(node, [excluded])

    def _quoted(self, level: Level, scope: FieldName | None) -> Level:
        return stricter(level, self.level) if scope in TEXTS else Level.NORMALISED

    def _all(self, parts: Sequence[Node], scope: FieldName | None) -> Iterator[Node]:
        """The parts of an And; words that stand beside each other are looked up together."""
        run: list[Word] = []
        for part in parts:
            if isinstance(part, Word):
                run.append(part)
                continue
            yield from self._run(run, scope)
            run = []
            yield self.expand(part, scope)
        yield from self._run(run, scope)

    def _run(self, run: Sequence[Word], scope: FieldName | None) -> list[Node]:
        """Neighbouring words, those that have other names together with them."""
        expanded: list[Node] = []
        at = 0
        while at < len(run):
            known = self._known(run[at:], scope)
            beside = tuple(
                self._levelled(word, scope) for word in run[at : at + (known.length if known else 1)]
            )
            names = self._other_names(beside, known.names) if known else ()
            expanded += [Expanded(all_of(beside), names)] if names else beside
            at += len(beside)
        return expanded

    def _levelled(self, word: Word, scope: FieldName | None) -> Word:
        """A word at its level; names of sources, authors and places know one level only."""
        if scope not in TEXTS:
            return replace(word, level=Level.NORMALISED)
        level = min(stricter(word.level, self.level), Level.STEM, key=LEVELS.index)
        if level is not Level.STEM:
            return replace(word, level=level)
        stemmed = self._stem(word.text)
        if stemmed.only:
            self.kept.append(word.text)
        return stemmed

    def _stem(self, text: str) -> Word:
        """A word in any of its forms: those of its stem, or those of a word that is kept as it stands."""
        if only := self.names.kept.forms(text):
            return Word(text, Level.STEM, tuple(form for form in only if (form,) in self.dropped_names), only)
        stem = STEM(text)
        elsewhere = (form for form in self.names.kept.kept_from(text) if STEM(form) == stem)
        return Word(text, Level.STEM, (*self.dropped_forms.get(stem, ()), *elsewhere))

    def _known(self, run: Sequence[Word], scope: FieldName | None) -> Known | None:
        if scope not in TEXTS or not self._takes_names(run[0]):
            return None
        end = next((place for place, word in enumerate(run) if not self._takes_names(word)), len(run))
        return self.names.known([word.text for word in run[:end]])

    def _takes_names(self, word: Word) -> bool:
        return stricter(word.level, self.level) is Level.SYNONYMS

    def _other_names(self, asked: Sequence[Word], known: Sequence[Name]) -> tuple[Word | Phrase, ...]:
        """The nodes of the names that find what the words as they were asked for do not find already."""
        kept = [name for name in known if surface_key(name.text) not in self.dropped_names]
        whole = not any(word.without or word.only for word in asked)
        stems = {STEM(word.text) for word in asked}
        kept = [name for name in kept if not (whole and stems <= set(map(STEM, words(name.text))))]
        kept = [name for name in kept if not any(_is_inside(other, name) for other in kept)]
        told = self.also_excluded if self.excluding else self.also
        asked_for = " ".join(word.text for word in asked)
        added: list[Word | Phrase] = []
        for name in kept[:MAX_NAMES]:
            nodes = self._nodes(name)
            if len(nodes) <= self.left:
                self.left -= len(nodes)
                added += nodes
                told.append(Also(asked_for, name.text))
        return tuple(added)

    def _nodes(self, name: Name) -> list[Word | Phrase]:
        """What to look for: a short name as it is written, words and what is long enough in any of their forms.

        Two words may be something else in another form: «الدول الإسلامية» is no «الدولة الإسلامية».
        """
        written = tuple(words(name.text))
        if not name.is_name or len(written) >= DISTINCT_WORDS:
            return [self._stem(written[0]) if len(written) == 1 else Phrase(written, Level.STEM)]
        first, *rest = map(SURFACE, written)
        forms = with_clitics(first) if ARABIC_START.match(first) else [first]
        if not rest:
            return [Word(form, Level.NORMALISED) for form in forms]
        return [Phrase((form, *rest), Level.NORMALISED) for form in forms]


def _is_inside(name: Name, longer: Name) -> bool:
    """Whether whatever holds one name also holds the other."""
    inner, outer = surface_key(name.text), surface_key(longer.text)
    places = range(len(outer) - len(inner) + 1)
    return len(inner) < len(outer) and any(outer[at : at + len(inner)] == inner for at in places)
