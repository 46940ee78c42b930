"""A page of plain text: the whole file is one item."""

from collections.abc import Iterator

from articles.importing.charsets import TextFile, decode
from articles.importing.limits import MAX_PAGE
from articles.importing.records import RawDocument, Unreadable

MEDIA_TYPE = "text/plain"


def read(file: TextFile) -> Iterator[RawDocument | Unreadable]:
    """The page, with the bytes of the whole file, byte order mark included."""
    with file.open() as stream:
        content = stream.read(MAX_PAGE + 1)
    name, evidence = file.charset.name, file.charset.evidence
    if len(content) > MAX_PAGE:
        message = f"the page is larger than {MAX_PAGE:,} bytes; is it one article?"
        yield Unreadable(file.origin, "", "too_large", message)
        return
    try:
        text = decode(content, name)
    except UnicodeDecodeError as error:
        message = f"byte {content[error.start]:#04x} at offset {error.start} is wrong in {name}"
        yield Unreadable(file.origin, "", "undecodable", message, content, MEDIA_TYPE, name)
        return
    yield RawDocument(file.origin, "", content, MEDIA_TYPE, name, evidence, text)
