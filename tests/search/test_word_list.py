import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.word_list import Counted, WordList, encode, letter_bits


def listed(counts: dict[str, int]) -> WordList:
    words = sorted(counts)
    return WordList(words, np.array([counts[word] for word in words], dtype=np.int64))


LIST = listed({"العراق": 90, "العربيه": 300, "العرق": 5, "عراق": 7, "mosul": 3})


def test_a_list_knows_how_many_documents_hold_a_word() -> None:
    assert [LIST.count(word) for word in ("العراق", "mosul", "العرا", "")] == [90, 3, 0, 0]


def test_the_words_of_a_prefix_come_with_the_most_frequent_first() -> None:
    assert LIST.starting_with("العر", 2) == [Counted("العربيه", 300), Counted("العراق", 90)]


def test_every_word_begins_with_nothing() -> None:
    assert len(LIST.starting_with("", 10)) == 5


@pytest.mark.parametrize("limit", [0, 1, 2, 5])
def test_no_more_words_are_given_than_asked_for(limit: int) -> None:
    even = listed(dict.fromkeys(("اب", "اج", "اد", "اه"), 4))
    assert len(even.starting_with("ا", limit)) == min(limit, 4)


def test_words_of_other_letters_are_no_candidates() -> None:
    numbers = LIST.with_letters_of("العراك", differing=2, longer=1)
    assert [LIST.words[number] for number in numbers] == ["العراق", "العرق"]


def test_an_empty_list_has_no_candidates() -> None:
    assert len(WordList().with_letters_of("كلمه", differing=4, longer=2)) == 0


@given(st.lists(st.text(max_size=30), min_size=1, max_size=20))
def test_any_words_can_be_written_as_numbers(words: list[str]) -> None:
    codes = encode(words)
    assert codes.shape == (max(map(len, words)), len(words))
    assert len(letter_bits(codes)) == len(words)


@given(
    st.dictionaries(st.text("ابتmn ", min_size=1, max_size=5), st.integers(1, 99), max_size=30),
    st.text("ابm", max_size=3),
)
def test_a_prefix_finds_what_looking_at_each_word_finds(counts: dict[str, int], prefix: str) -> None:
    found = listed(counts).starting_with(prefix, 100)
    assert {each.word for each in found} == {word for word in counts if word.startswith(prefix)}
    assert [each.count for each in found] == sorted((each.count for each in found), reverse=True)
