"""What is kept between searches: the newest row of an article, whole files, nothing of another version."""

from pathlib import Path

import numpy as np
import pytest

from articles.duplicates.folder import PAIR, ROW, Busy, SketchFolder, only_search


def rows(**texts: int) -> np.ndarray:
    """Rows of articles «a7» with the texts given."""
    made = np.zeros(len(texts), dtype=ROW)
    for place, (name, text) in enumerate(texts.items()):
        made[place]["key"], made[place]["text"] = int(name[1:]), text
        made[place]["sketch"] = text
    return made


def held(folder: SketchFolder) -> dict[int, int]:
    return {int(row["key"]): int(row["text"]) for row in folder.facts()}


def test_the_last_row_of_an_article_counts_and_those_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    folder = SketchFolder(tmp_path, "1")
    folder.add(rows(a1=10, a2=20, a3=30))
    folder.add(rows(a2=21, a4=40))
    assert held(folder) == {1: 10, 2: 21, 3: 30, 4: 40}
    folder.settle(np.array([1, 2, 4]))
    assert held(folder) == {1: 10, 2: 21, 4: 40} == held(SketchFolder(tmp_path, "1"))
    assert [file.name for file in folder.path.iterdir()] == ["rows"]


def test_a_search_that_died_half_way_leaves_what_it_had_finished(tmp_path: Path) -> None:
    folder = SketchFolder(tmp_path, "1")
    folder.add(rows(a1=10))
    (folder.path / "part-00000002.new").write_bytes(b"half a row")
    (folder.path / "rows.new").write_bytes(b"half a file")
    assert held(SketchFolder(tmp_path, "1")) == {1: 10}


def test_sketches_are_given_by_their_place(tmp_path: Path) -> None:
    folder = SketchFolder(tmp_path, "1")
    folder.add(rows(a1=10, a2=20, a3=30))
    folder.settle(np.array([1, 2, 3]))
    with folder.sketches(np.array([2, 0])) as sketches:
        assert sketches.band(5).tolist() == [30 << 16 | 30, 10 << 16 | 10]
        assert sketches.gather(np.array([1]))[0, :2].tolist() == [10, 10]


def test_another_version_begins_anew(tmp_path: Path) -> None:
    SketchFolder(tmp_path, "1").add(rows(a1=10))
    assert held(SketchFolder(tmp_path, "2")) == {}
    assert [path.name for path in tmp_path.iterdir()] == ["2"]


def test_pairs_and_what_was_compared_are_kept_together(tmp_path: Path) -> None:
    folder = SketchFolder(tmp_path, "1")
    assert len(folder.pairs()[0]) == 0
    folder.keep_pairs(np.array([(1, 2, 0.5, 0.75, 1)], dtype=PAIR), np.array([1, 2], dtype=np.uint64))
    pairs, compared = SketchFolder(tmp_path, "1").pairs()
    assert pairs["other"].tolist() == [2] and compared.tolist() == [1, 2]


def test_two_searches_do_not_run_at_once(tmp_path: Path) -> None:
    with only_search(tmp_path), pytest.raises(Busy, match="another search"), only_search(tmp_path):
        pass
    with only_search(tmp_path):
        assert (tmp_path / "lock").exists()
