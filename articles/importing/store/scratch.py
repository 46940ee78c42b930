"""What a dry run would have written, remembered outside the memory: later items may be the same ones."""

import sqlite3
import zlib
from collections.abc import Collection, Iterable


class Scratch:
    """A set of strings in a temporary file of SQLite's, which goes with the connection."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect("", isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = OFF")
        self.connection.execute("PRAGMA cache_size = -32000")  # kilobytes
        self.connection.execute(
            "BEGIN"
        )  # and never committed: the table needs no disk before it outgrows the cache
        self.connection.execute("CREATE TABLE held (word TEXT PRIMARY KEY) WITHOUT ROWID")
        self.connection.execute("CREATE TABLE kept (word TEXT PRIMARY KEY, packed BLOB)")

    def add(self, words: Iterable[str]) -> None:
        self.connection.executemany("INSERT OR IGNORE INTO held VALUES (?)", [(word,) for word in words])

    def held(self, words: Collection[str]) -> set[str]:
        """Those of the words that were added before."""
        find = self.connection.execute
        return {word for word in words if find("SELECT 1 FROM held WHERE word = ?", (word,)).fetchone()}

    def keep(self, word: str, content: bytes) -> None:
        """Remember bytes under a word."""
        self.connection.execute(
            "INSERT OR REPLACE INTO kept VALUES (?, ?)", (word, zlib.compress(content, 1))
        )

    def kept(self, word: str) -> bytes | None:
        row = self.connection.execute("SELECT packed FROM kept WHERE word = ?", (word,)).fetchone()
        return zlib.decompress(row[0]) if row else None

    def close(self) -> None:
        self.connection.close()
