"""The characters the rules speak of, by name, and the classes they fall in.

Names follow the Unicode character database. A class is a frozenset of one-character strings.
"""

# Letters.
HAMZA = "\u0621"
ALEF_MADDA = "\u0622"
ALEF_HAMZA_ABOVE = "\u0623"
WAW_HAMZA = "\u0624"
ALEF_HAMZA_BELOW = "\u0625"
YEH_HAMZA = "\u0626"
ALEF = "\u0627"
BEH = "\u0628"
TEH_MARBUTA = "\u0629"
TEH = "\u062a"
JEEM = "\u062c"
GHAIN = "\u063a"
FEH = "\u0641"
KAF = "\u0643"
LAM = "\u0644"
MEEM = "\u0645"
SEEN = "\u0633"
NOON = "\u0646"
HEH = "\u0647"
WAW = "\u0648"
ALEF_MAQSURA = "\u0649"
YEH = "\u064a"
ALEF_WASLA = "\u0671"
ALEF_WAVY_HAMZA_ABOVE = "\u0672"
ALEF_WAVY_HAMZA_BELOW = "\u0673"
HIGH_HAMZA = "\u0674"
ALEF_HIGH_HAMZA = "\u0675"
ALEF_DIGIT_TWO_ABOVE = "\u0773"
ALEF_DIGIT_THREE_ABOVE = "\u0774"

# Neither letter nor mark: it only stretches a word.
TATWEEL = "\u0640"

# Combining marks.
MADDAH_ABOVE = "\u0653"
HAMZA_ABOVE = "\u0654"
HAMZA_BELOW = "\u0655"
SUPERSCRIPT_ALEF = "\u0670"

# Punctuation.
ARABIC_COMMA = "\u060c"
ARABIC_SEMICOLON = "\u061b"
ARABIC_QUESTION_MARK = "\u061f"
ARABIC_FULL_STOP = "\u06d4"
ARABIC_PERCENT = "\u066a"
ARABIC_DECIMAL_SEPARATOR = "\u066b"
ARABIC_THOUSANDS_SEPARATOR = "\u066c"
ARABIC_STAR = "\u066d"
APOSTROPHE = "'"
RIGHT_SINGLE_QUOTE = "\u2019"
MODIFIER_APOSTROPHE = "\u02bc"
FULLWIDTH_APOSTROPHE = "\uff07"

# Invisible controls.
SOFT_HYPHEN = "\u00ad"
GRAPHEME_JOINER = "\u034f"
ARABIC_LETTER_MARK = "\u061c"
ZERO_WIDTH_SPACE = "\u200b"
ZERO_WIDTH_NON_JOINER = "\u200c"
ZERO_WIDTH_JOINER = "\u200d"
BYTE_ORDER_MARK = "\ufeff"


def span(first: str, last: str) -> frozenset[str]:
    """Every character from `first` to `last`, both included.

    >>> sorted(span("a", "d"))
    ['a', 'b', 'c', 'd']
    """
    return frozenset(map(chr, range(ord(first), ord(last) + 1)))


ARABIC_PUNCTUATION = frozenset(
    {
        ARABIC_COMMA,
        ARABIC_SEMICOLON,
        ARABIC_QUESTION_MARK,
        ARABIC_FULL_STOP,
        ARABIC_PERCENT,
        ARABIC_DECIMAL_SEPARATOR,
        ARABIC_THOUSANDS_SEPARATOR,
        ARABIC_STAR,
    }
)

APOSTROPHES = frozenset({APOSTROPHE, RIGHT_SINGLE_QUOTE, MODIFIER_APOSTROPHE, FULLWIDTH_APOSTROPHE})

VOWEL_MARKS = span("\u064b", "\u0652") | {SUPERSCRIPT_ALEF}

HAMZA_MARKS = frozenset({MADDAH_ABOVE, HAMZA_ABOVE, HAMZA_BELOW})

# Signs of recitation. The end of verse and the other signs that stand alone between words
# (06DD, 06DE, 06E9) are not marks; the small waw and yeh (06E5, 06E6, 08C9) are, though Unicode
# calls them letters.
QURANIC_MARKS = (
    span("\u0610", "\u061a")
    | span("\u06d6", "\u06dc")
    | span("\u06df", "\u06e8")
    | span("\u06ea", "\u06ed")
    | span("\u0898", "\u089f")
    | span("\u08c9", "\u08e1")
    | span("\u08e3", "\u08ff")
)

# Marks drawn alone or on a tatweel, as old fonts and converters of files leave them.
SPACING_MARKS = span("\ufc5e", "\ufc63") | span("\ufcf2", "\ufcf4") | span("\ufe70", "\ufe7f")

ARABIC_MARKS = VOWEL_MARKS | HAMZA_MARKS | QURANIC_MARKS | SPACING_MARKS | span("\u0656", "\u065f")

LATIN_ACCENTS = span("\u0300", "\u036f") - {GRAPHEME_JOINER}

HEBREW_POINTS = span("\u0591", "\u05bd") | frozenset("\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7")

INVISIBLE_CONTROLS = (
    frozenset({SOFT_HYPHEN, GRAPHEME_JOINER, ARABIC_LETTER_MARK, BYTE_ORDER_MARK})
    | span(ZERO_WIDTH_SPACE, "\u200f")  # joiners, and the left-to-right and right-to-left marks
    | span("\u202a", "\u202e")  # bidi embeddings and overrides
    | span("\u2060", "\u2064")  # word joiner and invisible operators
    | span("\u2066", "\u206f")  # bidi isolates and deprecated shaping controls
    | span("\ufe00", "\ufe0f")  # variation selectors
)

ASCII_DIGITS = "0123456789"
ARABIC_INDIC_DIGITS = "".join(chr(0x0660 + digit) for digit in range(10))
PERSIAN_DIGITS = "".join(chr(0x06F0 + digit) for digit in range(10))

# What may stand between the digits of one number. Newspapers write thousands and decimals with
# either comma, so only the digits that follow tell which it is.
COMMAS = f",{ARABIC_COMMA}"
DECIMAL_POINTS = f".{ARABIC_DECIMAL_SEPARATOR}"
GROUPING_SEPARATORS = f"{ARABIC_THOUSANDS_SEPARATOR}{COMMAS}"
NUMBER_SEPARATORS = f"{DECIMAL_POINTS}{GROUPING_SEPARATORS}"
