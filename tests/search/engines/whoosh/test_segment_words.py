"""The words of a segment in their file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.engines.contract import IndexDamaged
from articles.search.engines.schema import AUTHOR_NAME, EXACT, TITLE_EXACT
from articles.search.engines.whoosh.segment_words import NO_WORDS, WordsWriter, read_words
from articles.search.engines.whoosh.snapshot import forget
from articles.search.syntax import Wildcard
from tests.search.engines.shelf import Shelf, article

word_sets = st.sets(st.text(st.sampled_from("ابتث𐤀a"), min_size=1, max_size=4), max_size=12)


def written(path: Path, **fields: list[str]) -> None:
    writer = WordsWriter(path)
    for field, words in fields.items():
        for number, word in enumerate(words):
            writer.add(field, word.encode(), number + 1)
    writer.write()


@given(word_sets, st.text(st.sampled_from("ابتث𐤀a"), max_size=3))
def test_words_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, held: set[str], prefix: str
) -> None:
    path = tmp_path_factory.mktemp("words") / "of.words"
    words = sorted(held, key=str.encode)
    written(path, other=["غير"], exact=words)
    found = read_words(path)
    read = found.get("exact", NO_WORDS)
    assert list(read.written(range(len(read)))) == [(word, number + 1) for number, word in enumerate(words)]
    assert [words[number] for number in read.beginning_with(prefix)] == [
        word for word in words if word.startswith(prefix)
    ]
    assert read.lines(read.beginning_with(prefix)).split() == [
        word for word in words if word.startswith(prefix)
    ]
    assert list(found["other"].written([0])) == [("غير", 1)]


def test_every_segment_lists_its_normalised_words(shelf: Shelf) -> None:
    shelf.put(article(1, title="نفط", body="غاز غاز", author="منى"), article(2, title="", body="أعلن غاز"))
    [(_leaf, _offset, columns)] = shelf.snapshot.leaves()
    assert dict(columns.words[EXACT].written(range(3))) == {"اعلن": 1, "غاز": 2, "نفط": 1}
    assert dict(columns.words[TITLE_EXACT].written(range(1))) == {"نفط": 1}
    assert dict(columns.words[AUTHOR_NAME].written(range(1))) == {"مني": 1}


def test_a_file_cut_short_is_a_damaged_index(shelf: Shelf) -> None:
    shelf.put(article(1, body="غاز"))
    assert shelf.keys(Wildcard("غا*")) == {1}
    [path] = shelf.generation.glob("*.words")
    path.write_bytes(path.read_bytes()[:-4])
    forget(shelf.folder)
    with pytest.raises(IndexDamaged):
        shelf.keys(Wildcard("غا*"))
