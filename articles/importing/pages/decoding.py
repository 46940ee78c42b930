"""The characters of a page: a byte order mark, strict UTF-8, the label it was declared with, at last a guess.

The label comes with the answer of the server or stands in the page. It is believed only where the bytes allow it:
many pages say one charset and are written in another.
"""

import io
import re
from dataclasses import dataclass

from articles.importing import charsets
from articles.importing.charsets import NotText
from articles.importing.pages import mojibake
from articles.importing.records import Note, Rejected

LABEL = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:\-]{2,30})", re.IGNORECASE
)
HEAD = 16 * 1024  # bytes in which a page says its charset
# What labels mean; browsers read ISO 8859-1 as Windows-1252, and UTF-16 in a page of ASCII tags is a slip.
LABELS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8", "utf-16", "utf16", "unicode"), "utf-8"),
    **dict.fromkeys(
        ("windows-1256", "cp1256", "cp-1256", "windows1256", "x-cp1256", "win-1256"), "windows-1256"
    ),
    **dict.fromkeys(
        ("iso-8859-6", "iso8859-6", "iso_8859-6", "arabic", "asmo-708", "ecma-114"), "iso-8859-6"
    ),
    **dict.fromkeys(("iso-8859-6-i", "iso-8859-6-e", "csisolatinarabic"), "iso-8859-6"),
    **dict.fromkeys(
        ("windows-1252", "cp1252", "iso-8859-1", "latin1", "iso8859-1", "us-ascii"), "windows-1252"
    ),
    **dict.fromkeys(("dos-720", "cp720", "ibm720"), "cp720"),
    **dict.fromkeys(("x-mac-arabic", "macarabic"), "mac-arabic"),
}
WELL_FORMED = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
HIGH = bytes(range(0x80))  # what is taken away to count the bytes beyond ASCII


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a page, its charset, and how we know it: «bom», «utf-8», «utf-16», «declared» or «guessed»."""

    text: str
    charset: str
    evidence: str
    notes: tuple[Note, ...] = ()


def decode_page(content: bytes, *, declared: str = "") -> Decoded | Rejected:
    """The characters of a page; `declared` is the label the server gave.

    >>> decode_page('<meta charset="windows-1256">خبر'.encode("windows-1256")).charset
    'windows-1256'
    """
    for mark, name in charsets.MARKS:
        if content.startswith(mark):
            return Decoded(content[len(mark) :].decode(name, "replace"), name, "bom")
    if _is_binary(content):
        return _without_label(content)
    try:
        return _mended(content.decode("utf-8"), "utf-8", "utf-8", ())
    except UnicodeDecodeError:
        return _by_label(content, declared)


def _by_label(content: bytes, declared: str) -> Decoded | Rejected:
    labels = [
        name for label in (declared, _label_in(content)) if (name := LABELS.get(label.strip().lower(), ""))
    ]
    if not _is_damaged_utf8(content):
        for name in labels:
            try:
                return _mended(content.decode(name), name, "declared", ())
            except UnicodeDecodeError:
                continue
    return _without_label(content, labels)


def _without_label(content: bytes, labels: list[str] | None = None) -> Decoded | Rejected:
    try:
        told = charsets.tell(lambda: io.BytesIO(content))
    except NotText as problem:
        return Rejected(problem.code, str(problem))
    notes = (Note("charset_label_wrong", labels[0]),) if labels and labels[0] != told.name else ()
    return _mended(content.decode(told.name, "replace"), told.name, told.evidence, notes)


def _mended(text: str, charset: str, evidence: str, notes: tuple[Note, ...]) -> Decoded:
    text, slipped = mojibake.repaired(text)
    return Decoded(text, charset, evidence, (*notes, Note("mojibake_repaired")) if slipped else notes)


def _label_in(content: bytes) -> str:
    found = LABEL.search(content[:HEAD])
    return found[1].decode("ascii", "ignore") if found else ""


def _is_damaged_utf8(content: bytes) -> bool:
    """Whether nearly all bytes beyond ASCII make characters of UTF-8: no text in another charset does."""
    beyond = len(content.translate(None, HIGH))
    return sum(map(len, WELL_FORMED.findall(content))) >= 0.9 * beyond


def _is_binary(content: bytes) -> bool:
    controls = len(content) - len(content.translate(None, charsets.CONTROLS))
    return controls * 100 > len(content) and controls > 3
