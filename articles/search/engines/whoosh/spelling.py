"""A spelling that the index knows for words it does not hold. Costly: asked for only where little was found."""

import re

from articles.arabic.tokenization import words
from articles.search.engines.whoosh.postings import document_frequency
from articles.search.engines.whoosh.query_strings import OPERATORS, UNSTEMMED
from articles.search.engines.whoosh.snapshot import Snapshot

FEW_HITS = 5
LETTERS_AN_EDIT = 3  # a word of three letters may differ in one, of six in two; a shorter one in none
MOST_EDITS = 2
FIELD = re.compile(r"\b(\w+):")


def suggestion(snapshot: Snapshot, content: str, text: str) -> str | None:
    """The words of `text` with unknown ones replaced; None where every word is known or none is nearly known."""
    schema = snapshot.reader.schema
    field = UNSTEMMED[content] if UNSTEMMED.get(content) in schema else content
    asked = FIELD.sub(lambda name: " " if name[1] in schema else name[0], text)
    meant = " ".join(word for word in words(asked) if word not in OPERATORS)
    typed = list(schema[field].process_text(meant, mode="query"))
    better = [_known(snapshot, field, word) for word in typed]
    return " ".join(better) if better != typed else None


def _known(snapshot: Snapshot, field: str, word: str) -> str:
    """The word itself where documents hold it, else the nearest word of the index, the most frequent of these."""
    if document_frequency(snapshot, field, word):
        return word
    for edits in range(1, min(MOST_EDITS, len(word) // LETTERS_AN_EDIT) + 1):
        near = set(snapshot.reader.terms_within(field, word, edits))
        if near:
            return max(near, key=lambda term: (document_frequency(snapshot, field, term), term))
    return word
