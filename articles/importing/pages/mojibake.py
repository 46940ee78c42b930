"""Arabic that was read in a wrong charset, written down again, and can be read right after all.

Three slips are common: UTF-8 read as Windows-1256 («ط§ظ„»), UTF-8 read as Windows-1252 («Ø§Ù„»), and Windows-1256
read as Windows-1252 («ÇáÓ»). Each line is mended only when every character of it goes back and comes out Arabic.
"""

import re

MOST_ROUNDS = 2  # a page may have slipped twice


def _bytes_of(charset: str) -> dict[str, int]:
    """The byte of each character; bytes a charset leaves open stand for themselves, as browsers have it."""
    table = {chr(code): code for code in range(0x80, 0xA0)}
    for code in range(256):
        table[bytes([code]).decode(charset, "ignore") or chr(code)] = code
    return table


WINDOWS_1256, WINDOWS_1252 = _bytes_of("windows-1256"), _bytes_of("windows-1252")
FOLLOWING_1256 = "".join(re.escape(letter) for letter, code in WINDOWS_1256.items() if 0x80 <= code < 0xC0)
FOLLOWING_1252 = "".join(re.escape(letter) for letter, code in WINDOWS_1252.items() if 0x80 <= code < 0xC0)
# The first bytes of Arabic letters in UTF-8 are D8 to DB.
AS_1256 = re.compile(f"[طظعغ][{FOLLOWING_1256}]")
AS_1252 = re.compile(f"[ØÙÚÛ][{FOLLOWING_1252}]")
LATIN_LETTERS = re.compile("[\u00c0-\u00ff]")
ARABIC_LETTER = re.compile("[\u0621-\u064a]")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# alef and lam, which no Arabic text is without, in each of the three slips, and after the first of them twice
SLIPS = ("ط§", "ظ„", "Ø§", "Ù„", "Çá", "ط·آ§", "ط¸â€")
WORD_IN_1256 = re.compile("[\u00c0-\u00ff\u2018-\u201d\u0192\u0152\u0153\u2020\u2021\u203a\u2039]{2,}")


def repaired(text: str) -> tuple[str, bool]:
    """The text with the lines that slipped read right, and whether there were any.

    >>> repaired("ط®ط¨ط± ط¹ط§ط¬ظ„")
    ('خبر عاجل', True)
    >>> repaired("خبر عاجل")
    ('خبر عاجل', False)
    """
    before = text
    for _round in range(MOST_ROUNDS):
        if not _is_suspect(text):
            break
        mended = "\n".join(map(_mended, text.split("\n")))
        if mended == text:
            break
        text = mended
    return text, text != before


def _is_suspect(text: str) -> bool:
    return any(slip in text for slip in SLIPS)


def _mended(line: str) -> str:
    foreign = len(line) - len(line.encode("ascii", "ignore"))
    if foreign < 4:
        return line
    for pairs, table in ((AS_1256, WINDOWS_1256), (AS_1252, WINDOWS_1252)):
        if 2 * pairs.subn("", line)[1] >= 0.4 * foreign:
            return _read_again(line, table, "utf-8")
    if LATIN_LETTERS.subn("", line)[1] >= 0.7 * foreign and not ARABIC_LETTER.search(line):
        mended = _read_again(line, WINDOWS_1252, "windows-1256")
        return mended if _is_arabic(line, mended) else line
    return line


def _read_again(line: str, table: dict[str, int], charset: str) -> str:
    """The line in another charset; the very line when a character has no way back."""
    try:
        return bytes([table[letter] for letter in line]).decode(charset)
    except (KeyError, UnicodeDecodeError):
        return line


def _is_arabic(line: str, mended: str) -> bool:
    """Whether Latin letters became Arabic words: French has a foreign letter in a word, not words of them."""
    sample = line[:5000]
    words = sum(map(len, WORD_IN_1256.findall(sample)))
    return words >= 0.8 * len(NOT_ASCII.findall(sample)) and _looks_arabic(mended[:5000])


def _looks_arabic(text: str) -> bool:
    letters = ARABIC_LETTER.findall(text)
    return len(letters) >= 4 and sum(letter in "اليمونرتبه" for letter in letters) >= 0.4 * len(letters)
