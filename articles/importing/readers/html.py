"""A saved page: the whole file is one item, and says itself which address it was saved from."""

from collections.abc import Iterator

from articles.importing.limits import MAX_PAGE
from articles.importing.readers.web import HTML, ByteFile
from articles.importing.records import RawDocument, Unreadable


def read(file: ByteFile) -> Iterator[RawDocument | Unreadable]:
    """The page, with the bytes of the whole file."""
    with file.open() as stream:
        content = stream.read(MAX_PAGE + 1)
    if len(content) > MAX_PAGE:
        message = f"the page is larger than {MAX_PAGE:,} bytes; is it one article?"
        yield Unreadable(file.origin, "", "too_large", message)
    else:
        yield RawDocument(file.origin, "", content, HTML, "", "", "")
