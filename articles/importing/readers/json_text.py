"""JSON values out of text: Python's decoder, with its surprises turned into one error."""

import json

from articles.importing.readers.items import ItemMaker
from articles.importing.records import RawDocument, Unreadable

MEDIA_TYPE = "application/json"

# Not strict: crawlers write tabs and line breaks into strings as they are.
DECODER = json.JSONDecoder(strict=False)


class JsonError(ValueError):
    """No JSON value here; `position` is where the decoder stopped, `column` that place counted from 1."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position
        self.column = position + 1


def decode_at(text: str, start: int) -> tuple[object, int]:
    """The value that begins at `start`, and where it ends; raises JsonError."""
    try:
        value, end = DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise JsonError(error.msg, error.pos) from error
    except RecursionError as error:
        raise JsonError("nested too deeply", start) from error
    except ValueError as error:  # a number of thousands of digits
        raise JsonError(str(error), start) from error
    return value, end


def parse(text: str) -> object:
    """The one value that is the whole text; raises JsonError."""
    value, end = decode_at(text, 0)
    if text[end:].strip(" \t\r\n"):
        raise JsonError("more text after the value", end)
    return value


def as_item(
    maker: ItemMaker, locator: str, text: str, value: object, *, line: int
) -> RawDocument | Unreadable:
    """The item of a decoded value; only objects have named fields."""
    if not isinstance(value, dict):
        kind = {list: "an array", str: "a string", type(None): "null"}.get(
            type(value), "a number or truth value"
        )
        return maker.unreadable(
            locator, "not_an_object", f"line {line}: {kind}, not an object with named fields", text
        )
    return maker.document(locator, text, value, line=line)
