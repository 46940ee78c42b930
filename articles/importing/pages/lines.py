"""One spelling for lines of a page, remembered: the same menus and headings come back on every page of a site."""

from functools import lru_cache

from articles.importing import folding

LONGEST = 300  # characters of a line that is remembered


def key(line: str) -> str:
    """The line folded, without punctuation: what two lines are compared by.

    >>> key("إقــرأ أيضًا:")
    'اقرا ايضا'
    """
    return _key(line) if len(line) <= LONGEST else folding.key(line)


def fold(line: str) -> str:
    return _fold(line) if len(line) <= LONGEST else folding.fold(line)


_key = lru_cache(maxsize=8192)(folding.key)
_fold = lru_cache(maxsize=8192)(folding.fold)
