"""What the importer keeps as data is read strictly."""

import pytest

from articles.importing.datafiles import DataFileError, read_names


def test_names_stand_behind_their_head(tmp_path):
    (tmp_path / "x.txt").write_text("# تعليق\nلبنان: بيروت, صيدا # مدينتان\n\nمصر: القاهرة\n", "utf-8")
    assert read_names("x.txt", folder=tmp_path) == {"لبنان": ["بيروت", "صيدا"], "مصر": ["القاهرة"]}


@pytest.mark.parametrize("content", ["", "# تعليق\n", "بلا نقطتين\n", ": بيروت\n"])
def test_a_file_that_says_nothing_stops_the_program(tmp_path, content):
    (tmp_path / "x.txt").write_text(content, "utf-8")
    with pytest.raises(DataFileError, match="x.txt"):
        read_names("x.txt", folder=tmp_path)


def test_a_missing_file_stops_the_program(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_names("x.txt", folder=tmp_path)
