"""The passages of a hit with what matched marked, as SearchQuerySet's `highlight()` gives them: escaped HTML."""

import fnmatch
import re
from collections.abc import Iterator

from django.utils.html import escape
from whoosh import query as q
from whoosh.reading import IndexReader

from articles.search.engines.schema import PART_BREAK
from articles.search.engines.whoosh.query_strings import UNSTEMMED
from articles.search.highlighting import PASSAGE_LENGTH, passages, pieces
from articles.search.matching import FieldMatcher
from articles.search.results import Passage, Piece

FOUND = frozenset({0})


def text_matcher(tree: q.Query, content: str, reader: IndexReader) -> FieldMatcher:
    """What a tree looks for in the document field, made ready to be found again in original texts."""
    matcher = FieldMatcher(holds_names=False)
    for leaf in positive_leaves(tree):
        if leaf.field() in (content, UNSTEMMED.get(content)):
            _add(matcher, leaf, leaf.field() == content, reader)
    return matcher


def positive_leaves(tree: q.Query) -> Iterator[q.Query]:
    """The leaves that a hit may hold."""
    if isinstance(tree, q.AndNot):
        yield from positive_leaves(tree.a)
    elif tree.is_leaf():
        yield tree
    elif not isinstance(tree, q.Not):
        for part in tree.children():
            yield from positive_leaves(part)


def _add(matcher: FieldMatcher, leaf: q.Query, stemmed: bool, reader: IndexReader) -> None:
    match leaf:
        case q.Term():
            (matcher.stems if stemmed else matcher.surfaces)[leaf.text] = FOUND
        case q.Phrase() if len(leaf.words) > 1:
            matcher.phrases.setdefault(leaf.words[0], []).append((tuple(leaf.words), 0))
        case q.Phrase():
            matcher.surfaces.update(dict.fromkeys(leaf.words, FOUND))
        case q.Prefix():
            matcher.patterns.append((re.compile(re.escape(leaf.text)), 0))
        case q.Wildcard() if leaf.text != "*":
            matcher.patterns.append((re.compile(fnmatch.translate(leaf.text)), 0))
        case q.FuzzyTerm():
            near = reader.terms_within(leaf.fieldname, leaf.text, leaf.maxdist, prefix=leaf.prefixlength)
            matcher.surfaces.update(dict.fromkeys(near, FOUND))


def marked_passages(text: str, matcher: FieldMatcher) -> list[str]:
    """The passages of a text that say most, each as HTML; a short text whole."""
    text = text.replace(PART_BREAK, "\n").strip()
    matches = matcher.spans(text)
    if len(text) <= PASSAGE_LENGTH:
        return [_html(pieces(text, matches))]
    return [_passage(passage) for passage in passages(text, matches)]


def _passage(passage: Passage) -> str:
    return ("… " if passage.cut_before else "") + _html(passage.pieces) + (" …" if passage.cut_after else "")


def _html(parts: tuple[Piece, ...]) -> str:
    return "".join(f"<em>{escape(part.text)}</em>" if part.matched else escape(part.text) for part in parts)
