"""How a record begins, in WARC files and in the older ARC files; both give headers by WARC's names, in lower case."""

import re
from collections.abc import Mapping

from articles.importing.limits import MAX_HEAD
from articles.importing.readers.window import ByteWindow

MOST_LINES = 1000


def decoded(line: bytes) -> str:
    """A header line as text: UTF-8 as the standard asks, else as servers write."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def header_lines(window: ByteWindow) -> list[str] | None:
    """The lines up to a blank one; None when there are more of them than any record has."""
    lines: list[str] = []
    size = 0
    while len(lines) < MOST_LINES and size < MAX_HEAD:
        line = window.line(MAX_HEAD)
        size += len(line)
        if not line.endswith(b"\n"):
            return None
        if not line.strip(b"\r\n"):
            return lines
        lines.append(decoded(line.rstrip(b"\r\n")))
    return None


def fields(lines: list[str]) -> list[tuple[str, str]]:
    """Names in lower case with their values; a line that begins with a blank goes on with the one before it.

    >>> fields(["A: b", " c", "garbage", "A: d"])
    [('a', 'b c'), ('a', 'd')]
    """
    found: list[tuple[str, str]] = []
    for line in lines:
        name, colon, value = line.partition(":")
        if line[:1] in (" ", "\t") and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
        elif colon and name.strip():
            found.append((name.strip().lower(), value.strip()))
    return found


class Warc:
    """WARC/1.1 and what came before it: a line of the version, headers, a blank line."""

    mark = re.compile(rb"(?<=\n)WARC/\d\.\d{1,2}\r?\n")
    beginning = re.compile(rb"WARC/\d\.\d{1,2}\r?\n")
    end = b"\r\n\r\n"

    def starts(self, ahead: bytes) -> bool:
        return self.beginning.match(ahead) is not None

    def read_head(self, window: ByteWindow) -> Mapping[str, str] | None:
        window.line(MAX_HEAD)
        lines = header_lines(window)
        return None if lines is None else dict(reversed(fields(lines)))  # the first of equals counts


class Arc:
    """ARC 1 and 2: one line of fields parted by blanks, in which only the address may hold blanks."""

    line = rb"[a-zA-Z][a-zA-Z0-9+.-]{1,20}:[^\r\n]{0,3000}? [0-9a-fA-F.:]{3,45} \d{14} [^\r\n]{0,300}\d\r?\n"
    mark = re.compile(rb"(?<=\n)" + line)
    beginning = re.compile(line)
    end = b"\n\n\n"  # none: the one line break behind a record stands in pages as well
    parts = re.compile(r"(\S.*?) (\S+) (\d{14}) (\S*)(?: .*)? (\d+)")

    def starts(self, ahead: bytes) -> bool:
        return self.beginning.match(ahead) is not None

    def read_head(self, window: ByteWindow) -> Mapping[str, str] | None:
        found = self.parts.fullmatch(decoded(window.line(MAX_HEAD).strip()))
        if not found:
            return None
        address, ip, moment, media_type, length = found.groups()
        return {
            "warc-type": "warcinfo" if address.startswith("filedesc:") else "response",
            "warc-target-uri": address,
            "warc-ip-address": ip,
            "warc-date": iso(moment),
            "content-type": "application/http; msgtype=response",
            "content-length": length,
            "arc-content-type": media_type,
        }


def iso(moment: str) -> str:
    """The moment as WARC writes it.

    >>> iso("20150721025132")
    '2015-07-21T02:51:32Z'
    """
    year, rest = moment[:4], moment[4:]
    month, day, hour, minute, second = (rest[place : place + 2] for place in range(0, 10, 2))
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}Z"
