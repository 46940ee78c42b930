import pytest

from articles.arabic.datafiles import DataFileError, read_rows
from articles.arabic.word_lists import read_additions


def stems(*row: str) -> set[tuple[str, str]]:
    return {(addition.stem, addition.category) for addition in read_additions([list(row)])}


def test_a_feminine_noun_gives_the_stem_before_its_ending():
    assert stems("noun", "تغريدة", "تغريدات") == {("تغريد", "NapAt"), ("تغريد", "NAt")}


def test_a_heh_of_the_word_is_not_taken_for_the_feminine():
    assert stems("noun", "وجه") == {("وجه", "Ndu")}


def test_a_plural_in_teh_marbuta_takes_no_further_plural():
    assert ("اساتذ", "Nap") in stems("noun", "أستاذ", "أساتذة")


def test_further_forms_are_believed_before_the_lexicon_and_headwords_are_not():
    trusted = {addition.stem: addition.is_trusted for addition in read_additions([["noun", "شاب", "شبان"]])}
    assert trusted == {"شاب": False, "شبان": True}


def test_an_unknown_kind_is_told_with_its_word():
    with pytest.raises(DataFileError, match="كتاب: the kind is thing"):
        list(read_additions([["thing", "كتاب"]]))


def test_every_shipped_row_can_be_read():
    rows = read_rows("words.txt")
    assert {row[1] for row in rows if not stems(*row)} == set()
