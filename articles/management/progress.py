"""Progress on a terminal: a bar with rate and time left, nothing where the output is no terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tqdm import tqdm


@contextmanager
def progress_bar(total: int | None, unit: str, stream: Any) -> Iterator[tqdm]:
    """A bar on `stream`; `disable=None` is tqdm's word for «only on a terminal»."""
    with tqdm(total=total, unit=unit, unit_scale=True, file=stream, disable=None, leave=False) as bar:
        yield bar
