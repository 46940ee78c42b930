"""Segments merged on the disk hold what one segment of all their documents would."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import fields
from whoosh.index import FileIndex, create_in

from articles.search.engines.schema import PART_BREAK
from articles.search.engines.whoosh.columnar import merging, merging_documents
from articles.search.engines.whoosh.columnar.arrays import SegmentArrays, open_arrays
from articles.search.engines.whoosh.columnar.merging import gathered, merged_terms
from articles.search.engines.whoosh.columnar.verifying import check_index, check_segment
from articles.search.engines.whoosh.fields import ArabicText, Bounds, DistinctTerms
from articles.search.engines.whoosh.grams import RecordColumn
from articles.search.engines.whoosh.writing import ArchiveWriter, all_in_one, open_writer
from tests.search.engines.whoosh.columnar.test_terms import of

WORDS = ["نفط", "النفط", "بغداد", "أعلن", "سورية", "مكتبة.", PART_BREAK, "\n"]

MISSING = np.iinfo(np.uint64).max  # what Whoosh's column of numbers holds where a document has none

texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
documents = st.fixed_dictionaries(
    {"text": texts}, optional={"kind": st.sampled_from("ابت"), "year": st.integers(-5, 5), "words": texts}
)
commits = st.lists(
    st.tuples(st.lists(documents, min_size=1, max_size=5), st.sets(st.integers(0, 12))),
    min_size=1,
    max_size=4,
)


def schema() -> fields.Schema:
    return fields.Schema(
        text=ArabicText("surface"), bounds=Bounds(), forms=DistinctTerms("forms"), grams=RecordColumn(),
        kind=fields.ID(sortable=True, stored=True), year=fields.NUMERIC(int, bits=64, sortable=True),
        words=fields.TEXT(stored=True),
    )  # fmt: skip


def add(writer: ArchiveWriter, document: dict[str, Any]) -> None:
    of_text = {"bounds": document["text"], "forms": document["text"], "grams": document["text"]}
    writer.add_document(**document, **of_text)


@contextmanager
def index_of(commits: list[list[dict[str, Any]]]) -> Iterator[FileIndex]:
    with TemporaryDirectory() as folder:
        index = create_in(folder, schema())
        for added in commits:
            writer = open_writer(index)
            for document in added:
                add(writer, document)
            writer.commit(mergetype=lambda segments: [])
        yield index


def contents(index: FileIndex) -> dict[str, Any]:
    """Everything that the one segment of an index holds."""
    [segment] = index._segments()
    assert check_segment(Path(index.storage.folder), segment) == []
    arrays = open_arrays(Path(index.storage.folder), segment)
    return {name: postings(arrays, name) for name in arrays.fields} | columns(arrays)


def postings(arrays: SegmentArrays, name: str) -> dict[bytes, Any]:
    listed = arrays.postings(name)
    return {
        term: (
            listed.documents_of(number).tolist(),
            listed.frequencies_of(number).tolist(),
            listed.places_of(number).tolist(),
            listed.values_of(number),
        )
        for number, term in enumerate(listed.terms)
    }


def columns(arrays: SegmentArrays) -> dict[str, Any]:
    kinds, years = arrays.coded("kind"), arrays.numbers("year")
    return {
        "/count": arrays.count,
        "/kinds": []
        if kinds is None or not any(kinds[0])
        else [kinds[0][code] for code in kinds[1].tolist()],
        "/years": [] if years is None or (years == MISSING).all() else years.tolist(),
        "/lengths": []
        if (lengths := arrays.lengths("text")) is None or not lengths.any()
        else lengths.tolist(),
        "/records": [
            [own.tolist() for own in np.split(items, starts[1:-1].astype(np.int64))]
            for items, starts in (arrays.lists("grams", part) for part in ("grams", "stems", "title"))
        ],
    }


def live(commits: list[Any]) -> tuple[list[list[dict[str, Any]]], list[dict[str, Any]], list[int]]:
    """The documents of each commit, those that are left when some are deleted, and the numbers of these."""
    added = [own for own, _deleted in commits]
    deleted = sorted({number for _own, numbers in commits for number in numbers})
    every = [document for own in added for document in own]
    kept = [document for number, document in enumerate(every) if number not in deleted]
    return added, kept, [number for number in deleted if number < len(every)]


@settings(deadline=None, max_examples=50)
@given(commits=commits, terms=st.sampled_from([1, 5, 10_000]), items=st.sampled_from([1, 7, 10_000]))
def test_a_merged_segment_holds_what_is_left_of_all(commits: list[Any], terms: int, items: int) -> None:
    added, kept, deleted = live(commits)
    with pytest.MonkeyPatch.context() as patch, index_of(added) as merged, index_of([kept]) as fresh:
        patch.setattr(merging, "TERMS_AT_A_TIME", terms)
        patch.setattr(merging, "ITEMS_AT_A_TIME", items)
        patch.setattr(merging, "POSTINGS_AT_A_TIME", items)
        patch.setattr(merging, "COUNTS_AT_A_TIME", 3 * terms)
        patch.setattr(merging_documents, "DOCUMENTS_AT_A_TIME", items)
        writer = open_writer(merged)
        for number in deleted:
            writer.delete_document(number)
        writer.commit(mergetype=lambda segments: segments)
        if not kept:
            assert merged.is_empty()
            return
        ours, theirs = contents(merged), contents(fresh)
        present = {name: held for name, held in ours.items() if held}
        assert present == {name: held for name, held in theirs.items() if held}
        assert stored(merged) == stored(fresh)


def stored(index: FileIndex) -> list[dict[str, Any]]:
    with index.reader() as reader:
        return list(reader.all_stored_fields())


def test_many_frequencies_beyond_a_byte_and_places_beyond_two_are_kept() -> None:
    text = "نفط " * 70_000 + "غاز " * 300
    with index_of([[{"text": "نفط غاز"}], [{"text": text}], [{"text": "غاز"}]]) as merged:
        open_writer(merged).commit(mergetype=all_in_one)
        held = contents(merged)["text"]
        assert held["نفط".encode()][:2] == ([0, 1], [1, 70_000])
        documents, frequencies, places, _values = held["غاز".encode()]
        assert (documents, frequencies) == ([0, 1, 2], [1, 300, 1])
        assert places == [1, *range(70_000, 70_300), 0]


def test_a_merge_leaves_nothing_but_the_merged_files() -> None:
    with index_of([[{"text": word}] for word in WORDS[:4]]) as index:
        open_writer(index).commit(mergetype=all_in_one)
        [segment] = index._segments()
        names = {path.name for path in Path(index.storage.folder).iterdir()}
        assert {name for name in names if name.startswith("MAIN_")} == {
            segment.make_filename(".docs"), segment.make_filename(".terms"),
        }  # fmt: skip
        assert check_index(Path(index.storage.folder)) == []


@given(st.lists(st.sets(st.binary(max_size=2), max_size=20), min_size=1, max_size=4), st.integers(1, 30))
def test_dictionaries_are_merged_in_order_each_term_once(held: list[set[bytes]], at_a_time: int) -> None:
    sources = [of(terms) for terms in held]
    found: list[bytes] = []
    for merged in merged_terms(sources, at_a_time):
        found += merged.terms
        for source, numbers, first in zip(sources, merged.numbers, merged.firsts, strict=True):
            own = source.part(first, first + len(numbers))
            assert [merged.terms[number] for number in numbers.tolist()] == own
    assert found == sorted(set().union(*held))


def test_items_are_gathered_by_term_then_by_source() -> None:
    parts = [np.array([1, 2, 5]), np.array([3, 4, 6])]
    counts = [np.array([2, 0, 1]), np.array([1, 1, 1])]
    assert gathered(parts, counts).tolist() == [1, 2, 3, 4, 5, 6]
