"""What the index holds and whether its files are sound, for `check_index`."""

from pathlib import Path

import numpy as np

from articles.search.engines import schema
from articles.search.engines.contract import Inventory
from articles.search.engines.whoosh.snapshot import Snapshot


def inventory(snapshot: Snapshot) -> Inventory:
    """The articles of a state; every file of it is read whole."""
    if damage := snapshot.damage():
        empty = np.zeros(0, dtype=np.int64)
        return Inventory(empty, empty.astype(np.str_), tuple(damage), len(snapshot.readers), _size(snapshot))
    keys = snapshot.numbers[schema.KEY][snapshot.live]
    status = snapshot.texts[schema.STATUS]
    values = np.array([*status.values, ""], dtype=np.str_)  # code -1 is the last
    order = np.argsort(keys, kind="stable")
    statuses = values[status.codes[snapshot.live]][order]
    return Inventory(keys[order], statuses, (), len(snapshot.readers), _size(snapshot))


def _size(snapshot: Snapshot) -> int:
    """The bytes of the files of all segments."""
    return sum(
        path.stat().st_size
        for leaf, _offset in snapshot.readers
        for path in Path(leaf.storage().folder).glob(f"*{leaf.segment().segment_id()}.*")
    )
