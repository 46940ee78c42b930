"""Plain Whoosh is the oracle: the same documents, asked the same, are found with the same scores."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import fields
from whoosh import query as q
from whoosh.index import FileIndex, create_in
from whoosh.query import spans
from whoosh.scoring import BM25F, TF_IDF

from articles.search.engines.whoosh.columnar import matcher
from articles.search.engines.whoosh.fields import ArabicText, LevelAnalyzer
from articles.search.engines.whoosh.writing import open_writer

Answer = TypeVar("Answer")

WORDS = ["نفط", "النفط", "بغداد", "اعلن", "2017", "reuters", "و", "سوريا", "سورية"]
TERMS = [*WORDS, "سوري", "غائب", ""]
TAGS = ["ا", "ب", "ت", "ثاء"]

documents = st.fixed_dictionaries(
    {
        "number": st.integers(1, 15),
        "text": st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
        "year": st.integers(-3, 3),
        "tags": st.sets(st.sampled_from(TAGS), max_size=3).map(lambda tags: ",".join(sorted(tags))),
    },
    optional={"kind": st.sampled_from(["خبر", "مقال"]), "is_open": st.booleans()},
)
commits = st.lists(
    st.lists(documents, max_size=7, unique_by=lambda each: each["number"]), min_size=1, max_size=5
)

terms = st.sampled_from(TERMS).map(lambda word: q.Term("text", word))
leaves = st.one_of(
    terms,
    st.sampled_from(TAGS).map(lambda tag: q.Term("tags", tag)),
    st.sampled_from(["خبر", "مقال", "غائب"]).map(lambda kind: q.Term("kind", kind)),
    st.builds(
        lambda words, slop: q.Phrase("text", words, slop=slop),
        st.lists(st.sampled_from(TERMS[:-1]), min_size=2, max_size=3),
        st.integers(1, 3),
    ),
    st.builds(
        lambda first, second, slop, ordered: spans.SpanNear(first, second, slop=slop, ordered=ordered),
        terms, terms, st.integers(1, 4), st.booleans(),
    ),
    st.sampled_from(["", "ن", "ال", "20", "غ"]).map(lambda prefix: q.Prefix("text", prefix)),
    st.sampled_from(["*ط", "س?ر*", "*", "?"]).map(lambda pattern: q.Wildcard("text", pattern)),
    st.builds(
        lambda word, edits: q.FuzzyTerm("text", word, maxdist=edits), st.sampled_from(TERMS[:-1]), st.integers(1, 2)
    ),
    st.builds(lambda a, b: q.NumericRange("year", min(a, b), max(a, b)), st.integers(-4, 4), st.integers(-4, 4)),
    st.builds(lambda a, b: q.TermRange("text", min(a, b), max(a, b)), st.sampled_from(WORDS), st.sampled_from(WORDS)),
    st.just(q.Every()),
)  # fmt: skip
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(q.And),
        st.lists(inner, min_size=1, max_size=3).map(q.Or),
        st.lists(inner, min_size=1, max_size=3).map(q.DisjunctionMax),
        st.builds(q.AndNot, inner, inner),
        st.builds(q.AndMaybe, inner, inner),
        st.builds(q.Require, inner, inner),
        inner.map(lambda query: q.And([q.Every(), q.Not(query)])),
    ),
    max_leaves=5,
)


@contextmanager
def plain_and_ours(commits: list[Any], *, merged: bool) -> Iterator[tuple[FileIndex, FileIndex]]:
    """The same documents in an index of Whoosh's own and in one of ours, each commit a segment or all in one."""
    with ExitStack() as folders:
        made = []
        for text, is_plain in (
            (fields.TEXT(analyzer=LevelAnalyzer("stem")), True),
            (ArabicText("stem"), False),
        ):
            schema = fields.Schema(
                number=fields.NUMERIC(int, stored=True, unique=True, sortable=True),
                text=text,
                year=fields.NUMERIC(int, signed=True, sortable=True),
                tags=fields.KEYWORD(commas=True, scorable=True),
                kind=fields.ID(sortable=True, stored=True),
                is_open=fields.BOOLEAN(stored=True),
            )
            index = create_in(folders.enter_context(TemporaryDirectory()), schema)
            for added in commits:
                _commit(index, added, is_plain=is_plain, merged=False)
            if merged:
                _commit(index, [], is_plain=is_plain, merged=True)
            made.append(index)
        yield made[0], made[1]


def _commit(index: FileIndex, added: list[dict[str, Any]], *, is_plain: bool, merged: bool) -> None:
    writer = index.writer() if is_plain else open_writer(index)
    for document in added:
        writer.delete_by_term("number", document["number"])
    for document in added:
        writer.add_document(**document)
    if is_plain:
        writer.commit(optimize=merged, merge=merged)
    else:
        writer.commit(mergetype=(lambda segments: segments) if merged else (lambda segments: []))


def found(index: FileIndex, query: q.Query, weighting: Any) -> dict[int, float]:
    """The scores of the documents found."""
    with index.searcher(weighting=weighting) as searcher:
        return {hit["number"]: hit.score for hit in searcher.search(query, limit=None)}


def told_by(ask: Callable[[], Answer]) -> Answer | None:
    """What Whoosh's own index answers; None where it fails: spans of what has none, AndNot behind the last posting."""
    try:
        return ask()
    except (NotImplementedError, IndexError):
        return None


@settings(deadline=None, max_examples=40)
@given(
    commits=commits,
    asked=st.lists(queries, min_size=1, max_size=6),
    merged=st.booleans(),
    weighting=st.sampled_from([BM25F(), BM25F(B=0.9, K1=0.9), TF_IDF()]),
)
def test_every_query_finds_the_same_documents_with_the_same_scores(
    commits: list[Any], asked: list[q.Query], merged: bool, weighting: Any
) -> None:
    with plain_and_ours(commits, merged=merged) as (plain, ours):
        assert ours.doc_count() == plain.doc_count()
        for query in asked:
            expected = told_by(lambda query=query: found(plain, query, weighting))
            if expected is not None:
                assert found(ours, query, weighting) == pytest.approx(expected, rel=1e-5)


@settings(deadline=None, max_examples=25)
@given(
    commits=commits,
    query=queries,
    merged=st.booleans(),
    limit=st.integers(1, 4),
    block=st.sampled_from([1, 2, 128]),
)
def test_the_best_hits_are_the_same_where_blocks_are_skipped(
    commits: list[Any], query: q.Query, merged: bool, limit: int, block: int
) -> None:
    with pytest.MonkeyPatch.context() as patch, plain_and_ours(commits, merged=merged) as (plain, ours):
        patch.setattr(matcher, "BLOCK", block)
        expected = told_by(lambda: best_scores(plain, query, limit))
        if expected is not None:
            assert best_scores(ours, query, limit) == pytest.approx(expected, rel=1e-5)


def best_scores(index: FileIndex, query: q.Query, limit: int) -> list[float]:
    with index.searcher() as searcher:
        return [hit.score for hit in searcher.search(query, limit=limit)]


@settings(deadline=None, max_examples=25)
@given(commits=commits, merged=st.booleans())
def test_what_is_kept_of_documents_and_told_of_terms_is_the_same(commits: list[Any], merged: bool) -> None:
    with plain_and_ours(commits, merged=merged) as (plain, ours):
        for told in (stored, years, kinds, terms_told, lengths_told):
            assert told(ours) == told(plain), told.__name__


def stored(index: FileIndex) -> list[dict[str, Any]]:
    with index.reader() as reader:
        return sorted(reader.all_stored_fields(), key=lambda held: held["number"])


def _sorted_by(index: FileIndex, name: str) -> list[Any]:
    with index.searcher() as searcher:
        hits = searcher.search(q.Every(), limit=None, sortedby=[name, "number"], groupedby=name)
        groups = {key: len(held) for key, held in hits.groups(name).items()}
        return [[hit["number"] for hit in hits], groups]


def years(index: FileIndex) -> list[Any]:
    return _sorted_by(index, "year")


def kinds(index: FileIndex) -> list[Any]:
    return _sorted_by(index, "kind")


def terms_told(index: FileIndex) -> dict[Any, Any]:
    with index.reader() as reader:
        return {
            (name, term): (info.doc_frequency(), info.weight(), info.max_weight())
            for (name, term), info in reader
        }


def lengths_told(index: FileIndex) -> dict[str, Any]:
    with index.reader() as reader:
        return {name: reader.field_length(name) for name in ("text", "tags")}


@pytest.mark.parametrize("edits", [0, 1, 2])
def test_a_cursor_walks_the_dictionary_as_whooshs_does(edits: int) -> None:
    words = [{"number": 1, "text": " ".join(WORDS), "year": 1, "tags": ""}]
    with (
        plain_and_ours([words], merged=False) as (plain, ours),
        plain.reader() as theirs,
        ours.reader() as own,
    ):

        def walk(reader: Any) -> list[Any]:
            return [
                sorted(reader.terms_within("text", "سوريا", edits, prefix=1)),
                list(reader.expand_prefix("text", "ن")),
                list(reader.field_terms("text")),
                list(reader.lexicon("kind")),
                reader.most_frequent_terms("text", 3),
            ]

        assert walk(own) == walk(theirs)


def test_a_matcher_that_is_through_still_tells_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """AndNot asks for the document of a matcher whose last block was passed over for its quality."""
    monkeypatch.setattr(matcher, "BLOCK", 1)
    with plain_and_ours([[{"number": 1, "text": "نفط"}, {"number": 2, "text": "نفط"}]], merged=False) as (
        _,
        index,
    ):
        listed = index.reader().postings("text", "نفط")
        assert list(listed.all_ids()) == [0, 1]
        told = listed.block_max_weight(), listed.block_min_length(), listed.block_max_length()
        listed.skip_to(9)
        assert not listed.is_active()
        assert listed.id() == 1
        assert (listed.block_max_weight(), listed.block_min_length(), listed.block_max_length()) == told
