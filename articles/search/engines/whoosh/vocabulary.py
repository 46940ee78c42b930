"""The words of the index as readers may be told of them: completed, corrected, counted over visible articles."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from articles.arabic.analysis import STEM, SURFACE
from articles.arabic.stopwords import STOPWORDS
from articles.arabic.tokenization import words as tokens
from articles.search.engines import schema
from articles.search.engines.contract import Question
from articles.search.engines.deadline import Deadline
from articles.search.engines.whoosh.columnar.arrays import SegmentArrays
from articles.search.engines.whoosh.narrowing import visible
from articles.search.engines.whoosh.postings import document_frequency, encoded, postings
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.engines.whoosh.word_forms import stems_of_common_forms
from articles.search.engines.whoosh.word_lists import LISTS, FieldWords
from articles.search.spelling import Meant, likeliest, meant
from articles.search.syntax import Everything, FieldName
from articles.search.transliteration import Sounding
from articles.search.word_list import Counted

FIELDS = {
    None: schema.EXACT,
    FieldName.TITLE: schema.TITLE_EXACT,
    FieldName.SOURCE: schema.SOURCE_NAME,
    FieldName.AUTHOR: schema.AUTHOR_NAME,
    FieldName.SECTION: schema.SECTION_NAME,
    FieldName.PLACE: schema.PLACE_NAME,
    FieldName.COLLECTION: schema.COLLECTION_NAME,
}
LISTED = frozenset(FIELDS.values())
COLUMNS = {FieldName.SOURCE: schema.SOURCE, FieldName.AUTHOR: schema.AUTHOR, FieldName.PLACE: schema.PLACES}
ARTICLE = "ال"
WITH_ARTICLE = 0.5  # what a completion that only begins so behind an article counts for

LOOKED_AT = 40  # candidates that are looked up before the best of them are given
EXPANSIONS = 30  # words a prefix stands for where articles are looked for, as long as time suffices
SECONDS_OF_EXPANSION = 0.005
EXACTLY_COUNTED = 1_000  # documents; of a more frequent word the share of visible ones stands for all
FORM_SEGMENTS = 8  # the largest, in which the letters of a word are looked up
MOST_REMEMBERED = 20_000  # words whose letters are remembered, and prefixes
SHORT_PREFIX = 2  # letters


class Vocabulary:
    """`KnownWords` on one snapshot; `hidden` are keys of articles that must not be told of either.

    When `seconds` of work are spent no more is looked up, and the answer is made of what was.
    """

    def __init__(self, snapshot: Snapshot, hidden: AbstractSet[int], seconds: float) -> None:
        self.snapshot = snapshot
        self.deadline = Deadline(seconds)
        self.visible = visible(snapshot, Question(Everything(), hidden=hidden))
        self.documents = int(self.visible.sum())
        self.invisible = snapshot.size - self.documents

    def _words(self, name: str) -> FieldWords:
        key = f"words of {name}"
        if key not in self.snapshot.derived:
            with self.deadline.not_counted():
                self.snapshot.derived[key] = LISTS.of(self.snapshot, name)
        found: FieldWords = self.snapshot.derived[key]
        return found

    # Counting

    def count(self, word: str) -> int:
        return self._count(word, schema.EXACT)

    def common(self, word: str) -> int:
        held = sum(listed.words.count(word) for listed in self._words(schema.EXACT).lists)
        return self.count(word) if held and self.invisible else held

    def _count(self, word: str, name: str) -> int:
        """Exact where all is visible or the word is not too frequent; else from the share of visible documents."""
        held = self._words(name).count(word) if name in LISTED else None
        if held is None:
            held = document_frequency(self.snapshot, name, word)
        if not held or not self.invisible:
            return held
        if held <= max(EXACTLY_COUNTED, self.invisible):
            return int(self.visible[postings(self.snapshot, name, word).documents].sum())
        # More documents hold it than are invisible, so a visible one does.
        return max(1, round(held * self.documents / self.snapshot.size))

    def _counted(self, found: Iterable[Counted], name: str, limit: int) -> list[Counted]:
        """The first `limit` words that a visible article holds, with the number of these."""
        counted: list[Counted] = []
        for each in found:
            if len(counted) == limit or self.deadline.is_over():
                break
            if count := self._count(each.word, name):
                counted.append(Counted(each.word, count))
        return counted

    # Completing

    def completions(self, prefix: str, *, field: FieldName | None = None, limit: int) -> list[Counted]:
        name = FIELDS[field]
        likely = (each for each in self._beginning(name, prefix) if field or each.word not in STOPWORDS)
        return self._counted(islice(likely, LOOKED_AT), name, limit)

    def _beginning(self, name: str, prefix: str, *, behind_article: bool = True) -> list[Counted]:
        """`_ranked`, remembered for short prefixes, which everybody types and which most words begin with."""
        known: dict[tuple[str, str, bool], list[Counted]] = self.snapshot.derived.setdefault("beginning", {})
        key = name, prefix, behind_article and len(prefix) > 1
        if len(prefix) > SHORT_PREFIX or len(known) > MOST_REMEMBERED:
            return self._ranked(*key)
        if key not in known:
            known[key] = self._ranked(*key)
        return known[key]

    def _ranked(self, name: str, prefix: str, behind_article: bool) -> list[Counted]:
        """The most frequent words that begin with a prefix, or do so behind the article; the likeliest first."""
        weights: dict[str, float] = {}
        counts: dict[str, int] = {}
        for listed in self._words(name).lists:
            plain = listed.words.starting_with(prefix, LOOKED_AT)
            behind = listed.words.starting_with(ARTICLE + prefix, LOOKED_AT) if behind_article else []
            for each, weight in [(each, 1.0) for each in plain] + [(each, WITH_ARTICLE) for each in behind]:
                counts[each.word] = counts.get(each.word, 0) + each.count
                weights[each.word] = weights.get(each.word, 0.0) + weight * each.count
        ranked = sorted(counts, key=lambda word: (-weights[word], word))
        return [Counted(word, counts[word]) for word in ranked]

    # Correcting

    def meant(self, word: str, *, limit: int) -> list[Meant]:
        known, least = self.count(word), max(1, self.documents // 10_000)
        found = [
            each
            for listed in self._words(schema.EXACT).lists
            for each in meant(word, known, listed.words, limit=2 * limit, least=least)
        ]
        best = {each.word: each for each in sorted(found, key=lambda each: each.count)}
        counted = [replace(each, count=self.count(each.word)) for each in likeliest(best.values(), 2 * limit)]
        return [each for each in counted if each.count][:limit]

    def sounding(self, word: str, *, limit: int) -> list[Sounding]:
        found: dict[str, Sounding] = {}
        for listed in self._words(schema.EXACT).lists:
            ask = listed.sounds.arabic_of if word.isascii() else listed.sounds.latin_of
            for each in ask(word, limit=2 * limit):
                found.setdefault(each.word, each)
        counted = [replace(each, count=self.count(each.word)) for each in found.values()]
        return [each for each in counted if each.count][:limit]

    def written(self, word: str) -> str:
        """The word itself where the index holds no form of it that readers may see."""
        known: dict[str, list[str]] = self.snapshot.derived.setdefault("written", {})
        if word not in known and not self.deadline.is_over():
            if len(known) >= MOST_REMEMBERED:
                known.clear()
            known[word] = self._forms(word)
        seen = (form for form in known.get(word, ()) if not self.invisible or self._count(form, schema.FORMS))
        # What is the same as the level before it is left out in a term of FORMS.
        return next(seen, "").rpartition(schema.FORM_BREAK)[2] or word

    def common_stems(self, count: int) -> dict[str, str]:
        return stems_of_common_forms(self.snapshot, count)

    def _forms(self, word: str) -> list[str]:
        """The terms of a word's forms, the most frequent first."""
        stem = STEM(word)
        prefix = schema.FORM_BREAK.join((stem, "" if word == stem else word, ""))
        counts: dict[str, int] = {}
        for arrays in self._largest():
            words = arrays.words(schema.FORMS)
            for term, held in words.written(words.beginning_with(encoded(prefix))):
                counts[term] = counts.get(term, 0) + held
        return sorted(counts, key=lambda term: (-counts[term], term))

    def _largest(self) -> list[SegmentArrays]:
        parts = sorted(self.snapshot.parts(), key=lambda part: -part[0].count)
        return [arrays for arrays, _offset in parts[:FORM_SEGMENTS]]

    # Finding

    def titled(self, words: Sequence[str], prefix: str, *, limit: int) -> list[int]:
        found = np.nonzero(self._matching(schema.TITLE_EXACT, words, prefix))[0]
        numbers = self.snapshot.numbers
        order = np.lexsort((-numbers[schema.KEY][found], -numbers[schema.PUBLISHED][found]))[:limit]
        return numbers[schema.KEY][found[order]].tolist()

    def named(self, field: FieldName, words: Sequence[str], prefix: str, *, limit: int) -> list[Counted]:
        column = self.snapshot.texts[COLUMNS[field]]
        codes = column.codes[self._matching(FIELDS[field], words, prefix)]
        counts = np.bincount(codes[codes >= 0], minlength=len(column.values))
        best = np.argsort(-counts, kind="stable")
        if field is FieldName.PLACE:
            return _each(((column.values[code], int(counts[code])) for code in best), words, prefix)[:limit]
        return [Counted(column.values[code], int(counts[code])) for code in best[:limit] if counts[code]]

    def _matching(self, name: str, words: Sequence[str], prefix: str) -> NDArray[np.bool_]:
        """The visible documents whose field holds the words and one that begins with the prefix."""
        mask = self._holding(name, words)
        if not prefix or not mask.any():
            return mask
        held = np.zeros_like(mask)
        expanding = Deadline(SECONDS_OF_EXPANSION)
        for each in self._beginning(name, prefix, behind_article=False)[:EXPANSIONS]:
            if expanding.is_over():
                break
            held[postings(self.snapshot, name, each.word).documents] = True
        return mask & held

    def _holding(self, name: str, words: Sequence[str]) -> NDArray[np.bool_]:
        """The visible documents that hold every word."""
        mask = self.visible.copy()
        for word in words:
            held = np.zeros_like(mask)
            held[postings(self.snapshot, name, word).documents] = True
            mask &= held
        return mask


def _each(joined: Iterable[tuple[str, int]], words: Sequence[str], prefix: str) -> list[Counted]:
    """Of values that stand several in one, those that hold the words and one that begins with the prefix."""
    totals: dict[str, int] = {}
    for several, count in joined:
        for value in several.split(schema.VALUE_BREAK) if count else ():
            own = list(map(SURFACE, tokens(value)))
            if set(words) <= set(own) and any(word.startswith(prefix) for word in own):
                totals[value] = totals.get(value, 0) + count
    return [
        Counted(value, totals[value]) for value in sorted(totals, key=lambda value: (-totals[value], value))
    ]
