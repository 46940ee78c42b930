"""The examples in the docstrings of bulk actions hold."""

import doctest

from articles.bulk import files


def test_examples_hold() -> None:
    result = doctest.testmod(files)
    assert result.attempted and not result.failed
