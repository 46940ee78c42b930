"""Lines of a stream of text, one at a time; a line without end cannot fill the memory."""

from collections.abc import Iterable, Iterator

from articles.importing.limits import MAX_ITEM


def split(pieces: Iterable[str], *, end: str = "\n", limit: int = MAX_ITEM) -> Iterator[str | None]:
    """Each line with its end; None stands for a line longer than `limit`, whose text is let go.

    >>> list(split(["a\\nb", "c\\n", "d"]))
    ['a\\n', 'bc\\n', 'd']
    >>> list(split(["a\\nbbb", "bbb", "b\\nc"], limit=4))
    ['a\\n', None, 'c']
    """
    rest, dropping = "", False
    for piece in pieces:
        *whole, rest = (rest + piece).split(end)
        for line in whole:
            yield None if dropping or len(line) >= limit else line + end
            dropping = False
        if len(rest) > limit:
            rest, dropping = "", True
    if rest or dropping:
        yield None if dropping else rest
