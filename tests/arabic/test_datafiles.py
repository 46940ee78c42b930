import pytest

from articles.arabic.datafiles import DATA, DataFileError, read_all, read_rows, read_table


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
    assert set(read_all()) == {path.name for path in DATA.iterdir() if path.is_file()}
    assert set(read_all()) == {
        "affix_weights.txt",
        "affixes.txt",
        "apart.txt",
        "countries.txt",
        "foreign_letters.txt",
        "lexicon.txt",
        "names.txt",
        "not_stopwords.txt",
        "patterns.txt",
        "probe.txt",
        "related.txt",
        "roots.txt",
        "stem_exceptions.txt",
        "stopwords.txt",
        "weights.txt",
        "words.txt",
    }


def test_a_table_keeps_the_rest_of_each_line_as_it_stands(tmp_path):
    (tmp_path / "table.txt").write_text("# head\nكتب\tكتاب/N /PV\n#\t1\n", "utf-8")
    assert read_table("table.txt", folder=tmp_path) == {"كتب": "كتاب/N /PV", "#": "1"}


def test_a_table_without_lines_stops_the_program(tmp_path):
    (tmp_path / "table.txt").write_text("# head\n", "utf-8")
    with pytest.raises(DataFileError, match=r"table\.txt"):
        read_table("table.txt", folder=tmp_path)


def test_the_data_of_others_comes_with_its_licences():
    notice = (DATA / "licences" / "NOTICE.md").read_text("utf-8")
    foreign = [
        name for name, text in read_all().items() if "python -m articles.arabic.building" in text[:200]
    ]
    assert len(foreign) == 6
    assert [name for name in foreign if f"`{name}`" not in notice] == []
