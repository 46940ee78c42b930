"""The entries of an RSS or Atom feed as they stand in it, one at a time, without parsing the rest.

A feed may be malformed, larger than memory or full of entities: each entry is cut out whole and parsed alone, so that a
broken one costs nothing but itself.
"""

import re
from collections.abc import Iterator

from articles.importing.limits import MAX_HEAD, MAX_ITEM
from articles.importing.readers.sliding import SlidingText

TOKEN = re.compile(
    r"<!\[CDATA\[|<!--|<\?|<(?P<close>/?)(?:atom:|rss:)?(?:item|entry)(?=[\s>])[^<>]{0,2000}(?P<empty>/?)>",
    re.IGNORECASE,
)
# What hides tags, and what ends it.
HIDING = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}
LONGEST_TOKEN = 2100


class Entries:
    """`head` is what stands before the first entry, once that was asked for."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self.window = SlidingText(pieces, limit=MAX_ITEM)
        self.seen = 0  # characters ahead that were looked through
        self.head = ""

    def __iter__(self) -> Iterator[str | None]:
        """Each entry with its tags; None for one that is larger than an item may be."""
        is_open = first = False
        while True:
            token = self._token()
            if token is None and not self.window.is_full():
                break
            if token is None or (not token["close"] and not token["empty"]):
                text = self.window.take(token.start() if token else len(self.window.text))
                if is_open:
                    yield text if token else None
                elif not first:
                    first, self.head = True, text[-MAX_HEAD:] if len(text) > MAX_HEAD else text
                is_open, self.seen = token is not None, len(token[0]) if token else 0
            elif token["close"] and is_open:
                yield self.window.take(token.end())
                is_open, self.seen = False, 0
        if is_open:
            yield self.window.take(len(self.window.text))
        elif not first:
            self.head = self.window.text[:MAX_HEAD]

    def _token(self) -> re.Match[str] | None:
        """The next tag of an entry; None when there is none ahead, or no room to look further."""
        window = self.window
        while True:
            token = TOKEN.search(window.text, window.start + self.seen)
            if token is None:
                self.seen = max(self.seen, len(window.text) - window.start - LONGEST_TOKEN)
                if not window.grow():
                    return None
                continue
            if token[0] not in HIDING:
                self.seen = token.end() - window.start
                return token
            begin = token.start() - window.start
            self.seen = self._behind(HIDING[token[0]], begin + len(token[0]))

    def _behind(self, end: str, begin: int) -> int:
        """Where what is hidden ends; its beginning where it never does."""
        window, searched = self.window, begin
        while (found := window.text.find(end, window.start + searched)) < 0:
            searched = max(begin, len(window.text) - window.start - len(end))
            if not window.grow():
                return begin
        return found - window.start + len(end)
