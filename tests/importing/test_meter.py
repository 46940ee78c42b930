"""How much of the inputs is done with, for the bar on the terminal."""

import io

import pytest

from articles.importing import reading
from articles.importing.meter import Meter
from articles.importing.reading import ReadOptions
from tests.importing.crawls import Crawl
from tests.importing.samples import PAGE


def positions(*paths):
    """What the meter says after each item, and at the end, of how much."""
    names = [str(path) for path in paths]
    meter = Meter.of(names)
    seen = [
        meter.position for _item in reading.read(names, ReadOptions(), stdin=io.BytesIO(b"x"), meter=meter)
    ]
    return [*seen, meter.position], meter.total


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_a_crawl_is_measured_as_it_is_read(write, name):
    crawl = Crawl(gzip=name.endswith("gz"))
    for number in range(200):
        crawl.with_page(number)
    seen, total = positions(write(name, crawl.content))
    assert (seen, total) == (sorted(seen), len(crawl.content))
    assert 0 < seen[0] < seen[100] < total == seen[-1]


def test_the_files_of_a_folder_add_up(write, tmp_path):
    write("a.txt", PAGE)
    write("b.txt", PAGE)
    size = len(PAGE.encode())
    seen, total = positions(tmp_path / "inputs")
    assert (total, seen[1] >= size, seen[-1]) == (2 * size, True, 2 * size)


def test_what_can_be_read_only_once_is_not_measured():
    assert positions("-") == ([0, 0], 0)
