"""MinHash: 64 small numbers for a text, of which two texts have about that share in common as their runs.

Each number is the low half of the least of the runs' hashes under one of 64 functions. Two of them side by side make
a band; texts that agree in a band are worth a closer look.
"""

import hashlib

import numpy as np
from numpy.typing import NDArray

from articles.duplicates.reading import Runs

VERSION = "1"  # raise it when readings, sketches or what comparing keeps of a pair change
HASHES = 64
BANDS = HASHES // 2
SEED = b"sketches of articles"
AT_A_TIME = 4096  # runs; bounds the memory of a very long text

Sketch = NDArray[np.uint16]

# Not from numpy's generators, whose numbers may be others in its next version.
_drawn = np.frombuffer(hashlib.shake_256(SEED).digest(HASHES * 8), dtype="<u4")
FACTORS, SUMMANDS = _drawn[:HASHES] | np.uint32(1), _drawn[HASHES:]


def sketch(runs: Runs) -> Sketch:
    """The sketch of a text's runs; all ones where it has none."""
    least = np.full(HASHES, 2**32 - 1, dtype=np.uint32)
    high = (runs >> np.uint64(32)).astype(np.uint32)
    for start in range(0, len(high), AT_A_TIME):
        hashed = high[start : start + AT_A_TIME, None] * FACTORS + SUMMANDS
        least = np.minimum(least, hashed.min(axis=0))
    return (least & np.uint32(0xFFFF)).astype(np.uint16)


def bands(sketches: NDArray[np.uint16]) -> NDArray[np.uint32]:
    """The bands of sketches that stand row by row: two hashes are read as one number."""
    return np.ascontiguousarray(sketches).view(np.uint32)
