"""Reads what the package keeps as data: `data/*.txt`, UTF-8, `#` begins a comment.

A file that is missing or empty stops the program: an index built without it would be wrong for months.
"""

from pathlib import Path

DATA = Path(__file__).parent / "data"


class DataFileError(ValueError):
    """A data file does not say what it must; the message names the file and what is amiss."""


def read_rows(name: str, *, folder: Path = DATA) -> list[list[str]]:
    """The fields of each line, split at blanks, without comments and blank lines.

    Raises FileNotFoundError when the file is missing, DataFileError when nothing is in it.
    """
    lines = (folder / name).read_text("utf-8").splitlines()
    rows = [fields for line in lines if (fields := line.partition("#")[0].split())]
    if not rows:
        raise DataFileError(f"{folder / name} holds no data")
    return rows


def read_table(name: str, *, folder: Path = DATA) -> dict[str, str]:
    """What a large table says of each word: the rest of its line, behind a tab, not taken apart.

    Comments stand at the head only. Raises as `read_rows` does.
    """
    lines = (folder / name).read_text("utf-8").splitlines()
    first = next((place for place, line in enumerate(lines) if not line.startswith("#")), len(lines))
    table = {word: rest for word, _, rest in (line.partition("\t") for line in lines[first:])}
    if not table:
        raise DataFileError(f"{folder / name} holds no data")
    return table


def read_all(*, folder: Path = DATA) -> dict[str, str]:
    """The text of every data file by name, names sorted."""
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}
