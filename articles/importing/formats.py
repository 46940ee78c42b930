"""Which format a file has: told by its name, and by its content where the name does not say."""

import re

from articles.importing import columns
from articles.importing.readers.csv import sniff
from articles.importing.readers.json_text import JsonError, parse

ENDINGS = {
    ".txt": "txt",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".zip": "zip",
}
ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
ARRAY_OF_OBJECTS = re.compile(r"\[\s*(\{|\])")


def by_name(name: str) -> str:
    """The format a file name tells; empty when it tells none.

    >>> by_name("أخبار.JSON"), by_name("README.md")
    ('json', '')
    """
    return next((format for ending, format in ENDINGS.items() if name.casefold().endswith(ending)), "")


def by_content(beginning: str) -> str:
    """The format the first characters tell; plain text when they tell no other.

    >>> by_content('[{"title": "خبر"}]'), by_content("title;body\\nخبر;نص"), by_content("[عاجل] خبر")
    ('json', 'csv', 'txt')
    """
    beginning = beginning.lstrip("\ufeff \t\r\n")
    first_line = beginning.partition("\n")[0]
    if ARRAY_OF_OBJECTS.match(beginning):
        return "json"
    if beginning.startswith("{"):
        return "jsonl" if first_line != beginning and _is_object(first_line) else "json"
    return "csv" if _is_header(first_line) else "txt"


def _is_object(line: str) -> bool:
    try:
        return isinstance(parse(line), dict)
    except JsonError:
        return False


def _is_header(line: str) -> bool:
    """Whether two names or more of a delimited line are columns we know."""
    cells = [cell.strip(' "\r') for cell in line.split(sniff(line))]
    return sum(bool(columns.guess(cell)) for cell in cells) >= 2
