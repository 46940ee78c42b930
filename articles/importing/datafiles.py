"""Reads what the importer keeps as data: `data/*.txt`, UTF-8, lines of `head: name, name`; `#` begins a comment.

A file that is missing or empty stops the program: an import that knows no months would be wrong without a word.
"""

from pathlib import Path

DATA = Path(__file__).parent / "data"


class DataFileError(ValueError):
    """A data file does not say what it must; the message names the file and the line."""


def read_names(name: str, *, folder: Path = DATA) -> dict[str, list[str]]:
    """The names of each head, both as they are written; raises DataFileError or FileNotFoundError."""
    names: dict[str, list[str]] = {}
    for number, line in enumerate((folder / name).read_text("utf-8").splitlines(), start=1):
        content = line.partition("#")[0].strip()
        if not content:
            continue
        head, colon, rest = content.partition(":")
        if not colon or not head.strip():
            raise DataFileError(f"{folder / name}, line {number}: write `head: name, name`")
        names.setdefault(head.strip(), []).extend(part.strip() for part in rest.split(",") if part.strip())
    if not names:
        raise DataFileError(f"{folder / name} holds no data")
    return names
