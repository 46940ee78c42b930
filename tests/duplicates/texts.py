"""Texts for tests of copies: sentences that nobody else writes, and what newspapers do to them."""

import random
from datetime import date
from typing import Any

import numpy as np

from articles.duplicates.comparing import Likeness, compare
from articles.duplicates.folder import FACT, PAIR, Table
from articles.duplicates.reading import read

SYLLABLES = ["با", "سي", "رو", "مل", "قد", "نح", "كت", "فع", "زر", "شل", "طن", "خو", "جي", "دا", "هم", "صف"]
DAY = date(2015, 7, 21)


def sentences(seed: int, count: int = 12) -> list[str]:
    """Sentences of ten invented words, always the same for a seed."""
    chance = random.Random(seed)
    return [" ".join("".join(chance.choices(SYLLABLES, k=3)) for _ in range(10)) + "." for _ in range(count)]


def text(seed: int, count: int = 12) -> str:
    return " ".join(sentences(seed, count))


def likeness(one: str, other: str) -> Likeness:
    """What two bodies have in common."""
    return compare(read("عنوان", one), read("عنوان آخر", other))


def facts(*rows: dict[str, Any]) -> Table:
    """Articles of 100 words on one day, but for what is given; a text's number is its key where none is given."""
    made = np.zeros(len(rows), dtype=FACT)
    for place, row in enumerate(rows):
        values = {
            "length": 100,
            "words": 100,
            "day": DAY.toordinal(),
            "source": row["key"],
            "text": row["key"],
        } | row
        for name, value in values.items():
            made[name][place] = value
    return made


def pairs(*rows: tuple[int, int, float]) -> Table:
    """Texts, and the share of words that are common, of the shorter as of both."""
    return np.array([(one, other, share, share, 1) for one, other, share in rows], dtype=PAIR)
