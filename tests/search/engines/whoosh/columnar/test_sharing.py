"""A merge that is shared out writes what one process would write alone."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from articles.search.engines.whoosh.columnar.layout import ArrayFile
from articles.search.engines.whoosh.columnar.merging import merge
from articles.search.engines.whoosh.columnar.segment import ColumnarSegment
from articles.search.engines.whoosh.columnar.sharing import PART, merge_together, shares
from articles.search.engines.whoosh.columnar.verifying import check_segment
from tests.search.engines.whoosh.columnar.test_merging import WORDS, commits, index_of, live


def arrays(folder: Path, segment: ColumnarSegment) -> dict[str, Any]:
    assert check_segment(folder, segment) == []
    files = [ArrayFile(folder / segment.make_filename(extension)) for extension in (".docs", ".terms")]
    return {name: file[name].tolist() for file in files for name in file} | files[0].facts


@settings(deadline=None, max_examples=25)
@given(commits)
def test_a_shared_merge_is_the_merge_of_one(commits: list[Any]) -> None:
    added, kept, deleted = live(commits)
    with index_of(added) as index, ThreadPoolExecutor(2) as processes:
        folder, segments = Path(index.storage.folder), index._segments()
        for number in deleted:
            first = 0
            for segment in segments:
                if first <= number < first + segment.count:
                    segment.delete_document(number - first)
                first += segment.count
        alone, together = merge(folder, segments), merge_together(folder, segments, processes)
        assert together.count == len(kept)
        assert arrays(folder, together) == arrays(folder, alone)
        assert not list(folder.glob(f"*{PART}*"))


def test_every_field_is_written_once_and_the_small_ones_together() -> None:
    shared = shares({"text": 500, "exact": 400, "status": 1, "key": 40, "none": 0})
    assert shared == [["text"], ["exact"], ["key", "status", "none"]]


def test_the_share_that_fails_ends_the_merge_and_names_no_file() -> None:
    with index_of([[{"text": word}] for word in WORDS[:2]]) as index, ThreadPoolExecutor(1) as processes:
        folder, segments = Path(index.storage.folder), index._segments()
        (folder / segments[1].make_filename(".terms")).unlink()
        before = {path.name for path in folder.iterdir()}
        with pytest.raises(FileNotFoundError, match=segments[1].make_filename(".terms")):
            merge_together(folder, segments, processes)
        assert {path.name for path in folder.iterdir()} == before
