import pytest

from articles.arabic.datafiles import DATA, DataFileError, read_all, read_rows


def test_a_missing_file_stops_the_program(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_rows("stopwords.txt", folder=tmp_path)


def test_a_file_without_data_stops_the_program(tmp_path):
    (tmp_path / "empty.txt").write_text("# only a comment\n\n", "utf-8")
    with pytest.raises(DataFileError, match=r"empty\.txt"):
        read_rows("empty.txt", folder=tmp_path)


def test_comments_and_blank_lines_are_no_rows(tmp_path):
    (tmp_path / "some.txt").write_text("# list\n\nفي\nهذا ب ل  # near\n", "utf-8")
    assert read_rows("some.txt", folder=tmp_path) == [["في"], ["هذا", "ب", "ل"]]


def test_every_data_file_says_what_it_is():
    assert [name for name, text in read_all().items() if not text.startswith("# ")] == []


def test_the_package_ships_its_data():
    assert set(read_all()) == {path.name for path in DATA.iterdir()}
    assert set(read_all()) == {
        "foreign_letters.txt",
        "not_stopwords.txt",
        "probe.txt",
        "radical_waw.txt",
        "stopwords.txt",
    }
