"""The normalised words of a segment in a file of their own, made for looking through them all.

Whoosh's dictionary is walked one term at a time in Python. Here the words of a field stand in order, one a line, with
where each begins and how many documents hold it, all mapped into memory: a pattern is a search in that text. The file
begins with one line of JSON, and what comes after it is aligned to four bytes.
"""

import json
import mmap
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

EXTENSION = ".words"
ALIGNED = 4
NUMBER = np.dtype("<u4")
LINE_END = b"\n"
AFTER_ALL = "\U0010ffff".encode()  # what begins with a prefix comes before the prefix and this


def words_path(storage: Any, segment: Any) -> Path:
    return Path(storage.folder) / segment.make_filename(EXTENSION)


@dataclass(frozen=True, slots=True)
class SegmentWords:
    """The words of one field in one segment, in order, as UTF-8.

    `text` has a line for each word; word i stands from starts[i] to the line end before starts[i + 1], and counts[i]
    documents hold it, deleted ones included.
    """

    text: memoryview
    starts: NDArray[np.uint32]
    counts: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.counts)

    def __getitem__(self, number: int) -> bytes:
        return bytes(self.text[self.starts[number] : self.starts[number + 1] - 1])

    def written(self, numbers: Iterable[int]) -> Iterator[tuple[str, int]]:
        """Words and how many documents hold them."""
        return ((self[number].decode(), int(self.counts[number])) for number in numbers)

    def beginning_with(self, prefix: str) -> range:
        """The numbers of the words that begin so."""
        encoded = prefix.encode("utf-8", "surrogatepass")
        numbers = range(len(self))
        begin = bisect_left(numbers, encoded, key=self.__getitem__)
        return range(begin, bisect_left(numbers, encoded + AFTER_ALL, lo=begin, key=self.__getitem__))

    def lines(self, numbers: range) -> str:
        """Some words in a row, each with its line end."""
        return str(self.text[self.starts[numbers.start] : self.starts[numbers.stop]], "utf-8")


NO_WORDS = SegmentWords(memoryview(b""), np.zeros(1, dtype=NUMBER), np.zeros(0, dtype=NUMBER))


class WordsWriter:
    """Collects the words of fields as they are written, in order, and writes them to a file at the end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.fields: dict[str, tuple[list[bytes], list[int]]] = {}

    def add(self, field: str, word: bytes, count: int) -> None:
        words, counts = self.fields.setdefault(field, ([], []))
        words.append(word)
        counts.append(count)

    def write(self) -> None:
        places: dict[str, tuple[int, int, int]] = {}
        blocks: list[bytes] = []
        size = 0
        for field, (words, counts) in self.fields.items():
            lines = b"".join([word + LINE_END for word in words])
            ends = np.cumsum([len(word) + len(LINE_END) for word in words], dtype=NUMBER)
            starts = np.concatenate((np.zeros(1, dtype=NUMBER), ends))
            block = starts.tobytes() + np.array(counts, dtype=NUMBER).tobytes() + lines
            places[field] = size, len(words), len(lines)
            blocks.append(block + bytes(-len(block) % ALIGNED))
            size += len(blocks[-1])
        head = json.dumps(places).encode()
        padding = b" " * (-(len(head) + len(LINE_END)) % ALIGNED)
        self.path.write_bytes(b"".join((head, padding, LINE_END, *blocks)))


def read_words(path: Path) -> dict[str, SegmentWords]:
    """The words of each field; the file stays mapped as long as they are used."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    begin = mapped.find(LINE_END) + len(LINE_END)
    places: Mapping[str, Any] = json.loads(mapped[:begin])
    return {
        field: _words(memoryview(mapped), begin + offset, *sizes)
        for field, (offset, *sizes) in places.items()
    }


def _words(mapped: memoryview, begin: int, count: int, length: int) -> SegmentWords:
    after_starts = begin + (count + 1) * NUMBER.itemsize
    lines = after_starts + count * NUMBER.itemsize
    return SegmentWords(
        text=mapped[lines : lines + length],
        starts=np.frombuffer(mapped[begin:after_starts], dtype=NUMBER),
        counts=np.frombuffer(mapped[after_starts:lines], dtype=NUMBER),
    )
