"""Words that a curator keeps as they stand: «هدى» the name is not searched with «هدي» and «هداية».

A kept word is looked for by its own normalised form and by that form with what clings to words in a sentence. Nothing
of it is in the index: a word is kept, or stemmed again, with the next search.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.arabic.analysis import LITERAL, STEM, SURFACE
from articles.arabic.characters import (
    ALEF,
    ALEF_MAQSURA,
    BEH,
    FEH,
    HEH,
    KAF,
    LAM,
    NOON,
    SEEN,
    TEH,
    TEH_MARBUTA,
    WAW,
    YEH,
)

ARTICLE = ALEF + LAM
CONJUNCTIONS = ("", WAW, FEH)
PREPOSITIONS = ("", BEH, LAM, KAF)
PRONOUNS = ("ه", "ها", "هما", "هم", "هن", "ك", "كما", "كم", "كن", "ي", "نا")
IMPERFECT = (ALEF, YEH, TEH, NOON)  # what a verb begins with behind the سـ of the future
NO_ACCUSATIVE = (ALEF, HEH, YEH)  # normalised endings that take no alef of the accusative
LETTERS_LEFT = 2  # by what is taken off a word


@dataclass(frozen=True, slots=True)
class KeptWord:
    """A word as its curator writes it.

    Of a name only particles cling to it; `is_apart` says that other words of its stem do not find it either.
    """

    word: str
    is_name: bool = True
    is_apart: bool = False

    @property
    def key(self) -> str:
        return SURFACE(self.word)


class KeptWords:
    """Finds the words of a query that are kept.

    >>> kept = KeptWords([KeptWord("هدى")])
    >>> "وهدي" in kept.forms("لهدى"), kept.forms("هداية")
    (True, ())
    """

    def __init__(self, kept: Iterable[KeptWord] = ()) -> None:
        self.by_key = {each.key: each for each in kept}
        self.apart: dict[str, list[KeptWord]] = {}
        for each in self.by_key.values():
            if each.is_apart:
                self.apart.setdefault(STEM(each.word), []).append(each)

    def __bool__(self) -> bool:
        return bool(self.by_key)

    def found(self, text: str) -> KeptWord | None:
        """The kept word that a word of a query is a form of; the one with least clinging to it."""
        surface = SURFACE(text)
        is_feminine = LITERAL(text).endswith(
            TEH_MARBUTA
        )  # «كتابة» is no «كتابه», though the index holds them as one
        for bare in _bare_forms(surface) if self.by_key else ():
            known = self.by_key.get(bare)
            if known and surface in forms_of(known) and not (is_feminine and not bare.endswith(HEH)):
                return known
        return None

    def forms(self, text: str) -> tuple[str, ...]:
        """The normalised forms that stand for a word of a query which is kept; empty where it is not."""
        known = self.found(text)
        return forms_of(known) if known else ()

    def kept_from(self, text: str) -> tuple[str, ...]:
        """The normalised forms that a word of a query, not kept itself, does not find though they share its stem."""
        held = self.apart.get(STEM(text), ()) if self.apart else ()
        return tuple(form for each in held for form in forms_of(each))


def forms_of(kept: KeptWord) -> tuple[str, ...]:
    """A kept word, normalised, in all the forms that stand for it; the plain one first.

    >>> forms_of(KeptWord("الحياة"))[:4]
    ('الحياه', 'بالحياه', 'للحياه', 'كالحياه')
    >>> "كتابهم" in forms_of(KeptWord("كتاب")), "كتابهم" in forms_of(KeptWord("كتاب", is_name=False))
    (False, True)
    """
    return tuple(dict.fromkeys(SURFACE(form) for form in _forms(kept)))


def _forms(kept: KeptWord) -> Iterator[str]:
    key = kept.key
    for conjunction in CONJUNCTIONS:
        for form in _own_forms(kept):
            yield from (conjunction + with_preposition(letter, form) for letter in PREPOSITIONS)
        if not kept.is_name and key[:1] in IMPERFECT and not key.startswith(ARTICLE):
            yield conjunction + SEEN + key


def _own_forms(kept: KeptWord) -> Iterator[str]:
    """The word, and where it is no name, with the article or a pronoun."""
    key = kept.key
    yield key
    if key.startswith(ARTICLE):
        return
    if not key.endswith(NO_ACCUSATIVE):
        yield key + ALEF
    if not kept.is_name:
        yield ARTICLE + key
        yield from (_before_pronoun(kept) + pronoun for pronoun in PRONOUNS)


def _before_pronoun(kept: KeptWord) -> str:
    """A normalised word with the last letter it has before a pronoun: «حياتهم», «هداهم».

    >>> _before_pronoun(KeptWord("حياة")), _before_pronoun(KeptWord("هدى"))
    ('حيات', 'هدا')
    """
    last = {TEH_MARBUTA: TEH, ALEF_MAQSURA: ALEF}.get(LITERAL(kept.word)[-1:])
    return kept.key[:-1] + last if last else kept.key


def with_preposition(letter: str, word: str) -> str:
    """A normalised word behind a preposition, or behind none.

    >>> with_preposition("ل", "الحياه"), with_preposition("ل", "اللواء"), with_preposition("ب", "هدي")
    ('للحياه', 'للواء', 'بهدي')
    """
    if letter == LAM and word.startswith(ARTICLE):
        rest = word[len(ARTICLE) :]
        return LAM + rest if rest.startswith(LAM) else LAM + LAM + rest
    return letter + word


def _bare_forms(word: str) -> list[str]:
    """A normalised word, and without what may cling to a kept word: candidates for a key, longest first."""
    forms = [word]
    for letters in ((WAW, FEH), (BEH, LAM, KAF, SEEN)):
        forms += [form[1:] for form in forms if form[:1] in letters and len(form) > LETTERS_LEFT]
    forms += [ALEF + form for form in forms if form.startswith(LAM)]  # للحياة
    forms += [ARTICLE + form[1:] for form in forms if form.startswith(LAM + LAM)]  # للواء
    forms += [form[2:] for form in forms if form.startswith(ARTICLE) and len(form) > LETTERS_LEFT + 1]
    for form in tuple(forms):
        for ending in (ALEF, *PRONOUNS):
            if form.endswith(ending) and len(form) - len(ending) >= LETTERS_LEFT:
                forms += _whole(form.removesuffix(ending))
    return list(dict.fromkeys(forms))


def _whole(word: str) -> Iterator[str]:
    """What a normalised word without its pronoun may be when nothing follows it."""
    yield word
    if word.endswith(TEH):
        yield SURFACE(word[:-1] + TEH_MARBUTA)
    if word.endswith(ALEF):
        yield SURFACE(word[:-1] + ALEF_MAQSURA)
