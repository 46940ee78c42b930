"""Function words: which words a ranked query may leave out when it has others.

They stay in the index, for phrases and names are made of them (من أجل, علي عبد الله).
"""

from collections.abc import Iterable, Iterator

from articles.arabic.characters import FEH, WAW
from articles.arabic.datafiles import read_rows
from articles.arabic.normalization import normalize

CONJUNCTIONS = ("", WAW, FEH)


def with_clitics(word: str, prepositions: Iterable[str] = ()) -> Iterator[str]:
    """The word by itself and behind the conjunctions, each also with the prepositions it takes.

    >>> list(with_clitics("ما", ["ب"]))
    ['ما', 'بما', 'وما', 'وبما', 'فما', 'فبما']
    """
    for conjunction in CONJUNCTIONS:
        for preposition in ("", *prepositions):
            yield conjunction + preposition + word


def expand(rows: Iterable[list[str]], exceptions: Iterable[list[str]]) -> frozenset[str]:
    """Every normalised form of the words in `rows` (word, prepositions it takes) but the exceptions.

    >>> sorted(expand([["هم"]], [["فهم"]]))
    ['هم', 'وهم']
    """
    forms = {normalize(form) for word, *prepositions in rows for form in with_clitics(word, prepositions)}
    return frozenset(forms - {normalize(word) for word, *_ in exceptions})


STOPWORDS = expand(read_rows("stopwords.txt"), read_rows("not_stopwords.txt"))


def is_stopword(word: str) -> bool:
    """Whether a word, however spelled and with whatever common clitics, is a function word.

    >>> is_stopword("إِلى"), is_stopword("ومن"), is_stopword("فهو"), is_stopword("بأن")
    (True, True, True, True)
    >>> is_stopword("بغداد"), is_stopword("ولي")
    (False, False)
    """
    return normalize(word) in STOPWORDS
