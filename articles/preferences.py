"""How a reader wants pages set: colours, digits, the names of months. Held for the request that is being answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum

EASTERN_DIGITS = str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫")
PARTING = "."


class Theme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Digits(StrEnum):
    WESTERN = "western"
    EASTERN = "eastern"


class Months(StrEnum):
    """Whose names the months have: both of the eastern ones, or those of one region."""

    BOTH = "both"
    LEVANT = "levant"
    NILE = "nile"  # and the Gulf, Sudan and Libya
    TUNIS = "tunis"  # and Algeria
    MOROCCO = "morocco"


MONTH_NAMES = {
    Months.LEVANT: (
        *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"),
        *("تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
    ),
    Months.NILE: (
        *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"),
        *("يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
    ),
    Months.TUNIS: (
        *("جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان"),
        *("جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
    ),
    Months.MOROCCO: (
        *("يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو"),
        *("يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"),
    ),
}


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a reader chose; the defaults are what a reader gets who chose nothing."""

    theme: Theme = Theme.SYSTEM
    digits: Digits = Digits.WESTERN
    months: Months = Months.BOTH

    @classmethod
    def read(cls, text: str) -> "Preferences":
        """The preferences that `written` wrote, in any order; what is not known is passed over.

        >>> Preferences.read("dark.levant").theme, Preferences.read("dark.levant").digits
        (<Theme.DARK: 'dark'>, <Digits.WESTERN: 'western'>)
        """
        said = set(text.split(PARTING))
        return cls(
            theme=next((theme for theme in Theme if theme in said), Theme.SYSTEM),
            digits=next((digits for digits in Digits if digits in said), Digits.WESTERN),
            months=next((months for months in Months if months in said), Months.BOTH),
        )

    def written(self) -> str:
        return PARTING.join((self.theme, self.digits, self.months))


DEFAULTS = Preferences()
_current: ContextVar[Preferences] = ContextVar("preferences", default=DEFAULTS)


def current() -> Preferences:
    """The preferences of the reader who is being answered."""
    return _current.get()


@contextmanager
def using(preferences: Preferences) -> Iterator[None]:
    """Set pages as these preferences say."""
    token = _current.set(preferences)
    try:
        yield
    finally:
        _current.reset(token)


def eastern(text: str) -> str:
    """The digits of a written number, its comma and its point as Arabic writes them.

    >>> eastern("31,030")
    '٣١٬٠٣٠'
    """
    return text.translate(EASTERN_DIGITS)
