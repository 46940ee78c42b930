"""JSON Lines: one object a line. A broken line is one failed item; the rest goes on."""

from collections.abc import Iterator

from articles.importing.charsets import TextFile
from articles.importing.limits import MAX_ITEM
from articles.importing.readers import lines
from articles.importing.readers.items import ItemMaker
from articles.importing.readers.json_text import MEDIA_TYPE, JsonError, as_item, parse
from articles.importing.records import RawDocument, Unreadable


def read(file: TextFile) -> Iterator[RawDocument | Unreadable]:
    """An item for every line that is not blank, located by its number."""
    maker = ItemMaker(file, MEDIA_TYPE)
    for number, line in enumerate(lines.split(file.characters()), start=1):
        locator = f"line {number}"
        if line is None:
            yield maker.unreadable(
                locator, "too_large", f"line {number} is longer than {MAX_ITEM:,} characters"
            )
        elif text := line.strip(" \t\r\n"):
            yield _item(maker, locator, text, number)


def _item(maker: ItemMaker, locator: str, text: str, number: int) -> RawDocument | Unreadable:
    try:
        value = parse(text)
    except JsonError as error:
        return maker.unreadable(
            locator, "bad_json", f"line {number}, character {error.column}: {error}", text
        )
    return as_item(maker, locator, text, value, line=number)
