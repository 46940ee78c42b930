"""Cities and countries that datelines name, and the outlets and agencies beside them."""

from articles.importing.datafiles import read_names
from articles.importing.folding import key

_PLACES = read_names("places.txt")
_OUTLETS = read_names("outlets.txt")

COUNTRIES = frozenset(key(name) for names in _PLACES for name in names.split(","))
CITIES = frozenset(key(name) for names in _PLACES.values() for name in names)
OUTLETS = frozenset(key(name) for kind, names in _OUTLETS.items() if kind != "beginning" for name in names)
AGENCIES = frozenset(key(name) for kind in ("agency", "national agency") for name in _OUTLETS[kind])
BEGINNINGS = frozenset(key(name) for name in _OUTLETS["beginning"])

QUOTES = ("«»", "“”", '""', "{}")
# Words that stand where an outlet would and name none.
NOBODY = frozenset(map(key, ("خاص", "وكالات", "الوكالات", "متابعات", "متابعة", "مواقع", "تقرير", "ترجمة")))


def is_city(name: str) -> bool:
    return key(name) in CITIES


def is_country(name: str) -> bool:
    return key(name) in COUNTRIES


def is_outlet(name: str) -> bool:
    """Whether a name is known as an outlet's, or says itself that it is one.

    >>> is_outlet("أ.ف.ب"), is_outlet("وكالة المرفأ"), is_outlet("أحمد سالم")
    (True, True, False)
    """
    words = key(name).split()
    return " ".join(words) in OUTLETS or (1 < len(words) <= 5 and words[0] in BEGINNINGS)


def is_agency(name: str) -> bool:
    """Whether a name is a news agency's: «رويترز», «وكالة الأنباء ...».

    >>> is_agency("أ ف ب"), is_agency("صحيفة المرفأ")
    (True, False)
    """
    words = key(name).split()
    return " ".join(words) in AGENCIES or (1 < len(words) <= 5 and words[0] == key("وكالة"))


def is_nobody(name: str) -> bool:
    return key(name) in NOBODY


def unquoted(name: str) -> str:
    """A name without the quotation marks around it.

    >>> unquoted("«المرفأ»")
    'المرفأ'
    """
    name = name.strip()
    return next(
        (name[1:-1].strip() for marks in QUOTES if name[:1] == marks[0] and name[-1:] == marks[1]), name
    )
