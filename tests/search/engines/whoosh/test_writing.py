"""What our writer writes is what plain Whoosh writes of the same words: plain Whoosh is the oracle."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import FileIndex, create_in, open_dir
from whoosh.query import And, Every, Not, Or, Phrase, Prefix, Query, Term, Wildcard
from whoosh.reading import IndexReader
from whoosh.writing import IndexWriter

from articles.search import syntax
from articles.search.engines.contract import Question
from articles.search.engines.schema import (
    BODY_START,
    BOUNDS,
    FORMS,
    LITERAL,
    PART_BREAK,
    ROOTS,
    SENTENCE_STARTS,
)
from articles.search.engines.schema import TEXT as TEXT_FIELD
from articles.search.engines.whoosh import writing
from articles.search.engines.whoosh.analysing import BatchAnalyser
from articles.search.engines.whoosh.building import workers
from articles.search.engines.whoosh.columnar import matcher
from articles.search.engines.whoosh.columnar.policy import FEW
from articles.search.engines.whoosh.documents import document
from articles.search.engines.whoosh.fields import ArabicText, LevelAnalyzer, decode, form, rooted_stems
from articles.search.engines.whoosh.writing import (
    all_together,
    commit_segments,
    merged_while_built,
    open_writer,
    write_segment,
)
from articles.search.syntax import AtLeast, Everything, FieldName, In, Word
from articles.search_indexes import ArticleIndex
from tests.search.engines.shelf import Shelf, article

WORDS = ["نفط", "النفط", "نفطي", "بغداد", "أعلن", "اعلن", "2017", "Reuters", "و", "سورية", "سوريا"]
TERMS = ["نفط", "بغداد", "اعلن", "2017", "reuters", "و", "سوري", "غائب"]

# What is done to an index: each commit forgets some documents and writes some, under a number that may be known.
texts = st.lists(st.sampled_from([*WORDS, PART_BREAK]), max_size=12).map(" ".join)
documents = st.dictionaries(st.integers(1, 12), texts, max_size=6)
commits = st.lists(st.tuples(st.sets(st.integers(1, 12), max_size=3), documents), min_size=1, max_size=9)

terms = st.sampled_from(TERMS).map(lambda word: Term("text", word))
leaves = st.one_of(
    terms,
    st.lists(st.sampled_from(TERMS), min_size=2, max_size=3).map(lambda words: Phrase("text", words)),
    st.sampled_from(["ن", "ا", "20", "غ"]).map(lambda prefix: Prefix("text", prefix)),
    st.sampled_from(["*ط", "س?ر*", "*"]).map(lambda pattern: Wildcard("text", pattern)),
)
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(And),
        st.lists(inner, min_size=1, max_size=3).map(Or),
        inner.map(lambda query: And([Every(), Not(query)])),
    ),
    max_leaves=5,
)


@contextmanager
def written(
    commits: list[Any], text: Any, writer_of: Callable[[FileIndex], IndexWriter]
) -> Iterator[FileIndex]:
    """An index with one text field, after the commits."""
    with TemporaryDirectory() as folder:
        index = create_in(folder, Schema(number=ID(stored=True, unique=True), text=text))
        for forgotten, added in commits:
            writer = writer_of(index)
            for number in {*forgotten, *added}:
                writer.delete_by_term("number", str(number))
            for number, content in added.items():
                writer.add_document(number=str(number), text=content)
            writer.commit()
        yield index


def contents(reader: IndexReader) -> dict[bytes, dict[str, tuple[float, tuple[int, ...]]]]:
    """For every term the documents that hold it, how often and where."""
    numbers = {document: fields["number"] for document, fields in reader.iter_docs()}
    found: dict[bytes, dict[str, tuple[float, tuple[int, ...]]]] = {}
    for term in reader.lexicon("text"):
        matcher = reader.postings("text", term)
        held = found.setdefault(term, {})
        while matcher.is_active():
            held[numbers[matcher.id()]] = (matcher.weight(), tuple(matcher.value_as("positions")))
            matcher.next()
    return {
        term: held for term, held in found.items() if held
    }  # plain Whoosh keeps terms of deleted documents


def answers(index: FileIndex, query: Query) -> set[str]:
    with index.searcher() as searcher:
        return {hit["number"] for hit in searcher.search(query, limit=None)}


@settings(deadline=None, max_examples=60)
@given(
    commits=commits, queries=st.lists(queries, min_size=1, max_size=6), block=st.sampled_from([1, 2, 3, 1024])
)
def test_postings_and_answers_are_those_of_plain_whoosh(
    commits: list[Any], queries: list[Query], block: int
) -> None:
    plain = TEXT(analyzer=LevelAnalyzer("stem"))
    with (
        patch.object(matcher, "BLOCK", block),
        written(commits, ArabicText("stem"), open_writer) as ours,
        written(commits, plain, lambda index: index.writer()) as theirs,
        ours.reader() as our_reader,
        theirs.reader() as their_reader,
    ):
        assert contents(our_reader) == contents(their_reader)
        assert our_reader.doc_count() == their_reader.doc_count()
        for query in queries:
            assert answers(ours, query) == answers(theirs, query)


@settings(deadline=None, max_examples=30)
@given(commits)
def test_lengths_are_those_of_plain_whoosh(commits: list[Any]) -> None:
    plain = TEXT(analyzer=LevelAnalyzer("stem"))
    with (
        written(commits, ArabicText("stem"), open_writer) as ours,
        written(commits, plain, lambda index: index.writer()) as theirs,
        ours.reader() as our_reader,
        theirs.reader() as their_reader,
    ):
        assert lengths(our_reader) == lengths(their_reader)


def lengths(reader: IndexReader) -> Mapping[str, int]:
    return {
        fields["number"]: reader.doc_field_length(document, "text") or 0
        for document, fields in reader.iter_docs()
    }


def test_a_position_beyond_sixteen_bits_is_kept(shelf: Shelf) -> None:
    shelf.put(article(1, body="نفط " * 70_000 + "غاز"), article(2, body="قمح غاز"))
    [(leaf, _offset)] = shelf.snapshot.readers
    matcher = leaf.postings(TEXT_FIELD, "غاز".encode())
    assert decode(matcher.value()).tolist() == [70_000 + 1 + 100]  # after the title and the gap
    assert shelf.keys(syntax.Phrase(("نفط", "غاز"))) == {1}
    assert shelf.keys(syntax.Phrase(("قمح", "غاز"))) == {2}
    assert shelf.keys(AtLeast(70_000, Word("نفط"))) == {1}


def held_by(leaf: IndexReader, field: str) -> dict[str, list[int]]:
    """The documents of each term of a field, as Whoosh's matcher walks them."""
    terms = [term.decode() for term in leaf.lexicon(field)]
    return {term: list(leaf.postings(field, term.encode()).all_ids()) for term in terms}


@pytest.mark.parametrize("articles", [3, 11, 900])
def test_whoosh_walks_the_fields_that_hold_no_words(shelf: Shelf, articles: int) -> None:
    shelf.put(article(1, title="أعلن", body="مكتبة"), article(2, title="", body="نفط. غاز"))
    shelf.put(*(article(key, title="", body="كتاب") for key in range(3, articles + 1)))
    [(first, _), (second, _)] = shelf.snapshot.readers
    assert held_by(first, FORMS) == {
        form("أعلن"): [0],
        form("مكتبة"): [0],
        form("نفط"): [1],
        form("غاز"): [1],
    }
    assert held_by(second, FORMS) == {form("كتاب"): list(range(articles - 2))}
    assert held_by(second, ROOTS) == dict.fromkeys(rooted_stems("كتاب"), list(range(articles - 2)))
    matcher = first.postings(BOUNDS, SENTENCE_STARTS.encode())
    assert (matcher.id(), matcher.value_as("positions")) == (0, [0, 101])
    matcher.next()
    assert (matcher.id(), matcher.value_as("positions")) == (1, [0, 1])


def test_a_merge_keeps_what_each_field_holds(shelf: Shelf) -> None:
    for key in range(1, FEW + 2):
        shelf.put(article(key, title="نفط", body=f"أعلن كتاب {key}. غاز"))
    [(merged, _offset)] = shelf.snapshot.readers
    assert held_by(merged, FORMS)[form("أعلن")] == list(range(FEW + 1))
    assert held_by(merged, LITERAL)["أعلن"] == list(range(FEW + 1))
    assert held_by(merged, BOUNDS)[BODY_START] == list(range(FEW + 1))
    assert shelf.keys(In(FieldName.LEAD, syntax.Wildcard("كتا?"))) == set(range(1, FEW + 2))


def test_an_update_takes_the_place_of_the_document(shelf: Shelf) -> None:
    shelf.put(article(1, title="نفط"), article(2, title="غاز"))
    shelf.put(article(1, title="قمح"))
    assert shelf.keys(Word("نفط")) == set()
    assert shelf.keys(Word("قمح")) == {1}
    assert shelf.keys(Everything()) == {1, 2}


def test_a_removed_document_is_not_found(shelf: Shelf) -> None:
    shelf.put(article(1), article(2))
    shelf.take(1)
    assert shelf.keys(Everything()) == {2}


def segments(shelf: Shelf) -> list[int]:
    return sorted(leaf.doc_count() for leaf, _offset in shelf.snapshot.readers)


def test_segments_are_merged_when_there_are_more_than_a_few(shelf: Shelf) -> None:
    for key in range(1, FEW + 1):
        shelf.put(article(key))
    assert segments(shelf) == [1] * FEW
    shelf.put(article(FEW + 1))
    assert segments(shelf) == [FEW + 1]


def test_a_segment_much_larger_than_the_others_is_left_alone(shelf: Shelf) -> None:
    shelf.put(*(article(key) for key in range(1, 10 * FEW)))
    for key in range(10 * FEW, 11 * FEW):
        shelf.put(article(key))
    assert segments(shelf) == [FEW, 10 * FEW - 1]


def test_deleted_documents_are_gone_for_good_after_a_merge(shelf: Shelf) -> None:
    for key in range(1, FEW + 1):
        shelf.put(article(key, title=f"خبر{key}"))
    shelf.take(3)
    shelf.put(article(20), article(21))
    shelf.put(article(22))
    assert shelf.snapshot.size == FEW + 2
    assert shelf.keys(Everything()) == {1, 2, *range(4, FEW + 1), 20, 21, 22}


def test_a_writer_that_fails_leaves_the_index_as_it_was(shelf: Shelf) -> None:
    shelf.put(article(1))
    before = shelf.snapshot

    def articles() -> Iterator[Any]:
        yield article(2)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        shelf.backend.update(ArticleIndex(), articles())
    assert shelf.snapshot is before
    shelf.put(article(3))
    assert shelf.keys(Everything()) == {1, 3}


def test_terms_are_in_the_order_of_their_bytes(shelf: Shelf) -> None:
    shelf.put(article(1, body=" ".join(WORDS)))
    [(leaf, _offset)] = shelf.snapshot.readers
    lexicon = list(leaf.lexicon(TEXT_FIELD))
    assert all(first < second for first, second in pairwise(lexicon))


def test_no_file_of_an_old_state_is_left(shelf: Shelf) -> None:
    for key in range(1, 3 * FEW):
        shelf.put(article(key))
    held = {leaf.segment().segment_id() for leaf, _offset in shelf.snapshot.readers}
    named = {path.name.split(".")[0] for path in shelf.generation.glob("MAIN_*.*")}
    assert named == held


def test_what_a_writer_left_that_died_goes_with_the_next_commit(shelf: Shelf) -> None:
    shelf.put(article(1))
    left = [
        shelf.generation / name for name in ("MAIN_0123456789abcdef.docs.new", "_MAIN_7.toc.1700000000.5")
    ]
    for path in left:
        path.write_bytes(b"half")
    shelf.put(article(2))
    assert not any(path.exists() for path in left)
    assert shelf.keys(Everything()) == {1, 2}


def test_documents_are_written_once_whatever_the_batch(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.search.engines.whoosh.backend.UPDATE_BATCH", 2)
    shelf.put(
        article(1), article(2, title="نفط"), article(2, title="غاز"), article(3), article(1, title="قمح")
    )
    assert shelf.backend.find(Question(Everything())).total == 3
    assert shelf.keys(Word("نفط")) == set()
    assert shelf.keys(Word("قمح")) == {1}


def test_the_folder_of_an_index_may_be_moved(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put(article(1))
    shelf.folder.path.rename(tmp_path / "elsewhere")
    moved = Shelf(tmp_path / "elsewhere")
    assert moved.keys(Everything()) == {1}


def test_segments_of_a_build_are_merged_when_there_are_many_of_a_level(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "TOGETHER", 3)
    shelf.backend.delete_index()
    index, told = open_dir(str(shelf.generation)), list[int]()
    analyser = BatchAnalyser(index.schema)
    texts = [document(ArticleIndex(), article(number, body="نفط")) for number in range(11)]
    segments = ((1, write_segment(index, analyser.analyse([text]))) for text in texts)
    with workers(1) as by:
        held = merged_while_built(shelf.generation, segments, by.tasks, told.append)
        assert [segment.count for segment in held] == [9, 1, 1]
        whole = all_together(shelf.generation, held, by.tasks)
    assert told == [1] * 11
    commit_segments(index, whole)
    assert shelf.keys(Word("نفط")) == set(range(11))
