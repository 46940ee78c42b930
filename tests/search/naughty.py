"""Strings that have broken search boxes, and queries made of them: nothing here is typed in good faith."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

from articles.search.fields import FIELDS, Field
from articles.search.operators import OPERATORS, Operator, OperatorName

# One JSON string a line, under headings.
NAUGHTY = tuple(
    json.loads(line)
    for line in Path(__file__).with_name("naughty.txt").read_text("utf-8").split("\n")
    if line.startswith('"')
)

TYPED = (
    "نفط الغاز قٌتل في على علي كتا* كت?ب *اتيج* عام2014 al-Qaeda don't لـCNN باراجواي~2 "
    "أو و ليس AND OR NOT or إلى TO و/أو قرب/5 NEAR/3 قبل/٢ PRE/ W/99 ~5 ~>3 =نفط "
    "جملة: فقرة: sentence: مرات3: atleast/2: مرات0: الجذر: root: ك-ت-ب كتب "
    "العنوان: title: المصدر： المتن: المقدمة: القسم: المكان: المجموعة: التاريخ: date: العنون: "
    "2014 ٢٠١٥ 2014..2016 .. 21/7/2015 2015-13 تموز 1436هـ منذ"
)
PIECES = (
    *"()«»“”\"'‹›﴿﴾|&-:*?.,،؛؟/\\[]{}~^=_#@+<>%!",
    *TYPED.split(),
    *("ك ت ب", "رمضان 1438", "آخر شهر", "past 7 days", "title :", " ", "  ", "\n"),
    *(
        "\u200f",
        "\u202e",
        "\u2066",
        "\u200d",
        "\u0640",
        "\u064e",
        "ﷺ",
        "ﻻ",
        "🙂",
        "東京",
        "½",
        "ا\u0654",
        "\x00",
        "\ud800",
    ),
)

EXAMPLES = tuple(row.example for row in (*OPERATORS, *FIELDS))
PAIRED = (OperatorName.PHRASE, OperatorName.GROUP)


def _written(row: Operator | Field) -> tuple[str, ...]:
    """The spellings of a row as they stand in a query, without what they join."""
    match row:
        case Field():
            return tuple(f"{spelling}:" for spelling in row.spellings)
        case Operator(name=OperatorName.PHRASE | OperatorName.GROUP):
            return tuple(mark for pair in row.spellings for mark in pair)
    before, after = row.before.strip("…"), row.after.strip("…")
    return tuple(f"{before}{spelling}{after}" for spelling in row.spellings)


SPELLINGS = tuple(written for row in (*OPERATORS, *FIELDS) for written in _written(row))
FIRST_SPELLINGS = tuple(_written(row)[0] for row in (*OPERATORS, *FIELDS))
ALPHABET = "".join(dict.fromkeys("".join((*NAUGHTY, *EXAMPLES, *PIECES))))


def truncated() -> Iterator[str]:
    """Every beginning of every example, and every end."""
    for example in EXAMPLES:
        for at in range(len(example) + 1):
            yield example[:at]
            yield example[at:]


def paired(spellings: tuple[str, ...]) -> Iterator[str]:
    """Every two spellings side by side, with words and without."""
    for first in spellings:
        for second in spellings:
            yield f"{first}{second}"
            yield f"نفط {first} {second} غاز"


def hostile(count: int, seed: int) -> Iterator[str]:
    """So many queries, the same for the same seed: of pieces, of naughty strings, of slips in examples, of anything."""
    draw = random.Random(seed)
    makers = (_of_pieces, _of_pieces, _of_naughty, _slipped, _of_anything)
    for number in range(count):
        yield _pasted(draw) if number % 100 == 99 else draw.choice(makers)(draw)


def _of_pieces(draw: random.Random) -> str:
    return draw.choice(("", " ")).join(draw.choices(PIECES, k=draw.randint(1, 40)))


def _of_naughty(draw: random.Random) -> str:
    return draw.choice(("", " ", ":", '"')).join(draw.choices(NAUGHTY, k=draw.randint(1, 6)))


def _slipped(draw: random.Random) -> str:
    """Examples in a row, with letters left out, doubled, changed or swapped."""
    letters = list(" ".join(draw.choices(EXAMPLES, k=draw.randint(1, 4))))
    for _slip in range(draw.randint(1, 6)):
        at = draw.randrange(len(letters))
        letters[at : at + 2] = draw.choice(
            (
                [],
                letters[at : at + 2][::-1],
                [letters[at]] * 2,
                [draw.choice(ALPHABET), *letters[at : at + 1]],
            )
        ) or [" "]
    return "".join(letters)


def _of_anything(draw: random.Random) -> str:
    return "".join(
        chr(draw.randrange(0x110000)) if draw.random() < 0.3 else draw.choice(ALPHABET)
        for _ in range(draw.randint(1, 60))
    )


def _pasted(draw: random.Random) -> str:
    """Ten thousand characters of the same few pieces."""
    few = draw.choices((*PIECES, *NAUGHTY[30:]), k=draw.randint(1, 12))
    text = draw.choice(("", " ")).join(draw.choices(few, k=400))
    return (text * (10_000 // max(len(text), 1) + 1))[:10_000]
