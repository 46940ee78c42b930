"""What a reader typed on the wrong keyboard layout, typed again on the right one.

Layouts are those of Windows: Arabic (101), whose letters stand on the same keys as in Arabic (102) save ذ, US QWERTY
and French AZERTY, the Latin keyboard of the Maghreb.
"""

# The rows of the Arabic (101) keyboard, each letter above or below its neighbours; ﻻ stands for its key «لا».
ARABIC_ROWS = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرﻻىةوزظ")
LATIN_ROWS = ("qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")
LAM_ALEF = "لا"
THAL_KEYS = "`\\"  # on Arabic (101), on Arabic (102)

QWERTY = {
    key: LAM_ALEF if letter == "ﻻ" else letter
    for keys, letters in zip(LATIN_ROWS, ARABIC_ROWS, strict=True)
    for key, letter in zip(keys, letters, strict=True)
} | dict.fromkeys(THAL_KEYS, "ذ")
WITH_SHIFT = {"H": "أ", "Y": "إ", "N": "آ", "G": "لأ", "T": "لإ", "B": "لآ", "?": "؟", "K": "،", "J": "ـ"}

# What the keys of an AZERTY keyboard write, and what the same keys write on a QWERTY one.
AZERTY_KEYS = dict(zip("azqwm,;:!ù^$²", "qwaz;m,./'[]`", strict=True))
AZERTY = {typed: QWERTY[AZERTY_KEYS.get(typed, typed)] for typed in (*AZERTY_KEYS, *"ertyuiopsdfghjklxcvbn")}

LATIN_KEY = {letter: key for key, letter in reversed(QWERTY.items()) if len(letter) == 1}
LATIN_KEY |= {letter: key.lower() for key, letter in WITH_SHIFT.items() if key.isalpha() and len(letter) == 1}
LATIN_KEY["ذ"] = "`"
LAM_ALEFS = (LAM_ALEF, "لأ", "لإ", "لآ")


def retyped(typed: str) -> tuple[str, ...]:
    """What the same keys write on the other layout, the likeliest first; nothing where the keys write no words there.

    >>> retyped("]hua"), retyped("hguvhr"), retyped("هسهس")
    (('داعش',), ('العراق',), ('isis',))
    """
    if any("\u0600" <= letter <= "\u06ff" for letter in typed):
        return in_latin(typed)
    found = (in_arabic(typed, QWERTY), in_arabic(typed, AZERTY))
    return tuple(dict.fromkeys(text for text in found if text))


def in_arabic(typed: str, layout: dict[str, str]) -> str:
    """Latin keys as Arabic letters; empty where one of them is not a key of Arabic letters.

    >>> in_arabic("]hua", QWERTY), in_arabic("dhuq", AZERTY), in_arabic("2015", QWERTY)
    ('داعش', 'ياعش', '')
    """
    letters = [WITH_SHIFT.get(key) or layout.get(key.lower(), "") for key in typed]
    return "".join(letters) if all(letters) else ""


def in_latin(typed: str) -> tuple[str, ...]:
    """Arabic letters as Latin keys; لا is one key or two, and the word may have meant either.

    >>> in_latin("لاشلاغ"), in_latin("م١")
    (('baby', 'ghaghy'), ())
    """
    one_key = typed
    for pair in LAM_ALEFS:
        one_key = one_key.replace(pair, "b")
    found = (_latin(one_key), _latin(typed))
    return tuple(dict.fromkeys(text for text in found if text))


def _latin(typed: str) -> str:
    letters = [key if key == "b" else LATIN_KEY.get(key, "") for key in typed]
    return "".join(letters) if all(letters) else ""
