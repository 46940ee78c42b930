import pytest

from articles.arabic.datafiles import DataFileError
from articles.arabic.tokenization import words
from articles.search.latin_names import MOST_WORDS, arabic_name, arabic_names, latin_name, read_names


@pytest.mark.parametrize(
    "typed, printed",
    [
        ("Mosul", "الموصل"),
        ("aleppo", "حلب"),
        ("CAIRO", "القاهرة"),
        ("Egypt", "مصر"),
        ("Damas", "دمشق"),
        ("al-Qaeda", "القاعدة"),
        ("Deir ez-Zor", "دير الزور"),
        ("United Nations", "الأمم المتحدة"),
        ("isis", "داعش"),
    ],
)
def test_a_name_is_known_by_its_latin_spellings(typed: str, printed: str) -> None:
    assert arabic_name(typed) == printed


def test_a_name_is_known_by_its_arabic_spelling_however_it_is_typed() -> None:
    assert latin_name("القاهره") == "cairo"


def test_every_name_of_the_table_is_a_word_or_a_few() -> None:
    assert len(arabic_names()) > 300
    assert [name for name in arabic_names() if not 1 <= len(name.split()) <= MOST_WORDS] == []
    assert [name for name in arabic_names().values() if not words(name)] == []


@pytest.mark.parametrize("line", ["الموصل Mosul", ": Mosul", "الموصل:"])
def test_a_row_that_is_none_stops_the_program(line: str) -> None:
    with pytest.raises(DataFileError, match="latin_names"):
        read_names(line)


def test_comments_and_blank_lines_are_no_rows() -> None:
    assert read_names("# Cities\n\nحلب: Aleppo # in the north\n") == {"aleppo": "حلب"}
