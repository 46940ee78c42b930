"""Words that a table learns together stand in it as if they had come one by one."""

from collections.abc import Sequence

import numpy as np
import pytest

from articles.search.engines.whoosh import word_table
from articles.search.engines.whoosh.word_table import Runs, WordTable

WORDS = [
    *["كتاب", "والكتابُ", "كُتُب", "مدرسة", "مَدرسه", "شئون", "شؤون", "مائة", "BBC", "café", "٢٠١٤", "ﻻ"],
    *["أُكِّـد", "وزوكربيرغ", "ـ"],
]
TEXTS = ["«كتاب» والكتابُ، BBC2014", "شئون/شؤون (مائة) 1.5 كتاب."]


def told(table: WordTable, words: Sequence[str]) -> list[tuple[object, ...]]:
    """What the table says of each word, in words."""
    found = []
    numbers = [table.numbers[word] for word in words]  # a word that is new joins the table now
    names = list(table.numbers)
    for number in numbers:
        surface = table.surface[number]
        roots, _counts = table.roots.of(np.array([surface]))
        grams, _counts = table.grams.of(np.array([surface]))
        found.append(
            (
                names[table.literal[number]],
                table.surfaces.names[surface],
                table.stems.names[table.stem[number]],
                table.stem_codes[table.stem[number]],
                {table.root_terms.names[root] for root in roots.tolist()},
                grams.tolist(),
            )
        )
    return found


def one_by_one(words: Sequence[str]) -> WordTable:
    table = WordTable()
    for word in words:
        table.numbers[word]
    return table


def test_words_learnt_together_are_told_as_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_table, "MANY_WORDS", 1)
    table = WordTable()
    table.learn(WORDS[:6])
    table.learn(WORDS)
    assert told(table, WORDS) == told(one_by_one(WORDS), WORDS)
    assert len(table.roots) == len(table.grams) == len(table.surfaces)


def test_a_literal_form_that_stands_in_no_text_is_a_word_of_the_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(word_table, "MANY_WORDS", 1)
    table = WordTable()
    table.learn(["كُتُب"])
    assert list(table.numbers)[table.literal[table.numbers["كُتُب"]]] == "كتب"


def test_runs_learnt_together_hold_the_words_that_each_holds() -> None:
    learnt, met = Runs(WordTable()), Runs(WordTable())
    learnt.learn(TEXTS)
    for run in {run for text in TEXTS for run in text.split()}:
        names = [list(each.table.numbers) for each in (learnt, met) if each[run] is not None]
        assert [names[0][number] for number in learnt[run]] == [names[1][number] for number in met[run]]


def test_what_a_table_knew_of_the_words_that_stay_is_known_to_the_new_one() -> None:
    table = one_by_one(WORDS)
    stay = ["والكتابُ", "BBC", "شئون", "ـ"]
    fewer = table.only(table.with_literals(np.array([table.numbers[word] for word in stay])))
    literals = {list(table.numbers)[table.literal[table.numbers[word]]] for word in stay}
    assert set(fewer.numbers) == {*stay, *literals}
    assert told(fewer, WORDS) == told(one_by_one(WORDS), WORDS)  # those that went are worked out anew
    assert len(fewer.roots) == len(fewer.grams) == len(fewer.surfaces)
