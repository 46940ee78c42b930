"""A window that slides over a stream of text: it grows when more is needed and forgets what is done."""

from collections.abc import Iterator

from articles.importing.limits import MAX_ITEM


class SlidingText:
    """`text[start:]` is what lies ahead; `line` counts the lines up to `start`."""

    def __init__(self, pieces: Iterator[str], *, limit: int = MAX_ITEM) -> None:
        self.pieces = pieces
        self.limit = limit
        self.text = ""
        self.start = 0
        self.line = 1
        self.ended = False

    def grow(self) -> bool:
        """Read about as much again as lies ahead; false at the end of the stream or of the item's limit.

        Doubling keeps the cost of trying again linear in the size of the item.
        """
        if self.ended or self.is_full():
            return False
        ahead = len(self.text) - self.start
        fresh: list[str] = []
        wanted = max(ahead, 1)
        while wanted > 0 and (piece := next(self.pieces, None)) is not None:
            fresh.append(piece)
            wanted -= len(piece)
        self.ended = wanted > 0
        if fresh:
            self.text = "".join((self.text[self.start :], *fresh))
            self.start = 0
        return bool(fresh)

    def is_full(self) -> bool:
        """Whether more lies ahead than one item may hold."""
        return len(self.text) - self.start > self.limit

    def take(self, end: int) -> str:
        """The text up to `end`; the window begins there from now on."""
        taken = self.text[self.start : end]
        self.line += taken.count("\n")
        self.start = end
        return taken

    def skip(self, characters: str) -> str:
        """Pass over any of `characters`; the character that follows, empty at the end of the stream."""
        while True:
            end = self.start
            while end < len(self.text) and self.text[end] in characters:
                end += 1
            self.take(end)
            if end < len(self.text):
                return self.text[end]
            if not self.grow():
                return ""
