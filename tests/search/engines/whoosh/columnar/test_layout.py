"""A file of arrays: what was written is read, and what is not whole is told."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from articles.search.engines.contract import IndexDamaged
from articles.search.engines.whoosh.columnar.layout import ALIGNED, ArrayFile, ArrayWriter

TYPES = ["u1", "<u2", "<u4", "<u8", "<i8", "<f4"]

arrays = st.builds(
    lambda kind, numbers: np.array(numbers, dtype=kind), st.sampled_from(TYPES), st.lists(st.integers(0, 255))
)


def written(path: Path, **values: NDArray[np.generic]) -> Path:
    with ArrayWriter(path) as writer:
        for name, array in values.items():
            writer.add(name, array)
        writer.finish({"documents": 3})
    return path


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    yield written(
        tmp_path / "a.docs", some=np.arange(1000, dtype="<u2"), none=np.zeros(0, "<u4"), few=np.array([7])
    )


@given(st.dictionaries(st.sampled_from("abcde"), arrays))
def test_arrays_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, NDArray[np.generic]]
) -> None:
    read = ArrayFile(written(tmp_path_factory.mktemp("arrays") / "a.docs", **values))
    assert read.facts == {"documents": 3}
    assert {name: (read[name].dtype.str, read[name].tolist()) for name in read} == {
        name: (array.dtype.str, array.tolist()) for name, array in values.items()
    }
    assert read.damage() == []


def test_an_array_written_piece_by_piece_is_one_array(tmp_path: Path) -> None:
    with ArrayWriter(tmp_path / "a.docs") as writer:
        one, other = writer.stream("one", np.uint16), writer.stream("other", np.uint8)
        for number in range(5):
            one.extend(np.arange(number))
            other.extend(np.array([number]))
        writer.end_streams()
        writer.add("after", np.array([9]))
        writer.finish({})
    read = ArrayFile(tmp_path / "a.docs")
    assert read["one"].tolist() == [0, 0, 1, 0, 1, 2, 0, 1, 2, 3]
    assert (read["other"].tolist(), read["after"].tolist()) == ([0, 1, 2, 3, 4], [9])
    assert read.damage() == []


def test_the_arrays_of_another_file_are_moved_in_as_they_are(tmp_path: Path, file: Path) -> None:
    with ArrayWriter(tmp_path / "whole.docs") as writer:
        writer.add("own", np.arange(5, dtype="u1"))
        writer.take(file)
        writer.add("last", np.array([9], dtype="<u4"))
        writer.finish({})
    held = ArrayFile(tmp_path / "whole.docs")
    assert list(held) == ["own", "some", "none", "few", "last"]
    assert [held[name].sum() for name in held] == [10, 499_500, 0, 7, 9]
    assert held.damage() == []
    assert not file.exists()


def test_arrays_begin_where_memory_is_read_fastest(file: Path) -> None:
    read = ArrayFile(file)
    assert all(read[name].ctypes.data % ALIGNED == 0 for name in ("some", "few"))


def test_an_array_cannot_be_written_to(file: Path) -> None:
    with pytest.raises(ValueError, match="read-only"):
        ArrayFile(file)["some"][0] = 1


def test_what_is_not_finished_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), ArrayWriter(tmp_path / "a.docs") as writer:
        writer.add("some", np.arange(3))
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_an_array_outlives_its_file(file: Path) -> None:
    array = ArrayFile(file)["some"]
    file.unlink()
    assert array.tolist() == list(range(1000))


@pytest.mark.parametrize("size", [0, 1, 8, 63, 64, 65, 500, -65, -1])
def test_a_file_cut_short_is_told_when_it_is_opened(file: Path, size: int) -> None:
    os.truncate(file, size if size >= 0 else file.stat().st_size + size)
    with pytest.raises(IndexDamaged, match=r"a\.docs .*rebuild_index"):
        ArrayFile(file)


def test_a_file_that_grew_is_told_when_it_is_opened(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"x")
    with pytest.raises(IndexDamaged, match=r"a\.docs has .* bytes of"):
        ArrayFile(file)


def test_a_foreign_file_is_told_when_it_is_opened(file: Path) -> None:
    file.write_bytes(b"%PDF-1.7 not an index at all\n" * 50)
    with pytest.raises(IndexDamaged, match="no file of this index"):
        ArrayFile(file)


def test_a_file_of_another_version_is_told_when_it_is_opened(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[8] += 1
    file.write_bytes(data)
    with pytest.raises(IndexDamaged, match="version 2 of the format"):
        ArrayFile(file)


def test_a_flipped_byte_anywhere_is_told_or_does_not_matter(file: Path) -> None:
    whole, told = file.read_bytes(), 0
    before = {name: ArrayFile(file)[name].tolist() for name in ("some", "none", "few")}
    for place in [*range(0, 200, 3), *range(200, len(whole), 11), len(whole) - 1]:
        data = bytearray(whole)
        data[place] ^= 0x41
        file.write_bytes(data)
        try:
            read = ArrayFile(file)
        except IndexDamaged:
            told += 1
            continue
        if read.damage():
            told += 1
        else:
            assert {name: read[name].tolist() for name in before} == before
    assert told > 100
