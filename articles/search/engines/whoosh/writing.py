"""A Whoosh writer that takes a whole text at a time.

Whoosh's own pool keeps one tuple a posting, sorts them all, and pickles the positions of each. Here the words of
a text go into flat arrays as numbers; one stable sort when the segment is written puts equal terms together,
and documents and positions are in order already. Memory is bounded by committing in batches.
"""

from array import array
from collections.abc import Collection, Iterator
from pathlib import Path
from secrets import token_hex
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3Segment
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from articles.search.engines.whoosh.analysing import Analysed, SetBatch, TextBatch
from articles.search.engines.whoosh.damage import note_sizes
from articles.search.engines.whoosh.fields import (
    NARROW,
    WIDE,
    WIDE_MARK,
    DistinctTerms,
    Given,
    Occurrences,
    PlacedField,
    TermSet,
    decode,
)
from articles.search.engines.whoosh.posting_blocks import BlockWriter, inlined
from articles.search.engines.whoosh.segment_words import WordsWriter, words_path
from articles.search.engines.whoosh.term_dictionary import TermsWriter

BLOCK_POSTINGS = 1024  # a block is the unit of decoding: larger ones suit reading whole lists
TERMS_AT_A_TIME = 4096
INLINE_POSTINGS = 8  # lists up to this length stand in the dictionary itself: most terms are rare
SMALL_SEGMENT = 250  # documents; up to this size segments are merged, once there are more than FEW of them
FEW = 6

PostingTuple = tuple[str, bytes, int, float, bytes]
PostingList = tuple[list[int], list[float], list[bytes]]


class TermNumbers(dict[str, int]):
    """Numbers the terms of a field in the order in which they come."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class TextPool:
    """All occurrences in one text field: for each the term's number, the document and the position."""

    def __init__(self) -> None:
        self.numbers = TermNumbers()
        self.terms, self.documents, self.places = array("I"), array("I"), array("I")

    def add_text(self, occurrences: Occurrences, document: int) -> None:
        numbers = self.numbers
        self.terms.extend([numbers[term] for term in occurrences.terms])
        self.documents.extend([document] * len(occurrences.terms))
        self.places.extend(occurrences.places)

    def add_batch(self, batch: TextBatch, first: int) -> None:
        """What an analysed batch says whose first document is `first`."""
        numbers = np.array([self.numbers[term] for term in batch.terms], dtype=np.uint32)
        self.terms.frombytes(numbers[batch.numbers].tobytes())
        self.documents.frombytes((batch.documents + np.uint32(first)).tobytes())
        self.places.frombytes(batch.places.tobytes())

    def add_posting(self, term: str, document: int, value: bytes) -> None:
        """A posting of a segment that is being merged."""
        places = decode(value)
        self.terms.extend([self.numbers[term]] * len(places))
        self.documents.extend([document] * len(places))
        self.places.frombytes(places.tobytes())

    def posting_lists(self) -> Iterator[tuple[bytes, PostingList]]:
        """Terms in the order of their bytes, each with its documents, frequencies and encoded positions."""
        names = sorted(self.numbers)  # letters are in the same order as their bytes
        rank = np.empty(len(names), dtype=np.uint64)
        rank[[self.numbers[name] for name in names]] = np.arange(len(names), dtype=np.uint64)
        ranks = rank[np.frombuffer(self.terms, dtype=np.uint32)]
        documents = np.frombuffer(self.documents, dtype=np.uint32)
        # Within a term, documents and positions come in order. Rank and place as one number sort fastest.
        keys = np.sort(ranks << np.uint64(32) | np.arange(len(ranks), dtype=np.uint64))
        order = keys & np.uint64(0xFFFFFFFF)
        return _grouped(
            [name.encode() for name in names],
            ranks[order],
            documents[order],
            np.frombuffer(self.places, dtype=np.uint32)[order],
        )


def _grouped(
    names: list[bytes], ranks: NDArray[np.uint32], documents: NDArray[np.uint32], places: NDArray[Any]
) -> Iterator[tuple[bytes, PostingList]]:
    new_term = np.diff(ranks, prepend=ranks[:1] + 1) != 0
    new_posting = new_term | (np.diff(documents, prepend=documents[:1] + 1) != 0)
    starts = np.nonzero(new_posting)[0]
    bounds = np.append(np.nonzero(new_term[starts])[0], len(starts))
    ids, cuts = documents[starts], np.append(starts, len(ranks))
    # A few thousand terms at a time: numbers as Python objects take five times the room.
    for first in range(0, len(names), TERMS_AT_A_TIME):
        last = min(first + TERMS_AT_A_TIME, len(names))
        yield from _chunk(names[first:last], bounds[first : last + 1], ids, cuts, places)


def _chunk(
    names: list[bytes], bounds: NDArray[Any], ids: NDArray[Any], cuts: NDArray[Any], places: NDArray[Any]
) -> Iterator[tuple[bytes, PostingList]]:
    """Posting lists of `names`: the postings of name i stand from bounds[i] to bounds[i + 1]."""
    start, end = int(bounds[0]), int(bounds[-1])
    documents = ids[start:end].tolist()
    edges = (cuts[start : end + 1] - cuts[start]).tolist()
    frequencies = np.diff(cuts[start : end + 1]).astype(np.float64).tolist()
    values = _encoded(places[cuts[start] : cuts[end]], edges)
    limits = (bounds - start).tolist()
    for name, low, high in zip(names, limits, limits[1:], strict=False):
        yield name, (documents[low:high], frequencies[low:high], values[low:high])


def _encoded(places: NDArray[np.uint32], edges: list[int]) -> list[bytes]:
    """The positions of each posting: those of posting i stand from edges[i] to edges[i + 1]."""
    small = places.astype(NARROW).tobytes()
    size = NARROW.itemsize
    values = [small[a * size : b * size] for a, b in zip(edges, edges[1:], strict=False)]
    if len(places) and places.max() > np.iinfo(NARROW).max:
        for number, (a, b) in enumerate(zip(edges, edges[1:], strict=False)):
            if places[b - 1] > np.iinfo(NARROW).max:
                values[number] = WIDE_MARK + places[a:b].astype(WIDE).tobytes()
    return values


class SetPool:
    """The terms of one field that tells nothing but which documents hold them, and those documents."""

    def __init__(self) -> None:
        self.numbers = TermNumbers()
        self.terms, self.documents = array("I"), array("I")

    def add_terms(self, found: Collection[str], document: int) -> None:
        numbers = self.numbers
        self.terms.extend([numbers[term] for term in found])
        self.documents.extend([document] * len(found))

    def add_batch(self, batch: SetBatch, first: int) -> None:
        """What an analysed batch says whose first document is `first`."""
        numbers = np.array([self.numbers[term] for term in batch.terms], dtype=np.uint32)
        self.terms.frombytes(numbers[batch.numbers].tobytes())
        self.documents.frombytes((batch.documents + np.uint32(first)).tobytes())

    def posting_lists(self) -> Iterator[tuple[bytes, PostingList]]:
        """Terms in the order of their bytes, each with its documents."""
        names = sorted((term.encode(), number) for term, number in self.numbers.items())
        terms = np.frombuffer(self.terms, dtype=np.uint32)
        documents = np.frombuffer(self.documents, dtype=np.uint32)[np.argsort(terms, kind="stable")]
        ends = np.cumsum(np.bincount(terms, minlength=len(names))).tolist()
        for name, number in names:
            ids = documents[ends[number - 1] if number else 0 : ends[number]].tolist()
            yield name, (ids, [1.0] * len(ids), [b""] * len(ids))


class Pool:
    """Collects what a writer adds: texts and their terms as arrays, all other fields as postings by term."""

    def __init__(self, schema: Any) -> None:
        self.schema = schema
        self.texts: dict[str, TextPool] = {}
        self.sets: dict[str, SetPool] = {}
        self.others: dict[str, dict[bytes, PostingList]] = {}

    def add(self, posting: tuple[str, Any, int, float, Any]) -> None:
        """Whoosh's interface: one posting, or (from our own fields) all that a text says."""
        field, term, document, weight, value = posting
        match term:
            case Occurrences():
                self.texts.setdefault(field, TextPool()).add_text(term, document)
            case TermSet(terms):
                self.sets.setdefault(field, SetPool()).add_terms(terms, document)
            case Given():
                pass  # `add_analysed` brings what it stands for
            case _ if isinstance(self.schema[field], PlacedField):
                self.texts.setdefault(field, TextPool()).add_posting(term.decode(), document, value)
            case _ if isinstance(self.schema[field], DistinctTerms):
                self.sets.setdefault(field, SetPool()).add_terms((term.decode(),), document)
            case _:
                ids, weights, values = self.others.setdefault(field, {}).setdefault(term, ([], [], []))
                ids.append(document)
                weights.append(weight)
                values.append(value)

    def add_analysed(self, analysed: Analysed, first: int) -> None:
        """What the texts of a batch say whose first document is `first`."""
        for field, texts in analysed.texts.items():
            self.texts.setdefault(field, TextPool()).add_batch(texts, first)
        for field, sets in analysed.sets.items():
            self.sets.setdefault(field, SetPool()).add_batch(sets, first)

    def iter_postings(self) -> Iterator[tuple[str, Iterator[tuple[bytes, PostingList]]]]:
        """The fields in order, each with its posting lists in the order of terms."""
        for field in sorted({*self.texts, *self.sets, *self.others}):
            if field in self.texts:
                yield field, self.texts.pop(field).posting_lists()
            elif field in self.sets:
                yield field, self.sets.pop(field).posting_lists()
            else:
                yield field, iter(sorted(self.others.pop(field).items()))

    def cleanup(self) -> None:
        self.texts.clear()
        self.sets.clear()
        self.others.clear()


class ListFieldWriter(W3FieldWriter):
    """Writes whole posting lists in the layout of Whoosh's own codec, which can read them."""

    _tindex: Any

    def __init__(self, codec: W3Codec, storage: Any, segment: W3Segment) -> None:
        super().__init__(codec, storage, segment)
        file = self._tindex.dbfile
        file.seek(0)
        self._tindex = TermsWriter(file)
        self._tindex.extras["fieldmap"] = self._fieldmap

    def add_postings(self, schema: Any, lengths: Any, fields: Any) -> None:
        words = WordsWriter(words_path(self._storage, self._segment))
        for name, posting_lists in fields:
            self.start_field(name, schema[name])
            looked_through = getattr(schema[name], "level", "") == "surface"
            for term, listed in posting_lists:
                self._add_list(term, listed)
                if looked_through:
                    words.add(name, term, len(listed[0]))
            self.finish_field()
        words.write()

    def _add_list(self, term: bytes, listed: PostingList) -> None:
        ids, weights, values = listed
        if len(ids) <= INLINE_POSTINGS:
            # The key as finish_term() writes it: the field's number, then the term.
            self._tindex.add(self._fieldid.to_bytes(2, "big") + term, inlined(ids, weights, values))
            return
        self.start_term(term)
        blocks = self._postwriter
        for start in range(0, len(ids), BLOCK_POSTINGS):
            if start:
                blocks._write_block()
            part = slice(start, start + BLOCK_POSTINGS)
            blocks._ids, blocks._weights = array("I", ids[part]), array("f", weights[part])
            blocks._values = values[part]
            blocks._maxweight = max(blocks._weights)
            # Bounds for Whoosh's own scorers; a length of 1 is never an underestimate of a block's quality.
            blocks._minlength, blocks._maxlength = 1, 1
        self.finish_term()


class ArchiveCodec(W3Codec):
    """Whoosh's codec, written list by list. Its name stands in every segment: it must not move."""

    length_stats = False  # the writer needs no lengths to be read back: add_postings ignores them

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK_POSTINGS, compression=1, inlinelimit=0)

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:
        # Whoosh draws names from the generator that everybody seeds; one drawn twice would overwrite a live segment.
        return W3Segment(self, indexname, segid=token_hex(8))

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> BlockWriter:
        return BlockWriter(dbfile, self._blocklimit, byteids, self._compression, self._inlinelimit)

    def field_writer(self, storage: Any, segment: Any) -> ListFieldWriter:
        return ListFieldWriter(self, storage, segment)


class ArchiveWriter(SegmentWriter):
    """Whoosh's writer, which notes the sizes of the files it has written."""

    def _commit_toc(self, segments: list[Any]) -> None:
        for segment in segments:
            note_sizes(Path(self.storage.folder), segment)
        super()._commit_toc(segments)


def open_writer(index: Any) -> SegmentWriter:
    """A writer on `index`; the caller holds the folder's lock, in the place of Whoosh's own."""
    # A reader of a compound segment would copy it whole into memory.
    writer = ArchiveWriter(index, _lk=False, compound=False, codec=ArchiveCodec())
    writer.pool = Pool(writer.schema)
    return writer


def add_documents(writer: SegmentWriter, analysed: Analysed) -> None:
    """Write an analysed batch."""
    first = writer.docnum
    for document in analysed.documents:
        writer.add_document(**document)
    writer.pool.add_analysed(analysed, first)


def write_segment(index: Any, analysed: Analysed) -> W3Segment:
    """Write a segment that no state of the index holds yet; any number of processes may do so at once."""
    writer = open_writer(index)
    try:
        add_documents(writer, analysed)
        return writer._finalize_segment()
    finally:
        writer._finish()


def commit_segments(index: Any, segments: list[W3Segment]) -> None:
    """Take finished segments into the index, in one step."""
    writer = open_writer(index)
    writer.segments.extend(segments)
    writer.commit(mergetype=lambda _writer, held: held)


def merge_small(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """A merge policy: when small segments have piled up, write them into the new one; leave larger ones alone.

    A segment is taken in only when it is at most twice the size of all smaller ones together, so that a document
    is written again a few times at most, however often single articles are saved.
    """
    chosen: list[Any] = []
    documents = 0
    for segment in sorted(segments, key=lambda segment: segment.doc_count_all()):
        size = segment.doc_count_all()
        if size > SMALL_SEGMENT or (chosen and size > 2 * documents):
            break
        chosen.append(segment)
        documents += size
    if len(chosen) <= FEW:
        return segments
    for segment in chosen:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in segments if segment not in chosen]
