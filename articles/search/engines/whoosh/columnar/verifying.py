"""Whether the files of an index are what was written: every checksum, every byte that is read as data."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from articles.search.engines.contract import IndexDamaged
from articles.search.engines.whoosh.columnar.arrays import EXTENSIONS
from articles.search.engines.whoosh.columnar.contents import read_contents
from articles.search.engines.whoosh.columnar.layout import ArrayFile


def check_segment(folder: Path, segment: Any) -> list[str]:
    """What is wrong with each file of a segment, by name; nothing where all is well. Reads the files whole."""
    return [problem for path in _paths(folder, segment) for problem in _check(path)]


def check_index(folder: Path) -> list[str]:
    """What is wrong with the newest state in a generation's folder."""
    try:
        segments = read_contents(folder).segments
    except IndexDamaged as problem:
        return [str(problem)]
    return [problem for segment in segments for problem in check_segment(folder, segment)]


def _paths(folder: Path, segment: Any) -> Iterator[Path]:
    return (folder / segment.make_filename(extension) for extension in EXTENSIONS)


def _check(path: Path) -> list[str]:
    try:
        wrong = ArrayFile(path).damage()
    except IndexDamaged as problem:
        return [str(problem)]
    except OSError as problem:
        return [f"{path} cannot be read: {problem.strerror}"]
    return [f"{path}: the array {name} is not what was written" for name in wrong]
