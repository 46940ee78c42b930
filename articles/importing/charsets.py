"""Which charset a stream of bytes is written in: told from the whole stream, in constant memory.

In order: the operator's word, a byte order mark, strict UTF-8, UTF-16 without a mark where its zero pattern is
evident, and at last a guess among UTF-8 with damaged bytes, Windows-1256 and ISO 8859-6 only: freer guessing
takes short Windows-1256 for Urdu code pages.
"""

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from articles.importing.limits import READ_SIZE

OpenBytes = Callable[[], IO[bytes]]

# What --encoding takes. Each of these gives back the very bytes when its text is encoded again.
DECLARABLE = (
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "windows-1256",
    "iso-8859-6",
    "cp720",
    "windows-1252",
    "iso-8859-1",
)

# Longest first: the mark of UTF-32 LE begins with that of UTF-16 LE.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Control characters that no text holds; files of the MS-DOS age may end in 1A.
CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1a\x1b"))
ASCII = bytes(range(0x80))
TEXT_OF_ARABIC_PAPERS = re.compile("[\t\n\r -~\u00a0-\u00ff\u0600-\u06ff\u2000-\u206f]")
DAMAGE = re.compile("[\udc80-\udcff]")

COMMON_LETTERS = "اليمونرتبعدسفهةأكقحجىشطصخإضءذثئزغظؤآ"
WEIGHTS = {letter: 2.0 - 0.05 * rank for rank, letter in enumerate(COMMON_LETTERS)} | dict.fromkeys(
    "،؛؟«»", 1.0
)
OTHER_ARABIC, FOREIGN = 0.1, -1.0


def declarable(name: str) -> str:
    """The charset an operator means, by any of its names; raises ValueError for one that is not taken.

    >>> declarable("cp1256"), declarable("UTF8")
    ('windows-1256', 'utf-8')
    """
    try:
        meant = codecs.lookup(name).name
    except LookupError:
        meant = name
    for taken in DECLARABLE:
        if codecs.lookup(taken).name == meant:
            return taken
    raise ValueError(
        f"'{name}' is not read; use one of {', '.join(DECLARABLE)}, or leave it out to have it told"
    )


class NotText(Exception):
    """Bytes that cannot be read as text: `code` is one of codes.py, the message says where and why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Charset:
    """How bytes are to be read, and how we know; `mark` is the byte order mark they begin with.

    `damaged` is true for UTF-8 with some wrong bytes: they come through as lone surrogates, so that a reader can
    fail the items that hold them and keep the rest.
    """

    name: str
    evidence: str
    mark: bytes = b""
    damaged: bool = False

    @property
    def errors(self) -> str:
        return "surrogateescape" if self.damaged else "strict"


@dataclass(frozen=True, slots=True)
class TextFile:
    """A stream of bytes whose charset is known; it can be read again from its beginning."""

    origin: str
    open: OpenBytes
    charset: Charset

    def characters(self) -> Iterator[str]:
        """The text in pieces, without the byte order mark."""
        decoder = codecs.getincrementaldecoder(self.charset.name)(self.charset.errors)
        with self.open() as stream:
            stream.read(len(self.charset.mark))
            while piece := stream.read(READ_SIZE):
                yield decoder.decode(piece)
        yield decoder.decode(b"", True)

    def encode(self, text: str) -> bytes:
        """The bytes of a slice of the text, as they stand in the file."""
        return text.encode(self.charset.name, self.charset.errors)

    def is_damaged(self, text: str) -> bool:
        """Whether wrong bytes came through in this slice."""
        return self.charset.damaged and DAMAGE.search(text) is not None


def decode(content: bytes, charset: str) -> str:
    """The text of stored bytes, without a byte order mark; raises UnicodeDecodeError when they are damaged.

    >>> decode("نص".encode("utf-8-sig"), "utf-8")
    'نص'
    """
    return content.decode(charset).removeprefix("\ufeff")


def tell(open_bytes: OpenBytes, *, declared: str = "") -> Charset:
    """The charset of a stream, which is read once or twice; raises NotText for bytes that are none."""
    with open_bytes() as stream:
        head = stream.read(4)
    if declared:
        return _declared(open_bytes, head, declared)
    for mark, name in MARKS:
        if head.startswith(mark):
            return _marked(open_bytes, mark, name)
    survey = _Survey.of(open_bytes)
    if survey.looks_binary():
        return _utf16_without_mark(open_bytes, survey)
    return Charset("utf-8", "utf-8") if survey.is_utf8 else _guess(open_bytes)


def _pieces(open_bytes: OpenBytes) -> Iterator[bytes]:
    with open_bytes() as stream:
        while piece := stream.read(READ_SIZE):
            yield piece


@dataclass(slots=True)
class _Survey:
    """What one pass over the bytes shows."""

    size: int = 0
    controls: int = 0
    is_utf8: bool = True
    head: bytes = b""

    def looks_binary(self) -> bool:
        """Whether there are more control characters than a text has; three of them are a slip in a long one."""
        return self.controls * 100 > self.size and (self.controls > 3 or self.controls * 5 > self.size)

    @classmethod
    def of(cls, open_bytes: OpenBytes) -> "_Survey":
        survey, decoder = cls(), codecs.getincrementaldecoder("utf-8")()
        for piece in _pieces(open_bytes):
            survey.head = survey.head or piece
            survey.size += len(piece)
            survey.controls += len(piece) - len(piece.translate(None, CONTROLS))
            survey.is_utf8 = survey.is_utf8 and _decodes(decoder, piece)
        survey.is_utf8 = survey.is_utf8 and _decodes(decoder, b"", final=True)
        return survey


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True


def _first_error(open_bytes: OpenBytes, name: str) -> str:
    """What is wrong first when the stream is read strictly; empty when nothing is."""
    decoder, read = codecs.getincrementaldecoder(name)(), 0
    for piece in _pieces(open_bytes):
        try:
            decoder.decode(piece)
        except UnicodeDecodeError as error:
            return (
                f"byte {error.object[error.start]:#04x} near offset {read + error.start} is wrong in {name}"
            )
        read += len(piece)
    return "" if _decodes(decoder, b"", final=True) else f"the last character is cut in {name}"


def _declared(open_bytes: OpenBytes, head: bytes, declared: str) -> Charset:
    mark, marked = next(((mark, name) for mark, name in MARKS if head.startswith(mark)), (b"", ""))
    if declared == "utf-16":
        declared = marked if marked in ("utf-16-le", "utf-16-be") else "utf-16-le"
    if error := _first_error(open_bytes, declared):
        raise NotText("wrong_encoding", f"{error}; leave --encoding out to have the charset told")
    return Charset(declared, "declared", mark if marked == declared else b"")


def _marked(open_bytes: OpenBytes, mark: bytes, name: str) -> Charset:
    error = _first_error(open_bytes, name)
    if error and name != "utf-8":
        raise NotText("undecodable", f"the file begins with the mark of {name}, but {error}")
    return Charset(name, "bom", mark, damaged=bool(error))


def _utf16_without_mark(open_bytes: OpenBytes, survey: _Survey) -> Charset:
    """UTF-16 where every second byte is that of the Arabic or the Latin block; else the bytes are no text."""
    even, odd = (_share_of_high_bytes(survey.head[start::2]) for start in (0, 1))
    name = "utf-16-le" if odd > even else "utf-16-be"
    evident = max(even, odd) >= 0.8 and min(even, odd) <= 0.2 and _reads_as_text(survey.head, name)
    if not evident or _first_error(open_bytes, name):
        raise NotText("binary", "the bytes are no text in any charset that Arabic is written in")
    return Charset(name, "utf-16")


def _reads_as_text(head: bytes, name: str) -> bool:
    text = head.decode(name, "ignore")
    return len(TEXT_OF_ARABIC_PAPERS.findall(text)) >= 0.9 * len(text)


def _share_of_high_bytes(half: bytes) -> float:
    return (half.count(b"\x00") + half.count(b"\x06")) / len(half) if half else 0.0


def _guess(open_bytes: OpenBytes) -> Charset:
    """UTF-8 when its characters far outnumber the wrong bytes, else the Arabic charset whose letters fit best."""
    counts: Counter[int] = Counter()
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    valid = wrong = 0
    for piece in _pieces(open_bytes):
        counts.update(piece.translate(None, ASCII))
        text = decoder.decode(piece)
        damage = len(DAMAGE.findall(text))
        wrong += damage
        valid += len(text) - len(text.encode("ascii", "ignore")) - damage
    if valid >= 3 * wrong:
        return Charset("utf-8", "guessed", damaged=True)
    # `max` keeps the first of equals: Windows-1256, by far the commoner.
    return Charset(max(("windows-1256", "iso-8859-6"), key=lambda name: _fit(counts, name)), "guessed")


def _fit(counts: Counter[int], name: str) -> float:
    """How much bytes look like Arabic in a charset of one byte a character."""
    score = 0.0
    for byte, count in counts.items():
        letter = bytes([byte]).decode(name, "replace")
        if letter == "\ufffd":
            return float("-inf")
        other = OTHER_ARABIC if "\u0600" <= letter <= "\u06ff" else FOREIGN
        score += count * WEIGHTS.get(letter, other)
    return score
