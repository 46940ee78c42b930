"""Bytes flipped or cut anywhere in any file of an index: it answers as before, or says which file is damaged."""

import gc
import random
from pathlib import Path

import pytest
from whoosh.index import open_dir

from articles.search.engines.contract import EngineProblem, IndexDamaged
from articles.search.engines.whoosh.columnar.layout import ArrayFile
from articles.search.engines.whoosh.columnar.verifying import check_index
from articles.search.engines.whoosh.documents import document
from articles.search.engines.whoosh.snapshot import forget
from articles.search.engines.whoosh.writing import replace_articles, write_segment
from articles.search.syntax import Everything, Fuzzy, Near, Phrase, Wildcard, Word
from articles.search_indexes import ArticleIndex
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


def nothing() -> None:
    """Does not rest."""


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
            assert filled.find(Everything()).doubtful or found == before, path
            assert not told or path.name in told[0]
            assert (
                bool(told) == bool(filled.backend.verify(nothing)) == bool(filled.backend.standing().damage)
            )
            assert bool(told) == filled.find(Everything()).doubtful
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


def flipped(path: Path, array: str = "") -> None:
    """Change one byte in the middle of an array, or of the first that is long enough."""
    entries = ArrayFile(path)._entries
    name = array or next(name for name, entry in entries.items() if entry.nbytes > 8)
    data = bytearray(path.read_bytes())
    data[entries[name].offset + entries[name].nbytes // 2] ^= 4
    path.write_bytes(data)


def test_damage_is_not_merged_into_files_with_the_right_checksums(filled: Shelf) -> None:
    [path] = list(filled.generation.glob("*.terms"))[:1]
    flipped(path)
    with pytest.raises(IndexDamaged, match=path.name):
        filled.merge()
    assert [path.name in told for told in check_index(filled.generation)] == [True]
    assert filled.find(Everything(), count=0).total == 59


def test_damage_in_a_draft_is_told_when_it_is_committed(filled: Shelf) -> None:
    with filled.folder.writing(1), filled.folder.drafts() as drafts:
        filled.backend._new_index(drafts)
        documents = [document(ArticleIndex(), article(90, "خبر", "قال"))]
        analysed = filled.backend._analyser.analyse(documents)
        segment = write_segment(open_dir(str(drafts)), analysed)
        flipped(drafts / segment.make_filename(".terms"), "text/documents")
        replace_articles(filled.backend._writable_index(), drafts, [], [segment])
    [told] = filled.backend.verify(nothing)
    assert segment.segment_id() in told
    assert "text/documents" in told


@pytest.mark.parametrize("text", ["", "generations", "generations/00000009", "../..", "\x00" * 9, "current"])
def test_a_pointer_that_names_no_generation_is_told(filled: Shelf, text: str) -> None:
    filled.folder.pointer.unlink()
    if "\x00" in text or not text:
        filled.folder.pointer.write_text(text)
    else:
        filled.folder.pointer.symlink_to(text)
    with pytest.raises(EngineProblem, match="rebuild_index|no search index|cannot be read"):
        answers(filled)
    assert filled.backend.standing().exists in (False, True)


@pytest.mark.parametrize("name", ["write.lock", "verified.lock", "verified.json"])
def test_what_stands_in_locks_and_notes_matters_to_no_search(filled: Shelf, name: str) -> None:
    before = answers(filled)
    for data in (b"", b"\xff\x00garbage", b"[]", b'{"a": 1}', b'{"a": [[1, 2], "x", 3]}', b"null"):
        (filled.folder.path / name).write_bytes(data)
        assert answers(filled) == before
        assert filled.backend.verify(nothing) == filled.backend.standing().damage == ()
        filled.take(99)
