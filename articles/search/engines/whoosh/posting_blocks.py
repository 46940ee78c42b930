"""Blocks of postings in Whoosh's layout, half as large: newer pickles hold bytes as bytes.

Whoosh writes pickles of protocol 2, in which a byte string is text with a call that makes bytes of it, some forty
bytes more for each value. Its readers take a pickle of any protocol.
"""

import pickle
import zlib

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3PostingsWriter, W3TermInfo
from whoosh.util.numeric import length_to_byte

WORTHWHILE = 100  # bytes; less is not compressed
NO_BOUND = length_to_byte(1)  # of lengths: 1 is never an underestimate of how good a block can be
PROTOCOL = 3  # later ones say more of each pickle: that does not pay where most are small


class BlockWriter(W3PostingsWriter):
    """Writes the posting lists of one field."""

    def _write_block(self, last: bool = False) -> None:
        if not self._blockcount:
            self._postfile.write(WHOOSH3_HEADER_MAGIC)
        self._terminfo.add_block(self)
        data = pickle.dumps((self._mini_ids(), self._mini_weights(), self._mini_values()), PROTOCOL)
        compression = self._compression if len(data) > WORTHWHILE else 0
        if compression:
            data = zlib.compress(data, compression)
        lengths = length_to_byte(self._minlength), length_to_byte(self._maxlength)
        about = (len(self._ids), self._ids[-1], self._maxweight, compression, *lengths)
        info = pickle.dumps(about, PROTOCOL)
        size = len(info) + len(data)
        self._postfile.write_int(-size if last else size)
        self._postfile.write(info)
        self._postfile.write(data)
        self._blockcount += 1
        self._new_block()


def inlined(ids: list[int], weights: list[float], values: list[bytes]) -> bytes:
    """What the dictionary holds of a term whose postings stand in the dictionary itself."""
    about = W3TermInfo._struct.pack(
        1, sum(weights), len(ids), NO_BOUND, NO_BOUND, max(weights), ids[0], ids[-1]
    )
    # A whole number takes fewer bytes than the same one as a float.
    short = tuple([int(weight) if weight == int(weight) else weight for weight in weights])
    return about + pickle.dumps((tuple(ids), short, tuple(values)), PROTOCOL)
