"""Titles: the first line where it is a headline, else the first sentence; never longer than its field."""

import re

from articles.importing.folding import key

LONGEST_HEADLINE = 180
LONGEST_DERIVED = 200
ELLIPSIS = "…"
# A full stop that ends a sentence: not after a single letter (أ. ف. ب، د. سالم) and not within a number.
SENTENCE_END = re.compile(
    r"(?<=[^\s\d.()«“\"][^\s\d.()«“\"])[.]+(?=\s|$)|(?<=[\d»”\"')\]])[.](?=\s|$)|[!?؟…](?=\s|$)"
)
FULL_STOP_AT_END = re.compile(r"(?<![.…])\.$")
INNER_SENTENCE = re.compile(r"[^\s\d.()«“\"]{2}[.]\s+\S")


def is_headline(line: str) -> bool:
    """Whether a line reads like a headline: short, and no sentence that ends in a full stop.

    >>> is_headline("المدينة تفتح مدارسها"), is_headline("فتحت المدينة مدارسها اليوم.")
    (True, False)
    """
    return (
        len(line) <= LONGEST_HEADLINE
        and not FULL_STOP_AT_END.search(line)
        and not INNER_SENTENCE.search(line)
    )


def derive(body: str) -> str:
    """The first sentence of a text, cut at a word where it is long; a full stop at its end is left out.

    >>> derive("فتحت المدينة مدارسها. وقال د. سالم إن العودة تمت.")
    'فتحت المدينة مدارسها'
    """
    paragraph = body.lstrip().partition("\n")[0]
    end = SENTENCE_END.search(paragraph)
    sentence = paragraph[: end.end()] if end else paragraph
    return cut(FULL_STOP_AT_END.sub("", sentence.strip()).rstrip() or paragraph.strip(), LONGEST_DERIVED)


def cut(text: str, longest: int) -> str:
    """The text itself, or its beginning up to a word's end and an ellipsis.

    >>> cut("خبر عاجل جداً", 10)
    'خبر عاجل…'
    """
    if len(text) <= longest:
        return text
    kept = text[: longest - 1]
    if not text[longest - 1].isspace() and " " in kept:
        kept = kept.rpartition(" ")[0]
    return kept.rstrip(" ،,؛;:-–—") + ELLIPSIS


def is_repeated(title: str, line: str) -> bool:
    """Whether a line says the title over again."""
    return key(title) == key(line)
