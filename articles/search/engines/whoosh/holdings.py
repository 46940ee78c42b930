"""What there is under some filters, counted in one pass over the columns: nothing is evaluated, nothing ordered."""

import numpy as np

from articles.search.engines import schema
from articles.search.engines.contract import Holdings, Question
from articles.search.engines.whoosh.facets import COLUMNS, all_counts, period, timeline_of
from articles.search.engines.whoosh.matches import Documents, everything
from articles.search.engines.whoosh.narrowing import matched
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.request import FacetName

MONTHS = 10**6  # a year and a month as one number are below it


def holdings(snapshot: Snapshot, question: Question, over_time: FacetName | None) -> Holdings:
    """Count the articles that the filters of `question` let through; its tree is not looked at."""
    found = matched(snapshot, question, everything(snapshot.size))
    return Holdings(
        total=len(found),
        timeline=timeline_of(snapshot, found),
        facets={facet: all_counts(snapshot, facet, found) for facet in question.facets},
        timelines=_timelines(snapshot, over_time, found) if over_time else {},
    )


def _timelines(snapshot: Snapshot, facet: FacetName, found: Documents) -> dict[str, dict[str, int]]:
    """The timeline of each value of a facet that has a column; an article with several values counts for each."""
    column = snapshot.texts[COLUMNS[facet]]
    months = snapshot.numbers[schema.PUBLISHED][found] // 100
    pairs, counts = np.unique(column.codes[found].astype(np.int64) * MONTHS + months, return_counts=True)
    timelines: dict[str, dict[str, int]] = {}
    for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
        code, month = divmod(pair, MONTHS)
        for value in filter(None, column.values[code].split(schema.VALUE_BREAK)):
            timeline = timelines.setdefault(value, {})
            timeline[period(month)] = timeline.get(period(month), 0) + count
    return timelines
