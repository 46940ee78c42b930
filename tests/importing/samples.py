"""Invented texts, and files made of bytes, for the tests of the importer."""

import io
from collections.abc import Iterator

from articles.importing import charsets
from articles.importing.charsets import Charset, TextFile

TITLE = "المدينة القديمة تفتح سوقها بعد ترميم طويل"
FIRST = "فتحت المدينة القديمة سوقها المسقوف صباح أمس بعد ترميم دام ثلاث سنوات، وعاد إليه أربعون حرفياً."
SECOND = "وقالت البلدية إن العمل شمل السقف الخشبي والأرضية، وإن سوقاً آخر سيُرمَّم في الربيع."
BODY = f"{FIRST}\n\n{SECOND}"
PAGE = f"{TITLE}\n\n{BODY}\n"


def record(number: int = 1, **values: object) -> dict[str, object]:
    """A record with an address of its own."""
    return {
        "url": f"https://example.org/souq/{number}",
        "title": f"{TITLE} {number}",
        "body": f"{FIRST} {number}\n\n{SECOND}",
        "source": "صحيفة المرفأ",
        "date": "2016-03-12",
        **values,
    }


class SmallPieces(TextFile):
    """A file that is read a few characters at a time."""

    size = 7

    def characters(self) -> Iterator[str]:
        text = "".join(super().characters())
        for start in range(0, len(text), self.size):
            yield text[start : start + self.size]


def text_file(content: str | bytes, *, pieces: int = 0) -> TextFile:
    """A file of these bytes with its charset told; `pieces` characters are read at a time."""
    raw = content.encode() if isinstance(content, str) else content
    charset = charsets.tell(lambda: io.BytesIO(raw)) if raw else Charset("utf-8", "utf-8")
    if not pieces:
        return TextFile("file", lambda: io.BytesIO(raw), charset)
    file = SmallPieces("file", lambda: io.BytesIO(raw), charset)
    object.__setattr__(file, "size", pieces)
    return file
