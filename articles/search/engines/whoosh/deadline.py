"""The time that a query may take."""

import time
from dataclasses import dataclass

from articles.search.engines.contract import QueryTooCostly


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time.monotonic() moment, looked at in every loop whose length a reader's query decides."""

    moment: float

    def check(self) -> None:
        """Raises QueryTooCostly when the moment has passed."""
        if time.monotonic() > self.moment:
            raise QueryTooCostly("the query used up its time")
