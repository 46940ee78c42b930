"""A segment as the table of contents holds it, and the codec that reads and writes its files.

The class of a segment stands in every table of contents by name: it must not move.
"""

from collections.abc import Iterable
from pathlib import Path
from secrets import token_hex
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Codec, FieldWriter, Segment

from articles.search.engines.whoosh.columnar.arrays import TERMS, open_arrays
from articles.search.engines.whoosh.columnar.dictionary import ArrayTermsReader
from articles.search.engines.whoosh.columnar.documents import EXTENSION as DOCUMENTS
from articles.search.engines.whoosh.columnar.documents import DocumentsReader, DocumentsWriter
from articles.search.engines.whoosh.columnar.layout import ArrayWriter


class ColumnarSegment(Segment):
    """Documents are numbered from 0; the deleted ones are still in the files."""

    def __init__(self, indexname: str, count: int = 0) -> None:
        self.indexname = indexname
        # Whoosh draws names from the generator that everybody seeds; one drawn twice would overwrite a live segment.
        self.segid = token_hex(8)
        self.compound = False
        self.count = count
        self.deleted: set[int] = set()

    def __getstate__(self) -> dict[str, Any]:
        """A set of many numbers is slow to read: they are kept as an array."""
        return {**self.__dict__, "deleted": np.array(sorted(self.deleted), dtype="<u4").tobytes()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__ = {**state, "deleted": set(np.frombuffer(state["deleted"], dtype="<u4").tolist())}

    def codec(self) -> "ColumnarCodec":
        return ColumnarCodec()

    def should_assemble(self) -> bool:
        return False  # a reader of one file of files would copy it whole into memory

    def set_doc_count(self, doccount: int) -> None:
        self.count = doccount

    def doc_count_all(self) -> int:
        return self.count

    def deleted_count(self) -> int:
        return len(self.deleted)

    def deleted_docs(self) -> Iterable[int]:
        return iter(self.deleted)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        if delete:
            self.deleted.add(docnum)
        else:
            self.deleted.discard(docnum)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self.deleted

    def live(self) -> NDArray[np.bool_]:
        """For each document whether it is still there."""
        mask = np.ones(self.count, dtype=np.bool_)
        mask[np.fromiter(self.deleted, dtype=np.int64, count=len(self.deleted))] = False
        return mask


class PoolWriter(FieldWriter):
    """Writes what a `Pool` has collected."""

    def __init__(self, path: Path, segment: ColumnarSegment) -> None:
        self.path = path
        self.segment = segment
        self.is_closed = False

    def add_postings(self, schema: Any, lengths: Any, fields: Any) -> None:
        with ArrayWriter(self.path) as writer:
            for name, pool in fields:
                pool.write(writer, name, self.segment.count)
            writer.finish({})

    def close(self) -> None:
        self.is_closed = True


class ColumnarCodec(Codec):
    """Segments of two files each: what is kept of documents, and the postings of terms."""

    length_stats = False  # the writer needs no lengths to be read back

    def new_segment(self, storage: Any, indexname: str) -> ColumnarSegment:
        return ColumnarSegment(indexname)

    def per_document_writer(self, storage: Any, segment: ColumnarSegment) -> DocumentsWriter:
        return DocumentsWriter(Path(storage.folder) / segment.make_filename(DOCUMENTS))

    def field_writer(self, storage: Any, segment: ColumnarSegment) -> PoolWriter:
        return PoolWriter(Path(storage.folder) / segment.make_filename(TERMS), segment)

    def per_document_reader(self, storage: Any, segment: ColumnarSegment) -> DocumentsReader:
        return DocumentsReader(open_arrays(Path(storage.folder), segment).documents, segment)

    def terms_reader(self, storage: Any, segment: ColumnarSegment) -> ArrayTermsReader:
        return ArrayTermsReader(open_arrays(Path(storage.folder), segment))
