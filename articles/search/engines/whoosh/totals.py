"""How many hits each of several searches has: what matches and nothing else."""

from collections.abc import Sequence

from articles.search.engines.contract import QueryTooCostly, Question
from articles.search.engines.deadline import Deadline
from articles.search.engines.whoosh import collapsing
from articles.search.engines.whoosh.evaluation import Evaluation
from articles.search.engines.whoosh.narrowing import matched
from articles.search.engines.whoosh.snapshot import Snapshot


def totals(snapshot: Snapshot, questions: Sequence[Question], deadline: Deadline) -> list[int | None]:
    """The total of each question, in order; None for those that the time did not suffice for."""
    evaluation = Evaluation(snapshot, deadline)
    counts: list[int | None] = []
    try:
        for question in questions:
            found = matched(snapshot, question, evaluation.matches(question.tree))
            counts.append(collapsing.total(snapshot, found, question.copies))
    except QueryTooCostly:
        counts += [None] * (len(questions) - len(counts))
    return counts
