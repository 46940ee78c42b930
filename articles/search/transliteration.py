"""Arabic words behind Latin letters, Arabizi among them (da3esh, 7oumani), and Latin words behind Arabic ones.

Two steps. Consonants come first, since short vowels are not written in Arabic: words of one skeleton are found by one
number, in which letters that Latin does not tell apart (س ص, ت ط, ح ه) are one. Then each candidate is aligned with
what was typed, and the closest and most frequent is taken.

The digits of Arabizi are those of Yaghan 2008, «Arabizi: a contemporary style of Arabic slang»; Latin letters are read
as newspapers romanise, in English and in French.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from math import log

import numpy as np
from numpy.typing import NDArray

from articles.search.word_list import CODES, LATIN_LETTERS, WordList

ARTICLE = "ال"
VOWELS = "aeiou"
LATIN_ARTICLE = re.compile(
    r"(?:al|el|il|ul|ar|as|ash|at|az|ad|an|ez|es)['’\-](?=\w)|(?:al|el)(?=[^aeiou'’]\w{2})"
)
JOINTS = re.compile(r"['’\-]")
FINAL_HEH = "ه"
SILENT_H = re.compile(r"(?<=[aeiou])h$")

# Letters of one class are one consonant to the skeleton; letters of none are vowels, or as good as one.
CLASSES = ("ب", "تطث", "جغقك", "حهخ", "دذضظز", "ر", "سص", "ش", "ف", "ل", "م", "ن")
CLASS_OF = {letter: number for number, letters in enumerate(CLASSES, start=1) for letter in letters}
BASE = 16  # above the number of classes
LONGEST_SKELETON = 12
LEAST_CONSONANTS = 2

# What a run of Latin letters stands for: Arabic letters, each with how unlikely it is. Longer runs are tried first.
READINGS: dict[str, dict[str, float]] = {
    "sch": {"ش": 0}, "tch": {"تش": 0, "ش": 0.1},
    "sh": {"ش": 0}, "ch": {"ش": 0.1}, "kh": {"خ": 0}, "gh": {"غ": 0}, "dh": {"ذ": 0, "ض": 0.1, "ظ": 0.1, "ده": 0.2},
    "th": {"ث": 0, "ذ": 0.2, "ته": 0.3}, "ph": {"ف": 0}, "ck": {"ك": 0}, "dj": {"ج": 0}, "zh": {"ج": 0.1},
    "3'": {"غ": 0}, "7'": {"خ": 0}, "9'": {"ض": 0}, "6'": {"ظ": 0},
    "b": {"ب": 0}, "p": {"ب": 0}, "t": {"ت": 0, "ط": 0.05}, "j": {"ج": 0}, "q": {"ق": 0, "ك": 0.3},
    "g": {"ج": 0.1, "غ": 0.1, "ق": 0.2, "ك": 0.2}, "k": {"ك": 0, "ق": 0.1}, "c": {"ك": 0.1, "س": 0.2, "ق": 0.2},
    "h": {"ه": 0, "ح": 0}, "d": {"د": 0, "ض": 0.1, "ظ": 0.3}, "z": {"ز": 0, "ذ": 0.2, "ظ": 0.2, "ض": 0.3},
    "r": {"ر": 0}, "s": {"س": 0, "ص": 0.05}, "f": {"ف": 0}, "v": {"ف": 0}, "l": {"ل": 0}, "m": {"م": 0}, "n": {"ن": 0},
    "x": {"كس": 0},
    "2": {"ا": 0, "ء": 0, "ق": 0.2, "و": 0.2, "ي": 0.2, "": 0.2}, "3": {"ع": 0}, "4": {"ذ": 0}, "5": {"خ": 0},
    "6": {"ط": 0}, "7": {"ح": 0}, "8": {"ق": 0, "غ": 0.1}, "9": {"ق": 0, "ص": 0.05},
    "'": {"ع": 0.05, "ء": 0.05, "ا": 0.1, "": 0.05}, "-": {"": 0},
    "aa": {"ا": 0}, "ee": {"ي": 0}, "ei": {"ي": 0}, "ai": {"ي": 0}, "ay": {"ي": 0}, "ey": {"ي": 0}, "ie": {"ي": 0},
    "oo": {"و": 0}, "ou": {"و": 0, "": 0.2}, "au": {"و": 0}, "aw": {"و": 0}, "ow": {"و": 0},
    "ia": {"يا": 0, "يه": 0}, "ya": {"يا": 0, "يه": 0}, "ah": {"ه": 0, "ا": 0.1}, "eh": {"ه": 0},
    "a": {"ا": 0, "": 0.15, "ه": 0.1, "ع": 0.15, "ي": 0.4}, "e": {"": 0.1, "ي": 0.15, "ا": 0.3, "ع": 0.15, "ه": 0.2},
    "i": {"ي": 0.05, "": 0.15, "ا": 0.3, "ع": 0.15}, "o": {"و": 0.05, "": 0.15, "ا": 0.4, "ع": 0.15},
    "u": {"و": 0.05, "": 0.12, "ا": 0.4, "ع": 0.15}, "y": {"ي": 0, "": 0.4}, "w": {"و": 0},
}  # fmt: skip
LONGEST_READING = max(map(len, READINGS))
UNREAD = {"ع": 0.25, "ا": 0.3, "ء": 0.1, "و": 0.5, "ي": 0.5}  # Arabic letters that no Latin one stands for
UNREAD_AT_END = {"ه": 0.15, "ا": 0.2}
SILENT = {"h": 0.3, "e": 0.1}  # Latin letters that stand for nothing
UNLIKE_ARTICLES = 0.05  # an article that only one of the two has
IMPOSSIBLE = 9.0

COST_A_LETTER = 0.1  # of the Latin word, that an alignment may cost
PRICE = 8.0  # a cost of 1 makes a word as likely as one e**8 times rarer
FAR_LESS = 3.0  # on the scale of that price
MOST_CANDIDATES = 40
MOST_LATIN_WORDS = 5_000
MOST_BRANCHES = 8
DIGIT_LETTERS = frozenset("23456789")


@dataclass(frozen=True, slots=True)
class Sounding:
    """A known word that sounds like the one typed, in how many documents it stands, and how ill it fits."""

    word: str
    count: int
    cost: float


def is_arabizi(word: str) -> bool:
    """Whether digits stand among Latin letters as letters do.

    >>> is_arabizi("da3esh"), is_arabizi("Daesh"), is_arabizi("2015")
    (True, False, False)
    """
    return any(letter in DIGIT_LETTERS for letter in word) and any(letter.isalpha() for letter in word)


def without_article(latin: str) -> str:
    """A word in small Latin letters without its Arabic article.

    >>> without_article("al-bab"), without_article("alqaeda"), without_article("ali")
    ('bab', 'qaeda', 'ali')
    """
    return LATIN_ARTICLE.sub("", latin, count=1) if LATIN_ARTICLE.match(latin) else latin


def latin_skeletons(latin: str) -> frozenset[int]:
    """The skeletons a word in small Latin letters may have; none where it has fewer than two consonants.

    >>> latin_skeletons("mosul") == latin_skeletons("massel"), arabic_skeleton("موصل") in latin_skeletons("mosul")
    (True, True)
    """
    bare = SILENT_H.sub("", without_article(latin))
    found = {_number(classes) for classes in islice(_branches(bare, 0), MOST_BRANCHES)}
    return frozenset(number for number in found if number >= BASE ** (LEAST_CONSONANTS - 1))


def _branches(latin: str, start: int) -> Iterator[tuple[int, ...]]:
    """The consonant classes of what follows `start`, in each way it can be read."""
    if start >= len(latin):
        yield ()
        return
    length = next((size for size in (3, 2, 1) if latin[start : start + size] in READINGS), 1)
    readings = READINGS.get(latin[start : start + length], {})
    if length == 1 and latin[start] in VOWELS:
        readings = {}  # an «a» stands for a final heh, which no skeleton has
    heads = dict.fromkeys(tuple(CLASS_OF[c] for c in arabic if c in CLASS_OF) for arabic in readings)
    for rest in _branches(latin, start + length):
        for head in heads or {(): None}:
            yield (*head, *rest)


def _number(classes: Iterable[int]) -> int:
    """Classes as one number, repeated ones once."""
    number = last = places = 0
    for each in classes:
        if each and each != last and places < LONGEST_SKELETON:
            number, places = number * BASE + each, places + 1
        last = each or last
    return number


def arabic_skeleton(word: str) -> int:
    """The skeleton of a normalised Arabic word, without its article and a final heh.

    >>> arabic_skeleton("القاعده") == arabic_skeleton("قعد")
    True
    """
    return _number(CLASS_OF.get(letter, 0) for letter in _bare(word).removesuffix(FINAL_HEH))


def _bare(word: str) -> str:
    return word[len(ARTICLE) :] if word.startswith(ARTICLE) and len(word) > len(ARTICLE) + 1 else word


@dataclass(eq=False)
class SoundIndex:
    """The words of a list by their skeletons; made when first asked for."""

    words: WordList

    @cached_property
    def arabic(self) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """The skeletons of the Arabic words in order, and the number of the word each belongs to."""
        codes, rows = self.words.codes, len(self.words.codes)
        classes = CLASS_OF_CODE[codes]
        if rows > 1:
            has_article = (codes[0] == CODES["ا"]) & (codes[1] == CODES["ل"]) & (self.words.lengths > 3)
            classes[:2, has_article] = 0
        ends = np.minimum(self.words.lengths, rows) - 1
        columns = np.arange(codes.shape[1])
        final_heh = columns[codes[ends, columns] == CODES[FINAL_HEH]] if rows else columns
        classes[ends[final_heh], final_heh] = 0
        skeletons = _numbers(classes)
        order = np.argsort(skeletons, kind="stable")
        return skeletons[order], order

    @cached_property
    def latin(self) -> dict[int, list[int]]:
        """The numbers of the most frequent Latin words by their skeletons."""
        first = np.isin(self.words.codes[:1], [CODES[letter] for letter in LATIN_LETTERS]).any(axis=0)
        numbers = np.nonzero(first)[0]
        numbers = numbers[np.argsort(-self.words.counts[numbers], kind="stable")][:MOST_LATIN_WORDS]
        by_skeleton: dict[int, list[int]] = {}
        for number in numbers.tolist():
            for skeleton in latin_skeletons(self.words.words[number]):
                by_skeleton.setdefault(skeleton, []).append(number)
        return by_skeleton

    def arabic_of(self, latin: str, *, limit: int, least: int = 1) -> list[Sounding]:
        """The Arabic words, in `least` documents or more, that a word in Latin letters may stand for."""
        typed = latin.lower()
        skeletons, order = self.arabic
        spans = [
            order[slice(*np.searchsorted(skeletons, [skeleton, skeleton + 1]))]
            for skeleton in latin_skeletons(typed)
        ]
        if not spans:
            return []
        found = self.words.most_frequent(np.concatenate(spans), MOST_CANDIDATES)
        return self._closest(
            (
                Sounding(each.word, each.count, alignment(typed, each.word))
                for each in found
                if each.count >= least
            ),
            len(typed),
            limit,
        )

    def latin_of(self, arabic: str, *, limit: int, least: int = 1) -> list[Sounding]:
        """The Latin words that a normalised Arabic word may stand for."""
        skeleton = arabic_skeleton(arabic)
        if skeleton < BASE ** (LEAST_CONSONANTS - 1):
            return []
        numbers = np.array(self.latin.get(skeleton, []), dtype=np.int64)
        found = self.words.most_frequent(np.sort(numbers), MOST_CANDIDATES)
        return self._closest(
            (
                Sounding(each.word, each.count, alignment(each.word, arabic))
                for each in found
                if each.count >= least
            ),
            len(arabic),
            limit,
        )

    @staticmethod
    def _closest(found: Iterable[Sounding], letters: int, limit: int) -> list[Sounding]:
        fitting = [each for each in found if each.cost <= COST_A_LETTER * letters + 1e-9]
        ordered = sorted(fitting, key=lambda each: (-likelihood(each), each.word))[:limit]
        return [each for each in ordered if likelihood(each) > likelihood(ordered[0]) - FAR_LESS]


def likelihood(each: Sounding) -> float:
    return log(each.count + 1) - PRICE * each.cost


def _numbers(classes: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """`_number` for whole columns of classes."""
    numbers = np.zeros(classes.shape[1], dtype=np.uint64)
    last = np.zeros(classes.shape[1], dtype=np.uint8)
    places = np.zeros(classes.shape[1], dtype=np.uint8)
    for row in classes:
        taken = (row > 0) & (row != last) & (places < LONGEST_SKELETON)
        numbers = np.where(taken, numbers * np.uint64(BASE) + row, numbers)
        places += taken
        last = np.where(row > 0, row, last)
    return numbers


def _class_of_code() -> NDArray[np.uint8]:
    table = np.zeros(max(CODES.values()) + 1, dtype=np.uint8)
    for letter, number in CLASS_OF.items():
        table[CODES[letter]] = number
    return table


CLASS_OF_CODE = _class_of_code()


def alignment(latin: str, arabic: str) -> float:
    """How ill the letters of a small Latin word and of a normalised Arabic one fit each other; 0 is perfect.

    >>> alignment("da3esh", "داعش"), alignment("mosul", "الموصل") < alignment("mosul", "مسوول")
    (0.1, True)
    """
    typed, bare = without_article(latin), _bare(arabic)
    missing = UNLIKE_ARTICLES if (bare != arabic) is not (typed != latin) else 0.0
    best = [0.0, *([IMPOSSIBLE] * len(bare))]
    rows = {0: best}
    for start in range(len(typed) + 1):
        row = rows.pop(start, None)
        if row is None:
            continue
        _leave_unread(row, bare)
        if start == len(typed):
            return round(row[-1] + missing, 3)
        _read_on(rows, row, typed, start, bare)
    return IMPOSSIBLE


def _leave_unread(row: list[float], arabic: str) -> None:
    """Go on over Arabic letters that no Latin letter stands for."""
    for place, letter in enumerate(arabic):
        unread = UNREAD.get(letter, IMPOSSIBLE)
        if place == len(arabic) - 1:
            unread = min(unread, UNREAD_AT_END.get(letter, IMPOSSIBLE))
        row[place + 1] = min(row[place + 1], row[place] + unread)


def _read_on(rows: dict[int, list[float]], row: list[float], typed: str, start: int, arabic: str) -> None:
    """Take one run of Latin letters more, in each way it can be read."""
    for length in range(1, LONGEST_READING + 1):
        run = typed[start : start + length]
        readings = READINGS.get(run, {})
        if length == 1:
            doubled = start > 0 and run == typed[start - 1]
            readings = {**readings, "": 0.0 if doubled else SILENT.get(run, readings.get("", 1.0))}
        for letters, cost in readings.items():
            new = rows.setdefault(start + length, [IMPOSSIBLE] * (len(arabic) + 1))
            for place, spent in enumerate(row):
                if spent < IMPOSSIBLE and arabic.startswith(letters, place):
                    end = place + len(letters)
                    new[end] = min(new[end], spent + cost)
