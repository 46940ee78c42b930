"""The texts of a batch of documents, analysed together: numbers in arrays, for the pool of the writer to take.

What a field would say of one text after another stands here as flat arrays over the batch: each different word is
analysed once, and terms, distinct forms, roots and records are gathered and sorted by numpy. The terms are those
that the fields themselves would give (`fields.index`), in the same order.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.fields import Schema

from articles.arabic.packed_words import spread
from articles.arabic.sentences import split_sentences
from articles.search.engines.schema import (
    BODY_START,
    PARAGRAPH_STARTS,
    PART_BREAK,
    PART_GAP,
    SENTENCE_STARTS,
)
from articles.search.engines.whoosh.fields import ArabicText, Bounds, DistinctTerms, Given
from articles.search.engines.whoosh.grams import RecordColumn
from articles.search.engines.whoosh.records import RecordMaker
from articles.search.engines.whoosh.word_table import Numbered, Numbers, Runs, WordTable

MANY = 500  # documents; after a smaller batch, an update or the last of many, the words are let go of
WORDS_KEPT = 60_000  # words that one batch leaves to the next; bounds memory
COMMON_WORDS = 30_000  # of more than these the most common stay


class TextBatch(NamedTuple):
    """All occurrences in one field of a batch: for each the term's place in `terms`, the document, the position.

    Documents count from 0 in the batch and ascend; so do the positions of a term in a document.
    """

    terms: list[str]
    numbers: Numbers
    documents: Numbers
    places: Numbers


class SetBatch(NamedTuple):
    """The different terms of each document in one field; documents ascend."""

    terms: list[str]
    numbers: Numbers
    documents: Numbers


@dataclass(frozen=True, slots=True)
class Analysed:
    """A batch: what is left of each document to be written one by one, and what its texts say by field."""

    documents: list[dict[str, Any]]
    texts: Mapping[str, TextBatch]
    sets: Mapping[str, SetBatch]


class Column(NamedTuple):
    """A field's texts in a batch: the numbers of the documents that have one, and of the texts."""

    documents: list[int]
    texts: list[int]


class BatchAnalyser:
    """Analyses batches; what it has learnt of words serves the next one."""

    def __init__(self, schema: Schema) -> None:
        self.fields = {name: field for name, field in schema.items() if _is_ours(field)}
        self.table = WordTable()
        self.common = np.zeros(0, dtype=np.int64)  # how often each word came, lately more than long ago

    def analyse(self, documents: Sequence[dict[str, Any]]) -> Analysed:
        """Analyse the documents, given as `SegmentWriter.add_document` takes them."""
        read = _Texts(self.table)
        read.runs.learn(
            {text for each in documents for name in self.fields if isinstance(text := each.get(name), str)}
        )
        columns: dict[str, Column] = {name: Column([], []) for name in self.fields}
        for number, document in enumerate(documents):
            for name, column in columns.items():
                text = document.get(name)
                if isinstance(text, str):
                    column.documents.append(number)
                    column.texts.append(read.number(text))
        texts = read.done()
        del read  # with its runs, the most of what is held here
        analysed = _Batch(self.fields, columns, texts, self.table).analysed(documents)
        if len(documents) < MANY:
            self.table, self.common = WordTable(), self.common[:0]
        else:
            self._forget(texts.words)
        return analysed

    def _forget(self, words: Numbers) -> None:
        """Let go of the rarer words, where they are many; those of a batch count twice as much as those before."""
        counts = np.bincount(words, minlength=len(self.table))
        counts[: len(self.common)] += self.common // 2
        if len(self.table) > WORDS_KEPT:
            kept = self.table.with_literals(np.argpartition(counts, -COMMON_WORDS)[-COMMON_WORDS:])
            self.table, counts = self.table.only(kept), counts[kept]
        self.common = counts


def _is_ours(field: Any) -> bool:
    return isinstance(field, ArabicText | Bounds | DistinctTerms | RecordColumn)


Starts = tuple["array[int]", "array[int]", "array[int]"]  # of sentences, of paragraphs, of the body


class Texts(NamedTuple):
    """Texts one behind the other, text i from `bounds[i]` to `bounds[i + 1]`: words and positions.

    `starts` are, for each text, the positions at which sentences, paragraphs and the body begin; `title_words` how many
    words its first part has.
    """

    words: Numbers
    places: Numbers
    bounds: NDArray[np.int64]
    starts: list[Starts]
    title_words: list[int]


class _Texts:
    """Reads texts into one row of words; a text that several fields of a document hold is read once."""

    def __init__(self, table: WordTable) -> None:
        self.runs = Runs(table)
        self.words, self.places, self.bounds = array("I"), array("I"), array("Q", [0])
        self.starts: list[Starts] = []
        self.title_words: list[int] = []
        self.known: dict[str, int] = {}

    def number(self, text: str) -> int:
        known = self.known.get(text)
        if known is None:
            known = self.known[text] = len(self.starts)
            self._read(text)
        return known

    def done(self) -> Texts:
        words, places = (np.array(each, dtype=np.uint32) for each in (self.words, self.places))
        bounds = np.array(self.bounds, dtype=np.int64)
        return Texts(words, places, bounds, self.starts, self.title_words)

    def _read(self, text: str) -> None:
        first = len(self.words)
        starts = array("I"), array("I"), array("I")
        for number, part in enumerate(text.split(PART_BREAK)):
            before = len(self.words)
            begin = self.places[-1] + PART_GAP + 1 if before > first else 0
            self._read_part(part, begin - before, starts)
            self.places.extend(range(begin, begin + len(self.words) - before))
            if number == 0:
                self.title_words.append(len(self.words) - first)
            if number == 1 and len(self.words) > before:
                starts[2].append(begin)
        self.starts.append(starts)
        self.bounds.append(len(self.words))

    def _read_part(self, part: str, shift: int, starts: Starts) -> None:
        """Read lines; a word's position is its place in the row and `shift`."""
        words, numbers_of = self.words, self.runs.__getitem__
        sentences, paragraphs, _body = starts
        for line in part.splitlines():
            first = len(words)
            for sentence in split_sentences(line):
                before = len(words)
                words.extend(chain.from_iterable(map(numbers_of, sentence.split())))
                if len(words) > before:
                    sentences.append(before + shift)
            if len(words) > first:
                paragraphs.append(first + shift)


class _Batch:
    """The arrays of one batch."""

    def __init__(
        self, fields: Mapping[str, Any], columns: Mapping[str, Column], texts: Texts, table: WordTable
    ) -> None:
        self.fields, self.columns, self.texts, self.table = fields, columns, texts, table
        self.levels = {
            "literal": (list(table.numbers), np.array(table.literal, dtype=np.uint32)),
            "surface": (table.surfaces.names, np.array(table.surface, dtype=np.uint32)),
            "stem": (table.stems.names, np.array(table.stem, dtype=np.uint32)),
        }
        self.records = RecordMaker(table)
        self._gathered: dict[bytes, tuple[Numbers, Numbers, Numbers]] = {}

    def analysed(self, documents: Sequence[dict[str, Any]]) -> Analysed:
        left = [dict(document) for document in documents]
        texts: dict[str, TextBatch] = {}
        sets: dict[str, SetBatch] = {}
        for name, field in self.fields.items():
            column = self.columns[name]
            if not column.documents:
                continue
            if isinstance(field, RecordColumn):
                values: list[Any] = list(self.records.made(self.texts, np.array(column.texts)))
            elif isinstance(field, DistinctTerms):
                sets[name] = self._set(field.told, column)
                held = np.bincount(sets[name].documents, minlength=len(left))[column.documents]
                values = list(map(Given, held.tolist()))
            else:
                texts[name], held = (
                    self._bounds(column) if isinstance(field, Bounds) else self._level(field, column)
                )
                values = list(map(Given, held.tolist()))
            _replace(left, column.documents, name, values, stored=bool(field.stored))
        return Analysed(left, texts, sets)

    def _words(self, column: Column) -> tuple[Numbers, Numbers, Numbers]:
        """The words of a column's texts in a row, their documents and their positions."""
        key = np.array((column.documents, column.texts)).tobytes()
        if key not in self._gathered:
            numbers = np.array(column.texts)
            counts = np.diff(self.texts.bounds)[numbers]
            places = spread(self.texts.bounds[numbers], counts)
            documents = np.repeat(np.array(column.documents, dtype=np.uint32), counts)
            self._gathered[key] = self.texts.words[places], documents, self.texts.places[places]
        return self._gathered[key]

    def _level(self, field: ArabicText, column: Column) -> tuple[TextBatch, NDArray[np.int64]]:
        words, documents, places = self._words(column)
        names, term_of = self.levels[field.level]
        held, numbers = numbered(term_of[words], len(names))
        terms = [names[number] for number in held.tolist()]
        return TextBatch(terms, numbers, documents, places), np.diff(self.texts.bounds)[column.texts]

    def _bounds(self, column: Column) -> tuple[TextBatch, NDArray[np.int64]]:
        """The three kinds of beginnings as terms, those that occur."""
        starts = [self.texts.starts[number] for number in column.texts]
        terms: list[str] = []
        numbers: list[Numbers] = []
        documents: list[Numbers] = []
        places: list[Numbers] = []
        for kind, term in enumerate((SENTENCE_STARTS, PARAGRAPH_STARTS, BODY_START)):
            counts = [len(each[kind]) for each in starts]
            if sum(counts):
                numbers.append(np.full(sum(counts), len(terms), dtype=np.uint32))
                terms.append(term)
                documents.append(np.repeat(np.array(column.documents, dtype=np.uint32), counts))
                places += [np.frombuffer(each[kind], dtype=np.uint32) for each in starts if each[kind]]
        held = _joined(documents)
        order = np.argsort(held, kind="stable")
        lengths = np.array([sum(map(len, each)) for each in starts], dtype=np.int64)
        return TextBatch(terms, _joined(numbers)[order], held[order], _joined(places)[order]), lengths

    def _set(self, told: str, column: Column) -> SetBatch:
        words, documents, _places = self._words(column)
        pairs = distinct(documents.astype(np.uint64) << np.uint64(32) | words)
        documents, words = (pairs >> np.uint64(32)).astype(np.uint32), pairs.astype(np.uint32)
        if told == "forms":
            held, places = numbered(words, len(self.table))
            forms = Numbered()
            by_word = np.array([forms[form] for form in self.table.forms(held)], dtype=np.uint32)
            return _set_of(forms.names, by_word[places], documents)
        roots, counts = self.table.roots.of(np.array(self.table.surface)[words])
        held, numbers = numbered(roots, len(self.table.root_terms.names))
        names = self.table.root_terms.names
        return _set_of([names[number] for number in held.tolist()], numbers, np.repeat(documents, counts))


def _set_of(terms: list[str], numbers: NDArray[np.integer], documents: Numbers) -> SetBatch:
    pairs = distinct(documents.astype(np.uint64) << np.uint64(32) | numbers.astype(np.uint64))
    return SetBatch(terms, pairs.astype(np.uint32), (pairs >> np.uint64(32)).astype(np.uint32))


def distinct(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The different keys, ascending; numpy's own `unique` hashes, which takes many times as long.

    >>> distinct(np.array([3, 1, 3], dtype=np.uint64)).tolist()
    [1, 3]
    """
    keys = np.sort(keys)
    return keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys


def numbered(values: Numbers, count: int) -> tuple[NDArray[np.int64], Numbers]:
    """The different values, ascending, of which each is below `count`; and for each value its place among them.

    >>> [each.tolist() for each in numbered(np.array([7, 2, 7], dtype=np.uint32), 9)]
    [[2, 7], [1, 0, 1]]
    """
    seen = np.zeros(count, dtype=np.bool_)
    seen[values] = True
    held = np.nonzero(seen)[0]
    places = np.cumsum(seen, dtype=np.uint32) - np.uint32(1)
    return held, places[values]


def _replace(
    documents: list[dict[str, Any]], chosen: list[int], name: str, values: Sequence[Any], *, stored: bool
) -> None:
    for number, value in zip(chosen, values, strict=True):
        if stored:
            documents[number].setdefault(f"_stored_{name}", documents[number][name])
        documents[number][name] = value


def _joined(parts: list[Numbers]) -> Numbers:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint32)
