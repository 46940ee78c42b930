"""What an engine tells of the words of its index, for corrections and suggestions."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from articles.search.spelling import Meant
from articles.search.syntax import FieldName
from articles.search.transliteration import Sounding
from articles.search.word_list import Counted


class KnownWords(Protocol):
    """The words of articles that readers may see, in one state of the index; whatever else it holds is not told.

    Words are given and taken normalised.
    """

    @property
    def documents(self) -> int:
        """The number of articles that readers may see."""

    def count(self, word: str) -> int:
        """How many articles hold the word; an estimate where counting would take long, never 0 for one that is held."""

    def common(self, word: str) -> int:
        """As `count`, at once, and 0 for words too rare to be kept at hand."""

    def completions(self, prefix: str, *, field: FieldName | None = None, limit: int) -> list[Counted]:
        """Words that begin with `prefix`, by themselves or behind the article, the most frequent first."""

    def meant(self, word: str, *, limit: int) -> list[Meant]:
        """Words that are far more frequent than `word` and a few easy edits away."""

    def sounding(self, word: str, *, limit: int) -> list[Sounding]:
        """Arabic words that a word in Latin letters stands for, and the other way round."""

    def written(self, word: str) -> str:
        """The word with its letters as articles write it most often."""

    def common_stems(self, count: int) -> Mapping[str, str]:
        """The stems of about so many words that most articles hold, hidden ones too; these words are as written."""

    def titled(self, words: Sequence[str], prefix: str, *, limit: int) -> list[int]:
        """Keys of articles whose titles hold the words and one that begins with `prefix`, the newest first."""

    def named(self, field: FieldName, words: Sequence[str], prefix: str, *, limit: int) -> list[Counted]:
        """Sources (by slug), authors or places (by name) that hold the words and one that begins with `prefix`."""
