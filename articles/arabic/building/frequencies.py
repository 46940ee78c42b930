"""Reads how often words occur from wordfreq's list, which is packed as MessagePack.

The list is an array: a header, then for each hundredth of a decibel below certainty the words that are
that frequent. Only the few kinds of MessagePack values that it holds are read.
"""

import gzip
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from articles.arabic.normalization import literal, normalize

LIST = "wordfreq/data/large_ar.msgpack.gz"


def unpack(data: bytes) -> object:
    """The value that MessagePack bytes stand for.

    >>> unpack(bytes([0x92, 0xA2, 0x61, 0x62, 0x90]))
    ['ab', []]
    """
    return _unpack(data, 0)[0]


def _unpack(data: bytes, at: int) -> tuple[object, int]:
    kind = data[at]
    if kind < 0x80:
        return kind, at + 1
    if kind < 0x90:
        return _unpack_map(data, at + 1, kind & 0x0F)
    if kind < 0xA0:
        return _unpack_array(data, at + 1, kind & 0x0F)
    if kind < 0xC0:
        return _unpack_text(data, at + 1, kind & 0x1F)
    for array_or_text, first, width, reader in (
        (0xD9, at + 1, 1, _unpack_text),
        (0xDA, at + 1, 2, _unpack_text),
        (0xDC, at + 1, 2, _unpack_array),
        (0xDD, at + 1, 4, _unpack_array),
    ):
        if kind == array_or_text:
            return reader(data, first + width, int.from_bytes(data[first : first + width], "big"))
    raise ValueError(f"byte {at}: a MessagePack value of kind {kind:#x} is not expected here")


def _unpack_text(data: bytes, at: int, length: int) -> tuple[str, int]:
    return data[at : at + length].decode("utf-8"), at + length


def _unpack_array(data: bytes, at: int, length: int) -> tuple[list[object], int]:
    values = []
    for _ in range(length):
        value, at = _unpack(data, at)
        values.append(value)
    return values, at


def _unpack_map(data: bytes, at: int, length: int) -> tuple[dict[object, object], int]:
    flat, at = _unpack_array(data, at, 2 * length)
    return dict(zip(flat[::2], flat[1::2], strict=True)), at


def read_words(path: Path) -> Iterator[tuple[str, float]]:
    """Every word of wordfreq's Arabic list with its frequency, the commonest first."""
    with zipfile.ZipFile(path) as wheel:
        buckets = unpack(gzip.decompress(wheel.read(LIST)))
    if not isinstance(buckets, list):
        raise ValueError(f"{LIST} is not the list that was expected")
    for centibels, bucket in enumerate(buckets[1:]):
        for word in bucket:
            yield str(word), 10 ** (-centibels / 100)


def read_frequencies(path: Path) -> dict[str, float]:
    """The frequency of each word, its letters as written."""
    frequencies: dict[str, float] = defaultdict(float)
    for word, frequency in read_words(path):
        frequencies[literal(word)] += frequency
    return dict(frequencies)


def normalized(frequencies: Mapping[str, float]) -> dict[str, float]:
    """The frequency of each normalised word, all its spellings together.

    >>> normalized({"القاهرة": 2.0, "القاهره": 1.0})
    {'القاهره': 3.0}
    """
    together: dict[str, float] = defaultdict(float)
    for word, frequency in frequencies.items():
        together[normalize(word)] += frequency
    return dict(together)
