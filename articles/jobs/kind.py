"""A kind of work: what stands in the rows of its jobs, what does it, and the words for its outcomes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from articles.jobs.work import Work


@dataclass(frozen=True, slots=True)
class JobKind:
    """`name` stands in the rows; `do` does it, and may be called again for a job whose process died.

    `outcomes` are the words for what `Work.counts` counts. With `is_indexed` what changed is indexed after it.
    """

    name: str
    do: Callable[[Work], None]
    outcomes: Mapping[str, Any]
    is_indexed: bool = True
