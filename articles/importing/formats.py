"""Which format a file has: told by its name, and by its content where the name does not say."""

import re

from articles.importing import columns
from articles.importing.readers.csv import sniff
from articles.importing.readers.json_text import JsonError, parse

# Longer endings before the shorter ones that they end in.
ENDINGS = {
    ".warc.gz": "warc",
    ".arc.gz": "arc",
    ".txt": "txt",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".rss": "feed",
    ".atom": "feed",
    ".warc": "warc",
    ".arc": "arc",
    ".zip": "zip",
    ".wacz": "zip",
    ".tar": "tar",
    ".tgz": "gzip",
    ".gz": "gzip",
}
ARCHIVES = frozenset(("zip", "tar", "gzip"))
HEAD = 4096  # bytes in which a signature stands
SIGNATURES = (
    (re.compile(rb"PK(?:\x03\x04|\x05\x06)"), "zip"),
    (re.compile(rb"\x1f\x8b\x08"), "gzip"),
    (re.compile(rb"WARC/\d"), "warc"),
    (re.compile(rb"filedesc://"), "arc"),
    (re.compile(rb".{257}ustar", re.DOTALL), "tar"),
)
PROLOG = rb"\s*(?:(?:<\?[^<>]{0,1000}\?>|<!--.{0,2000}?-->)\s*)*"
MARKUP = (
    (re.compile(PROLOG + rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL), "html"),
    (
        re.compile(PROLOG + rb"(?:<!doctype\b.*)?<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE | re.DOTALL),
        "feed",
    ),
)
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
ARRAY_OF_OBJECTS = re.compile(r"\[\s*(\{|\])")


def by_name(name: str) -> str:
    """The format a file name tells; empty when it tells none.

    >>> by_name("أخبار.JSON"), by_name("README.md")
    ('json', '')
    """
    return next((format for ending, format in ENDINGS.items() if name.casefold().endswith(ending)), "")


def by_signature(head: bytes) -> str:
    """The format that the first bytes prove, whatever the name; empty when they prove none.

    >>> by_signature(b"WARC/1.1"), by_signature(b"<!DOCTYPE HTML>"), by_signature(b"<?xml?><rss>")
    ('warc', 'html', 'feed')
    """
    if told := next((format for signature, format in SIGNATURES if signature.match(head)), ""):
        return told
    for mark in MARKS:
        head = head.removeprefix(mark)
    plain = head.replace(b"\x00", b"")  # UTF-16
    return next((format for signature, format in MARKUP if signature.match(plain)), "")


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
