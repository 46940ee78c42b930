"""Bytes flipped or cut anywhere in any file of an index: it answers as before, or says which file is damaged."""

import gc
import random
from pathlib import Path

import pytest

from articles.search.engines.contract import EngineProblem, IndexDamaged
from articles.search.engines.whoosh.columnar.verifying import check_index
from articles.search.engines.whoosh.snapshot import forget
from articles.search.syntax import Everything, Fuzzy, Near, Phrase, Wildcard, Word
from tests.search.engines.shelf import Shelf, article

TREES = (
    Everything(), Word("خبر7"), Word("رئيس"), Wildcard("خبر*"), Fuzzy("خبر", 1),
    Phrase(("رئيس", "الوزراء")), Near((Word("الوزراء"), Word("رئيس")), 3, False),
)  # fmt: skip
FLIPS = 150


@pytest.fixture
def filled(shelf: Shelf) -> Shelf:
    for first in (1, 21, 41):
        shelf.put(
            *(
                article(key, f"خبر{key}", "قال رئيس الوزراء. " * 5, source="alufuq")
                for key in range(first, first + 20)
            )
        )
    shelf.take(5)
    return shelf


def files(shelf: Shelf) -> list[Path]:
    return sorted(path for path in shelf.generation.iterdir() if path.is_file())


def answers(shelf: Shelf) -> list[object]:
    """What a process finds that opens the index afresh."""
    forget(shelf.folder)
    gc.collect()
    return [shelf.find(tree, count=100) for tree in TREES]


def test_a_whole_index_is_not_damaged(filled: Shelf) -> None:
    assert check_index(filled.generation) == []
    assert filled.snapshot.damage() == []


def test_a_byte_flipped_anywhere_is_told_or_does_not_matter(filled: Shelf) -> None:
    chance, before = random.Random(4), answers(filled)
    problems = 0
    for _flip in range(FLIPS):
        path = chance.choice(files(filled))
        whole = path.read_bytes()
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        told = check_index(filled.generation)
        try:
            found = answers(filled)
        except EngineProblem as problem:
            assert "rebuild_index" in str(problem)
            assert isinstance(problem, IndexDamaged) or path.name == "rules.json"
            problems += 1
        else:
            assert told or found == before, path
            assert not told or path.name in told[0]
        path.write_bytes(whole)
    assert problems > 5
    assert answers(filled) == before


def test_a_file_cut_anywhere_is_told_when_it_is_opened(filled: Shelf) -> None:
    chance = random.Random(5)
    for path in files(filled):
        whole = path.read_bytes()
        for size in {0, 1, len(whole) - 1, *(chance.randrange(len(whole)) for _cut in range(4))}:
            path.write_bytes(whole[:size])
            with pytest.raises(EngineProblem, match="rebuild_index"):
                answers(filled)
        path.write_bytes(whole)
    assert check_index(filled.generation) == []


def test_each_damaged_file_is_named(filled: Shelf) -> None:
    [first, second, *_others] = sorted(filled.generation.glob("*.terms"))
    first.unlink()
    second.write_bytes(second.read_bytes()[:-1])
    told = check_index(filled.generation)
    assert len(told) == 2
    assert first.name in "".join(told)
    assert second.name in "".join(told)


def test_a_search_that_stumbles_over_damage_names_the_file(filled: Shelf) -> None:
    [path] = [path for path in filled.generation.glob("*.docs")][:1]
    data = bytearray(path.read_bytes())
    data[64:256] = b"\xff" * 192
    path.write_bytes(data)
    assert any(path.name in problem for problem in check_index(filled.generation))
