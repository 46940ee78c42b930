"""Folds the many spellings of one word into one: each rule is a small function from word to word.

`literal` forgets only what carries no letter; `normalize` goes on to forget the differences readers
do not type. The rules stand in the order they are read; each takes any string and never raises.

What is deliberately not folded, because two different words would meet: إلى and إلا (the first ends
in ي, the second in ا), hamza on the line (ماء / ما, كفاءة / كفاية), teh and teh marbuta, ض and ظ.
"""

import re
import unicodedata
from collections.abc import Callable

from articles.arabic.characters import (
    ALEF,
    ALEF_DIGIT_THREE_ABOVE,
    ALEF_DIGIT_TWO_ABOVE,
    ALEF_HAMZA_ABOVE,
    ALEF_HAMZA_BELOW,
    ALEF_HIGH_HAMZA,
    ALEF_MADDA,
    ALEF_MAQSURA,
    ALEF_WASLA,
    ALEF_WAVY_HAMZA_ABOVE,
    ALEF_WAVY_HAMZA_BELOW,
    APOSTROPHE,
    APOSTROPHES,
    ARABIC_MARKS,
    BEH,
    COMMAS,
    DECIMAL_POINTS,
    FEH,
    GROUPING_SEPARATORS,
    HAMZA,
    HEBREW_POINTS,
    HEH,
    HIGH_HAMZA,
    INVISIBLE_CONTROLS,
    KAF,
    LAM,
    LATIN_ACCENTS,
    MEEM,
    NOON,
    NUMBER_SEPARATORS,
    TATWEEL,
    TEH,
    TEH_MARBUTA,
    WAW,
    WAW_HAMZA,
    YEH,
    YEH_HAMZA,
    span,
)
from articles.arabic.datafiles import DataFileError, read_rows
from articles.arabic.numerals import to_ascii_digits

Rule = Callable[[str], str]


def read_foreign_letters(rows: list[list[str]]) -> dict[str, str]:
    """The Arabic letter for each foreign one, from rows of code point, letter, Arabic letter, name.

    >>> read_foreign_letters([["U+06AF", "گ", "ك", "gaf"]])
    {'گ': 'ك'}

    Raises DataFileError when a row's code point is not that of its letter.
    """
    for code, letter, *_ in rows:
        if code != f"U+{ord(letter):04X}":
            raise DataFileError(f"foreign_letters.txt: {code} is not the code point of {letter}")
    return {letter: arabic for _, letter, arabic, *_ in rows}


REMOVED_CONTROLS = str.maketrans(dict.fromkeys(INVISIBLE_CONTROLS, ""))
REMOVED_MARKS = str.maketrans(dict.fromkeys(ARABIC_MARKS | HEBREW_POINTS, ""))
REMOVED_ACCENTS = str.maketrans(dict.fromkeys(LATIN_ACCENTS, ""))

ALEF_FORMS = str.maketrans(
    dict.fromkeys(
        {
            ALEF_MADDA,
            ALEF_HAMZA_ABOVE,
            ALEF_HAMZA_BELOW,
            ALEF_WASLA,
            ALEF_WAVY_HAMZA_ABOVE,
            ALEF_WAVY_HAMZA_BELOW,
            ALEF_HIGH_HAMZA,
            ALEF_DIGIT_TWO_ABOVE,
            ALEF_DIGIT_THREE_ABOVE,
        }
        | span("\u0870", "\u0882"),  # the alefs with attached marks of printed Qurans
        ALEF,
    )
)
HAMZA_BEFORE_WAW_OR_YEH = re.compile(
    f"(?<=.)(?:[{HAMZA}{WAW_HAMZA}](?=[{WAW}{WAW_HAMZA}])|{HAMZA}(?=[{YEH}{YEH_HAMZA}{ALEF_MAQSURA}]))"
)
# Behind clitics and three to nine; before the endings of one hundred and of two.
HUNDRED = re.compile(
    f"(^[{WAW}{FEH}]?[{BEH}{LAM}{KAF}]?(?:{ALEF}?{LAM})?(?:\u062b\u0644\u0627\u062b|\u0627\u0631\u0628\u0639"
    "|\u062e\u0645\u0633|\u0633\u062a|\u0633\u0628\u0639|\u062b\u0645\u0627\u0646\u064a?|\u062a\u0633\u0639)?"
    f"{MEEM}){ALEF}([{YEH_HAMZA}{YEH}](?:[{TEH_MARBUTA}{HEH}]|{TEH}(?:{YEH}{NOON}?|{ALEF}{NOON}?))$)"
)
HAMZA_SEATS = str.maketrans({WAW_HAMZA: WAW, YEH_HAMZA: YEH, HIGH_HAMZA: ""})
FOREIGN_LETTERS = str.maketrans(read_foreign_letters(read_rows("foreign_letters.txt")))

# Latin letters which Unicode does not decompose, and the half rings that romanise ء and ع.
STROKED_LETTERS = str.maketrans(
    {
        "\u00e6": "ae",
        "\u00f0": "d",
        "\u00f8": "o",
        "\u00fe": "th",
        "\u0111": "d",
        "\u0127": "h",
        "\u0131": "i",
        "\u0142": "l",
        "\u0153": "oe",
        "\u02be": "",
        "\u02bf": "",
    }
)
STRAIGHT_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, APOSTROPHE))

GROUPED = re.compile(
    rf"(?<!\d)\d{{1,3}}(?:(?:[{NUMBER_SEPARATORS}]\d{{3}}){{2,}}|[{GROUPING_SEPARATORS}]\d{{3}})(?!\d)"
)
DECIMAL = re.compile(rf"(?<=\d)[{DECIMAL_POINTS}{COMMAS}](?=\d)")
NO_SEPARATORS = str.maketrans(dict.fromkeys(NUMBER_SEPARATORS, ""))


def strip_controls(word: str) -> str:
    """Take away joiners, direction marks and the other characters nobody sees.

    >>> strip_controls("محم\\u200dد")
    'محمد'
    """
    return word.translate(REMOVED_CONTROLS)


def fold_compatibility(word: str) -> str:
    """Write presentation forms, ligatures and wide letters as the plain letters (Unicode NFKC).

    A letter and its combining hamza become one letter. A ligature stands for one word: the spaces
    inside ﷺ go.

    >>> fold_compatibility("ﻻ"), fold_compatibility("ﷲ"), fold_compatibility("ＢＢＣ")
    ('لا', 'الله', 'BBC')
    """
    folded = unicodedata.normalize("NFKC", word)
    if " " in folded and " " not in word:
        return unicodedata.normalize("NFKC", folded.replace(" ", ""))
    return folded


def strip_tatweel(word: str) -> str:
    """Take away the stroke that stretches a word.

    >>> strip_tatweel("محـــمد")
    'محمد'
    """
    return word.replace(TATWEEL, "")


def strip_marks(word: str) -> str:
    """Take away vowel marks, the small alef, Quranic signs and Hebrew points.

    A combining hamza goes too: `fold_compatibility` has already joined it to a letter that bears one.

    >>> strip_marks("مُحَمَّد"), strip_marks("هٰذا")
    ('محمد', 'هذا')
    """
    # Without the marks, a base and an accent may stand side by side: NFC joins them.
    return unicodedata.normalize("NFC", word.translate(REMOVED_MARKS))


def fold_foreign_letters(word: str) -> str:
    """Write the letters of Persian, Urdu, Kurdish and their kin as the Arabic letter of the same shape.

    >>> fold_foreign_letters("سوریا"), fold_foreign_letters("گوگل"), fold_foreign_letters("ڤيينا")
    ('سوريا', 'كوكل', 'فيينا')
    """
    return word.translate(FOREIGN_LETTERS)


def unify_alef(word: str) -> str:
    """Write every alef as a bare alef.

    >>> unify_alef("أعلن"), unify_alef("الآن"), unify_alef("إلى")
    ('اعلن', 'الان', 'الى')
    """
    return word.translate(ALEF_FORMS)


def fold_alef_maqsura(word: str) -> str:
    """Write alef maqsura as yeh, as Egyptian printers write yeh (Lucene's normaliser does the same).

    >>> fold_alef_maqsura("على"), fold_alef_maqsura("الذى")
    ('علي', 'الذي')
    """
    return word.replace(ALEF_MAQSURA, YEH)


def fold_ta_marbuta(word: str) -> str:
    """Write teh marbuta as heh, as hurried writers do (Lucene's normaliser does the same).

    >>> fold_ta_marbuta("القاهرة")
    'القاهره'
    """
    return word.replace(TEH_MARBUTA, HEH)


def fold_hamza(word: str) -> str:
    """Write waw and yeh with hamza as waw and yeh; keep hamza on the line, save after a final yeh.

    Hamza on the line tells words apart (ماء / ما, كفاءة / كفاية) and stays. The exception is the end
    of a word after yeh, where شيء, شئ and شيئ are spellings of one word.

    >>> fold_hamza("مؤتمر"), fold_hamza("رئيس"), fold_hamza("ماء")
    ('موتمر', 'رييس', 'ماء')
    >>> fold_hamza("شيء"), fold_hamza("شئ")
    ('شي', 'شي')
    """
    bare = word.rstrip(HAMZA + YEH_HAMZA + HIGH_HAMZA)
    return (bare if bare.endswith(YEH) else word).translate(HAMZA_SEATS)


def unify_hamza_seats(word: str) -> str:
    """Write hamza before waw, and hamza on the line before yeh, on the seat of yeh.

    So the spellings of Cairo and of Beirut meet: شئون and شؤون, مسئول and مسؤول, رءوس and رؤوس, قراءين and قرائين.

    >>> unify_hamza_seats("شؤون"), unify_hamza_seats("رءوس"), unify_hamza_seats("رءيس")
    ('شئون', 'رئوس', 'رئيس')
    >>> unify_hamza_seats("مؤتمر"), unify_hamza_seats("قراءة")
    ('مؤتمر', 'قراءة')
    """
    if HAMZA in word or WAW_HAMZA in word:  # few words hold them, and asking is quick
        return HAMZA_BEFORE_WAW_OR_YEH.sub(YEH_HAMZA, word)
    return word


def fold_hundred(word: str) -> str:
    """Write the hundred without its silent alef: مئة, and the numbers made of it.

    >>> fold_hundred("مائة"), fold_hundred("بالمائة"), fold_hundred("ثلاثمائة"), fold_hundred("مائتين")
    ('مئة', 'بالمئة', 'ثلاثمئة', 'مئتين')
    >>> fold_hundred("مائي"), fold_hundred("سمائه")
    ('مائي', 'سمائه')
    """
    return HUNDRED.sub(r"\1\2", word) if MEEM + ALEF in word else word


def fold_case(word: str) -> str:
    """Forget capital letters (Unicode case folding).

    >>> fold_case("BBC"), fold_case("Straße")
    ('bbc', 'strasse')
    """
    return word.casefold()


def fold_accents(word: str) -> str:
    """Take the accents off Latin, Greek and Cyrillic letters, and the strokes off Latin ones.

    >>> fold_accents("café"), fold_accents("łódź"), fold_accents("ʿalī")
    ('cafe', 'lodz', 'ali')
    """
    bare = unicodedata.normalize("NFD", word).translate(REMOVED_ACCENTS)
    return unicodedata.normalize("NFC", bare).translate(STROKED_LETTERS)


def straighten_apostrophes(word: str) -> str:
    """Write typographic apostrophes as the one on the keyboard.

    >>> straighten_apostrophes("don’t")
    "don't"
    """
    return word.translate(STRAIGHT_APOSTROPHES)


def fold_digits(word: str) -> str:
    """Write a number in 0-9, without thousands separators and with a point before its decimals.

    A single point is always a decimal one (2.500 stays); a comma before three digits groups
    thousands, before fewer it is decimal, as newspapers use it.

    >>> fold_digits("٢٠١٤"), fold_digits("١٬٠٠٠"), fold_digits("1,000.5"), fold_digits("1.500.000")
    ('2014', '1000', '1000.5', '1500000')
    >>> fold_digits("٢٫٥"), fold_digits("2,5")
    ('2.5', '2.5')
    """
    word = to_ascii_digits(word)
    if word.isalnum():
        return word
    word = GROUPED.sub(lambda number: number[0].translate(NO_SEPARATORS), word)
    return DECIMAL.sub(".", word)


LITERAL_RULES: tuple[Rule, ...] = (strip_controls, fold_compatibility, strip_tatweel, strip_marks)
FOREIGN_RULES: tuple[Rule, ...] = (fold_foreign_letters, fold_case, fold_accents, straighten_apostrophes)
ARABIC_RULES: tuple[Rule, ...] = (
    unify_alef,
    fold_alef_maqsura,
    fold_ta_marbuta,
    unify_hamza_seats,
    fold_hundred,
    fold_hamza,
)

ALL_RULES = (*LITERAL_RULES, *FOREIGN_RULES, *ARABIC_RULES, fold_digits)

# Nothing but the thirty-six letters of Arabic, as most words are: only the Arabic rules have work to do.
PLAIN_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a]*")


def literal(word: str) -> str:
    """The word with its letters as written: no marks, tatweel, controls or presentation forms.

    >>> literal("أُكِّـد"), literal("ﻻ"), literal("BBC")
    ('أكد', 'لا', 'BBC')
    """
    if word.isascii() or PLAIN_ARABIC.fullmatch(word):
        return word
    for rule in LITERAL_RULES:
        word = rule(word)
    return word


def normalize(word: str) -> str:
    """The word as readers type it, whatever its spelling: the surface level of the index.

    Applying it again changes nothing.

    >>> normalize("الأمريكيّة"), normalize("إحدى"), normalize("١٬٠٠٠"), normalize("BBC")
    ('الامريكيه', 'احدي', '1000', 'bbc')
    """
    if word.isascii():
        return fold_digits(word.lower())
    for rule in ARABIC_RULES if PLAIN_ARABIC.fullmatch(word) else ALL_RULES:
        word = rule(word)
    return word
