"""Words too common to be asked for: a query that has other words does without them.

Only in a bag of words: what is quoted, near something, excluded, one of several choices or in a field stays.
"""

from articles.arabic.characters import WAW
from articles.arabic.normalization import literal
from articles.arabic.stopwords import is_stopword
from articles.search.composition import all_of, any_of, children, rebuild
from articles.search.operators import is_operator
from articles.search.syntax import And, DateRange, Everything, Node, Not, Or, Phrase, Word

# Spelled like a function word, but in a query more often a name. Their spelling is that of the name:
# على and بأن are no names. (Ali, Ban Ki-moon, Cannes, Lee, Dhu l-Hijja and Dhi Qar, Anne.)
NAMES = frozenset({"علي", "بان", "كي", "كان", "لي", "ذو", "ذي", "آن"})


def is_droppable(word: str) -> bool:
    """Whether a word tells so little that a query with other words need not ask for it.

    >>> is_droppable("على"), is_droppable("علي"), is_droppable("وعلي"), is_droppable("بغداد")
    (True, False, False, False)
    """
    return is_stopword(word) and not {literal(word), literal(word).removeprefix(WAW)} & NAMES


def without_stopwords(node: Node, dropped: list[str]) -> Node:
    """The tree without the common words that other words make needless; they are added to `dropped`.

    >>> without_stopwords(And((Word("في"), Word("العراق"))), []) == Word("العراق")
    True
    """
    match node:
        case Or(parts):
            return any_of(without_stopwords(part, dropped) for part in parts)
        case And(parts):
            parts = tuple(without_stopwords(part, dropped) for part in parts)
            if not any(map(_tells_something, parts)):
                return all_of(parts)
            dropped += (part.text for part in parts if _is_common(part) and isinstance(part, Word))
            return all_of(part for part in parts if not _is_common(part))
    return node


def _is_common(part: Node) -> bool:
    return isinstance(part, Word) and part.level is None and is_droppable(part.text)


def _tells_something(part: Node) -> bool:
    match part:
        case Word(text) | Phrase((text,)):
            return not is_droppable(text)
        case Not() | DateRange() | Everything():
            return False
    return True


def quote_operators(node: Node) -> Node:
    """The tree with each word that is spelled like an operator as a phrase, as readers have to write it.

    >>> quote_operators(Word("أو"))
    Phrase(words=('أو',), level=<Level.NORMALISED: 'normalised'>)
    """
    if isinstance(node, Word) and node.level is None and is_operator(node.text):
        return Phrase((node.text,))
    return rebuild(node, map(quote_operators, children(node)))
