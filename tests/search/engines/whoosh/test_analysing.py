"""A batch analysed at once says what each of its texts would say by itself, letter for letter."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.fields import Schema

from articles.arabic.normalization import normalize
from articles.search.engines import schema
from articles.search.engines.schema import PART_BREAK
from articles.search.engines.whoosh import analysing
from articles.search.engines.whoosh.analysing import Analysed, BatchAnalyser
from articles.search.engines.whoosh.documents import build_schema
from articles.search.engines.whoosh.fields import Given, Occurrences, TermSet
from articles.search.engines.whoosh.grams import RecordColumn
from articles.search.engines.whoosh.word_table import WordTable
from articles.search_indexes import ArticleIndex

PIECES = st.sampled_from(
    [
        "كتاب",
        "والكتابُ",
        "إيران",
        "ايران",
        "مدرسة",
        "مدارس",
        "شئون",
        "مائة",
        "BBC",
        "café",
        "2014",
        "١٬٠٠٠",
        "ـ",
        "ﻻ",
    ]
    + [" ", "  ", "\n", "\n\n", ". ", "؟ ", "«", "»،", "د. ", "1.", "\u200f", "َ", PART_BREAK]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=30).map("".join), st.text(max_size=40).filter(lambda text: text.isprintable())
)
_name, SCHEMA = build_schema(ArticleIndex().fields.values())
ALIKE = (schema.TEXT, schema.EXACT, schema.LITERAL, schema.BOUNDS, schema.FORMS, schema.ROOTS, schema.GRAMS)


def document(text: str, title: str) -> dict[str, Any]:
    return {**dict.fromkeys(ALIKE, text), schema.TITLE: title, schema.SOURCE_NAME: title, schema.KEY: 1}


def told_together(analysed: Analysed) -> dict[str, Counter[tuple[Any, ...]]]:
    """The postings of each field: terms with their documents, and positions where there are some."""
    texts = {
        name: Counter(
            (batch.terms[number], *rest) for number, *rest in zip(*map(list, batch[1:]), strict=True)
        )
        for name, batch in analysed.texts.items()
    }
    sets = {
        name: Counter(
            (batch.terms[number], held) for number, held in zip(batch.numbers, batch.documents, strict=True)
        )
        for name, batch in analysed.sets.items()
    }
    return {**texts, **sets}


def told_one_by_one(documents: list[dict[str, Any]]) -> dict[str, Counter[tuple[Any, ...]]]:
    told: dict[str, Counter[tuple[Any, ...]]] = {}
    for number, held in enumerate(documents):
        for name in BatchAnalyser(SCHEMA).fields:
            if name in held and not isinstance(SCHEMA[name], RecordColumn):
                postings = told.setdefault(name, Counter())
                for terms, *_rest in SCHEMA[name].index(held[name]):
                    match terms:
                        case Occurrences(words, places):
                            postings.update(
                                (word, number, at) for word, at in zip(words, places, strict=True)
                            )
                        case TermSet(words):
                            postings.update((word, number) for word in words)
    return told


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=6))
def test_a_batch_says_what_its_texts_say_one_by_one(pairs: list[tuple[str, str]]) -> None:
    documents = [document(*pair) for pair in pairs]
    assert told_together(BatchAnalyser(SCHEMA).analyse(documents)) == told_one_by_one(documents)


def parts(record: dict[str, Any]) -> dict[str, list[int]]:
    return {part: numbers.tolist() for part, numbers in record.items()}


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=6))
def test_what_is_left_of_a_document_has_its_lengths_and_its_record(pairs: list[tuple[str, str]]) -> None:
    documents = [document(*pair) for pair in pairs]
    for given_one, left in zip(documents, BatchAnalyser(SCHEMA).analyse(documents).documents, strict=True):
        for name in BatchAnalyser(SCHEMA).fields.keys() & given_one.keys():
            if isinstance(SCHEMA[name], RecordColumn):
                assert parts(left[name]) == parts(SCHEMA[name].to_column_value(given_one[name]))
            else:
                assert left[name] == sum(told[1] for told in SCHEMA[name].index(given_one[name]))


def test_documents_and_positions_ascend_within_each_term() -> None:
    texts = ["نفط وغاز ونفط", "غاز", f"نفط{PART_BREAK}نفط"]
    batch = BatchAnalyser(SCHEMA).analyse([document(text, "") for text in texts]).texts[schema.TEXT]
    for number in range(len(batch.terms)):
        mine = batch.numbers == number
        places = list(zip(batch.documents[mine].tolist(), batch.places[mine].tolist(), strict=True))
        assert places == sorted(places)


def test_the_words_of_earlier_batches_are_known_until_they_are_many_and_then_the_common_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(analysing, "MANY", 1)
    analyser = BatchAnalyser(SCHEMA)
    analyser.analyse([document("كتاب " * 8 + "جديد", "")])
    before = analyser.table
    analyser.analyse([document("كتاب", "")])
    assert analyser.table is before
    monkeypatch.setattr(analysing, "WORDS_KEPT", 2)
    monkeypatch.setattr(analysing, "COMMON_WORDS", 1)
    analyser.analyse([document("مدرسة", "")])
    assert list(analyser.table.numbers) == ["كتاب"]
    again = analyser.analyse([document("جديد كتاب", "")])
    assert again.texts[schema.EXACT].terms == ["كتاب", "جديد"]


def test_after_a_small_batch_the_words_are_let_go_of() -> None:
    analyser = BatchAnalyser(SCHEMA)
    analyser.analyse([document("كتاب", "")])
    assert len(analyser.table) == 0


def test_a_stored_text_is_kept_as_it_was(tmp_path: Path) -> None:
    stored = Schema(text=type(SCHEMA[schema.TEXT])("stem", stored=True))
    (left,) = BatchAnalyser(stored).analyse([{"text": "كتاب جديد"}]).documents
    assert left == {"text": Given(2), "_stored_text": "كتاب جديد"}


def test_words_of_one_surface_form_share_their_roots_and_grams() -> None:
    table = WordTable()
    first, second = table.numbers["مكتبة"], table.numbers["مكتبه"]
    assert table.surface[first] == table.surface[second]
    assert len(table.roots) == len(table.grams) == 1
    assert table.surfaces.names[table.surface[first]] == normalize("مكتبة")
