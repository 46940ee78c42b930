"""What operators that look at the letters of a word make of their operands: «=» and the root."""

import re

from articles.arabic.normalization import literal, normalize
from articles.search.canonical import canonical
from articles.search.composition import children, leaves, literally, rebuild
from articles.search.nearness import Problem
from articles.search.syntax import And, Everything, In, Node, Not, Nothing, Or, Phrase, Root, Word

RADICALS = re.compile("[\u0621-\u063a\u0641-\u064a]{3,4}")


def exactly(node: Node, problems: list[Problem]) -> Node:
    """The words and phrases of a node letter by letter; patterns, roots and dates stay what they are."""
    for part in leaves(node):
        if not isinstance(part, Word | Phrase):
            problems.append(("not_literal", {"word": canonical(part)}))
    return literally(node)


def rooted(node: Node, problems: list[Problem]) -> Node:
    """The words of a node as roots; a word that spells none stays a word.

    >>> rooted(Word("كتب"), []), rooted(Phrase(("ر", "د", "د")), [])
    (Root(radicals='كتب'), Root(radicals='ردد'))
    """
    match node:
        case Everything() | Nothing():
            return node
        case And() | Or() | Not() | In():
            return rebuild(node, [rooted(part, problems) for part in children(node)])
    radicals = _radicals(node)
    if RADICALS.fullmatch(radicals):
        return Root(radicals)
    problems.append(("bad_root", {"word": canonical(node)}))
    return node


def _radicals(node: Node) -> str:
    """The letters of a word, or of a phrase of single letters, each normalised by itself: شيء keeps its hamza."""
    match node:
        case Word(text) | Phrase((text,)):
            return "".join(map(normalize, literal(text)))
        case Phrase(words):
            letters = [normalize(literal(word)) for word in words]
            return "".join(letters) if all(len(letter) == 1 for letter in letters) else ""
    return ""
