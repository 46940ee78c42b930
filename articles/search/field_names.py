"""The names that may stand before a colon: which one a mistyped name was meant to be."""

from articles.arabic.normalization import normalize
from articles.search.operators import PREFIXES

NEAR_NAME_LETTERS = 5  # shorter names have too many neighbours that are words
# Of shorter ones a changed letter makes other words: السكان is no slip for المكان.
CHANGED_LETTERS = 7


def near_name(typed: str) -> str | None:
    """The name of a field that is one slip of the hand away from what was typed.

    >>> near_name("العنون"), near_name("tilte"), near_name("قال")
    ('العنوان', 'title', None)
    """
    word = normalize(typed)
    for key, row in PREFIXES.items():
        if len(key) >= NEAR_NAME_LETTERS and is_one_slip(word, key):
            return next(spelling for spelling in row.spellings if normalize(spelling) == key)
    return None


def is_one_slip(typed: str, meant: str) -> bool:
    """Whether one letter was added or left out, two neighbours changed places, or a letter of a long name changed.

    >>> is_one_slip("tilte", "title"), is_one_slip("titel", "title"), is_one_slip("turtle", "title")
    (True, True, False)
    """
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    same = next((at for at, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other), None)
    if same is None:
        return True
    one, other = typed[same:], meant[same:]
    swapped = one[:2] == other[:2][::-1] and one[2:] == other[2:]
    changed = len(meant) >= CHANGED_LETTERS and one[1:] == other[1:]
    return swapped or changed or one[1:] == other or one == other[1:]
