"""Words written as rows and numbers are the same words again, and different words have different numbers."""

from hypothesis import given
from hypothesis import strategies as st

from articles.arabic.packed_words import LETTERS, LONGEST, numbers_of, rows_of, texts_of

plain = st.text(alphabet=LETTERS, min_size=1, max_size=LONGEST)


@given(st.lists(plain))
def test_plain_words_come_back_from_their_rows(words: list[str]) -> None:
    places, rows = rows_of(words)
    assert places.tolist() == list(range(len(words)))
    assert texts_of(rows) == words


@given(st.lists(plain, unique=True))
def test_different_words_have_different_numbers(words: list[str]) -> None:
    assert len(set(numbers_of(rows_of(words)[1]).tolist())) == len(words)


@given(st.lists(st.text(max_size=LONGEST + 3)))
def test_what_has_other_letters_or_too_many_is_left_out(words: list[str]) -> None:
    fit = [word for word in words if 0 < len(word) <= LONGEST and set(word) <= set(LETTERS)]
    assert texts_of(rows_of(words)[1]) == fit
