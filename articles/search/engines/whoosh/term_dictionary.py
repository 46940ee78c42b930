"""The dictionary of terms in Whoosh's layout, written faster and smaller.

Whoosh writes each part of each entry by itself, hashes its key with MD5, and leaves half of the hash tables empty. Its
reader is told the hash function and takes tables of any size.
"""

from array import array
from struct import Struct
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filetables import HashWriter, OrderedHashWriter
from whoosh.util.numlists import GrowableArray

CRC32 = 1  # Whoosh's number for it
TABLES = 256
ROOM = 1.5  # slots an entry: with fewer it takes long to see that a word is not there
ENTRIES_AT_A_TIME = 4096
LENGTHS = Struct("!ii")
SLOT = np.dtype([("hash", ">u4"), ("place", ">u8")])


class TermsWriter(OrderedHashWriter):
    """Writes entries in the order of their keys, and hash tables after them."""

    def __init__(self, file: Any) -> None:
        HashWriter.__init__(self, file, hashtype=CRC32)
        self.lastkey = b""
        self.place = file.tell()
        self.places, self.hashes = array("Q"), array("I")
        self.waiting: list[bytes] = []

    def add(self, key: bytes, value: bytes) -> None:
        if key <= self.lastkey:
            raise ValueError(f"keys must ascend: {self.lastkey!r}, {key!r}")
        self.lastkey = key
        self.places.append(self.place)
        self.hashes.append(crc32(key))
        self.waiting += (LENGTHS.pack(len(key), len(value)), key, value)
        self.place += LENGTHS.size + len(key) + len(value)
        if len(self.waiting) > ENTRIES_AT_A_TIME:
            self._write_waiting()

    def _write_waiting(self) -> None:
        self.dbfile.write(b"".join(self.waiting))
        self.waiting.clear()

    def _write_hashes(self) -> None:
        self._write_waiting()
        hashes = np.frombuffer(self.hashes, dtype=np.uint32)
        places = np.frombuffer(self.places, dtype=np.uint64)
        for number in range(TABLES):
            own = hashes % TABLES == number
            table = hash_table(hashes[own], places[own])
            self.directory.append((self.dbfile.tell(), len(table)))
            self.dbfile.write(table.tobytes())

    def _write_extras(self) -> None:
        self.index = GrowableArray("H")
        self.index.extend(self.places)
        super()._write_extras()


def hash_table(hashes: NDArray[np.uint32], places: NDArray[np.uint64]) -> NDArray[Any]:
    """A table in which each entry stands in its own slot or, where that is taken, in the next free one.

    A slot is free where its place is 0; the last slot is followed by the first.
    """
    size = int(len(hashes) * ROOM) + 1 if len(hashes) else 0
    table = np.zeros(size, dtype=SLOT)
    own = (hashes >> 8) % max(1, size)
    order = np.argsort(own, kind="stable")
    # In the order of their own slots each entry stands at its own or right after the one before it.
    steps = np.arange(len(order))
    slots = np.maximum.accumulate(own[order].astype(np.int64) - steps) + steps
    inside = slots < size
    table["hash"][slots[inside]] = hashes[order][inside]
    table["place"][slots[inside]] = places[order][inside]
    for entry in order[~inside].tolist():
        free = int(np.argmin(table["place"] != 0))
        table[free] = hashes[entry], places[entry]
    return table
