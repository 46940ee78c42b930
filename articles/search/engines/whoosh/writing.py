"""A Whoosh writer that takes a whole text at a time, and merges segments when many have piled up.

A commit is one step: the files of the new segment are flushed to the disk, then the table of contents that names them
takes the place of the one before. Segments are merged after it and committed once more, so that nobody waits for that.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from whoosh.index import clean_files
from whoosh.writing import SegmentWriter

from articles.search.engines.whoosh.analysing import Analysed
from articles.search.engines.whoosh.batch_writing import add_documents
from articles.search.engines.whoosh.columnar.arrays import EXTENSIONS
from articles.search.engines.whoosh.columnar.contents import write_contents
from articles.search.engines.whoosh.columnar.merging import merge
from articles.search.engines.whoosh.columnar.policy import TOGETHER, to_merge
from articles.search.engines.whoosh.columnar.pool import Pool
from articles.search.engines.whoosh.columnar.segment import ColumnarCodec, ColumnarSegment
from articles.search.engines.whoosh.columnar.sharing import merge_together

Counted = tuple[int, ColumnarSegment]  # how many articles, and their segment
Policy = Callable[[list[ColumnarSegment]], list[ColumnarSegment]]


class ArchiveWriter(SegmentWriter):
    """Writes segments of arrays; one writer at a time, which the caller sees to."""

    segments: list[ColumnarSegment]

    def __init__(self, index: Any) -> None:
        super().__init__(index, _lk=False, compound=False, codec=ColumnarCodec())
        self.folder = Path(self.storage.folder)
        self.pool = Pool(self.schema)

    def commit(self, mergetype: Policy = to_merge) -> None:
        """Commit what was added and deleted; then merge the segments that `mergetype` chooses, if any."""
        self._check_state()
        if self._added:
            self.segments.append(self._finalize_segment())
        else:
            self._close_segment()
        self._commit_toc(self.segments)
        self._merge(mergetype)
        self._finish()

    def _flush_segment(self) -> None:
        segment = self.get_segment()
        self.perdocwriter.write()
        self.fieldwriter.add_postings(self.schema, None, self.pool.iter_postings())
        self.perdocwriter.close()
        self.fieldwriter.close()
        self.newsegment = segment

    def _merge(self, policy: Policy) -> None:
        chosen = policy(self.segments)
        if not chosen:
            return
        kept = [segment for segment in self.segments if segment not in chosen]
        with_documents = [segment for segment in chosen if segment.doc_count()]
        if with_documents:
            kept.append(merge(self.folder, with_documents))
        self.segments = kept
        self.generation += 1
        self._commit_toc(kept)

    def _commit_toc(self, segments: list[ColumnarSegment]) -> None:
        write_contents(self.folder, self.schema, segments, self.generation)
        # Readers have the files of their state mapped, so that they may go.
        clean_files(self.storage, self.indexname, self.generation, segments)
        for unfinished in self.folder.glob(f"_{self.indexname}_*.toc.*"):  # of a writer that died
            unfinished.unlink(missing_ok=True)


def open_writer(index: Any) -> ArchiveWriter:
    """A writer on `index`; the caller holds the folder's lock, in the place of Whoosh's own."""
    return ArchiveWriter(index)


def write_segment(index: Any, analysed: Analysed) -> ColumnarSegment:
    """Write a segment that no state of the index holds yet; any number of processes may do so at once."""
    writer = open_writer(index)
    try:
        add_documents(writer, analysed)
        del analysed  # what is written of it is let go of field by field
        segment: ColumnarSegment = writer._finalize_segment()
    finally:
        writer._finish()
    return segment


def merged_while_built(
    folder: Path, segments: Iterable[Counted], processes: Executor, done: Callable[[int], None]
) -> list[ColumnarSegment]:
    """The segments of an index that nobody searches yet, some of them merged so that there are never many.

    They come with the number of articles of each, which `done` is told. Merges are done by `processes`.
    """
    levels: list[list[ColumnarSegment]] = [[]]  # those of one level have been merged as often
    merging: list[Merging] = []
    for count, segment in segments:
        levels[0].append(segment)
        for level in range(len(levels)):
            if len(levels[level]) >= TOGETHER:
                merging.append(Merging(levels[level], processes.submit(merge, folder, levels[level]), level))
                levels[level] = []
        for each in [each for each in merging if each.merged.done()]:
            merging.remove(each)
            if len(levels) == each.level + 1:
                levels.append([])
            levels[each.level + 1].append(each.ended(folder))
        done(count)
    return [*chain.from_iterable(reversed(levels)), *(each.ended(folder) for each in merging)]


class Merging(NamedTuple):
    """Segments of a level that a process merges."""

    segments: list[ColumnarSegment]
    merged: Future[ColumnarSegment]
    level: int

    def ended(self, folder: Path) -> ColumnarSegment:
        """Wait for the merged segment, and remove the others."""
        merged = self.merged.result()
        for segment in self.segments:
            remove(folder, segment)
        return merged


def all_together(folder: Path, segments: list[ColumnarSegment], processes: Executor) -> list[ColumnarSegment]:
    """One segment of everything, for the end of a build; the processes share in the work."""
    if len(segments) < 2:
        return segments
    merged = merge_together(folder, segments, processes)
    for segment in segments:
        remove(folder, segment)
    return [merged]


def replace_articles(
    index: Any, drafts: Path, gone: Iterable[int], segments: Iterable[ColumnarSegment]
) -> None:
    """Commit segments that were written to the folder `drafts`, in the place of the documents `gone`."""
    writer = open_writer(index)
    try:
        for document in gone:
            writer.delete_document(document)
        for segment in segments:
            for extension in EXTENSIONS:
                name = segment.make_filename(extension)
                (drafts / name).rename(writer.folder / name)
            writer.segments.append(segment)
    except BaseException:
        writer.cancel()
        raise
    writer.commit()


def commit_segments(index: Any, segments: list[ColumnarSegment]) -> None:
    """Take finished segments into a new index."""
    writer = open_writer(index)
    writer.segments.extend(segments)
    writer.commit(lambda _segments: [])


def remove(folder: Path, segment: ColumnarSegment) -> None:
    """Remove the files of a segment that was merged."""
    for extension in EXTENSIONS:
        (folder / segment.make_filename(extension)).unlink(missing_ok=True)


def all_in_one(segments: list[ColumnarSegment]) -> list[ColumnarSegment]:
    """One segment of everything."""
    return segments if len(segments) > 1 else []
