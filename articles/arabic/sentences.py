"""Where the sentences and the paragraphs of a text begin, counted in tokens.

Proximity asks for it: words of one sentence, or of one paragraph. A paragraph is a line that is not
blank, which is how the archive keeps a body.
"""

import re
from typing import NamedTuple

from articles.arabic.characters import (
    ARABIC_FULL_STOP,
    ARABIC_QUESTION_MARK,
    INVISIBLE_CONTROLS,
)
from articles.arabic.scripts import character_class
from articles.arabic.tokenization import words

FULL_STOP = "."
ELLIPSIS = "\u2026"
CLOSING_MARKS = frozenset("\u00bb\u203a\u201d\u2019\"')]}")

# Points and what may close after them, where a blank or the end of the line follows.
SENTENCE_END = re.compile(
    rf"[{character_class({FULL_STOP, '!', '?', ARABIC_QUESTION_MARK, ARABIC_FULL_STOP, ELLIPSIS})}]++"
    rf"[{character_class(CLOSING_MARKS | INVISIBLE_CONTROLS)}]*+(?!\S)"
)
# «د. محمد», «أ.ف.ب. », «ود. سعاد», «J. Smith», «Dr. Who»: the point belongs to the word before it.
ABBREVIATION = re.compile(
    r"(?:^|[^\w.])(?:[وفبل]?[^\W\d_]\u0640?|(?:\w\u0640?\.)+\w|Mr|Mrs|Ms|Dr|Prof|St|vs|No)\.$"
)
# «1. » at the head of a line numbers what follows.
ITEM_NUMBER = re.compile(r"\W*\d{1,3}\.")
LONGEST_ABBREVIATION = 16


class Segments(NamedTuple):
    """The tokens of a text, and the indexes of those that begin a sentence or a paragraph.

    Both lists ascend; each begins with 0 when there is a token; every start of a paragraph is one of a sentence.
    """

    words: tuple[str, ...]
    sentence_starts: tuple[int, ...]
    paragraph_starts: tuple[int, ...]


def segmented(text: str) -> Segments:
    """The tokens of a text as `words` gives them, and where its sentences and paragraphs begin.

    >>> segmented("قال د. محمد: نعم. وانصرف!\\nثم عاد")[1:]
    ((0, 4, 5), (0, 5))
    """
    tokens: list[str] = []
    sentences: list[int] = []
    paragraphs: list[int] = []
    for line in text.splitlines():
        first = len(tokens)
        for sentence in split_sentences(line):
            start = len(tokens)
            tokens += words(sentence)
            if len(tokens) > start:
                sentences.append(start)
        if len(tokens) > first:
            paragraphs.append(first)
    return Segments(tuple(tokens), tuple(sentences), tuple(paragraphs))


def split_sentences(line: str) -> list[str]:
    """The sentences of one line, cut only where white space follows a full stop, so no token is cut.

    >>> split_sentences("بلغت 1.5 مليون. (أ. ف. ب.)")
    ['بلغت 1.5 مليون.', ' (أ. ف. ب.)']
    """
    sentences = []
    begin = 0
    for end in SENTENCE_END.finditer(line):
        if end.end() < len(line) and not keeps_its_point(line, begin, end.start() + 1):
            sentences.append(line[begin : end.end()])
            begin = end.end()
    sentences.append(line[begin:])
    return sentences


def keeps_its_point(line: str, begin: int, after: int) -> bool:
    """Whether the point before `after` belongs to an abbreviation or to the number of an item.

    >>> keeps_its_point("قال د. محمد", 0, 6), keeps_its_point("قال لهم. ثم", 0, 8)
    (True, False)
    """
    if line[after - 1] != FULL_STOP:
        return False
    if ABBREVIATION.search(line, max(begin, after - LONGEST_ABBREVIATION), after):
        return True
    return ITEM_NUMBER.fullmatch(line, begin, after) is not None
