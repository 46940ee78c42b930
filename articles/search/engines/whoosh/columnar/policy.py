"""Which segments are merged, so that there are few of them and each document is written a few times only.

When there are more than FEW, the smallest are merged, and with them each next larger one that is at most RATIO times
as large as all smaller ones together. Those left are each more than RATIO times as large as all smaller ones, so that
there can be about log(documents) of them; and a document that is written again stands in a segment at least half as
large again as the one before, so that it is written about log(documents) times however its neighbours come.
"""

from collections.abc import Iterable

from articles.search.engines.whoosh.columnar.segment import ColumnarSegment

FEW = 10
TOGETHER = 64  # of an index that nobody searches yet: so many of a size are merged at once, so each document once more
RATIO = 2
MOST_DELETED = 0.4  # of a segment's documents: with more of them it is written anew


def to_merge(segments: Iterable[ColumnarSegment], few: int = FEW) -> list[ColumnarSegment]:
    """The segments to write as one, in their order; none where all is well. Those without documents are all given."""
    ordered = list(segments)
    chosen = {id(each) for each in ordered if not each.doc_count() or _is_wasteful(each)}
    if len(ordered) > few:
        chosen |= {id(each) for each in _smallest(ordered)}
    return [each for each in ordered if id(each) in chosen]


def _is_wasteful(segment: ColumnarSegment) -> bool:
    return segment.deleted_count() > MOST_DELETED * segment.doc_count_all()


def _smallest(segments: list[ColumnarSegment]) -> list[ColumnarSegment]:
    chosen: list[ColumnarSegment] = []
    documents = 0
    for segment in sorted(segments, key=lambda each: each.doc_count()):
        if len(chosen) > 1 and segment.doc_count() > RATIO * documents:
            break
        chosen.append(segment)
        documents += segment.doc_count()
    return chosen
