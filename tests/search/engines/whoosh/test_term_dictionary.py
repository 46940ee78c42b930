"""The dictionary of terms as Whoosh's own reader reads it."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import OrderedHashReader

from articles.search.engines.whoosh.term_dictionary import TermsWriter, hash_table

keys = st.binary(min_size=1, max_size=6)


@given(st.dictionaries(keys, st.binary(max_size=20), max_size=60), st.sets(keys, max_size=20))
def test_whoosh_finds_what_was_written_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, entries: dict[bytes, bytes], asked: set[bytes]
) -> None:
    storage = FileStorage(str(tmp_path_factory.mktemp("terms")))
    writer = TermsWriter(storage.create_file("terms"))
    for key in sorted(entries):
        writer.add(key, entries[key])
    writer.close()
    reader = OrderedHashReader.open(storage, "terms")
    assert list(reader.items()) == sorted(entries.items())
    assert {key: reader.get(key) for key in asked | entries.keys()} == {
        key: entries.get(key) for key in asked | entries.keys()
    }
    assert [reader.closest_key(key) for key in asked] == [
        min((held for held in entries if held >= key), default=None) for key in asked
    ]
    reader.close()


@given(st.lists(st.integers(0, 40).map(lambda number: number << 8), max_size=40))
def test_no_entry_stands_before_its_slot_unless_all_from_there_to_the_end_are_taken(
    numbers: list[int],
) -> None:
    places = np.arange(1, len(numbers) + 1, dtype=np.uint64)
    table = hash_table(np.array(numbers, dtype=np.uint32), places)
    assert sorted(table["place"][table["place"] > 0].tolist()) == places.tolist()
    for slot, (own, place) in enumerate(table.tolist()):
        first = (own >> 8) % len(table)
        between = [*range(first, slot)] if first <= slot else [*range(first, len(table)), *range(slot)]
        assert not place or all(table["place"][number] for number in between)


def test_keys_must_ascend(tmp_path: Path) -> None:
    writer = TermsWriter(FileStorage(str(tmp_path)).create_file("terms"))
    writer.add(b"b", b"")
    with pytest.raises(ValueError, match="ascend"):
        writer.add(b"a", b"")
    writer.close()
