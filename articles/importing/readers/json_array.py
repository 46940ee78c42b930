"""An array of JSON objects, read item by item; a file of one object, or of one after another, is read too.

The items keep their own text, so that a capture holds the bytes that stood in the file. A broken item is told
by its line, and reading goes on where the next item evidently begins: `},{` and the same first name.
"""

import re
from collections.abc import Iterator
from enum import Enum

from articles.importing.charsets import TextFile
from articles.importing.readers.items import ItemMaker
from articles.importing.readers.json_text import MEDIA_TYPE, JsonError, as_item, decode_at
from articles.importing.readers.sliding import SlidingText
from articles.importing.records import RawDocument, Unreadable

BLANKS = " \t\r\n"
# Programs wrap the array: {"articles": [...]}.
WRAPPED = re.compile(r'\{\s*"(?:articles|items|data|results|records|rows|documents|docs|news)"\s*:\s*\[')
FIRST_NAME = re.compile(r'\{\s*"((?:[^"\\]|\\.){0,200})"\s*:')
# An error this near to the end of the window may only mean that the item goes on.
NEAR_THE_END = 32
SEPARATORS = (",", "]", "{", "")
ENDING = ("rest_unread", "too_large")


class _Shape(Enum):
    ARRAY = "array"
    WRAPPED = "an object around the array"
    OBJECTS = "one object, or one after another"


def read(file: TextFile) -> Iterator[RawDocument | Unreadable]:
    """An item for every element, located by its number."""
    window = SlidingText(file.characters())
    maker = ItemMaker(file, MEDIA_TYPE)
    shape = _open(window)
    number = 0
    while _more(window, shape, first=number == 0):
        number += 1
        item = _item(window, maker, f"item {number}")
        yield item
        if isinstance(item, Unreadable) and item.code in ENDING:
            return
        if window.skip(BLANKS) not in SEPARATORS:
            yield _rest(window, maker, number + 1, "a comma or the end of the array is missing")
            return
    yield from _ending(window, maker, number, shape)


def _open(window: SlidingText) -> _Shape:
    first = window.skip(BLANKS)
    if first == "[":
        window.take(window.start + 1)
        return _Shape.ARRAY
    if first == "{" and (wrapped := WRAPPED.match(window.text, window.start)):
        window.take(wrapped.end())
        return _Shape.WRAPPED
    return _Shape.OBJECTS


def _more(window: SlidingText, shape: _Shape, *, first: bool) -> bool:
    ahead = window.skip(BLANKS if first else BLANKS + ",")
    return bool(ahead) and (ahead != "]" or shape is _Shape.OBJECTS)


def _ending(window: SlidingText, maker: ItemMaker, number: int, shape: _Shape) -> Iterator[Unreadable]:
    """What is amiss with the end of the file."""
    if shape is _Shape.OBJECTS:
        if not number:
            yield maker.unreadable("", "empty_file", "the file holds nothing but blanks")
        return
    if not window.skip(BLANKS):
        yield _rest(window, maker, number + 1, "the array is not closed: the file is cut short")
        return
    window.take(window.start + 1)
    if shape is _Shape.ARRAY and window.skip(BLANKS):
        yield _rest(window, maker, number + 1, "more text after the end of the array")


def _rest(window: SlidingText, maker: ItemMaker, number: int, message: str) -> Unreadable:
    return maker.unreadable(
        f"item {number}", "rest_unread", f"line {window.line}: {message}; the rest is not read"
    )


def _item(window: SlidingText, maker: ItemMaker, locator: str) -> RawDocument | Unreadable:
    line = window.line
    try:
        value, end = _value(window)
    except JsonError as error:
        return _broken(window, maker, locator, error)
    return as_item(maker, locator, window.take(end), value, line=line)


def _value(window: SlidingText) -> tuple[object, int]:
    """The value ahead and where it ends; the window grows until it holds the whole of it."""
    while True:
        try:
            value, end = decode_at(window.text, window.start)
        except JsonError as error:
            may_go_on = (
                str(error).startswith("Unterminated") or len(window.text) - error.position < NEAR_THE_END
            )
            if not (may_go_on and window.grow()):
                raise
            continue
        # A number at the very end may have more digits to come.
        if len(window.text) - end > 1 or not window.grow():
            return value, end


def _broken(window: SlidingText, maker: ItemMaker, locator: str, error: JsonError) -> Unreadable:
    """The failed item, up to where the next one evidently begins; without that, the rest is lost."""
    line = window.line + window.text.count("\n", window.start, error.position)
    end = _next_item(window, error.position - window.start)
    if end is not None:
        return maker.unreadable(locator, "bad_json", f"line {line}: {error}", window.take(end))
    if window.is_full():
        message = f"line {line}: no end within {window.limit:,} characters; the rest is not read"
        return maker.unreadable(locator, "too_large", message)
    text = window.take(len(window.text))
    return maker.unreadable(locator, "rest_unread", f"line {line}: {error}; the rest is not read", text)


def _next_item(window: SlidingText, offset: int) -> int | None:
    """Where the broken item ends, as told by the beginning of the next one."""
    opening = FIRST_NAME.match(window.text, window.start)
    if not opening:
        return None
    boundary = re.compile(rf'\}}\s*,(?=\s*\{{\s*"{re.escape(opening[1])}"\s*:)')
    while not (found := boundary.search(window.text, window.start + offset)):
        if not window.grow():
            return None
    return found.end()
