"""The stem of a word: one term for all the forms of a headword, so that any of them finds the others.

The lexicon tells the headword of words it can read; the project's lists join headwords that belong
together and settle exceptions; `unseen_words` has cautious rules for what nobody has listed.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from articles.arabic.characters import FEH, WAW
from articles.arabic.datafiles import read_rows
from articles.arabic.lexicon import Lexicon, headword_for, lexicon
from articles.arabic.normalization import normalize
from articles.arabic.unseen_words import stem_unseen

RELATED_FILES = ("countries.txt", "related.txt")


class Stemmer(NamedTuple):
    """What stems are told by: the exceptions first, then the lexicon and the headwords that belong together."""

    exceptions: Mapping[str, str]
    lexicon: Lexicon
    related: Mapping[str, str]

    def stem(self, word: str) -> str:
        """The term of a normalised word."""
        exception = self.exceptions.get(word)
        if exception is not None:
            return exception
        reading = self.lexicon.likeliest(word)
        headword = reading.headword if reading else stem_unseen(word)
        return self.related.get(headword, headword)


def read_exceptions(rows: Iterable[list[str]]) -> dict[str, str]:
    """The term of each exception, from rows of words that belong together; the first is their term.

    A word counts as it stands, and behind و and ف.

    >>> read_exceptions([["منى"]])
    {'مني': 'مني', 'ومني': 'مني', 'فمني': 'مني'}
    """
    return {
        conjunction + normalize(word): normalize(row[0])
        for row in rows
        for word in row
        for conjunction in ("", WAW, FEH)
    }


def read_related(rows: Iterable[list[str]], known: Lexicon) -> dict[str, str]:
    """The one term of headwords that belong together, from rows of words; the first word of a row names it.

    A headword that stands in two rows joins them.
    """
    terms: dict[str, str] = {}
    for row in rows:
        words = map(normalize, row)
        headwords = [headword_for(word, known) or stem_unseen(word) for word in words]
        joined = {terms.get(headword, headword) for headword in headwords}
        term = terms.get(headwords[0], headwords[0])
        for headword, other in list(terms.items()):
            if other in joined:
                terms[headword] = term
        terms.update(dict.fromkeys(headwords, term))
    return terms


@cache
def stemmer() -> Stemmer:
    """The stemmer of the shipped tables, made when first needed."""
    known = lexicon()
    rows = [row for name in RELATED_FILES for row in read_rows(name)]
    return Stemmer(read_exceptions(read_rows("stem_exceptions.txt")), known, read_related(rows, known))


def stem(word: str) -> str:
    """The term of a normalised word.

    >>> stem("وبالدوله"), stem("دول"), stem("دولتين"), stem("دولار")
    ('دوله', 'دوله', 'دوله', 'دولار')
    >>> stem("سيكتبون"), stem("كتبت"), stem("وزراء"), stem("وللمقاتلين")
    ('كتب', 'كتب', 'وزير', 'مقاتل')
    """
    return stemmer().stem(word)
