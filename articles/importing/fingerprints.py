"""Digests that tell whether two texts or two addresses are one."""

import hashlib
import unicodedata
from dataclasses import dataclass

import numpy as np

from articles.importing import addresses
from articles.importing.folding import FOLDS

SURROGATES = range(0xD800, 0xE000)  # halves of the letters beyond the first 65,536: kept as they are


def _letter(code: int) -> int:
    """What a character counts for in a text's digest: a folded letter or digit, or 0 for nothing."""
    if code in SURROGATES:
        return code
    letter = FOLDS.get(code, chr(code))
    folded = letter.casefold()
    letter = folded if len(folded) == 1 else letter
    return ord(letter) if letter.isalnum() else 0


# One step for each character of a text would take most of the time of an import: numpy takes them at once.
LETTERS = np.fromiter(map(_letter, range(0x10000)), dtype=np.uint16, count=0x10000)


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """What tells an article from others: its address, empty without one, and its words."""

    url: str
    text: str


def fingerprints(url: str, title: str, body: str) -> Fingerprints:
    return Fingerprints(url_digest(url), text_digest(title, body))


def bytes_digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def text_digest(title: str, body: str) -> str:
    """The same for two texts that differ in spelling, marks, punctuation and spaces only.

    >>> text_digest("أُكِّد", "خبرٌ، أول.") == text_digest("اكد", "خبر اول")
    True
    """
    return hashlib.sha256(_letters(title) + b"\n\x00" + _letters(body)).hexdigest()


def _letters(text: str) -> bytes:
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    folded = LETTERS[codes]
    return folded[folded != 0].astype("<u2").tobytes()


def url_digest(url: str) -> str:
    """The same for two spellings of one address; empty for what is no address of the web.

    >>> url_digest("http://Example.org:80/a?utm_source=x#top") == url_digest("http://example.org/a")
    True
    """
    normal = addresses.normalize(url)
    return hashlib.sha256(normal.encode()).hexdigest() if normal else ""
