"""Words of the project's own that the lexicon lacks, and the stems they add to it.

Each row of `data/words.txt` is a kind, a headword and its further forms, spelled as a newspaper prints
them. The kind says which affixes the headword takes; the spelling of a further form says what it is.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from articles.arabic.characters import (
    ALEF,
    ALEF_MAQSURA,
    HAMZA,
    TEH,
    TEH_MARBUTA,
    WAW_HAMZA,
    YEH,
    YEH_HAMZA,
)
from articles.arabic.datafiles import DataFileError
from articles.arabic.normalization import normalize

NAME = "Name"

# Categories of the lexicon, and what they take.
SINGULAR = "Ndu"  # clitics, pronouns, the dual
PERSON = "Nall"  # all of these, the feminine and the sound plurals
FEMININE = "NapAt"  # a stem before ة, ات and the dual
SOUND_PLURAL = "NAt"  # a stem before ات
BROKEN_PLURAL = "N"
PLURAL_IN_TEH = "Nap"
BEFORE_PRONOUN = "Nh"
PERFECT = "PV"
IMPERFECT = "IV"
OF_HEADWORDS = frozenset({SINGULAR, PERSON, PERFECT})

FEMALE_PLURAL = ALEF + TEH
HAMZA_ENDING = ALEF + HAMZA


class Addition(NamedTuple):
    """A stem that a list adds to the lexicon."""

    stem: str
    headword: str
    category: str
    is_trusted: bool = False  # believed before what the lexicon reads in the same letters


def read_additions(rows: Iterable[list[str]]) -> Iterator[Addition]:
    """The stems of each row: a kind, a headword, its further forms.

    >>> for addition in read_additions([["noun", "فيديو", "فيديوهات"]]): print(*addition)
    فيديو فيديو Ndu False
    فيديوه فيديو NAt True

    Raises DataFileError for a kind that is not known.
    """
    for kind, headword, *forms in rows:
        if kind not in KINDS:
            raise DataFileError(f"words.txt: {headword}: the kind is {kind}, not one of {', '.join(KINDS)}")
        term = normalize(headword)
        for stem, category in KINDS[kind](headword, forms):
            yield Addition(normalize(stem), term, category, category not in OF_HEADWORDS)


Stems = Iterator[tuple[str, str]]


def noun(headword: str, forms: list[str]) -> Stems:
    """A noun and its plurals.

    >>> list(noun("تغريدة", [])), list(noun("صك", ["صكوك"]))
    ([('تغريد', 'NapAt')], [('صك', 'Ndu'), ('صكوك', 'N')])
    """
    yield from stems_of_noun(headword, SINGULAR)
    for form in forms:
        yield from stems_of_noun(form, BROKEN_PLURAL)


def singular(headword: str, forms: list[str]) -> Stems:
    """A noun that the lexicon would take for the plural of another; else as `noun`.

    >>> list(singular("خوف", []))
    [('خوف', 'N')]
    """
    for form in (headword, *forms):
        yield from stems_of_noun(form, BROKEN_PLURAL)


def person(headword: str, forms: list[str]) -> Stems:
    """Someone, or an adjective: feminine with ة, plural with ون or ات; and any broken plurals.

    >>> list(person("حوثي", [])), list(person("خبير", ["خبراء"]))[1:]
    ([('حوثي', 'Nall')], [('خبراء', 'N'), ('خبراؤ', 'Nh'), ('خبرائ', 'Nh')])
    """
    yield from stems_of_noun(headword, PERSON)
    for form in forms:
        yield from stems_of_noun(form, BROKEN_PLURAL)


def verb(headword: str, forms: list[str]) -> Stems:
    """A verb that keeps its stem: the perfect, and the imperfect with its yeh.

    >>> list(verb("غرد", ["يغرد"]))
    [('غرد', 'PV'), ('غرد', 'IV')]
    """
    yield headword, PERFECT
    for form in forms:
        yield form.removeprefix(YEH), IMPERFECT


def name(headword: str, forms: list[str]) -> Stems:
    """A name, and other spellings of it: clitics before it, little behind.

    >>> list(name("مالديف", []))
    [('مالديف', 'Name')]
    """
    for form in (headword, *forms):
        yield form, NAME


def stems_of_noun(form: str, category: str) -> Stems:
    """A noun's stems by its ending: ة and ات come off; اء and ى change before a pronoun.

    >>> list(stems_of_noun("إنشاء", "Ndu"))
    [('إنشاء', 'Ndu'), ('إنشاؤ', 'Nh'), ('إنشائ', 'Nh')]
    >>> list(stems_of_noun("فيديوهات", "N")), list(stems_of_noun("مقهى", "N"))
    ([('فيديوه', 'NAt')], [('مقهى', 'N'), ('مقها', 'Nh')])
    """
    if form.endswith(TEH_MARBUTA):
        yield form[:-1], PLURAL_IN_TEH if category == BROKEN_PLURAL else FEMININE
        return
    if form.endswith(FEMALE_PLURAL):
        yield form[:-2], SOUND_PLURAL
        return
    yield form, category
    if form.endswith(HAMZA_ENDING):
        yield form[:-1] + WAW_HAMZA, BEFORE_PRONOUN
        yield form[:-1] + YEH_HAMZA, BEFORE_PRONOUN
    if form.endswith(ALEF_MAQSURA):
        yield form[:-1] + ALEF, BEFORE_PRONOUN


KINDS: dict[str, Callable[[str, list[str]], Stems]] = {
    "noun": noun,
    "singular": singular,
    "person": person,
    "verb": verb,
    "name": name,
}
